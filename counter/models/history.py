"""Every move of every ticket: who, when, from where, why. Reports and the audit read nothing else."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint, and_, insert, select
from sqlalchemy.orm import Mapped, mapped_column

from counter.database import db
from counter.models.base import Model
from counter.models.ticket import Ticket
from counter.models.words import Moment
from queues.tally import Moved, middle

LONGEST_WHY = 200


class History(Model):
    """One row a move, written in the same transaction as the move. `seq` orders them, not the clock."""

    __tablename__ = "history"
    __table_args__ = (
        UniqueConstraint("office_id", "seq"),
        Index("history_by_counter", "counter_id", "move", "seq"),
        Index("history_by_move", "office_id", "move", "seq"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    office_id: Mapped[int] = mapped_column(ForeignKey("office.id"))
    seq: Mapped[int]
    ticket_id: Mapped[int] = mapped_column(ForeignKey("ticket.id"))
    move: Mapped[str] = mapped_column(String(10))
    source: Mapped[str | None] = mapped_column(String(10))
    target: Mapped[str] = mapped_column(String(10))
    at: Mapped[datetime] = mapped_column(Moment)
    who: Mapped[str] = mapped_column(String(60))
    counter_id: Mapped[int | None] = mapped_column(ForeignKey("counter.id"))
    priority: Mapped[bool]
    why: Mapped[str | None] = mapped_column(String(LONGEST_WHY))


def write(**row: object) -> None:
    """Write down one move, in the transaction that makes it. Straight to the table: every change does this."""
    db.session.execute(insert(History.__table__), row)  # type: ignore[arg-type]


def last_classes_called(counter_id: int, most: int) -> list[bool]:
    """Whether the last calls of a counter were of priority tickets, newest first."""
    theirs = and_(History.counter_id == counter_id, History.move == "call")
    return list(db.session.scalars(select(History.priority).where(theirs).order_by(History.seq.desc()).limit(most)))


def last_classes_admitted(office_id: int, most: int) -> list[bool]:
    """Whether those last let into the room were of priority classes, newest first."""
    theirs = and_(History.office_id == office_id, History.move == "admit")
    return list(db.session.scalars(select(History.priority).where(theirs).order_by(History.seq.desc()).limit(most)))


def last_calls(office_id: int, most: int) -> list[int]:
    """The tickets called last, newest first, each once."""
    theirs = and_(History.office_id == office_id, History.move.in_(("call", "recall", "resume")))
    rows = select(History.ticket_id).where(theirs).order_by(History.seq.desc()).limit(4 * most)
    return list(dict.fromkeys(db.session.scalars(rows)))[:most]


def last_at(office_id: int) -> datetime | None:
    """When the office's last move was made."""
    rows = select(History.at).where(History.office_id == office_id).order_by(History.seq.desc()).limit(1)
    return db.session.scalar(rows)


def moves(office_id: int) -> list[Moved]:
    """The whole history of an office, for the tally."""
    rows = select(History.seq, History.ticket_id, History.move, History.target).where(History.office_id == office_id)
    return [Moved(*row) for row in db.session.execute(rows)]


def seconds_of_service(office_id: int, first: date, last: date) -> dict[int, float]:
    """Service → what serving one visitor took on these days, from begin to finish, in seconds: the one in the middle.

    A service that nobody was served for is not in it.
    """
    theirs = and_(Ticket.office_id == office_id, Ticket.day >= first, Ticket.day <= last)
    rows = select(History.ticket_id, Ticket.service_id, History.move, History.at).join(Ticket).where(theirs)
    began: dict[int, datetime] = {}
    took: dict[int, list[float]] = {}
    for ticket, service, move, at in db.session.execute(
        rows.where(History.move.in_(("begin", "finish"))).order_by(History.seq)
    ):
        if move == "begin":
            began[ticket] = at
        elif ticket in began:
            took.setdefault(service, []).append((at - began.pop(ticket)).total_seconds())
    return {service: own for service, durations in took.items() if (own := middle(durations)) is not None}
