"""The pen: type, boxes and QR codes on a page. Measures are millimetres of an A4 page, type is in points of it.

Another size of paper only changes the pen's scale, so that A3 is the same poster, larger.
"""

from datetime import UTC, date, datetime, time
from itertools import groupby
from pathlib import Path
from typing import Any, NamedTuple
from unicodedata import normalize

from fpdf import FPDF

from counter import qr

Colour = tuple[int, int, int]

WHITE, INK, SOFT, RULE = (255, 255, 255), (29, 28, 26), (87, 83, 73), (221, 216, 204)
ACCENT, DEEP, WASH = (11, 93, 75), (8, 72, 57), (227, 239, 233)
NOW, NOW_WASH, STOP, STOP_WASH = (247, 185, 23), (253, 240, 205), (169, 37, 28), (250, 232, 230)
"""The house's colours (static/css/tokens.css) on white paper."""

MM = 25.4 / 72
LEADING = 1.38
"""Height of a line: room for two marks over a capital."""
BASE = 1.07
"""From a line's top to the feet of its letters, in its size."""
QUIET = 4
"""Modules of white around a code."""
OVERLAP = 0.02
"""Millimetres by which rows of modules overlap, so that no light shows between them."""
FONTS = Path(__file__).parent / "fonts"
TYPE = "BeVietnamPro"


class Ink(NamedTuple):
    """How a text is set: size in points, weight, colour."""

    size: float = 11
    bold: bool = False
    colour: Colour = INK


class Pen:
    """Draws on the pages of one document. `scale`: 1 for A4."""

    def __init__(self, width: float, height: float, *, scale: float, title: str, day: date) -> None:
        self.scale, self.width, self.height = scale, width / scale, height / scale
        self.pdf = FPDF(unit="mm", format=(width, height))
        self.pdf.set_auto_page_break(False)
        self.pdf.set_margin(0)
        self.pdf.c_margin = 0
        self.pdf.add_font(TYPE, "", FONTS / "BeVietnamPro-Regular.ttf")
        self.pdf.add_font(TYPE, "B", FONTS / "BeVietnamPro-Bold.ttf")
        self.pdf.set_title(title)
        self.pdf.set_lang("vi")
        self.pdf.set_creation_date(datetime.combine(day, time(), UTC))
        self._widths: dict[tuple[str, bool], float] = {}
        typeface: Any = self.pdf.fonts[TYPE.lower()]
        self._known = frozenset(typeface.cmap)

    def page(self) -> None:
        """Begin a new page."""
        self.pdf.add_page()

    def lines(self, text: str, ink: Ink, width: float) -> list[str]:
        """The text in lines that are no wider than `width`; a word that is wider is broken."""
        lines, line = [], ""
        for word in self._clean(text).split():
            for piece in self._pieces(word, ink, width):
                longer = f"{line} {piece}".strip()
                if line and self.wide(longer, ink) > width:
                    lines.append(line)
                    longer = piece
                line = longer
        return [*lines, line] if line else lines

    def tall(self, text: str, ink: Ink, width: float) -> float:
        """How high the text will stand."""
        return len(self.lines(text, ink, width)) * leading(ink)

    def write(self, text: str, ink: Ink, x: float, y: float, width: float) -> float:
        """Set a text from its top left corner; returns where the next one may begin."""
        for line in self.lines(text, ink, width):
            self._take(ink)
            self.pdf.set_text_color(*ink.colour)
            self.pdf.text(x * self.scale, (y + BASE * ink.size * MM) * self.scale, line)
            y += leading(ink)
        return y

    def wide(self, text: str, ink: Ink) -> float:
        """How wide the text would be on one line. Each word is measured once: sizes differ, proportions don't."""
        words = self._clean(text).split()
        units = sum(self._units(word, ink.bold) for word in words) + self._units(" ", ink.bold) * max(len(words) - 1, 0)
        return units * ink.size

    def write_beside(self, text: str, ink: Ink, x: float, y: float, first: Ink) -> None:
        """Set a text on the line that another, `first`, has begun at `y`: their feet stand at one height."""
        self.write(text, ink, x, y + BASE * (first.size - ink.size) * MM, self.width)

    def box(self, x: float, y: float, width: float, height: float, colour: Colour, radius: float = 0) -> None:
        """A filled box; with a radius, its corners are round."""
        k = self.scale
        self.pdf.set_fill_color(*colour)
        corners = {"round_corners": True, "corner_radius": radius * k} if radius else {}
        self.pdf.rect(x * k, y * k, width * k, height * k, style="F", **corners)  # type: ignore[arg-type]

    def tile(self, letter: str, x: float, y: float, side: float, colour: Colour) -> None:
        """A letter on its plate, as on the tickets."""
        self.box(x, y, side, side, colour, side * 0.16)
        ink = Ink(side / MM * 0.58, True, WHITE)
        self.write(
            letter, ink, x + (side - self.wide(letter, ink)) / 2, y + side / 2 - (BASE - 0.36) * ink.size * MM, side
        )

    def code(self, address: str, x: float, y: float, side: float) -> None:
        """The QR code of an address, its white border within `side`; a tap on it opens the address on a screen."""
        rows = qr.modules(address)
        dot = side / (len(rows) + 2 * QUIET)
        self.box(x, y, side, side, WHITE)
        for n, row in enumerate(rows):
            at = QUIET
            for dark, run in groupby(row):
                length = len(list(run))
                if dark:
                    self.box(x + at * dot, y + (QUIET + n) * dot, length * dot, dot + OVERLAP, (0, 0, 0))
                at += length
        self.pdf.link(x * self.scale, y * self.scale, side * self.scale, side * self.scale, address)

    def finished(self) -> bytes:
        """The document."""
        return bytes(self.pdf.output())

    def _units(self, word: str, bold: bool) -> float:
        """The width of a word in a type of one point."""
        if (word, bold) not in self._widths:
            self.pdf.set_font(TYPE, "B" if bold else "", 100)
            self._widths[word, bold] = float(self.pdf.get_string_width(word)) / 100
        return self._widths[word, bold]

    def _pieces(self, word: str, ink: Ink, width: float) -> list[str]:
        """The word, or what it is broken into where it is wider than a line."""
        pieces = [""]
        for letter in word if self.wide(word, ink) > width else ():
            if pieces[-1] and self.wide(pieces[-1] + letter, ink) > width:
                pieces.append("")
            pieces[-1] += letter
        return pieces if pieces[0] else [word]

    def _take(self, ink: Ink) -> None:
        self.pdf.set_font(TYPE, "B" if ink.bold else "", ink.size * self.scale)

    def _clean(self, text: str) -> str:
        """Composed as keyboards write it, and without what the typeface does not have."""
        composed = " ".join(normalize("NFC", text).split())
        return "".join(letter for letter in composed if ord(letter) in self._known)


def leading(ink: Ink) -> float:
    """The height of one line, in millimetres."""
    return ink.size * MM * LEADING
