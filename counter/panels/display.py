"""The wall: who goes where?"""

from dataclasses import dataclass

from counter.models.snapshot import Seen, Snapshot
from counter.panels.common import Coming, Line, Place, Room, coming, lines, place, room
from queues.life import CALLED, SERVING


@dataclass(frozen=True)
class Call:
    """A call as the wall shows it. `state` is called (now), serving, or past."""

    number: str
    letter: str
    counter: int
    state: str


@dataclass(frozen=True)
class Board:
    """The lobby's question: who goes where?"""

    office: Place
    room: Room
    calls: tuple[Call, ...]
    coming: tuple[Coming, ...]
    lines: tuple[Line, ...]
    waiting: int


CALLS_SHOWN = 7


def board(seen: Snapshot, slug: str) -> Board:
    """The last calls, who may come in, free places, and how many wait for what."""
    calls = tuple(_call(seen, ticket) for ticket in _newest_first(seen)[:CALLS_SHOWN])
    return Board(place(seen), room(seen), calls, coming(seen), lines(seen), len(seen.in_line))


def _newest_first(seen: Snapshot) -> list[Seen]:
    """Who has not reached the counter yet stands before who has, however many calls came since."""
    now = [ticket for ticket in seen.tickets.values() if ticket.status == CALLED]
    now.sort(key=lambda ticket: ticket.seq, reverse=True)
    return now + [ticket for ticket in seen.recent if ticket.status != CALLED and ticket.counter_id]


def _call(seen: Snapshot, ticket: Seen) -> Call:
    state = ticket.status if ticket.status in (CALLED, SERVING) else "past"
    return Call(ticket.printed, ticket.letter, seen.number_of(ticket.counter_id) or 0, state)
