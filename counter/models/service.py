"""What people come for, and the classes that go ahead of others."""

from datetime import time

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from counter.database import db
from counter.models.base import Model
from counter.models.words import Words
from queues.errors import NotFound
from queues.window import Hours

INTAKE, COLLECT, ORIGINAL = "intake", "collect", "original"
"""What a service is for: to hand in, to collect a result (R6), to bring the original for an online file (R17)."""


class Service(Model):
    """A field of procedures with a letter of its own. `closed_*` says why no tickets are given, if so."""

    __tablename__ = "service"
    __table_args__ = (UniqueConstraint("office_id", "letter"),)

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

    @property
    def name(self) -> Words:
        return Words(self.name_vi, self.name_en)


def in_office(service_id: int, office_id: int) -> Service:
    """Return the office's service, or raise NotFound, also for a service of another office."""
    service = db.session.get(Service, service_id)
    if service is None or service.office_id != office_id:
        raise NotFound(str(service_id))
    return service


def class_in_office(class_id: int, office_id: int) -> PriorityClass:
    """Return the office's priority class, or raise NotFound."""
    own = db.session.get(PriorityClass, class_id)
    if own is None or own.office_id != office_id:
        raise NotFound(str(class_id))
    return own
