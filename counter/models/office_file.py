"""An office as the plain values of its file: settings alone, no people, no secrets, no tickets (issue 5)."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import select

from counter.database import db
from counter.models import area as areas
from counter.models import cap as caps
from counter.models import counter as counters
from counter.models import holiday as holidays
from counter.models import office as offices
from counter.models import procedure as procedures
from counter.models.area import Area
from counter.models.contact import Contact
from counter.models.counter import Counter
from counter.models.help_point import HelpPoint
from counter.models.holiday import Holiday
from counter.models.notice import Notice
from counter.models.office import Office
from counter.models.procedure import Procedure
from counter.models.service import PriorityClass, Service
from counter.officefile.fields import LISTS, OFFICE, Shape

Plain = dict[str, Any]
FILLED = (Service, PriorityClass, Counter, Area, Holiday, Notice, Contact, HelpPoint, Procedure)
"""What a file brings."""


def plain_of(office_id: int, *, catalogue: bool = True) -> Plain:
    """The office as it is set now; what is no longer used stays out, and so does its catalogue if it is not wanted."""
    office = offices.by_id(office_id)
    zones = areas.of_office(office_id)
    room = {"cap": office.cap, "measured": _measured(office_id, None, office.cap)}
    return {
        "office": _of(office, OFFICE),
        "room": room,
        "services": _all("services", office.services),
        "classes": _all("classes", office.classes),
        "counters": [_counter(own) for own in counters.of_office(office_id)],
        "areas": [_of(own, LISTS["areas"][0]) | {"measured": _measured(office_id, own.id, own.cap)} for own in zones],
        "holidays": _all("holidays", holidays.of_office(office_id)),
        "texts": _all("texts", _own(Notice, office_id)),
        "contacts": _all("contacts", _own(Contact, office_id)),
        "help_points": [_help_point(own) for own in _own(HelpPoint, office_id)],
        "catalogue": _catalogue(office) if catalogue else [],
    }


def is_empty(office: Office) -> bool:
    """Whether nothing has been set up and nobody been served here yet, so that a file may fill it."""
    return not office.issued and not any(_has(model, office.id) for model in FILLED)


def _of(own: Any, shape: Shape) -> Plain:
    return {name: field.kind.out(own, name) for name, field in shape.items()}


def _all(part: str, rows: Iterable[Any]) -> list[Plain]:
    return [_of(own, LISTS[part][0]) for own in rows]


def _counter(own: Any) -> Plain:
    taken = sorted(service.letter for service in own.services if not service.retired)
    return _of(own, LISTS["counters"][0]) | {"services": taken}


def _help_point(own: HelpPoint) -> Plain:
    slug = offices.by_id(own.at_office_id).slug if own.at_office_id is not None else None
    return _of(own, LISTS["help_points"][0]) | {"at_office": slug}


def _catalogue(office: Office) -> list[Plain]:
    letters: dict[int | None, str] = {service.id: service.letter for service in office.services}
    shape = LISTS["catalogue"][0]
    return [_of(own, shape) | {"service": letters.get(own.service_id)} for own in procedures.of_office(office.id)]


def _own(model: Any, office_id: int) -> list[Any]:
    """The office's own, and nothing of the province's."""
    return list(db.session.scalars(select(model).where(model.office_id == office_id).order_by(model.id)))


def _has(model: Any, office_id: int) -> bool:
    """Whether the office has any of these in use."""
    used = [model.retired.is_(False)] if hasattr(model, "retired") else []
    return db.session.scalar(select(model.id).where(model.office_id == office_id, *used).limit(1)) is not None


def _measured(office_id: int, area_id: int | None, cap: int | None) -> Plain | None:
    """What the cap was worked out from; None where somebody set the number as it is."""
    rule = caps.in_force(office_id, area_id)
    return rule.inputs if rule and rule.people == cap else None
