"""Take a ticket."""

import secrets

from counter import clock
from counter.actions.change import Change
from counter.actions.perform import Answer, Asked, perform
from counter.models import counter as counters
from counter.models import series
from counter.models.office import Office
from counter.models.service import PriorityClass, Service
from counter.models.ticket import Ticket
from queues.errors import NotFound, PartyTooLarge, ServiceClosed
from queues.window import why_closed


def issue(
    office_id: int,
    service_id: int,
    asked: Asked,
    *,
    party: int = 1,
    priority_class_id: int | None = None,
    lang: str = "vi",
) -> Answer:
    """Give the next ticket of a service to a party of so many people; returns {"ticket", "token"}.

    Raises NotFound (no such service or class here), ServiceClosed, PartyTooLarge.
    """

    def work(change: Change) -> Answer:
        service = _service(change.office, service_id)
        _class(change.office, priority_class_id)
        check_party(change.office, party)
        ticket = _new(change, service, party, priority_class_id, lang)
        return {"ticket": ticket.id, "token": ticket.token}

    return perform(office_id, asked, "issue", work)


def check_party(office: Office, party: int) -> None:
    """Raise PartyTooLarge for a party that the form or the room's cap does not take."""
    if not 1 <= party <= office.largest_party:
        raise PartyTooLarge(party, office.largest_party)


def _service(office: Office, service_id: int) -> Service:
    service = next((own for own in office.services if own.id == service_id), None)
    if service is None:
        raise NotFound(str(service_id))
    closed = why_closed(
        clock.time_of_day(office.timezone), office=office.hours, service=service.hours,
        by_manager=service.closed is not None, staffed=service.id in counters.staffed_services(office.id),
    )  # fmt: skip
    if closed:
        raise ServiceClosed
    return service


def _class(office: Office, class_id: int | None) -> PriorityClass | None:
    found = next((own for own in office.classes if own.id == class_id), None)
    if class_id is not None and found is None:
        raise NotFound(str(class_id))
    return found


def _new(change: Change, service: Service, party: int, class_id: int | None, lang: str) -> Ticket:
    office = change.office
    office.issued += 1
    ticket = Ticket(
        office_id=office.id, service_id=service.id, token=secrets.token_urlsafe(16), day=office.day,
        letter=service.letter, number=series.next_number(office.id, service.letter, office.day),
        sequence=office.issued, rank=office.issued, priority_class_id=class_id, party=party, lang=lang,
        issued_at=change.now,
    )  # fmt: skip
    change.issue(ticket)
    return ticket
