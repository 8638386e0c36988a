"""What a snapshot is made of: tickets, services, counters and zones as a screen sees them, as plain values."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple

from counter.models.presence import Presence
from counter.models.procedure import Procedure
from counter.models.ticket import Ticket
from counter.models.words import Words
from queues.numbering import printed
from queues.online import Known
from queues.order import Standing
from queues.room import Room
from queues.window import Hours


class Seen(NamedTuple):
    """A ticket with its presence in the room, as a screen sees it."""

    id: int
    token: str
    service_id: int
    day: date
    letter: str
    number: int
    sequence: int
    rank: int
    setback: int
    priority_class_id: int | None
    party: int
    status: str
    counter_id: int | None
    recalls: int
    returns: int
    issued_at: datetime
    called_at: datetime | None
    seq: int
    passed: int
    lapses: int
    procedure_id: int | None
    papers: str | None
    trying_since: datetime | None
    failed_why: str | None
    deferrals: int
    defer_until: datetime | None
    help_asked: datetime | None
    file_number: str | None
    outcome: str | None
    missing: list[str] | None
    result_by: str | None
    presence_id: int | None
    entered_at: datetime | None
    hold_until: datetime | None

    @property
    def printed(self) -> str:
        """What stands on the ticket: A012."""
        return printed(self.letter, self.number)

    @property
    def stamp(self) -> str:
        """Changes with every move and every step in or out, and so do the operation ids of its forms."""
        return f"{self.id}-{self.seq}-{self.presence_id or 0}"

    @property
    def inside(self) -> bool:
        return self.entered_at is not None

    @property
    def standing(self) -> Standing:
        """The ticket as the rules of order see it."""
        return Standing(
            self.id, self.service_id, self.rank, self.setback, self.sequence, self.priority_class_id is not None,
            self.party, self.status, self.inside, self.presence_id is not None, self.passed,
            self.defer_until is not None,
        )  # fmt: skip


@dataclass(frozen=True)
class ServiceSeen:
    """A service: `counters` are the numbers of those who take it."""

    id: int
    letter: str
    name: Words
    hours: Hours
    closed: Words | None
    staffed: bool
    kind: str
    retired: bool = False
    used_up: bool = False
    """As many tickets as the day has were given."""


@dataclass(frozen=True)
class Errand:
    """A procedure as a screen sees it: what the visitor came for."""

    id: int
    code: str
    name: Words
    field: str
    known: Known
    fee: str
    days: str
    papers: tuple[str, ...]
    service_id: int | None


def errand_of(own: Procedure) -> Errand:
    """A procedure of the catalogue as plain values."""
    return Errand(
        own.id, own.code, own.name, own.field, own.known, own.fee, own.days, tuple(own.papers), own.service_id
    )


@dataclass(frozen=True)
class CounterSeen:
    """A counter and what it takes. `stamp` changes with every move at it, `people` may stand at it."""

    id: int
    number: int
    services: tuple[int, ...]
    stamp: str
    open: bool
    people: int


@dataclass(frozen=True)
class ZoneSeen:
    """The room (`id` and `name` None) or an extra waiting area."""

    id: int | None
    name: Words | None
    room: Room
    nameless: int
    """People without a ticket who are inside."""
    drift: int | None
    """How many more people the counters at its doors have than the list; None where there is no counter."""


COLUMNS: tuple[Any, ...] = (
    Ticket.id, Ticket.token, Ticket.service_id, Ticket.day, Ticket.letter, Ticket.number, Ticket.sequence,
    Ticket.rank, Ticket.setback, Ticket.priority_class_id, Ticket.party, Ticket.status, Ticket.counter_id,
    Ticket.recalls, Ticket.returns, Ticket.issued_at, Ticket.called_at, Ticket.seq, Ticket.passed, Ticket.lapses,
    Ticket.procedure_id, Ticket.papers, Ticket.trying_since, Ticket.failed_why, Ticket.deferrals, Ticket.defer_until,
    Ticket.help_asked, Ticket.file_number, Ticket.outcome, Ticket.missing, Ticket.result_by,
    Presence.id, Presence.entered_at, Presence.hold_until,
)  # fmt: skip
"""A ticket's columns and its presence's in the room, in the order of `Seen`."""
