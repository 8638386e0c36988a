"""Take a ticket."""

import secrets

from counter import clock
from counter.actions.change import Change
from counter.actions.errand import Came, came_for, carry, write_ways
from counter.actions.perform import Answer, Asked, perform
from counter.actions.suspension import let_through, why_let_through
from counter.actions.taking import Taker, count
from counter.models import counter as counters
from counter.models import holiday as holidays
from counter.models import series
from counter.models import service as services
from counter.models import ticket as tickets
from counter.models.office import Office
from counter.models.service import Service
from counter.models.ticket import Ticket
from counter.models.told import Urgent
from queues.errors import PartyTooLarge, ServiceClosed
from queues.window import why_closed, works_on


def issue(
    office_id: int, service_id: int, asked: Asked, *, party: int = 1, priority_class_id: int | None = None,
    lang: str = "vi", procedure_id: int | None = None, papers: str | None = None, trying: bool = False,
    place: str = "phone", exception_id: int | None = None, taker: Taker | None = None,
) -> Answer:  # fmt: skip
    """Give the next ticket of a service to a party of so many people; returns {"ticket", "token"}.

    With an errand (`procedure_id`) it carries what was said before it: the papers, and whether it is tried online
    meanwhile. `exception_id`: the urgent errand of a suspension by which it is given; the history keeps it (R12).
    `taker`: whose tickets are counted; None at a machine of the office. Raises NotFound (no such service, class or
    errand here), ServiceClosed, Suspended, PartyTooLarge, OtherService, NotHere, TooManyTaken.
    """

    def work(change: Change) -> Answer:
        service, urgent = open_service(change.office, service_id, procedure_id, exception_id)
        if priority_class_id is not None:
            services.class_in_office(priority_class_id, office_id)
        check_party(change.office, party)
        came = came_for(office_id, service, procedure_id, papers, trying=trying)
        count(change, taker)
        ticket = new_ticket(change, service, party, priority_class_id, lang)
        _give(change, ticket, came, urgent, place)
        return {"ticket": ticket.id, "token": ticket.token}

    return perform(office_id, asked, "issue", work)


def _give(change: Change, ticket: Ticket, came: Came, urgent: Urgent | None, place: str) -> None:
    """The ticket comes into being, with what was said before it and the ways that were shown."""
    carry(ticket, came, change.now)
    if urgent and ticket.procedure_id is None:
        ticket.procedure_id = urgent.procedure_id
    change.issue(ticket, why_let_through(urgent))
    write_ways(change, came, place, ticket.service_id, ticket.id)


def check_party(office: Office, party: int) -> None:
    """Raise PartyTooLarge for a party that the form or the room's cap does not take."""
    if not 1 <= party <= office.largest_party:
        raise PartyTooLarge(party, office.largest_party)


def open_service(
    office: Office, service_id: int, procedure_id: int | None = None, exception_id: int | None = None
) -> tuple[Service, Urgent | None]:
    """Return the office's service if it takes this errand at this moment, and the exception by which it does during a
    suspension. Raises NotFound, ServiceClosed, Suspended."""
    service, today = services.in_office(service_id, office.id), clock.today(office.timezone)
    urgent = let_through(office, service_id, procedure_id=procedure_id, exception_id=exception_id)
    closed = why_closed(
        clock.time_of_day(office.timezone), office=office.hours, service=service.hours,
        by_manager=service.closed is not None, staffed=counters.is_staffed(service.id),
        holiday=holidays.on(office.id, today) is not None, works=works_on(today, office.weekdays),
        used_up=_used_up(office, service),
    )  # fmt: skip
    if closed:
        raise ServiceClosed
    return service, urgent


def _used_up(office: Office, service: Service) -> bool:
    """Whether as many tickets as the day has were given."""
    return service.day_quota is not None and tickets.given(office.id, office.day, service.letter) >= service.day_quota


def new_ticket(change: Change, service: Service, party: int, class_id: int | None, lang: str) -> Ticket:
    """The next ticket of a service, at the end of the line; it is yet to be issued by the change."""
    office = change.office
    office.issued += 1
    return Ticket(
        office_id=office.id, service_id=service.id, token=secrets.token_urlsafe(16), day=office.day,
        letter=service.letter, number=_next_number(office, service),
        sequence=office.issued, rank=office.issued, priority_class_id=class_id, party=party, lang=lang,
        issued_at=change.now,
    )  # fmt: skip


def _next_number(office: Office, service: Service) -> int:
    go_on = not office.restart_daily
    return series.next_number(office.id, service.letter, office.day, service.first_number, go_on=go_on)
