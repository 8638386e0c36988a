"""Direct intake stopped from a day to a day, but for a published list of exceptions (R12, document 004 §5)."""

from datetime import date

from sqlalchemy import JSON, ForeignKey, String, select
from sqlalchemy.orm import Mapped, mapped_column, relationship

from counter.database import db
from counter.models.base import Model
from counter.models.words import Words
from queues.window import Days


class SuspensionException(Model):
    """An urgent errand that is taken nevertheless: a procedure of the catalogue, or in words; by which service."""

    __tablename__ = "suspension_exception"

    id: Mapped[int] = mapped_column(primary_key=True)
    suspension_id: Mapped[int] = mapped_column(ForeignKey("suspension.id"), index=True)
    service_id: Mapped[int] = mapped_column(ForeignKey("service.id"))
    procedure_id: Mapped[int | None] = mapped_column(ForeignKey("procedure.id"))
    name_vi: Mapped[str] = mapped_column(String(300))
    name_en: Mapped[str] = mapped_column(String(300))

    @property
    def name(self) -> Words:
        return Words(self.name_vi, self.name_en)


class Suspension(Model):
    """`services`: ids of those that take nobody; None: the whole office. Both days are included."""

    __tablename__ = "suspension"

    id: Mapped[int] = mapped_column(primary_key=True)
    office_id: Mapped[int] = mapped_column(ForeignKey("office.id"), index=True)
    services: Mapped[list[int] | None] = mapped_column(JSON(none_as_null=True))
    first_day: Mapped[date]
    last_day: Mapped[date]
    why_vi: Mapped[str] = mapped_column(String(300))
    why_en: Mapped[str] = mapped_column(String(300))
    call: Mapped[str] = mapped_column(String(120), default="")

    exceptions: Mapped[list[SuspensionException]] = relationship(
        order_by=SuspensionException.id, cascade="all, delete-orphan"
    )

    @property
    def why(self) -> Words:
        return Words(self.why_vi, self.why_en)

    @property
    def days(self) -> Days:
        return Days(self.first_day, self.last_day)


def of_office(office_id: int) -> list[Suspension]:
    """All suspensions of an office, by their first day."""
    own = select(Suspension).where(Suspension.office_id == office_id)
    return list(db.session.scalars(own.order_by(Suspension.first_day, Suspension.id)))
