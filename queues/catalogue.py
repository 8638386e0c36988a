"""From the rows of an office's file to procedures: which go in, which do not, and why (R5, docs/decisions/0013)."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from queues import cells
from queues.cells import Fault
from queues.columns import is_head
from queues.letters import tidy, unreadable

LONGEST: Mapping[str, int] = {
    "name": 2000, "name_en": 2000, "also": 1000, "field": 200, "level": 120, "authority": 300, "fee": 2000,
    "days": 400, "papers": 20_000, "url": 2000, "service": 120,
}  # fmt: skip
"""Letters at most. The longest real name has 1,094."""

BROKEN, LOOSE = "broken", "loose"
"""Quotes that are no RFC 4180."""

Reader = Callable[[str], tuple[Any, str | None]]


def _upto(reader: Callable[[str, int], tuple[Any, str | None]], column: str) -> Reader:
    return lambda cell: reader(cell, LONGEST[column])


READERS: Mapping[str, Reader] = {
    "name": _upto(cells.name_of, "name"),
    **{name: _upto(cells.text_of, name) for name in ("name_en", "also", "field", "level", "authority", "service")},
    "online": cells.online_of,
    **dict.fromkeys(("online_payment", "post_in", "post_out", "post_both", "pinned"), cells.yes_or_no),
    "fee": _upto(cells.fee_of, "fee"),
    "days": _upto(cells.days_of, "days"),
    "papers": _upto(cells.papers_of, "papers"),
    "url": _upto(cells.url_of, "url"),
}


@dataclass(frozen=True)
class Given:
    """A row as it stands in the file. `line`: where it begins, from 1. `quotes`: "broken" for one that is opened and
    never closed, "loose" for quotes that were taken as part of the text."""

    line: int
    cells: tuple[str, ...]
    quotes: str = ""


@dataclass(frozen=True)
class Told:
    """Something to be said about a line: why it stays out, or what was mended in it. `sent`: its code as sent."""

    line: int
    sent: str
    why: str
    more: tuple[str, ...] = ()


@dataclass(frozen=True)
class Entry:
    """A procedure as the file has it: only the columns that the file has."""

    line: int
    code: str
    values: dict[str, Any]


@dataclass
class Reading:
    """A whole file. `spared` codes stay as they are, since their row could not be read; so do all that begin with what
    is left of a `lost` code."""

    entries: list[Entry] = field(default_factory=list)
    refused: list[Told] = field(default_factory=list)
    notes: list[Told] = field(default_factory=list)
    spared: set[str] = field(default_factory=set)
    lost: set[str] = field(default_factory=set)

    def names(self, code: str) -> bool:
        """Whether the file has this code, readable or not: what it has is not gone."""
        return code in self.spared or any(code.startswith(beginning) for beginning in self.lost)


def read(rows: Iterable[Given], columns: Mapping[str, int], width: int) -> Reading:
    """Read the rows under the head, which has so many cells. Every row is an entry, or is refused, or is a note."""
    reading, first = Reading(), dict[str, Entry]()
    for row in rows:
        try:
            entry = _entry(row, columns, width, reading)
            if entry is None:
                continue
            _only_once(first.setdefault(entry.code, entry), entry)
            reading.entries.append(entry)
            reading.spared.add(entry.code)
        except Fault as fault:
            reading.refused.append(Told(row.line, _sent(row, columns)[:60], fault.why, fault.more))
            _spare(reading, _sent(row, columns))
    return reading


def _entry(row: Given, columns: Mapping[str, int], width: int, reading: Reading) -> Entry | None:
    """One row; None where there is nothing in it, or the head once more. Raises Fault."""
    told = [Told(row.line, "", "empty")] if not any(cell.strip() for cell in row.cells) else []
    if not told and is_head(row.cells):
        told = [Told(row.line, "", "head_again")]
    if told:
        reading.notes += told
        return None
    _whole(row, width)
    mended = {LOOSE: ""} if row.quotes else {}
    code, note = cells.code_of(_tidied(row, columns["code"], "code", mended))
    values = {name: _value(row, name, at, mended) for name, at in columns.items() if name != "code"}
    if note:
        mended["code " + note] = ""
    reading.notes += [Told(row.line, code, name.split(" ")[-1], (at,) if at else ()) for name, at in mended.items()]
    return Entry(row.line, code, _both_ways(values))


def _whole(row: Given, width: int) -> None:
    """A row has as many cells as the head: else nobody knows which cell is which."""
    if row.quotes == BROKEN:
        raise Fault("quote")
    if len(row.cells) < width:
        raise Fault("too_few", str(len(row.cells)), str(width))
    if any(cell.strip() for cell in row.cells[width:]):
        raise Fault("too_many", str(len(row.cells)), str(width))


def _tidied(row: Given, index: int, column: str, mended: dict[str, str]) -> str:
    cell = row.cells[index] if index < len(row.cells) else ""
    if column == "papers":  # A list may stand on lines of its own.
        cell = cell.replace("\r\n", "; ").replace("\n", "; ").replace("\r", "; ")
    text, done = tidy(cell)
    mended.update(dict.fromkeys(done, ""))
    if why := unreadable(text):
        raise Fault(why, text[:40])
    return text


def _value(row: Given, column: str, index: int, mended: dict[str, str]) -> Any:
    text = _tidied(row, index, column, mended)
    try:
        value, note = READERS[column](text)
    except Fault as fault:
        raise Fault(fault.why, *fault.more, column) from fault
    if note:
        mended[f"{column} {note}"] = text[:60]
    return value


def _both_ways(values: dict[str, Any]) -> dict[str, Any]:
    """One column for both ways of the post says both."""
    if "post_both" in values:
        both = values.pop("post_both")
        values["post_in"], values["post_out"] = both, both
    if "pinned" in values:
        values["pinned"] = bool(values["pinned"])
    return values


def _only_once(first: Entry, entry: Entry) -> None:
    """The first row with a code counts. What a later one says otherwise can't be true as well. Raises Fault."""
    if first is entry:
        return
    other = sorted(name for name, value in entry.values.items() if first.values.get(name) != value)
    raise Fault("conflicts" if other else "repeats", str(first.line), *other)


def _sent(row: Given, columns: Mapping[str, int]) -> str:
    index = columns.get("code", 0)
    return tidy(row.cells[index])[0] if index < len(row.cells) else ""


def _spare(reading: Reading, sent: str) -> None:
    """A row that stays out says nothing, also not that its procedure is gone."""
    try:
        reading.spared.add(cells.code_of(sent)[0])
    except Fault:
        beginning = cells.lost_beginning(sent)
        if beginning:
            reading.lost.add(beginning)
