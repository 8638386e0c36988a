"""The desk: who is next?"""

from dataclasses import dataclass

from counter.models import counter as counters
from counter.models import history
from counter.models.seen import Seen
from counter.models.snapshot import Snapshot
from counter.models.words import Words
from counter.panels import closing, texts
from counter.panels.closing import Before, Closing, ErrandAsked, OnHold
from counter.panels.common import Line, Place, at, lines, place, priority_of
from queues.errors import NotFound
from queues.order import REGULARS_TURN, Pick, for_counter, interleaved, streak_of


@dataclass(frozen=True)
class Current:
    """The visitor a counter has called or serves."""

    ticket_id: int
    number: str
    letter: str
    status: str
    service: Words
    priority: Words | None
    party: int
    at_most: int | None
    """How many of a larger party may stand at the counter (R13)."""
    issued: str
    called: str
    recalls: int
    arrived: bool
    """Already in the room when called (false: comes straight from outside)."""
    errand: ErrandAsked | None
    before: Before
    closing: Closing
    stamp: str


@dataclass(frozen=True)
class Upcoming:
    """A visitor whom this counter may call, in the order it will."""

    number: str
    letter: str
    priority: Words | None
    after_priority: bool
    """A regular ticket whose turn comes because enough priority tickets went before (k to 1)."""
    issued: str
    party: int
    inside: bool
    errand: Words | None
    trying: bool
    """Tries it online meanwhile."""
    later: str
    """Until when they have asked for a few minutes more; empty if they have not."""


@dataclass(frozen=True)
class Desk:
    """The clerk's question: who is next?"""

    office: Place
    counter_id: int
    counter: int
    open: bool
    """The clerk calls here. Nobody is let in for the sake of a counter that pauses."""
    current: Current | None
    upcoming: tuple[Upcoming, ...]
    waiting: int
    lines: tuple[Line, ...]
    on_hold: tuple[OnHold, ...]
    stamp: str
    news: texts.News


UPCOMING_SHOWN = 6


def office_of(counter_id: int) -> int:
    """The office where the counter stands. Raises NotFound."""
    return counters.by_id(counter_id).office_id


def desk(seen: Snapshot, counter_id: int) -> Desk:
    """Who is at the counter, who comes next and why, and how many wait for each of its services."""
    counter = seen.counters.get(counter_id)
    if counter is None:
        raise NotFound(str(counter_id))
    own = for_counter([ticket.standing for ticket in seen.in_line], counter.services)
    within = [standing for standing in own if standing.inside]
    outside = [standing for standing in own if not standing.inside]
    streak = streak_of(history.last_classes_called(counter_id, seen.ratio))
    later = [one.standing for one in seen.in_line if one.defer_until and one.service_id in counter.services]
    order = [pick for part in (within, outside, later) for pick in interleaved(part, seen.ratio, streak)]
    return Desk(
        office=place(seen),
        counter_id=counter_id,
        counter=counter.number,
        open=counter.open,
        current=_current(seen, seen.at_counter(counter_id), counter.people),
        upcoming=tuple(_upcoming(seen, pick) for pick in order[:UPCOMING_SHOWN]),
        waiting=len(own) + len(later),
        lines=lines(seen, counter.services),
        on_hold=closing.on_hold(seen, counter_id),
        stamp=counter.stamp,
        news=texts.news(seen, "desk"),
    )


def _current(seen: Snapshot, ticket: Seen | None, people: int) -> Current | None:
    if ticket is None:
        return None
    return Current(
        ticket_id=ticket.id,
        number=ticket.printed,
        letter=ticket.letter,
        status=ticket.status,
        service=seen.services[ticket.service_id].name,
        priority=priority_of(seen, ticket),
        party=ticket.party,
        at_most=people if ticket.party > people else None,
        issued=at(seen, ticket.issued_at),
        called=at(seen, ticket.called_at),
        recalls=ticket.recalls,
        arrived=ticket.inside,
        errand=closing.errand(seen, ticket),
        before=closing.before(seen, ticket),
        closing=closing.closing(seen, ticket),
        stamp=ticket.stamp,
    )


def _upcoming(seen: Snapshot, pick: Pick) -> Upcoming:
    ticket = seen.tickets[pick.standing.ticket]
    errand = closing.errand(seen, ticket)
    return Upcoming(
        number=ticket.printed,
        letter=ticket.letter,
        priority=priority_of(seen, ticket),
        after_priority=pick.why == REGULARS_TURN,
        issued=at(seen, ticket.issued_at),
        party=ticket.party,
        inside=ticket.inside,
        errand=errand.name if errand else None,
        trying=ticket.trying_since is not None,
        later=at(seen, ticket.defer_until),
    )
