"""The wall: who goes where?"""

from dataclasses import dataclass

from counter.models.device import Shown
from counter.models.seen import Seen
from counter.models.snapshot import Snapshot
from counter.models.words import Words
from counter.panels import texts, turning
from counter.panels.common import Coming, Line, Place, Zone, areas, coming, lines, place, shown_by, zone
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
    zone: Zone
    """Where this screen hangs: the room, or one of the waiting areas."""
    calls: tuple[Call, ...]
    coming: tuple[Coming, ...]
    lines: tuple[Line, ...]
    waiting: int
    areas: tuple[Zone, ...]
    rules: tuple[Words, ...]
    stops: tuple[texts.Stop, ...]
    turning: tuple[turning.Item, ...]
    """Ways for those who wait, and notices: one at a time."""
    letters: str | None = None
    """The letters whose calls are chimed here; None: all."""


CALLS_SHOWN = 7


def board(seen: Snapshot, slug: str = "", area_id: int | None = None, device_id: int | None = None) -> Board:
    """The last calls, who may come in, free places, and how many wait for what; on a device, of what it is for."""
    own = shown_by(seen, device_id)
    letters = _letters(seen, own)
    calls = [ticket for ticket in _newest_first(seen) if letters is None or ticket.letter in letters]
    waiting = [line for line in lines(seen) if letters is None or line.letter in letters]
    return Board(
        office=place(seen),
        zone=zone(seen, own.area_id if own else area_id),
        calls=tuple(_call(seen, ticket) for ticket in calls[:CALLS_SHOWN]),
        coming=tuple(one for one in coming(seen) if letters is None or one.letter in letters),
        lines=tuple(waiting) if own is None or own.lines else (),
        waiting=sum(line.waiting for line in waiting) if letters is not None else len(seen.in_line),
        areas=areas(seen),
        rules=texts.rules(seen),
        stops=texts.stops(seen),
        turning=turning.items(seen) if own is None or own.ways else (),
        letters=letters if own is None or own.chimes else "",
    )


def _letters(seen: Snapshot, own: Shown | None) -> str | None:
    """The letters of the services that a device shows; None where it shows all."""
    if own is None or own.services is None:
        return None
    return "".join(sorted({seen.services[id].letter for id in own.services if id in seen.services}))


def _newest_first(seen: Snapshot) -> list[Seen]:
    """Who has not reached the counter yet stands before who has, however many calls came since."""
    now = [ticket for ticket in seen.tickets.values() if ticket.status == CALLED]
    now.sort(key=lambda ticket: ticket.seq, reverse=True)
    return now + [ticket for ticket in seen.recent if ticket.status != CALLED and ticket.counter_id]


def _call(seen: Snapshot, ticket: Seen) -> Call:
    state = ticket.status if ticket.status in (CALLED, SERVING) else "past"
    return Call(ticket.printed, ticket.letter, seen.number_of(ticket.counter_id) or 0, state)
