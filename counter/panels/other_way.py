"""While waiting: the way for this very errand, in steps, and some more minutes for who is called and not ready (R4).

Nothing is shown that the catalogue does not say. The links lead out of the house: they need the internet, and say so.
"""

from dataclasses import dataclass

from counter.models.seen import Errand, Seen
from counter.models.service import INTAKE
from counter.models.snapshot import Snapshot
from counter.models.words import Words
from counter.panels.common import at
from counter.panels.errand import errand_of
from queues.life import ADMITTED, CALLED, HELD, IN_LINE, INSIDE, WAITING
from queues.online import ONLINE, PARTIAL, UNSAID, WHY_FAILED, minutes_left, opens, way_while_waiting


@dataclass(frozen=True)
class Minutes:
    """More minutes for who is asked in or called. `each` in minutes, `left`: how many times more they may be had."""

    each: int
    left: int
    can_ask: bool
    until: str
    """Until when this visitor lets others go first; empty while they do not."""


@dataclass(frozen=True)
class OtherWay:
    """What the visitor can do meanwhile."""

    errand: Words | None
    way: str | None
    """Online, look at its page, or None where the catalogue says that it can't be done online."""
    partial: bool
    page: str
    """The procedure's own page; empty where the catalogue names none."""
    portal: Words
    portal_url: str
    pays: bool
    """The catalogue says that the fee can be paid online."""
    by_post: bool
    """The catalogue says that the result can be sent."""
    papers: tuple[str, ...]
    trying: str
    """Since when; empty while they do not."""
    failed: str | None
    can_try: bool
    reasons: tuple[str, ...]
    """Why it may not work (`queues.online.WHY_FAILED`)."""
    helper: str
    """Since when a helper is wanted; empty while none is."""


def minutes(seen: Snapshot, ticket: Seen) -> Minutes:
    """Whether more minutes may be asked for, and until when this visitor has them."""
    left = minutes_left(ticket.deferrals, seen.defer_bound)
    can_ask = ticket.status in (ADMITTED, CALLED) and left > 0
    return Minutes(max(round(seen.defer_seconds / 60), 1), left, can_ask, at(seen, ticket.defer_until))


def other_way(seen: Snapshot, ticket: Seen) -> OtherWay | None:
    """The way for the ticket's errand while it waits or is on hold; None at the counter and at the end, and where who
    has not begun anything is asked to come: then nothing else matters."""
    begun = ticket.trying_since or ticket.help_asked
    if ticket.status not in ((*IN_LINE, CALLED, HELD) if begun else (WAITING, INSIDE, HELD)):
        return None
    errand = seen.errands.get(ticket.procedure_id or 0)
    way = way_while_waiting(errand.known if errand else None, files=seen.services[ticket.service_id].kind == INTAKE)
    if way is None and errand is None:
        return None
    return OtherWay(
        errand=errand_of(seen, ticket.procedure_id), way=way, page=_page(errand), portal=seen.portal,
        portal_url=seen.portal_url if opens(seen.portal_url) else "", papers=errand.papers if errand else (),
        partial=bool(errand and way == ONLINE and errand.known.online == PARTIAL),
        pays=bool(errand and errand.known.payment), by_post=bool(errand and errand.known.post_out),
        trying=at(seen, ticket.trying_since), failed=_said(ticket), helper=at(seen, ticket.help_asked),
        can_try=way is not None and ticket.status != CALLED and ticket.trying_since is None,
        reasons=WHY_FAILED,
    )  # fmt: skip


def _said(ticket: Seen) -> str | None:
    return ticket.failed_why if ticket.failed_why != UNSAID else None


def _page(errand: Errand | None) -> str:
    return errand.known.url if errand and opens(errand.known.url) else ""
