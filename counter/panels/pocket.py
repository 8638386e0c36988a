"""The phone: when is it my turn?"""

from dataclasses import dataclass

from counter.models import other_way as ways
from counter.models import ticket as tickets
from counter.models.seen import Seen
from counter.models.snapshot import Snapshot, one_ticket
from counter.models.told import Contact
from counter.models.words import Words
from counter.panels import other_way, texts
from counter.panels.common import Place, at, place, priority_of
from counter.panels.elsewhere import may_go
from counter.panels.errand import errand_of
from counter.panels.other_way import Minutes, OtherWay
from queues import life
from queues.closing import MISSING
from queues.errors import NotFound


@dataclass(frozen=True)
class Turn:
    """One visitor's ticket, on the visitor's own phone. Nobody else is in it (I25)."""

    office: Place
    token: str
    number: str
    letter: str
    status: str
    service: Words
    errand: Words | None
    """What the visitor came for, in short, if they said so."""
    priority: Words | None
    party: int
    issued: str
    ahead: int | None
    """How many tickets will be called before this one; None once it has been called or has ended."""
    inside: bool
    """The visitor has been let into the room."""
    capped: bool
    """The room has a cap, so the visitor waits outside until "come in"."""
    hold_until: str | None
    """Until when a place is held, while `status` is admitted."""
    counter: int | None
    at_most: int | None
    """How many of a larger party may stand at the counter (R13)."""
    area: Words | None
    """Where to wait, if not outside and not in the room."""
    lapses: int
    """How often the visitor did not come in while the place was held."""
    passed: int
    """How many went ahead so that a counter did not stand idle; never more than `pass_bound`."""
    pass_bound: int
    rules: tuple[Words, ...]
    """What to do at the door, while the visitor is about to come in."""
    can_leave: bool
    can_return: bool
    can_rejoin: bool
    """Was sent for papers, and may say that they are here."""
    missing: tuple[str, ...]
    """The papers to fetch, or those that were missing when the day ended."""
    outcome: str | None
    """What came of the visit, as the clerk has said (`queues.closing`)."""
    result_by: str | None
    minutes: Minutes
    other: OtherWay | None
    """What can be done about the errand while waiting; None once there is nothing to wait for."""
    elsewhere: bool
    """May go on at another office of the installation."""
    file_number: str | None
    handed_to: str | None
    """The token of the ticket at another office that continues this one."""
    stamp: str
    """Makes the operation ids of the forms: it changes with every move of the ticket."""
    news: texts.News
    contacts: tuple[Contact, ...]
    """Whom to ask about this errand (R8)."""


CONTACTS_SHOWN = 3


def office_of(token: str) -> int:
    """The office that gave the ticket. Raises NotFound."""
    return tickets.by_token(token).office_id


def turn(seen: Snapshot, token: str) -> Turn:
    """The ticket that this token opens, and nothing of anybody else (I25)."""
    ticket = seen.by_token.get(token) or one_ticket(token)
    if ticket is None:
        raise NotFound("token")
    service = seen.services[ticket.service_id]
    return Turn(
        office=place(seen), token=token, number=ticket.printed, letter=ticket.letter, status=ticket.status,
        service=service.name, errand=errand_of(seen, ticket.procedure_id), priority=priority_of(seen, ticket),
        party=ticket.party, issued=at(seen, ticket.issued_at),
        ahead=seen.ahead.get(ticket.id), inside=ticket.inside, capped=seen.room.cap is not None,
        hold_until=at(seen, ticket.hold_until) or None, counter=seen.number_of(ticket.counter_id),
        at_most=_at_most(seen, ticket), area=_area(seen, ticket), lapses=ticket.lapses, passed=ticket.passed,
        pass_bound=seen.pass_bound, rules=texts.rules(seen) if _comes_in(ticket) else (),
        can_leave=_can_leave(ticket), can_return=ticket.status == life.NO_SHOW and not ticket.returns,
        can_rejoin=ticket.status == life.HELD, missing=_missing(ticket), outcome=ticket.outcome,
        result_by=ticket.result_by, minutes=other_way.minutes(seen, ticket), other=other_way.other_way(seen, ticket),
        elsewhere=may_go(seen, ticket), file_number=ticket.file_number, handed_to=_handed_to(ticket),
        stamp=ticket.stamp, news=texts.news(seen, "phone", ticket.service_id), contacts=_whom_to_ask(seen, ticket),
    )  # fmt: skip


def _whom_to_ask(seen: Snapshot, ticket: Seen) -> tuple[Contact, ...]:
    errand = seen.errands.get(ticket.procedure_id or 0)
    return texts.whom_to_ask(seen, "phone", errand.field if errand else "")[:CONTACTS_SHOWN]


def _at_most(seen: Snapshot, ticket: Seen) -> int | None:
    counter = seen.counters.get(ticket.counter_id or 0)
    return counter.people if counter and ticket.party > counter.people else None


def _area(seen: Snapshot, ticket: Seen) -> Words | None:
    area_id = seen.spots.get(ticket.id)
    return seen.zones[area_id].name if area_id is not None else None


def _missing(ticket: Seen) -> tuple[str, ...]:
    """Named until the visitor is back with them."""
    return tuple(ticket.missing or ()) if ticket.outcome == MISSING else ()


def _handed_to(ticket: Seen) -> str | None:
    new = ways.handed_to(ticket.id) if ticket.status == life.LEFT else None
    return new.token if new else None


def _comes_in(ticket: Seen) -> bool:
    return ticket.status in (life.ADMITTED, life.CALLED) and not ticket.inside


def _can_leave(ticket: Seen) -> bool:
    return ticket.status in life.MOVES["leave"].sources
