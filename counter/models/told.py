"""What an office tells people, as plain values: texts, suspensions, contacts, help points.

All that may be told on some day is here; `counter/panels/texts.py` says what is told today.
"""

from dataclasses import dataclass

from sqlalchemy import or_, select
from sqlalchemy.orm import selectinload

from counter.database import db
from counter.models import contact, help_point
from counter.models.notice import Notice
from counter.models.suspension import Suspension
from counter.models.words import Words
from queues.window import Days, Exempt, Stop


@dataclass(frozen=True)
class Text:
    """A notice, an offer, a house rule or a contact in words. `places` empty: everywhere."""

    id: int
    kind: str
    text: Words
    places: tuple[str, ...]
    way: str | None
    days: Days
    everyones: bool = False


@dataclass(frozen=True)
class Urgent:
    """An urgent errand that is taken nevertheless."""

    id: int
    name: Words
    service_id: int
    procedure_id: int | None


@dataclass(frozen=True)
class Stopped:
    """A suspension. `services` None: of the whole office."""

    id: int
    days: Days
    services: tuple[int, ...] | None
    why: Words
    call: str
    exceptions: tuple[Urgent, ...]

    @property
    def rule(self) -> Stop:
        """The suspension as the rules see it."""
        exempt = tuple(Exempt(own.id, own.service_id, own.procedure_id) for own in self.exceptions)
        return Stop(self.days, self.services, exempt)


@dataclass(frozen=True)
class Contact:
    """Whom to ask. `field` empty: for everything. `everyones`: of the whole province."""

    id: int
    field: str
    name: Words
    phone: str
    email: str
    hours: Words
    everyones: bool = False


@dataclass(frozen=True)
class HelpPoint:
    """Where else somebody helps. `at_office_id`: it is this office of the installation."""

    id: int
    name: Words
    address: str
    hours: Words
    map_url: str
    helps: Words
    at_office_id: int | None
    everyones: bool = False


def texts_of(office_id: int) -> tuple[Text, ...]:
    """All texts of the office and of the province, in the order in which they were written."""
    own = or_(Notice.office_id == office_id, Notice.office_id.is_(None))
    return tuple(
        Text(one.id, one.kind, one.text, tuple(one.places.split()), one.way, one.days, one.office_id is None)
        for one in db.session.scalars(select(Notice).where(own).order_by(Notice.id))
    )


def stops_of(office_id: int) -> tuple[Stopped, ...]:
    """All suspensions of the office, by their first day."""
    own = select(Suspension).where(Suspension.office_id == office_id).options(selectinload(Suspension.exceptions))
    return tuple(stopped_of(one) for one in db.session.scalars(own.order_by(Suspension.first_day, Suspension.id)))


def stopped_of(own: Suspension) -> Stopped:
    """One suspension as plain values."""
    exceptions = tuple(Urgent(one.id, one.name, one.service_id, one.procedure_id) for one in own.exceptions)
    services = None if own.services is None else tuple(own.services)
    return Stopped(own.id, own.days, services, own.why, own.call, exceptions)


def contacts_of(office_id: int) -> tuple[Contact, ...]:
    """The office's contacts, then the province's."""
    return tuple(
        Contact(one.id, one.field, one.name, one.phone, one.email, one.hours, one.office_id is None)
        for one in contact.of_office(office_id)
    )


def help_points_of(office_id: int) -> tuple[HelpPoint, ...]:
    """The office's help points, then the province's."""
    return tuple(
        HelpPoint(
            one.id,
            one.name,
            one.address,
            one.hours,
            one.map_url,
            one.helps,
            one.at_office_id,
            one.office_id is None,
        )
        for one in help_point.of_office(office_id)
    )
