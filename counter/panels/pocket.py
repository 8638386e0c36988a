"""The phone: when is it my turn?"""

from dataclasses import dataclass

from counter.models import ticket as tickets
from counter.models.snapshot import Seen, Snapshot, one_ticket
from counter.models.words import Words
from counter.panels.common import Place, at, place, priority_of
from queues import life
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
    can_leave: bool
    can_return: bool
    stamp: str
    """Makes the operation ids of the forms: it changes with every move of the ticket."""


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
        office=place(seen),
        token=token,
        number=ticket.printed,
        letter=ticket.letter,
        status=ticket.status,
        service=service.name,
        priority=priority_of(seen, ticket),
        party=ticket.party,
        issued=at(seen, ticket.issued_at),
        ahead=seen.ahead.get(ticket.id),
        inside=ticket.inside,
        capped=seen.room.cap is not None,
        hold_until=at(seen, ticket.hold_until) or None,
        counter=seen.number_of(ticket.counter_id),
        can_leave=_can_leave(ticket),
        can_return=ticket.status == life.NO_SHOW and not ticket.returns,
        stamp=ticket.stamp,
    )


def _can_leave(ticket: Seen) -> bool:
    return ticket.status in life.MOVES["leave"].sources
