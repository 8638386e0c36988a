"""The parts of a sheet as blocks: head, services, ways, notices, whom to ask, help points, foot."""

from counter.models.words import Words
from counter.paper.blocks import Block, Line, mine, pair
from counter.paper.content import OFFER_LINE, STOP_LINE, Person, Point, Sheet, Told
from counter.paper.pen import (
    ACCENT,
    DEEP,
    NOW,
    NOW_WASH,
    RULE,
    SOFT,
    STOP,
    STOP_WASH,
    WASH,
    WHITE,
    Colour,
    Ink,
)  # fmt: skip

LETTERS: dict[str, Colour] = {
    "AU": (27, 79, 156), "BLV": (156, 61, 18), "CMW": (0, 102, 107), "DNX": (152, 33, 92), "EOY": (90, 95, 0),
    "FPZ": (70, 86, 107), "GQ": (113, 73, 31), "HR": (36, 105, 44), "IS": (0, 97, 143),
}  # fmt: skip
"""One colour for each service letter, as on the screens (static/css/tokens.css)."""
ANY_LETTER: Colour = (61, 58, 54)
MAP_SIDE, LONG_MAP_SIDE, LONG_MAP = 21.0, 30.0, 90
"""Millimetres on A4, to be read from an arm's length; larger for an address of more characters than this."""

Section = list[Block]
"""A heading and what stands under it."""


def head(sheet: Sheet, size: float) -> Block:
    """Whose paper this is, its name in a size, and what it promises."""
    name = pair(sheet.name, sheet.lang, Ink(size, True, WHITE), other=WASH)
    lead = pair(sheet.labels.lead, sheet.lang, Ink(size * 0.66, True, NOW), gap=2, other=WASH)
    return Block((*name, *lead), wash=DEEP, pad=6, after=5)


def head_small(sheet: Sheet) -> Block:
    """Whose paper this is, on its back."""
    return Block(pair(sheet.name, sheet.lang, Ink(14, True, WHITE), other=WASH), wash=DEEP, pad=4, after=6)


def services(sheet: Sheet, *, both: bool) -> list[Block]:
    """What the desk does, each with the letter of its tickets; in both languages or in the reader's own."""
    set_in = pair if both else mine
    return [
        Block(set_in(name, sheet.lang, Ink(9.5, True)), tile=letter, plate=8, colour=_colour(letter), after=2.5)
        for letter, name in sheet.services
    ]


def ways(sheet: Sheet, side: float) -> Section:
    """The ways, one under the other, with codes of `side` millimetres; the larger the code, the larger the words."""
    return [
        Block(
            (
                *pair(way.head, sheet.lang, Ink(side * 0.44, True)),
                *pair(way.body, sheet.lang, Ink(max(side * 0.27, 10)), gap=0.5),
                *_address(way.address, Ink(max(side * 0.25, 10), True, ACCENT), gap=1),
            ),
            way.address, side if way.address else 0, str(number), 13, ACCENT,
        )
        for number, way in enumerate(sheet.ways, start=1)
    ]  # fmt: skip


def sections(sheet: Sheet) -> list[Section]:
    """What else the office has to say; a section with nothing in it is not there."""
    labels, lang = sheet.labels, sheet.lang
    found = [
        (labels.told, [_told(own, lang) for own in sheet.told]),
        (labels.persons, [_person(own, lang) for own in sheet.persons]),
        (labels.points, [_point(own, lang) for own in sheet.points]),
    ]
    return [[_heading(words, lang), *blocks] for words, blocks in found if blocks]


def more(sheet: Sheet) -> Block:
    """Where the rest is told, when not everything finds room."""
    words = pair(sheet.labels.more, sheet.lang, Ink(9.5, True))
    return Block((*words, *_address(sheet.home, Ink(9.5, True, ACCENT))), wash=WASH, pad=2.2, after=0)


def foot(sheet: Sheet) -> Block:
    """Where all of it is told, and as of when this is so."""
    more, updated = sheet.labels.more, pair(sheet.labels.updated, sheet.lang, Ink(8.5, False, SOFT))
    word = more.en if sheet.lang == "en" else more.vi
    return Block((*_address(sheet.home, Ink(10.5, True), word), *updated), after=0)


def rule() -> Colour:
    """The colour of the lines between things."""
    return RULE


def _heading(words: Words, lang: str) -> Block:
    return Block(pair(words, lang, Ink(13, True, DEEP)), after=2.5, heading=True)


def _told(own: Told, lang: str) -> Block:
    wash, edge = {OFFER_LINE: (NOW_WASH, NOW), STOP_LINE: (STOP_WASH, STOP)}.get(own.kind, (None, RULE))
    text = pair(own.text, lang, Ink(11, wash is not None))
    return Block((*text, *mine(own.days, lang, Ink(9, True, SOFT), gap=0.8)), wash=wash, edge=edge, pad=2.2, after=2.5)


def _person(own: Person, lang: str) -> Block:
    field = (Line(own.field, Ink(9, False, SOFT)),) if own.field else ()
    hours = own.hours.en if lang == "en" else own.hours.vi
    phone = (Line(own.phone, Ink(14.5, True, ACCENT), tail=hours),) if own.phone else ()
    email = (Line(own.email, Ink(10), shrinks=True),) if own.email else ()
    return Block((*field, *pair(own.name, lang, Ink(11, True)), *phone, *email))


def _point(own: Point, lang: str) -> Block:
    address = (Line(own.address, Ink(10)),) if own.address else ()
    name, hours = pair(own.name, lang, Ink(11, True)), mine(own.hours, lang, Ink(9, False, SOFT))
    code = own.map_url if own.map_url.startswith(("https://", "http://")) else ""
    side = (LONG_MAP_SIDE if len(code) > LONG_MAP else MAP_SIDE) if code else 0
    return Block((*name, *address, *mine(own.helps, lang, Ink(9.5)), *hours), code, side)


def _colour(letter: str) -> Colour:
    return next((colour for letters, colour in LETTERS.items() if letter in letters), ANY_LETTER)


def _address(address: str, ink: Ink, before: str = "", gap: float = 0) -> tuple[Line, ...]:
    """An address as people type it, perhaps after a word; a long one is set smaller."""
    readable = address.removeprefix("https://").removeprefix("http://").rstrip("/")
    return (Line(f"{before}: {readable}" if before else readable, ink, gap, shrinks=True),) if readable else ()
