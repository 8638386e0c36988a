"""The door: may someone come in?"""

from dataclasses import dataclass

from counter.models.snapshot import Seen, Snapshot
from counter.panels.common import Coming, Place, Room, at, coming, place, room
from queues.life import WAITING, has_ended
from queues.order import interleaved


@dataclass(frozen=True)
class Present:
    """A visitor in the room."""

    number: str
    letter: str
    party: int
    status: str
    over: bool
    """The errand has ended; about to go."""
    since: str
    counter: int | None
    ticket_id: int
    stamp: str


@dataclass(frozen=True)
class Door:
    """The guide's question: may someone come in?"""

    office: Place
    room: Room
    coming: tuple[Coming, ...]
    present: tuple[Present, ...]
    waiting: int
    upcoming: tuple[str, ...]
    """The next printed numbers in the order in which they will be let in."""


UPCOMING_SHOWN = 5


def door(seen: Snapshot, slug: str) -> Door:
    """The room in figures, who may come in, who is inside, and whose turn comes after."""
    outside = [ticket for ticket in seen.in_line if ticket.status == WAITING]
    return Door(place(seen), room(seen), coming(seen), _present(seen), len(outside), _upcoming(seen, outside))


def _present(seen: Snapshot) -> tuple[Present, ...]:
    """Those inside; first the ones whose errand is over, since they are about to go."""
    inside = [ticket for ticket in seen.tickets.values() if ticket.inside]
    inside.sort(key=lambda ticket: (not has_ended(ticket.status), ticket.presence_id))
    return tuple(_one(seen, ticket) for ticket in inside)


def _one(seen: Snapshot, ticket: Seen) -> Present:
    return Present(
        number=ticket.printed,
        letter=ticket.letter,
        party=ticket.party,
        status=ticket.status,
        over=has_ended(ticket.status),
        since=at(seen, ticket.entered_at),
        counter=seen.number_of(ticket.counter_id),
        ticket_id=ticket.id,
        stamp=ticket.stamp,
    )


def _upcoming(seen: Snapshot, outside: list[Seen]) -> tuple[str, ...]:
    order = interleaved([ticket.standing for ticket in outside], seen.ratio, seen.admit_streak)
    return tuple(seen.tickets[pick.standing.ticket].printed for pick in order)[:UPCOMING_SHOWN]
