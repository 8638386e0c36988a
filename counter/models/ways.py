"""What an office can name beside a ticket: ways, offers, whom to call, where else somebody helps (R4 to R8)."""

from datetime import date
from typing import NamedTuple

from sqlalchemy import or_, select

from counter.database import db
from counter.models import contact as contacts
from counter.models import help_point as help_points
from counter.models.contact import Contact
from counter.models.notice import OFFER, Notice
from counter.models.procedure import Procedure
from counter.models.words import Words
from queues import online


class Offer(NamedTuple):
    """A way made cheaper; `way` None: not of one way alone."""

    way: str | None
    text: Words


def of_errand(office_id: int, own: Procedure) -> tuple[str, ...]:
    """The ways that fit an errand at this office, as the catalogue and the office's own lists say."""
    points = any(one.at_office_id != office_id for one in help_points.of_office(office_id))
    return online.ways(own.known, help_points=points, phone=bool(to_call(office_id, own.field)))


def of_collecting(office_id: int) -> tuple[str, ...]:
    """The ways for somebody who only collects a result."""
    return online.to_collect(phone=bool(to_call(office_id)))


def to_call(office_id: int, field: str = "") -> list[Contact]:
    """Contacts with a phone: those for this field first, then those for everything."""
    wanted = field.casefold().strip()
    own = [one for one in contacts.of_office(office_id) if one.phone and one.field.casefold().strip() in ("", wanted)]
    return sorted(own, key=lambda one: not one.field.strip())


def offers(office_id: int, day: date, place: str) -> list[Offer]:
    """The offers that are valid on a day and shown at a place: the office's own, then the province's."""
    own = select(Notice).where(
        or_(Notice.office_id == office_id, Notice.office_id.is_(None)), Notice.kind == OFFER
    ).order_by(Notice.office_id.is_(None), Notice.id)  # fmt: skip
    return [
        Offer(one.way, one.text)
        for one in db.session.scalars(own)
        if one.days.include(day) and (not one.places or place in one.places.split())
    ]
