"""What a desk shows of the errand, of the other way tried, and of the closing step (R4, R6)."""

from dataclasses import dataclass

from counter.models.seen import Errand, Seen
from counter.models.snapshot import Snapshot
from counter.models.words import Words
from counter.panels.common import at
from counter.panels.elsewhere import has_others
from queues.closing import result_ways
from queues.life import HELD
from queues.online import Known


@dataclass(frozen=True)
class ErrandAsked:
    """What the visitor came for, as the catalogue says; what it does not say is empty."""

    code: str
    name: Words
    fee: str
    days: str
    papers: tuple[str, ...]


@dataclass(frozen=True)
class Before:
    """What has been before the visitor stood at the counter."""

    papers: str | None
    """By the visitor's own word at the kiosk: all, some. None: not asked."""
    tried: str
    """Since when they try it online; empty if they do not."""
    failed: str | None
    """Why it did not work online (`queues.online.WHY_FAILED`); None if it was not tried or has not failed."""
    missing: tuple[str, ...]
    """The papers they were sent for, and are back with."""


@dataclass(frozen=True)
class Line:
    """Another service of the office, to whose line somebody may be transferred."""

    service_id: int
    letter: str
    name: Words


@dataclass(frozen=True)
class OnHold:
    """Somebody whom this counter has sent for papers."""

    ticket_id: int
    number: str
    letter: str
    missing: tuple[str, ...]
    inside: bool
    stamp: str


@dataclass(frozen=True)
class Closing:
    """What the clerk may say of a visit that ends: how the result may go back, and where else to send them."""

    results: tuple[str, ...]
    lines: tuple[Line, ...]
    elsewhere: bool
    """There is another office of the installation to go on at."""


def errand(seen: Snapshot, ticket: Seen) -> ErrandAsked | None:
    """What this visitor came for, or None where nobody asked."""
    own = _errand(seen, ticket)
    return ErrandAsked(own.code, own.name, own.fee, own.days, own.papers) if own else None


def before(seen: Snapshot, ticket: Seen) -> Before:
    """Whether they tried online and where it failed, the papers they say they have, those they went to fetch."""
    return Before(ticket.papers, at(seen, ticket.trying_since), ticket.failed_why, tuple(ticket.missing or ()))


def closing(seen: Snapshot, ticket: Seen) -> Closing:
    """How this visit may end."""
    own = _errand(seen, ticket)
    others = (one for one in seen.offered.values() if one.staffed and one.id != ticket.service_id)
    return Closing(
        result_ways(own.known if own else Known()),
        tuple(Line(one.id, one.letter, one.name) for one in others),
        has_others(seen),
    )


def on_hold(seen: Snapshot, counter_id: int) -> tuple[OnHold, ...]:
    """Whom this counter has sent for papers and who is not back yet, in the order in which they went."""
    sent = [one for one in seen.tickets.values() if one.status == HELD and one.counter_id == counter_id]
    sent.sort(key=lambda one: one.seq)
    return tuple(
        OnHold(one.id, one.printed, one.letter, tuple(one.missing or ()), one.inside, one.stamp) for one in sent
    )


def _errand(seen: Snapshot, ticket: Seen) -> Errand | None:
    return seen.errands.get(ticket.procedure_id) if ticket.procedure_id is not None else None
