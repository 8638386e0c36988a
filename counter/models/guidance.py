"""What came of an offered way: one row a step, written with the change that makes it (R4, R14).

Reports of the other way are counted from these rows and from history, never from counters kept by hand.
"""

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, insert, select
from sqlalchemy.orm import Mapped, mapped_column

from counter.database import db
from counter.models.base import Model
from counter.models.words import Moment
from queues.tally import Step

OFFERED, OPENED, TRIED, DONE, FAILED, BACK = "offered", "opened", "tried", "done", "failed", "back"
"""Shown; chosen (the portal's code was opened); tried while waiting; done that way; did not work; came back."""


class Guidance(Model):
    """`ticket_id` None: the visitor took no ticket. `way` as in queues.online. `behind`: how many waited for the
    same service behind this visitor at that moment, who all moved up by one."""

    __tablename__ = "guidance"
    __table_args__ = (Index("guidance_by_day", "office_id", "day"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    office_id: Mapped[int] = mapped_column(ForeignKey("office.id"))
    day: Mapped[date]
    at: Mapped[datetime] = mapped_column(Moment)
    ticket_id: Mapped[int | None] = mapped_column(ForeignKey("ticket.id"))
    procedure_id: Mapped[int | None] = mapped_column(ForeignKey("procedure.id"))
    service_id: Mapped[int | None] = mapped_column(ForeignKey("service.id"))
    step: Mapped[str] = mapped_column(String(10))
    way: Mapped[str] = mapped_column(String(12))
    why: Mapped[str | None] = mapped_column(String(20))
    place: Mapped[str] = mapped_column(String(10))
    behind: Mapped[int | None]


def write(**row: object) -> None:
    """Write down one step, in the transaction that makes it."""
    db.session.execute(insert(Guidance.__table__), row)  # type: ignore[arg-type]


def between(office_id: int, first: date, last: date) -> list[Guidance]:
    """The steps of these days, both included, as they were made."""
    own = select(Guidance).where(Guidance.office_id == office_id, Guidance.day >= first, Guidance.day <= last)
    return list(db.session.scalars(own.order_by(Guidance.id)))


def steps(office_id: int, first: date, last: date) -> list[Step]:
    """The steps of these days, both included, for the tally."""
    own = Guidance.__table__.c
    columns: tuple[Any, ...] = (
        own.at, own.day, own.ticket_id, own.procedure_id, own.service_id, own.step, own.why, own.behind,
    )  # fmt: skip
    theirs = select(*columns).where(own.office_id == office_id, own.day >= first, own.day <= last)
    return [Step(*row) for row in db.session.execute(theirs.order_by(own.id))]
