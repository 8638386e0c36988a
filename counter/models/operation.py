"""What was answered to a form, kept, so that the same form gets the same answer (I3, I4)."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, String, and_, delete, insert, select, tuple_
from sqlalchemy.orm import Mapped, mapped_column

from counter.database import db
from counter.models.base import Model
from counter.models.words import Moment


class Operation(Model):
    """The answer to one form about one errand. Ids made of the state can be guessed, so an id alone names nothing:
    a stranger's form with a clerk's id is another errand, and stands in nobody's way."""

    __tablename__ = "operation"

    office_id: Mapped[int] = mapped_column(ForeignKey("office.id"), primary_key=True)
    errand: Mapped[str] = mapped_column(String(60), primary_key=True)
    id: Mapped[str] = mapped_column(String(64), primary_key=True)
    answer: Mapped[dict[str, Any]] = mapped_column(JSON)
    at: Mapped[datetime] = mapped_column(Moment)


def keep(**row: object) -> None:
    """Keep an answer, in the transaction that gives it. Straight to the table: every form does this."""
    db.session.execute(insert(Operation.__table__), row)  # type: ignore[arg-type]


def kept(office_id: int, errand: str, operation_id: str) -> dict[str, Any] | None:
    """What was answered to this form, if it has come before."""
    form = and_(Operation.office_id == office_id, Operation.errand == errand, Operation.id == operation_id)
    return db.session.scalar(select(Operation.answer).where(form))


def forget(before: datetime, most: int) -> int:
    """Drop so many of the answers that were given before a moment, at most; returns how many."""
    keys = (Operation.office_id, Operation.errand, Operation.id)
    old = select(*keys).where(Operation.at < before).limit(most)
    gone: Any = db.session.execute(delete(Operation).where(tuple_(*keys).in_(old)))
    return int(gone.rowcount)
