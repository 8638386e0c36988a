"""Days on which the office does not work, besides the days of the week (issue 5)."""

from datetime import date

from sqlalchemy import ForeignKey, String, UniqueConstraint, select
from sqlalchemy.orm import Mapped, mapped_column

from counter.database import db
from counter.models.base import Model
from counter.models.words import Words
from queues.errors import NotFound


class Holiday(Model):
    """One day, by the office's own calendar."""

    __tablename__ = "holiday"
    __table_args__ = (UniqueConstraint("office_id", "day"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    office_id: Mapped[int] = mapped_column(ForeignKey("office.id"))
    day: Mapped[date]
    name_vi: Mapped[str] = mapped_column(String(120))
    name_en: Mapped[str] = mapped_column(String(120))

    @property
    def name(self) -> Words:
        return Words(self.name_vi, self.name_en)


def of_office(office_id: int) -> list[Holiday]:
    """All of them, in order."""
    return list(db.session.scalars(select(Holiday).where(Holiday.office_id == office_id).order_by(Holiday.day)))


def on(office_id: int, day: date) -> Holiday | None:
    """The holiday that a day is, or None."""
    return db.session.scalar(select(Holiday).where(Holiday.office_id == office_id, Holiday.day == day))


def in_office(holiday_id: int, office_id: int) -> Holiday:
    """Return the office's holiday, or raise NotFound."""
    own = db.session.get(Holiday, holiday_id)
    if own is None or own.office_id != office_id:
        raise NotFound(str(holiday_id))
    return own
