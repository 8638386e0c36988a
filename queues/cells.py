"""One cell of a catalogue: what it says, what was mended for that, and what can't be known (docs/decisions/0013).

A reader takes a tidied text and returns (value, note). A note says what was mended or left unknown; nothing that was
lost on the way is guessed: then the reader raises Fault, and the row stays out.
"""

import re

from queues.letters import fold
from queues.online import FULL, NONE, PARTIAL

FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
"""What a spreadsheet takes for the beginning of a formula."""
LOOKS_LIKE_FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "'")
ERRORS = ("#N/A", "#REF!", "#VALUE!", "#NAME?", "#DIV/0!", "#NULL!", "#NUM!")

_CODE = re.compile(r"\d\.\d{6}(\.\d{3}\.\d{2}\.\d{2}\.H\d{2})?")
_SAFE = (
    ("comma", re.compile(r"(\d),(\d{6})")),
    ("dot_dropped", re.compile(r"([1-9])(\d{6})")),
    ("scientific", re.compile(r"(\d)[.,](\d{6})E[+-]?0+")),
)
"""Codes that a spreadsheet took for numbers: these still have all their digits."""
_LOST = re.compile(r"(\d)[.,](\d{1,5})(E[+-]?0+)?")
_TOTALS = ("tong", "cong", "total", "subtotal")
_YES = {"co", "x", "yes", "y", "1", "true", "dung"}
_NO = {"khong", "no", "n", "0", "false", "sai", "none"}
_NOT_ONLINE = _NO | {"truc tiep", "khong cung cap", "chua cung cap"}
_LEVELS = {FULL, PARTIAL, "toan trinh", "mot phan"}
_OLD_LEVEL = re.compile(r"(muc (do )?)?[1-4]")
_FREE = re.compile(r"0+ ?(d|dong|vnd|vnđ|đ|đồng)?")
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}|\d{1,2}-(thg|th|[a-z]{3})\.? ?\d{0,2}", re.IGNORECASE)
_BULLET = re.compile(r"^(?:[-–+•*]\s+|[•·]\s*)")


class Fault(Exception):
    """The row can't go in: `why` by name, and what is needed to say it."""

    def __init__(self, why: str, *more: str) -> None:
        super().__init__(why)
        self.why, self.more = why, more


def text_of(cell: str, longest: int) -> tuple[str, str | None]:
    """A text as it stands. What begins like a formula is a text all the same, with or without the apostrophe that
    keeps a spreadsheet from reckoning. Raises Fault(too_long)."""
    if cell.upper() in ERRORS:
        return "", "error_value"
    bare = cell[1:] if cell.startswith("'") and cell[1:].startswith(LOOKS_LIKE_FORMULA) else cell
    if len(bare) > longest:
        raise Fault("too_long", str(len(bare)), str(longest))
    return bare, "formula" if bare.startswith(FORMULA) and len(bare) > 1 else None


def code_of(cell: str) -> tuple[str, str | None]:
    """A procedure's code: 1.001193, or with the province's end 1.001193.000.00.00.H19.

    Raises Fault: no_code, total, code_lost (a spreadsheet has cut digits off that nobody can know), not_a_code.
    """
    bare = cell.lstrip("'’`").replace(" ", "").upper()
    note = "apostrophe" if cell.startswith(("'", "’", "`")) else None
    if not bare:
        raise Fault("no_code")
    if _CODE.fullmatch(bare):
        return bare, note
    for name, form in _SAFE:
        if found := form.fullmatch(bare):
            return f"{found[1]}.{found[2]}", name
    if _LOST.fullmatch(bare):
        raise Fault("code_lost", cell)
    raise Fault("total" if fold(cell).split(" ")[0] in _TOTALS else "not_a_code", cell[:60])


def lost_beginning(cell: str) -> str | None:
    """What is left of a code that has lost digits: 1.0117; all codes that begin so may be meant."""
    found = _LOST.fullmatch(cell.replace(" ", "").upper())
    return f"{found[1]}.{found[2]}" if found else None


def name_of(cell: str, longest: int) -> tuple[str, str | None]:
    """A name has at least one letter or figure. Raises Fault: no_name, too_long."""
    text, note = text_of(cell, longest)
    if not any(sign.isalnum() for sign in text):
        raise Fault("no_name")
    return text, note


def online_of(cell: str) -> tuple[str | None, str | None]:
    """full, partial, none, or None where the file does not say. The levels 1 to 4 of former years are no longer used
    and say nothing about today's."""
    said = fold(cell)
    if not said:
        return None, None
    if said in _NOT_ONLINE:
        return NONE, None
    if _OLD_LEVEL.search(said):
        return None, "old_level"
    full, partial = "toan trinh" in said or said == FULL, "mot phan" in said or said == PARTIAL
    if full == partial or "khong" in said.split():
        return None, "online_unknown"
    return (FULL if full else PARTIAL), None if said in _LEVELS else "read_as"


def yes_or_no(cell: str) -> tuple[bool | None, str | None]:
    """True, False, or None where the file does not say."""
    said = fold(cell)
    if not said or said in _YES | _NO:
        return (said in _YES) if said else None, None
    return None, "yes_or_no"


def papers_of(cell: str, longest: int) -> tuple[list[str], str | None]:
    """What to bring, one paper after the other. Raises Fault(too_long)."""
    whole, note = text_of(cell, longest)
    papers = [_BULLET.sub("", paper.strip()).strip() for paper in whole.split(";")]
    return [paper for paper in papers if any(sign.isalnum() for sign in paper)], note if note != "formula" else None


def fee_of(cell: str, longest: int) -> tuple[str, str | None]:
    """A fee is a text. Nought is free of charge. Raises Fault(too_long)."""
    if _FREE.fullmatch(cell.casefold()):
        return "Miễn phí", "free"
    return _no_date(*text_of(cell, longest))


def days_of(cell: str, longest: int) -> tuple[str, str | None]:
    """How long it takes, as a text, without leading noughts: 07 ngày is 7 ngày. Raises Fault(too_long)."""
    text, note = _no_date(*text_of(cell, longest))
    plain = re.sub(r"(?<![\d.,])0+(?=\d)", "", text)
    return plain, note if plain == text else "zeros"


def url_of(cell: str, longest: int) -> tuple[str, str | None]:
    """An address that a browser opens, or nothing. Raises Fault(too_long)."""
    text, note = text_of(cell, longest)
    if not text or re.match(r"https?://[^\s/]+", text, re.IGNORECASE):
        return text, note
    return "", "url"


def _no_date(text: str, note: str | None) -> tuple[str, str | None]:
    """15-20 became the 15th of some month in a spreadsheet: what it was can't be known."""
    return ("", "date") if _DATE.fullmatch(text) else (text, note)
