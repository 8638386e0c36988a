"""What people come for, and the classes that go ahead of others."""

from datetime import time

from sqlalchemy import ForeignKey, Index, String, select, text
from sqlalchemy.orm import Mapped, mapped_column

from counter.database import db
from counter.models.base import Model
from counter.models.words import Words
from queues.errors import NotFound
from queues.window import Hours

INTAKE, COLLECT, ORIGINAL = "intake", "collect", "original"
"""What a service is for: to hand in, to collect a result (R6), to bring the original for an online file (R17)."""

IN_USE = text("NOT retired")


class Service(Model):
    """A field of procedures with a letter of its own. `closed_*` says why no tickets are given, if so.

    Its numbers begin with `first_number` each day; at most `day_quota` tickets are given on a day (None: no limit).
    One that is `retired` is offered no more; what was done in it stays in the books.
    """

    __tablename__ = "service"
    __table_args__ = (
        Index("service_letter", "office_id", "letter", unique=True, sqlite_where=IN_USE, postgresql_where=IN_USE),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    office_id: Mapped[int] = mapped_column(ForeignKey("office.id"))
    letter: Mapped[str] = mapped_column(String(1))
    name_vi: Mapped[str] = mapped_column(String(120))
    name_en: Mapped[str] = mapped_column(String(120))
    position: Mapped[int] = mapped_column(default=0)
    opens: Mapped[time | None]
    closes: Mapped[time | None]
    closed_vi: Mapped[str | None] = mapped_column(String(200))
    closed_en: Mapped[str | None] = mapped_column(String(200))
    kind: Mapped[str] = mapped_column(String(10), default=INTAKE)
    first_number: Mapped[int] = mapped_column(default=1)
    day_quota: Mapped[int | None]
    retired: Mapped[bool] = mapped_column(default=False)

    @property
    def name(self) -> Words:
        return Words(self.name_vi, self.name_en)

    @property
    def hours(self) -> Hours:
        return Hours(self.opens, self.closes)

    @property
    def closed(self) -> Words | None:
        """Why the manager has closed it, or None."""
        return Words(self.closed_vi, self.closed_en or self.closed_vi) if self.closed_vi else None


class PriorityClass(Model):
    """A right to go first (R20): elderly, disabled, pregnant, with a small child, of merit."""

    __tablename__ = "priority_class"

    id: Mapped[int] = mapped_column(primary_key=True)
    office_id: Mapped[int] = mapped_column(ForeignKey("office.id"))
    name_vi: Mapped[str] = mapped_column(String(80))
    name_en: Mapped[str] = mapped_column(String(80))
    position: Mapped[int] = mapped_column(default=0)
    retired: Mapped[bool] = mapped_column(default=False)

    @property
    def name(self) -> Words:
        return Words(self.name_vi, self.name_en)


def all_of_office(office_id: int) -> list[Service]:
    """Also those that are no longer used: for what was done in them."""
    return list(db.session.scalars(select(Service).where(Service.office_id == office_id).order_by(Service.position)))


def all_classes_of_office(office_id: int) -> list[PriorityClass]:
    """Also those that are no longer used: somebody with a ticket of such a class may still be waiting."""
    own = select(PriorityClass).where(PriorityClass.office_id == office_id)
    return list(db.session.scalars(own.order_by(PriorityClass.position)))


def in_office(service_id: int, office_id: int) -> Service:
    """Return the office's service, or raise NotFound, also for one of another office or one no longer used."""
    service = db.session.get(Service, service_id)
    if service is None or service.office_id != office_id or service.retired:
        raise NotFound(str(service_id))
    return service


def class_in_office(class_id: int, office_id: int) -> PriorityClass:
    """Return the office's priority class, or raise NotFound, also for one no longer used."""
    own = db.session.get(PriorityClass, class_id)
    if own is None or own.office_id != office_id or own.retired:
        raise NotFound(str(class_id))
    return own
