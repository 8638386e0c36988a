"""Blocks that are measured before they are drawn, so that nothing ever lies over anything else."""

from dataclasses import dataclass

from counter.models.words import Words
from counter.paper.pen import SOFT, Colour, Ink, Pen

OTHER, SMALLEST = 0.76, 8.0
"""The other language's size beside the reader's own, and in points."""
BAR, APART, BESIDE = 1.2, 4.0, 3.0
"""Millimetres: the bar at the left of what must be seen; from a text to its tile or code; to the words on its line."""
ROUND = 2.5


@dataclass(frozen=True)
class Line:
    """One text of a block, `gap` millimetres below the last; `tail` goes on smaller, on the same line if it fits.

    A text that `shrinks` is set as small as its half before it is broken: an address.
    """

    text: str
    ink: Ink
    gap: float = 0
    tail: str = ""
    tail_colour: Colour = SOFT
    shrinks: bool = False

    def height(self, pen: Pen, width: float) -> float:
        """How high it will stand, gap included."""
        own = self.gap + pen.tall(self.text, self._ink(pen, width), width)
        return own + (pen.tall(self.tail, self._small, width) if self.tail and not self._beside(pen, width) else 0)

    def draw(self, pen: Pen, x: float, y: float, width: float) -> float:
        """Draw it; returns where the next may begin."""
        ink = self._ink(pen, width)
        end = pen.write(self.text, ink, x, y + self.gap, width)
        if not self.tail:
            return end
        if not self._beside(pen, width):
            return pen.write(self.tail, self._small, x, end, width)
        pen.write_beside(self.tail, self._small, x + pen.wide(self.text, ink) + BESIDE, y + self.gap, ink)
        return end

    @property
    def _small(self) -> Ink:
        return Ink(max(self.ink.size * OTHER, SMALLEST), False, self.tail_colour)

    def _beside(self, pen: Pen, width: float) -> bool:
        return pen.wide(self.text, self.ink) + BESIDE + pen.wide(self.tail, self._small) <= width

    def _ink(self, pen: Pen, width: float) -> Ink:
        if not self.shrinks:
            return self.ink
        fits = min(1, max(0.5, width / max(pen.wide(self.text, self.ink) + 0.5, 1)))
        return self.ink._replace(size=self.ink.size * fits)


@dataclass(frozen=True)
class Block:
    """Texts one under the other; a tile to their left, a code (with its side in millimetres) to their right."""

    lines: tuple[Line, ...]
    code: str = ""
    side: float = 0
    tile: str = ""
    plate: float = 0
    colour: Colour = SOFT
    wash: Colour | None = None
    edge: Colour | None = None
    pad: float = 0
    after: float = 3.5
    heading: bool = False

    def height(self, pen: Pen, width: float) -> float:
        """How high it will stand, in millimetres, without what comes after it."""
        return max(self._text_height(pen, width), self.side, self.plate) + 2 * self.pad

    def draw(self, pen: Pen, x: float, y: float, width: float) -> None:
        """Draw it from its top left corner; tile, texts and code stand in the middle of its height."""
        height = self.height(pen, width)
        if self.wash:
            pen.box(x, y, width, height, self.wash, 0 if self.edge else ROUND)
        if self.edge:
            pen.box(x, y, BAR, height, self.edge)
        if self.tile:
            pen.tile(self.tile, x + self.pad, y + (height - self.plate) / 2, self.plate, self.colour)
        if self.code:
            pen.code(self.code, x + width - self.pad - self.side, y + (height - self.side) / 2, self.side)
        at = y + (height - self._text_height(pen, width)) / 2
        for line in self.lines:
            at = line.draw(pen, x + self._left, at, self._text_width(width))

    def is_one_line(self, pen: Pen, width: float) -> bool:
        """Whether its first text needs no second line."""
        return len(pen.lines(self.lines[0].text, self.lines[0].ink, self._text_width(width))) == 1

    @property
    def _left(self) -> float:
        return self.pad + (self.plate + APART if self.tile else BAR if self.edge else 0)

    def _text_width(self, width: float) -> float:
        return width - self._left - self.pad - (self.side + APART if self.code else 0)

    def _text_height(self, pen: Pen, width: float) -> float:
        return sum(line.height(pen, self._text_width(width)) for line in self.lines)


def pair(words: Words, lang: str, ink: Ink, *, gap: float = 0, other: Colour = SOFT) -> tuple[Line, ...]:
    """A text in both languages, the reader's own large; once where both are the same, not at all where empty."""
    own, second = (words.en, words.vi) if lang == "en" else (words.vi, words.en)
    return (Line(own, ink, gap, second if second != own else "", other),) if own else ()


def mine(words: Words, lang: str, ink: Ink, *, gap: float = 0) -> tuple[Line, ...]:
    """A text in the reader's own language alone; not at all where empty."""
    own = words.en if lang == "en" else words.vi
    return (Line(own, ink, gap),) if own else ()


def stack_height(pen: Pen, blocks: list[Block], width: float) -> float:
    """How high blocks stand one under the other, in millimetres."""
    return sum(block.height(pen, width) + block.after for block in blocks)


def how_many_fit(pen: Pen, blocks: list[Block], width: float, room: float) -> int:
    """How many of the blocks, from the first, fit into a height."""
    for count, block in enumerate(blocks):
        room -= block.height(pen, width)
        if room < 0:
            return count
        room -= block.after
    return len(blocks)


def draw_stack(pen: Pen, blocks: list[Block], x: float, y: float, width: float) -> float:
    """Draw blocks one under the other; returns where the next may begin."""
    for block in blocks:
        block.draw(pen, x, y, width)
        y += block.height(pen, width) + block.after
    return y
