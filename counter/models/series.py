"""The last number given in a series. A row, never MAX()+1: two visitors can't read the same end (I1, I2)."""

from datetime import date
from typing import Any

from sqlalchemy import ForeignKey, String, and_, insert, select, update
from sqlalchemy.orm import Mapped, mapped_column

from counter.database import db
from counter.models.base import Model

LAST = 999
"""Where numbers that go on from day to day begin again: three figures are what people read and hear best."""


class Series(Model):
    """One series: a letter of an office on one of its days."""

    __tablename__ = "series"

    office_id: Mapped[int] = mapped_column(ForeignKey("office.id"), primary_key=True)
    letter: Mapped[str] = mapped_column(String(1), primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    last: Mapped[int] = mapped_column(default=0)


_TABLE: Any = Series.__table__


def next_number(office_id: int, letter: str, day: date, first: int = 1, *, go_on: bool = False) -> int:
    """Count one further; a series begins with `first`, or goes on where the day before ended (`go_on`), until LAST.

    Only inside a transaction that holds the office.
    """
    own = and_(Series.office_id == office_id, Series.letter == letter, Series.day == day)
    number = db.session.scalar(update(_TABLE).where(own).values(last=Series.last + 1).returning(Series.last))
    if number is None:
        number = _after_the_day_before(office_id, letter, first) if go_on else first
        db.session.execute(insert(_TABLE), {"office_id": office_id, "letter": letter, "day": day, "last": number})
    return number


def _after_the_day_before(office_id: int, letter: str, first: int) -> int:
    theirs = select(Series.last).where(Series.office_id == office_id, Series.letter == letter)
    last = db.session.scalar(theirs.order_by(Series.day.desc()).limit(1))
    return last + 1 if last is not None and first <= last < LAST else first
