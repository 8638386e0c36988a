"""The catalogue of an office as a whole: what is in it, what is frequent, what is still unknown (R5)."""

from collections import Counter
from collections.abc import Collection
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import and_, func, or_, select, update

from counter.database import db
from counter.models.procedure import Procedure
from counter.models.service import Service
from counter.models.ticket import Ticket

MOST_FREQUENT = 30
"""So many of those asked for most often count as frequent, beside the pinned."""


class Field(NamedTuple):
    """A field of procedures: how many there are, how many of them of unknown level, and the services that take them."""

    name: str
    procedures: int
    unknown: int
    services: tuple[int, ...]


def fields(office_id: int) -> list[Field]:
    """The fields of the catalogue, by name, without the retired."""
    found: dict[str, list[tuple[str | None, int | None]]] = {}
    own = select(Procedure.field, Procedure.online, Procedure.service_id)
    for name, online, service in db.session.execute(own.where(_active(office_id))):
        found.setdefault(name, []).append((online, service))
    return [_field(name, rows) for name, rows in sorted(found.items())]


def service_of_fields(office_id: int) -> dict[str, int]:
    """Field → the service that takes most of its procedures: where a new one of that field belongs."""
    theirs = select(Procedure.field, Procedure.service_id).join(Service, Service.id == Procedure.service_id)
    own = theirs.where(_active(office_id), Service.retired.is_(False))
    votes: dict[str, Counter[int]] = {}
    for field, service in db.session.execute(own):
        votes.setdefault(field, Counter())[service or 0] += 1
    return {field: most.most_common(1)[0][0] for field, most in votes.items() if field}


def frequent(office_id: int, since: date) -> set[int]:
    """The frequent errands: the pinned, and those that tickets were taken for most often since a day."""
    asked = (
        select(Ticket.procedure_id)
        .where(Ticket.office_id == office_id, Ticket.day >= since, Ticket.procedure_id.is_not(None))
        .group_by(Ticket.procedure_id).order_by(func.count().desc(), Ticket.procedure_id).limit(MOST_FREQUENT)
    )  # fmt: skip
    often = {found for found in db.session.scalars(asked) if found}
    among = or_(Procedure.pinned.is_(True), Procedure.id.in_(often))
    return set(db.session.scalars(select(Procedure.id).where(_active(office_id), among)))


def active_codes(office_id: int) -> list[str]:
    """The codes of the catalogue, without the retired."""
    return list(db.session.scalars(select(Procedure.code).where(_active(office_id))))


def with_codes(office_id: int, codes: Collection[str]) -> dict[str, Procedure]:
    """The office's procedures with these codes, retired or not."""
    own = select(Procedure).where(Procedure.office_id == office_id, Procedure.code.in_(codes))
    return {found.code: found for found in db.session.scalars(own)}


def retire(office_id: int, codes: list[str]) -> None:
    """Take procedures out of the catalogue; tickets and reports still name them."""
    for at in range(0, len(codes), 500):  # SQLite takes so many values in one statement, and some more.
        those = and_(Procedure.office_id == office_id, Procedure.code.in_(codes[at : at + 500]))
        db.session.execute(update(Procedure).where(those).values(retired=True))


def _field(name: str, rows: list[tuple[str | None, int | None]]) -> Field:
    takes = {service for _online, service in rows if service is not None}
    return Field(name, len(rows), sum(online is None for online, _service in rows), tuple(sorted(takes)))


def _active(office_id: int) -> Any:
    return and_(Procedure.office_id == office_id, Procedure.retired.is_(False))
