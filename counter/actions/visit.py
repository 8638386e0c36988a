"""What a visitor does with a ticket: give it up, or come back after having missed the call."""

from counter.actions.change import Change
from counter.actions.perform import Answer, Asked, about
from counter.actions.settle import give_up_place
from counter.database import db
from counter.models import presence
from counter.models import ticket as tickets
from counter.models.service import Service
from counter.models.ticket import Ticket
from queues.errors import AlreadyReturned, ServiceClosed
from queues.order import one_behind


def leave(ticket_id: int, asked: Asked) -> Answer:
    """Give the ticket up. A held place is free at once; who is inside still has to walk out."""

    def work(change: Change, ticket: Ticket) -> None:
        change.move(ticket, "leave")
        give_up_place(change, ticket.id)

    return about(ticket_id, asked, "leave", work)


def come_back(ticket_id: int, asked: Asked) -> Answer:
    """A visitor who missed the call stands in line again: once, one place behind the next of the class.

    Raises AlreadyReturned the second time, ServiceClosed where the service is no longer used.
    """

    def work(change: Change, ticket: Ticket) -> None:
        if ticket.status == "no_show" and ticket.returns:
            raise AlreadyReturned
        if db.session.get_one(Service, ticket.service_id).retired:
            raise ServiceClosed
        ticket.returns += 1
        ticket.rank, ticket.setback = one_behind(ticket.standing, tickets.line(change.office.id))
        change.move(ticket, "return")
        ticket.counter_id = None
        waits = presence.in_area(ticket.id)
        if waits:
            waits.exit_due = None

    return about(ticket_id, asked, "return", work)
