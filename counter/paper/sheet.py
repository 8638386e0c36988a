"""Putting an office's paper on its pages: the ways as large as the rest leaves room for; what does not fit is left to
"more at" (R9)."""

from dataclasses import dataclass
from functools import lru_cache

from counter.paper import parts
from counter.paper.blocks import Block, draw_stack, how_many_fit, stack_height
from counter.paper.content import Sheet
from counter.paper.parts import Section
from counter.paper.pen import Pen

PAPERS = {"a4": (210.0, 297.0, 1.0), "a3": (297.0, 420.0, 2**0.5)}
"""Width and height in millimetres, and the scale."""
LEAFLET = (148.0, 210.0, 0.86)
MARGIN, GUTTER, UNDER = 12.0, 8.0, 2.5
"""Millimetres on A4: office printers leave 5 white; between columns; between a line and what stands under it."""
NAMES = (27, 24, 20, 17, 14)
"""Points: the name of the office is set as large as two lines allow."""
SIDES = (60, 56, 52, 48, 44, 40, 36, 32, 29)
"""Millimetres: how large the codes of the ways may be."""
HIGHEST_HEAD, LOWER_HEAD, WIDEST_GAP, SERVICE_WIDTH = 56.0, 46.0, 9.0, 45.0


@dataclass(frozen=True)
class _Page:
    """The part of a page that is printed on, in millimetres of A4."""

    pen: Pen
    sheet: Sheet
    left: float = MARGIN

    @property
    def width(self) -> float:
        return self.pen.width - 2 * MARGIN

    @property
    def bottom(self) -> float:
        """Where the foot begins."""
        return self.pen.height - MARGIN - UNDER - parts.foot(self.sheet).height(self.pen, self.width)

    def column(self, count: int) -> float:
        """The width of one of `count` columns."""
        return (self.width - GUTTER * (count - 1)) / count

    @property
    def service_columns(self) -> int:
        return int(self.width // SERVICE_WIDTH)

    def line(self, y: float) -> None:
        """A line from side to side."""
        self.pen.box(self.left, y, self.width, 0.4, parts.rule())


@lru_cache(maxsize=64)
def poster(sheet: Sheet, size: str) -> bytes:
    """One page to hang up, `size` a4 or a3, as PDF."""
    page = _Page(_pen(sheet, PAPERS[size]), sheet)
    _front(page, parts.sections(sheet))
    return page.pen.finished()


@lru_cache(maxsize=64)
def leaflet(sheet: Sheet) -> bytes:
    """An A5 sheet to take along, as PDF: the ways in front; on its back, if there is any, what else there is to say."""
    page = _Page(_pen(sheet, LEAFLET), sheet)
    _front(page, [])
    if found := parts.sections(sheet):
        _back(page, found)
    return page.pen.finished()


def _pen(sheet: Sheet, paper: tuple[float, float, float]) -> Pen:
    width, height, scale = paper
    return Pen(width, height, scale=scale, title=sheet.name.en if sheet.lang == "en" else sheet.name.vi, day=sheet.day)


def _front(page: _Page, sections: list[Section]) -> None:
    """Head, services and ways; under them what else there is to say, side by side."""
    page.pen.page()
    top = draw_stack(page.pen, [_head(page, LOWER_HEAD if sections else HIGHEST_HEAD)], page.left, MARGIN, page.width)
    needed = _needed(page, sections)
    top = _services(page, top, page.bottom - top - needed)
    top = _ways(page, top, page.bottom - top - needed)
    if sections:
        _columns(page, sections, top)
    _foot(page)


def _back(page: _Page, sections: list[Section]) -> None:
    """The notices across, on at most half the page; contacts and help points side by side."""
    page.pen.page()
    top = draw_stack(page.pen, [parts.head_small(page.sheet)], page.left, MARGIN, page.width)
    if page.sheet.told:
        half = page.bottom - top if len(sections) == 1 else (page.bottom - top) / 2
        shown = _what_fits(page, sections[0], page.width, half)
        top, sections = draw_stack(page.pen, shown, page.left, top, page.width) + UNDER, sections[1:]
    if sections:
        _columns(page, sections, top)
    _foot(page)


def _head(page: _Page, highest: float) -> Block:
    """The head with the office's name as large as its place allows, on one line if any size does."""
    heads = [parts.head(page.sheet, size) for size in NAMES]
    fitting = [head for head in heads if head.height(page.pen, page.width) <= highest] or heads[-1:]
    on_one_line = [head for head in fitting if head.is_one_line(page.pen, page.width)]
    return (on_one_line or fitting)[0]


def _services(page: _Page, top: float, room: float) -> float:
    """The services in columns, in both languages if that leaves room for all else; the ways come first. Returns where
    the next thing may begin."""
    least = stack_height(page.pen, parts.ways(page.sheet, SIDES[-1]), page.width) + UNDER * len(page.sheet.ways)
    width = page.column(page.service_columns)
    full, brief = (_rows(page, parts.services(page.sheet, both=own), width) for own in (True, False))
    rows = full if sum(height for height, _ in full) <= room - least else brief
    for height, row in rows:
        if top + height > page.bottom - least - UNDER:
            break
        for n, block in enumerate(row):
            block.draw(page.pen, page.left + n * (width + GUTTER), top, width)
        top += height
    return top + UNDER


def _rows(page: _Page, blocks: list[Block], width: float) -> list[tuple[float, list[Block]]]:
    """Blocks in rows, each with its height and the space under it."""
    count = page.service_columns
    rows = [blocks[first : first + count] for first in range(0, len(blocks), count)]
    return [(max(block.height(page.pen, width) + block.after for block in row), row) for row in rows]


def _ways(page: _Page, top: float, room: float) -> float:
    """The ways with the largest codes that leave room for the rest; the smallest where nothing does. Returns where the
    next thing may begin."""
    choices = [parts.ways(page.sheet, side) for side in SIDES]
    ways = next((own for own in choices if stack_height(page.pen, own, page.width) <= room), choices[-1])
    ways = ways[: how_many_fit(page.pen, ways, page.width, page.bottom - top)]
    spread = min(max((room - stack_height(page.pen, ways, page.width)) / max(len(ways), 1), 0), WIDEST_GAP)
    for way in ways:
        page.line(top)
        top = draw_stack(page.pen, [way], page.left, top + UNDER + spread / 2, page.width) + spread / 2
    return top


def _needed(page: _Page, sections: list[Section]) -> float:
    """How high the sections would stand side by side if everything was on the page, with the ways' own lines."""
    width = page.column(max(len(sections), 1))
    highest = max((stack_height(page.pen, own, width) + 2 * UNDER for own in sections), default=0)
    return highest + UNDER * len(page.sheet.ways)


def _columns(page: _Page, sections: list[Section], top: float) -> None:
    """The sections side by side, under a line: of each what fits above the foot."""
    if top + UNDER >= page.bottom:
        return
    page.line(top)
    top, width = top + UNDER, page.column(len(sections))
    for n, section in enumerate(sections):
        shown = _what_fits(page, section, width, page.bottom - UNDER - top)
        draw_stack(page.pen, shown, page.left + n * (width + GUTTER), top, width)


def _what_fits(page: _Page, section: Section, width: float, room: float) -> Section:
    """A section's blocks that fit; if not all do, the last of them says where the rest is, or the foot
    does. No heading stands alone."""
    if how_many_fit(page.pen, section, width, room) == len(section):
        return section
    more = parts.more(page.sheet)
    shown = section[: how_many_fit(page.pen, section, width, room - more.height(page.pen, width))]
    if len(shown) > 1:
        return [*shown, more]
    alone = section[: how_many_fit(page.pen, section, width, room)]
    return alone if len(alone) > 1 else []


def _foot(page: _Page) -> None:
    page.line(page.bottom)
    draw_stack(page.pen, [parts.foot(page.sheet)], page.left, page.bottom + UNDER, page.width)
