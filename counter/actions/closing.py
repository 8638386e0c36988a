"""A visit that does not end yet: papers to fetch, the way back in, another service's line (R4, R6, R17)."""

from collections.abc import Sequence

from counter.actions.call import check_free, counter_of
from counter.actions.change import Change
from counter.actions.perform import Answer, Asked, about
from counter.actions.settle import end, hold, will_go
from counter.database import db
from counter.models import counter as counters
from counter.models import presence
from counter.models import service as services
from counter.models.counter import Counter
from counter.models.service import Service
from counter.models.ticket import Ticket
from queues.closing import MISSING, named
from queues.errors import NotFound, ServiceClosed
from queues.life import after

STILL_HERE = "in the room already"
"""Why somebody comes in before their turn: they never left."""


def put_on_hold(ticket_id: int, missing: Sequence[str], asked: Asked) -> Answer:
    """Papers are missing: the visitor fetches them, the place in line is kept, and the counter is free.

    Who does not walk out by the door is taken to have left after the office's set time (I20). Raises PapersNotNamed.
    """

    def work(change: Change, ticket: Ticket) -> None:
        change.move(ticket, "hold", counter=counter_of(ticket, "hold"), why=MISSING)
        ticket.missing, ticket.outcome = named(missing), MISSING
        will_go(change, ticket.id)

    return about(ticket_id, asked, "hold", work)


def resume(ticket_id: int, asked: Asked) -> Answer:
    """Call a visitor back from hold to the counter that sent them for papers, if it is free.

    Raises CounterBusy, and RoomFull for one who has left the room and for whom there is no place (I19).
    """

    def work(change: Change, ticket: Ticket) -> None:
        after("resume", ticket.status)
        counter = counter_of(ticket, "resume")
        check_free(counter)
        _expect(change, ticket)
        counter.open = True
        ticket.called_at, ticket.recalls, ticket.outcome = change.now, 0, None
        change.move(ticket, "resume", counter=counter)
        change.tell_call(ticket, counter)

    return about(ticket_id, asked, "resume", work)


def rejoin(ticket_id: int, asked: Asked) -> Answer:
    """Back with the papers: in line again, at the place from before. Who is still in the room waits there."""

    def work(change: Change, ticket: Ticket) -> None:
        stand_in_line(change, ticket, "rejoin")

    return about(ticket_id, asked, "rejoin", work)


def transfer(ticket_id: int, service_id: int, asked: Asked) -> Answer:
    """To another service's line, with the time waited kept: there the place is as if taken from the first.

    Raises NotFound for a service of another office or the same one, ServiceClosed where no counter takes it.
    """

    def work(change: Change, ticket: Ticket) -> None:
        service = services.in_office(service_id, change.office.id)
        if service.id == ticket.service_id:
            raise NotFound("service")
        if not counters.is_staffed(service.id):
            raise ServiceClosed
        before = db.session.get_one(Service, ticket.service_id)  # Perhaps one that is no longer used.
        stand_in_line(change, ticket, "transfer", counter_of(ticket, "transfer"), f"{before.letter} {service.letter}")
        ticket.service_id = service.id

    return about(ticket_id, asked, "transfer", work)


def stand_in_line(
    change: Change, ticket: Ticket, move: str, counter: Counter | None = None, why: str | None = None
) -> None:
    """Back into the line with the rank from before: in the room for who is still there, else outside."""
    change.move(ticket, move, counter=counter, why=why)
    ticket.counter_id, ticket.outcome = None, None
    stay = presence.of_ticket(ticket.id)
    if stay and not stay.entered_at:  # Called from outside, and not here yet: the place goes to whoever is next.
        end(change, stay, move)
    elif stay:
        change.move(ticket, "enter", why=STILL_HERE)
    _stays(ticket)


def _expect(change: Change, ticket: Ticket) -> None:
    """A place in the room for who is called back: the one they never left, or a free one."""
    if presence.of_ticket(ticket.id) is None:
        presence.room_of(change.office.id, change.office.cap).check(ticket.party)
        hold(change, ticket)
    _stays(ticket)


def _stays(ticket: Ticket) -> None:
    """Nobody is taken to have left any more."""
    for stay in (presence.of_ticket(ticket.id), presence.in_area(ticket.id)):
        if stay:
            stay.exit_due = None
