"""What is done once a night, by one process of however many there are."""

from datetime import date
from typing import Any

from sqlalchemy import String, select, update
from sqlalchemy.orm import Mapped, mapped_column

from counter.database import db
from counter.models.base import Model

CLEAN_UP = "clean up"


class Night(Model):
    """The local date on which something was done last. The migration makes the rows."""

    __tablename__ = "night"

    errand: Mapped[str] = mapped_column(String(20), primary_key=True)
    day: Mapped[date]


def last(errand: str) -> date | None:
    """When it was done last."""
    return db.session.scalar(select(Night.day).where(Night.errand == errand))


def claim(errand: str, today: date) -> bool:
    """Take it on for today, in a transaction of its own; False where another process has."""
    ours: Any = db.session.execute(update(Night).where(Night.errand == errand, Night.day != today).values(day=today))
    return int(ours.rowcount) == 1
