"""The phone: when is it my turn?"""

from counter.models import ticket as tickets
from counter.models.snapshot import Seen, Snapshot, one_ticket
from counter.panels.common import at, place, priority_of
from counter.panels.views import Turn
from queues import life
from queues.errors import NotFound


def office_of(token: str) -> int:
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
