"""The door of the room or of a waiting area: may someone come in?"""

from dataclasses import dataclass
from datetime import datetime

from counter.models.seen import Seen
from counter.models.snapshot import Snapshot
from counter.models.words import Words
from counter.panels import texts
from counter.panels.common import Coming, Place, Zone, areas, at, coming, place, zone
from queues.life import has_ended


@dataclass(frozen=True)
class Present:
    """A visitor in the room or in the area."""

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
class Upcoming:
    """Whose turn to be let in comes soon. `passed`: how many went ahead so that a counter did not stand idle."""

    number: str
    letter: str
    passed: int


@dataclass(frozen=True)
class Door:
    """The guide's question: may someone come in?"""

    office: Place
    zone: Zone
    address: str
    """Where its forms go."""
    coming: tuple[Coming, ...]
    present: tuple[Present, ...]
    nameless: int
    """People without a ticket inside."""
    waiting: int
    upcoming: tuple[Upcoming, ...]
    areas: tuple[Zone, ...]
    rules: tuple[Words, ...]
    pass_bound: int
    kept_free: bool
    """A place is free and somebody waits, but it is kept for a counter that has nobody, or for a large party."""
    help_asked: int
    """How many ask for somebody to help them online."""
    count_asked: bool
    drift: int | None
    """How many more people the counter at the door has than the list; None without one."""
    news: texts.News


UPCOMING_SHOWN = 5


def door(seen: Snapshot, slug: str, area_id: int | None = None) -> Door:
    """The zone in figures, who may come in, who is inside, and whose turn comes after."""
    here = zone(seen, area_id)
    return Door(
        office=place(seen),
        zone=here,
        address=address_of(slug, area_id),
        coming=coming(seen) if area_id is None else (),
        present=_present(seen) if area_id is None else _present_in(seen, area_id),
        nameless=seen.zones[area_id].nameless,
        waiting=len(seen.outside),
        upcoming=_upcoming(seen, area_id),
        areas=areas(seen) if area_id is None else (),
        rules=texts.rules(seen),
        pass_bound=seen.pass_bound,
        kept_free=area_id is None and bool(seen.room.free) and bool(seen.outside),
        help_asked=sum(1 for ticket in seen.tickets.values() if ticket.help_asked) if area_id is None else 0,
        count_asked=seen.count_asked and area_id is None,
        drift=seen.zones[area_id].drift,
        news=texts.news(seen, "door"),
    )


def address_of(slug: str, area_id: int | None) -> str:
    """The door's address: of the room, or of one of its areas."""
    return f"/offices/{slug}/door" if area_id is None else f"/offices/{slug}/areas/{area_id}/door"


def _present(seen: Snapshot) -> tuple[Present, ...]:
    """Those inside; first the ones whose errand is over, since they are about to go."""
    inside = [ticket for ticket in seen.tickets.values() if ticket.inside]
    inside.sort(key=lambda ticket: (not has_ended(ticket.status), ticket.presence_id))
    return tuple(_one(seen, ticket, ticket.entered_at) for ticket in inside)


def _present_in(seen: Snapshot, area_id: int) -> tuple[Present, ...]:
    there = [(since, ticket) for ticket, (area, since) in seen.in_areas.items() if area == area_id]
    return tuple(_one(seen, seen.tickets[ticket], since) for since, ticket in sorted(there))


def _one(seen: Snapshot, ticket: Seen, since: datetime | None) -> Present:
    return Present(
        number=ticket.printed,
        letter=ticket.letter,
        party=ticket.party,
        status=ticket.status,
        over=has_ended(ticket.status),
        since=at(seen, since),
        counter=seen.number_of(ticket.counter_id),
        ticket_id=ticket.id,
        stamp=ticket.stamp,
    )


def _upcoming(seen: Snapshot, area_id: int | None) -> tuple[Upcoming, ...]:
    """The next to be let in; at an area, the next who should wait there and are not there yet."""
    order = [seen.tickets[standing.ticket] for standing in seen.outside]
    if area_id is not None:
        order = [one for one in order if seen.spots.get(one.id) == area_id and one.id not in seen.in_areas]
    return tuple(Upcoming(one.printed, one.letter, one.passed) for one in order[:UPCOMING_SHOWN])
