"""Take a ticket."""

import secrets

from counter import clock
from counter.actions.change import Change
from counter.actions.perform import Answer, Asked, perform
from counter.actions.suspension import let_through, why_let_through
from counter.models import counter as counters
from counter.models import series
from counter.models import service as services
from counter.models.office import Office
from counter.models.service import Service
from counter.models.ticket import Ticket
from counter.models.told import Urgent
from queues.errors import PartyTooLarge, ServiceClosed
from queues.window import why_closed


def issue(
    office_id: int,
    service_id: int,
    asked: Asked,
    *,
    party: int = 1,
    priority_class_id: int | None = None,
    lang: str = "vi",
    exception_id: int | None = None,
) -> Answer:
    """Give the next ticket of a service to a party of so many people; returns {"ticket", "token"}.

    `exception_id`: the urgent errand of a suspension by which the ticket is given; the history keeps it (R12).
    Raises NotFound (no such service or class here), ServiceClosed, Suspended, PartyTooLarge.
    """

    def work(change: Change) -> Answer:
        service, urgent = _open_service(change.office, service_id, exception_id)
        if priority_class_id is not None:
            services.class_in_office(priority_class_id, office_id)
        check_party(change.office, party)
        ticket = _new(change, service, party, priority_class_id, lang, urgent)
        return {"ticket": ticket.id, "token": ticket.token}

    return perform(office_id, asked, "issue", work)


def check_party(office: Office, party: int) -> None:
    """Raise PartyTooLarge for a party that the form or the room's cap does not take."""
    if not 1 <= party <= office.largest_party:
        raise PartyTooLarge(party, office.largest_party)


def _open_service(office: Office, service_id: int, exception_id: int | None) -> tuple[Service, Urgent | None]:
    """The service, and the exception by which it takes this errand during a suspension."""
    service = services.in_office(service_id, office.id)
    urgent = let_through(office, service_id, exception_id=exception_id)
    closed = why_closed(
        clock.time_of_day(office.timezone), office=office.hours, service=service.hours,
        by_manager=service.closed is not None, staffed=counters.is_staffed(service.id),
    )  # fmt: skip
    if closed:
        raise ServiceClosed
    return service, urgent


def _new(
    change: Change, service: Service, party: int, class_id: int | None, lang: str, urgent: Urgent | None
) -> Ticket:
    office = change.office
    office.issued += 1
    ticket = Ticket(
        office_id=office.id, service_id=service.id, token=secrets.token_urlsafe(16), day=office.day,
        letter=service.letter, number=series.next_number(office.id, service.letter, office.day),
        sequence=office.issued, rank=office.issued, priority_class_id=class_id, party=party, lang=lang,
        issued_at=change.now, procedure_id=urgent.procedure_id if urgent else None,
    )  # fmt: skip
    change.issue(ticket, why_let_through(urgent))
    return ticket
