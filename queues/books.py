"""An office's books as plain values: what the promises are looked up in, whoever has read them and from where."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import NamedTuple

from queues.life import OPEN
from queues.numbering import printed

Series = tuple[str, date]
"""A letter on one of the office's days."""


class Slip(NamedTuple):
    """A ticket as it is written down."""

    id: int
    token: str
    day: date
    letter: str
    number: int
    sequence: int
    rank: int
    setback: int
    status: str
    counter: int | None
    passed: int
    lapses: int
    returns: int
    deferrals: int
    handed_from: int | None

    @property
    def printed(self) -> str:
        """What stands on the ticket, and on which day: A012 of 2026-11-23."""
        return f"{printed(self.letter, self.number)} of {self.day}"

    @property
    def is_open(self) -> bool:
        return self.status in OPEN


class Row(NamedTuple):
    """One move of a ticket, in the order of `seq`."""

    seq: int
    ticket: int
    move: str
    source: str | None
    target: str
    counter: int | None
    who: str
    why: str | None


class Stay(NamedTuple):
    """An open presence, and where its ticket stands; `ticket` and `status` None for people without one."""

    id: int
    area: int | None
    ticket: int | None
    status: str | None
    own: bool
    """The ticket, where there is one, is of this office."""
    party: int
    hold_until: datetime | None
    entered_at: datetime | None
    exit_due: datetime | None


class Count(NamedTuple):
    """A count of the room by eye."""

    seq: int
    before: int
    after: int
    who: str
    why: str


class Given(NamedTuple):
    """An answer that is kept with a form: which errand, which ticket it named, and with which secret."""

    errand: str
    ticket: int
    token: str | None


@dataclass(frozen=True)
class Page:
    """Some days of an office: all their tickets, with all moves of these, each in the order of its sequence."""

    slips: Sequence[Slip]
    rows: Sequence[Row]
    last: Mapping[Series, int] = field(default_factory=dict)
    """The last number of each series, as the office keeps it to give the next."""


@dataclass(frozen=True)
class Ledger:
    """What of an office can't be told page by page. `opened` are the tickets that have not ended."""

    tickets: Mapping[int, str]
    """Ticket → its secret, of all the office has ever given."""
    issued: int
    """How many the office says it has given."""
    seq: int
    last_seq: int
    """Of the last move; the office's own is never behind it."""
    opened: Sequence[Slip]
    stays: Sequence[Stay]
    counts: Sequence[Count]
    given: Sequence[Given]
    calls: Mapping[int, int]
    """Ticket → how often it was called from the line."""
    handed: Mapping[int, int]
    """Ticket of this office → how many tickets of other offices continue it."""
    sent_on: Sequence[int]
    """Tickets of this office that were handed over to another."""
