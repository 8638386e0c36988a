"""What an office sets about itself: its name and hours, holidays, services, priority classes, counters (issue 5).

Nothing that has been used is deleted: it is retired, and what was done with it stays in the books. Every change is in
the audit, which can take it back (docs/decisions/0020, 0021).
"""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import func, select

from counter.actions.change import Change
from counter.actions.perform import Answer, Asked, perform
from counter.database import db
from counter.models import counter as counters
from counter.models import holiday as holidays
from counter.models import service as services
from counter.models import staff as accounts
from counter.models import ticket as tickets
from counter.models.counter import Counter
from counter.models.holiday import Holiday
from counter.models.service import PriorityClass, Service
from queues.errors import NotFound, StillOpen, Taken
from queues.life import AT_COUNTER, HELD

Values = Mapping[str, Any]
"""Columns by name, read and checked one by one."""


def set_office(office_id: int, values: Values, asked: Asked) -> Answer:
    """Set columns of the office: names, address, hours, days of work, rules of the line; returns {"office"}."""

    def work(change: Change) -> Answer:
        _fill(change, change.office, values)
        change.told.rights = bool({"paired_only", "here_code"} & values.keys())
        return {"office": office_id}

    return perform(office_id, asked, "set office", work)


def write_holiday(office_id: int, values: Values, asked: Asked) -> Answer:
    """Close the office on a day; returns {"holiday"}. Raises Taken where the day is one already."""

    def work(change: Change) -> Answer:
        if holidays.on(office_id, values["day"]):
            raise Taken("day", f"{values['day']:%d/%m/%Y}")
        own = Holiday(office_id=office_id)
        _fill(change, own, values)
        return {"holiday": own.id}

    return perform(office_id, asked, "write holiday", work)


def drop_holiday(office_id: int, holiday_id: int, asked: Asked) -> Answer:
    """Work on that day after all; returns {"holiday"}. Raises NotFound."""

    def work(change: Change) -> Answer:
        db.session.delete(holidays.in_office(holiday_id, office_id))
        change.office.next_seq()
        return {"holiday": holiday_id}

    return perform(office_id, asked, f"drop holiday {holiday_id}", work)


def write_service(office_id: int, values: Values, asked: Asked, service_id: int | None = None) -> Answer:
    """Make a service, or change one; returns {"service"}. Tickets that were given keep their letter.

    Raises Taken where another service in use has the letter, NotFound for a service of another office.
    """

    def work(change: Change) -> Answer:
        others = [one for one in change.office.services if one.id != service_id]
        if any(one.letter == values.get("letter") for one in others):
            raise Taken("letter", values["letter"])
        own = services.in_office(service_id, office_id) if service_id else Service(office_id=office_id)
        if service_id is None:
            own.position = _next_position(Service, office_id)
        _fill(change, own, values)
        return {"service": own.id}

    return perform(office_id, asked, f"write service {service_id or ''}".strip(), work)


def retire_service(office_id: int, service_id: int, asked: Asked) -> Answer:
    """Offer a service no longer; returns {"service"}. Raises StillOpen while somebody waits for it or is served."""

    def work(change: Change) -> Answer:
        take_out_of_use(change, services.in_office(service_id, office_id))
        return {"service": service_id}

    return perform(office_id, asked, f"retire service {service_id}", work)


def write_class(office_id: int, values: Values, asked: Asked, class_id: int | None = None) -> Answer:
    """Make a priority class (R20), or change one; returns {"class"}. Raises NotFound for one of another office."""

    def work(change: Change) -> Answer:
        own = services.class_in_office(class_id, office_id) if class_id else PriorityClass(office_id=office_id)
        if class_id is None:
            own.position = _next_position(PriorityClass, office_id)
        _fill(change, own, values)
        return {"class": own.id}

    return perform(office_id, asked, f"write class {class_id or ''}".strip(), work)


def retire_class(office_id: int, class_id: int, asked: Asked) -> Answer:
    """Give a priority class no longer; returns {"class"}. Who has a ticket of it keeps the right to go first."""

    def work(change: Change) -> Answer:
        take_out_of_use(change, services.class_in_office(class_id, office_id))
        return {"class": class_id}

    return perform(office_id, asked, f"retire class {class_id}", work)


def write_counter(
    office_id: int, number: int, taken: tuple[int, ...], asked: Asked, counter_id: int | None = None
) -> Answer:
    """Make a counter, or change its number and the services it takes; returns {"counter"}.

    Who is at the counter stays there. Raises Taken where another counter in use has the number, NotFound for services
    or a counter of another office.
    """

    def work(change: Change) -> Answer:
        if any(one.number == number and one.id != counter_id for one in counters.of_office(office_id)):
            raise Taken("number", str(number))
        own = _counter(counter_id, office_id) if counter_id else Counter(office_id=office_id)
        own.services = [services.in_office(service_id, office_id) for service_id in taken]
        _fill(change, own, {"number": number})
        own.seq = change.office.seq  # Its desk is drawn with other services: old forms ask for another thing.
        return {"counter": own.id}

    return perform(office_id, asked, f"write counter {counter_id or ''}".strip(), work)


def retire_counter(office_id: int, counter_id: int, asked: Asked) -> Answer:
    """Use a counter no longer; returns {"counter"}. Its clerks sit nowhere until they are given another.

    Raises StillOpen while somebody is at it.
    """

    def work(change: Change) -> Answer:
        take_out_of_use(change, _counter(counter_id, office_id))
        return {"counter": counter_id}

    return perform(office_id, asked, f"retire counter {counter_id}", work)


def take_out_of_use(change: Change, own: Service | PriorityClass | Counter) -> None:
    """Retire it. Raises StillOpen while somebody waits for the service, or is at the counter."""
    if isinstance(own, Service):
        visitors = sum(ticket.service_id == own.id for ticket in tickets.open_in(change.office.id))
    else:
        theirs = tickets.open_in(change.office.id) if isinstance(own, Counter) else []
        visitors = sum(ticket.counter_id == own.id and ticket.status in (*AT_COUNTER, HELD) for ticket in theirs)
    if visitors:
        raise StillOpen(visitors)
    own.retired = True
    if isinstance(own, Counter):
        own.open, own.services = False, []
        for clerk in accounts.at_counter(own.id):
            clerk.counter_id = None
    change.office.next_seq()


def _fill(change: Change, own: Any, values: Values) -> None:
    """Set columns, and have the screens drawn anew."""
    for name, value in values.items():
        setattr(own, name, value)
    db.session.add(own)
    change.office.next_seq()
    db.session.flush()


def _counter(counter_id: int, office_id: int) -> Counter:
    own = counters.by_id(counter_id)
    if own.office_id != office_id:
        raise NotFound(str(counter_id))
    return own


def _next_position(model: type[Service] | type[PriorityClass], office_id: int) -> int:
    last = db.session.scalar(select(func.max(model.position)).where(model.office_id == office_id))
    return 0 if last is None else last + 1
