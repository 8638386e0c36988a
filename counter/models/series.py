"""The last number given in a series. A row, never MAX()+1: two visitors can't read the same end (I1, I2)."""

from datetime import date

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from counter.database import db
from counter.models.base import Model


class Series(Model):
    """One series: a letter of an office on one of its days."""

    __tablename__ = "series"

    office_id: Mapped[int] = mapped_column(ForeignKey("office.id"), primary_key=True)
    letter: Mapped[str] = mapped_column(String(1), primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    last: Mapped[int] = mapped_column(default=0)


def next_number(office_id: int, letter: str, day: date) -> int:
    """Count one further. Only inside a transaction that holds the office."""
    series = db.session.get(Series, (office_id, letter, day))
    if series is None:
        series = Series(office_id=office_id, letter=letter, day=day, last=0)
        db.session.add(series)
    series.last += 1
    return series.last
