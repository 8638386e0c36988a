"""The helpers' list: who asks for somebody, who is trying online, how it failed (R4, R7)."""

from dataclasses import dataclass
from datetime import datetime

from counter.models.seen import Seen
from counter.models.snapshot import Snapshot
from counter.models.words import Words
from counter.panels.common import Place, at, place
from queues.life import has_ended


@dataclass(frozen=True)
class Wanted:
    """A visitor who asks for a helper, or tries it alone."""

    ticket_id: int
    number: str
    letter: str
    errand: Words
    """What they came for; the service where they have not said."""
    asked: str
    """Since when they ask for a helper; empty while they do not."""
    trying: str
    """Since when they try online; empty while they do not."""
    failed: str | None
    status: str
    counter: int | None
    inside: bool
    area: Words | None
    ahead: int | None
    """How many turns are before theirs: so long a helper has; None once they are called."""
    until: str
    """Until when they let others go first; empty while they do not."""
    stamp: str


@dataclass(frozen=True)
class Help:
    """The helper's question: who needs me?"""

    office: Place
    asking: tuple[Wanted, ...]
    trying: tuple[Wanted, ...]
    """Those who have not asked: they try, or it has not worked."""


def wanted(seen: Snapshot, slug: str) -> Help:
    """Who asks, the one who has asked longest first; then who tries or has failed."""
    here = [ticket for ticket in seen.tickets.values() if not has_ended(ticket.status) and ticket.status != "serving"]
    asking = sorted((one for one in here if one.help_asked), key=lambda one: _first(one.help_asked, one))
    others = [one for one in here if not one.help_asked and (one.trying_since or one.failed_why)]
    others.sort(key=lambda one: (one.trying_since is None, _first(one.trying_since or one.issued_at, one)))
    return Help(place(seen), tuple(_one(seen, one) for one in asking), tuple(_one(seen, one) for one in others))


def _first(since: datetime | None, ticket: Seen) -> tuple[str, int]:
    return since.isoformat() if since else "", ticket.id


def _one(seen: Snapshot, ticket: Seen) -> Wanted:
    errand, area = seen.errands.get(ticket.procedure_id or 0), seen.in_areas.get(ticket.id)
    zone = seen.zones.get(area[0]) if area else None
    return Wanted(
        ticket_id=ticket.id, number=ticket.printed, letter=ticket.letter,
        errand=errand.name if errand else seen.services[ticket.service_id].name, asked=at(seen, ticket.help_asked),
        trying=at(seen, ticket.trying_since), failed=ticket.failed_why, status=ticket.status,
        counter=seen.number_of(ticket.counter_id), inside=ticket.inside, area=zone.name if zone else None,
        ahead=seen.ahead.get(ticket.id), until=at(seen, ticket.defer_until), stamp=ticket.stamp,
    )  # fmt: skip
