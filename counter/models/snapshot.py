"""An office at one moment, as plain values: read once, and every screen of the office is drawn from it."""

from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any, NamedTuple

from sqlalchemy import and_, select

from counter.database import db
from counter.models import counter as counters
from counter.models import history, presence
from counter.models import office as offices
from counter.models.presence import Presence
from counter.models.ticket import IS_OPEN, Ticket
from counter.models.words import Words
from queues.life import AT_COUNTER, IN_LINE
from queues.numbering import printed
from queues.order import Standing, places_ahead, streak_of
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
            self.party, self.status, self.inside, self.presence_id is not None,
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


@dataclass(frozen=True)
class CounterSeen:
    """A counter and what it takes. `stamp` changes with every move at it."""

    id: int
    number: int
    services: tuple[int, ...]
    stamp: str


_COLUMNS: tuple[Any, ...] = (
    Ticket.id, Ticket.token, Ticket.service_id, Ticket.day, Ticket.letter, Ticket.number, Ticket.sequence,
    Ticket.rank, Ticket.setback, Ticket.priority_class_id, Ticket.party, Ticket.status, Ticket.counter_id,
    Ticket.recalls, Ticket.returns, Ticket.issued_at, Ticket.called_at, Ticket.seq,
    Presence.id, Presence.entered_at, Presence.hold_until,
)  # fmt: skip
MOST_RECENT = 8
_HERE = and_(Presence.ticket_id == Ticket.id, Presence.ended_at.is_(None))


class Snapshot:
    """Everything the screens of one office show, read in one transaction."""

    def __init__(self, office_id: int) -> None:
        office = offices.by_id(office_id)
        self.id, self.slug, self.name, self.seq = office.id, office.slug, office.name, office.seq
        self.timezone, self.day, self.ratio, self.hours = office.timezone, office.day, office.ratio, office.hours
        self.largest_party = office.largest_party
        self.classes = {own.id: own.name for own in office.classes}
        taken = counters.services_of_office(office_id)
        staffed = {service for _counter, service in taken}
        self.services = {
            own.id: ServiceSeen(own.id, own.letter, own.name, own.hours, own.closed, own.id in staffed)
            for own in office.services
        }
        self.counters = {
            own.id: CounterSeen(own.id, own.number, tuple(s for c, s in taken if c == own.id), own.stamp)
            for own in counters.of_office(office_id)
        }
        self.room: Room = presence.room_of(office_id, office.cap)
        self.tickets = self._tickets()
        self.recent = self._recent()
        self.admit_streak = streak_of(history.last_classes_admitted(office_id, office.ratio))

    @cached_property
    def in_line(self) -> list[Seen]:
        """All who may be called."""
        return [seen for seen in self.tickets.values() if seen.status in IN_LINE]

    @cached_property
    def ahead(self) -> dict[int, int]:
        """For each ticket in the line, how many of its service go before it."""
        return places_ahead([seen.standing for seen in self.in_line], self.ratio, self.admit_streak)

    @cached_property
    def waiting_for(self) -> dict[int, int]:
        """For each service, how many tickets are in the line."""
        counts = dict.fromkeys(self.services, 0)
        for seen in self.in_line:
            counts[seen.service_id] += 1
        return counts

    @cached_property
    def by_token(self) -> dict[str, Seen]:
        return {seen.token: seen for seen in self.tickets.values()}

    def at_counter(self, counter_id: int) -> Seen | None:
        """The ticket that a counter has called or serves."""
        theirs = (seen for seen in self.tickets.values() if seen.counter_id == counter_id)
        return next((seen for seen in theirs if seen.status in AT_COUNTER), None)

    def number_of(self, counter_id: int | None) -> int | None:
        """The number on the counter's sign."""
        return self.counters[counter_id].number if counter_id in self.counters else None

    def _tickets(self) -> dict[int, Seen]:
        """Open tickets, and ended ones whose people are still in the room."""
        opened = select(*_COLUMNS).outerjoin(Presence, _HERE).where(Ticket.office_id == self.id, IS_OPEN)
        staying = select(*_COLUMNS).join(Presence, _HERE).where(Presence.office_id == self.id)
        rows = [*db.session.execute(opened), *db.session.execute(staying)]
        return {row[0]: Seen(*row) for row in rows}

    def _recent(self) -> list[Seen]:
        """The tickets called last today, newest first."""
        called = history.last_calls(self.id, MOST_RECENT)
        rows = select(*_COLUMNS).outerjoin(Presence, _HERE).where(Ticket.id.in_(called), Ticket.day == self.day)
        found = {row[0]: Seen(*row) for row in db.session.execute(rows)}
        return [found[ticket_id] for ticket_id in called if ticket_id in found]


def one_ticket(token: str) -> Seen | None:
    """A ticket that may have left the snapshot, since it has ended; None if no ticket has this token."""
    row = db.session.execute(select(*_COLUMNS).outerjoin(Presence, _HERE).where(Ticket.token == token)).first()
    return Seen(*row) if row else None
