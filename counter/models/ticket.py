"""A ticket: one visitor's place in one line."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    ForeignKey,
    Index,
    String,
    UniqueConstraint,
    and_,
    column,
    func,
    literal_column,
    or_,
    select,
    text,
    update,
)
from sqlalchemy.orm import Mapped, mapped_column

from counter.database import db
from counter.models.base import Model
from counter.models.presence import IN_THE_ROOM, Presence
from counter.models.words import Moment
from queues.errors import NotFound
from queues.life import AT_COUNTER, IN_LINE, ONLINE, OPEN
from queues.numbering import printed
from queues.order import Standing
from queues.tally import Fate


def _among(statuses: tuple[str, ...]) -> Any:
    """A condition in literals: SQLite takes a partial index only where the query repeats its very words."""
    return column("status").in_([literal_column(f"'{status}'") for status in statuses])


AT_A_COUNTER, IS_OPEN = _among(AT_COUNTER), _among(OPEN)
HAS_ERRAND = column("procedure_id").is_not(None)
_DEFERRED = text("defer_until IS NOT NULL")


class Ticket(Model):
    """Indexes stand behind the promises: one number once (I1), one open ticket a counter (I7).

    `passed`: how many were let in ahead of it so that a counter did not stand idle.

    The errand and the other way: `procedure_id` is what the visitor came for, `papers` what they said they have
    (all, some); `trying_since` while they try it online, `failed_why` when that did not work, `deferrals` how often
    they asked for more minutes and `defer_until` until when others go first, `file_number` of the online file,
    `help_asked` since when a helper is wanted. What came of it at the counter: `outcome`, `missing` papers, and how
    the result goes back (`result_by`). `handed_from` is the ticket of another office that it continues.
    """

    __tablename__ = "ticket"
    __table_args__ = (
        UniqueConstraint("office_id", "letter", "day", "number"),
        Index("ticket_at_counter", "counter_id", unique=True, sqlite_where=AT_A_COUNTER, postgresql_where=AT_A_COUNTER),
        Index(
            "ticket_by_errand", "office_id", "day", "procedure_id", sqlite_where=HAS_ERRAND, postgresql_where=HAS_ERRAND
        ),
        Index("ticket_deferred", "office_id", sqlite_where=_DEFERRED, postgresql_where=_DEFERRED),
        Index("ticket_handed", "handed_from", unique=True),
        Index("ticket_open", "office_id", "rank", sqlite_where=IS_OPEN, postgresql_where=IS_OPEN),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    office_id: Mapped[int] = mapped_column(ForeignKey("office.id"))
    service_id: Mapped[int] = mapped_column(ForeignKey("service.id"))
    token: Mapped[str] = mapped_column(String(22), unique=True)
    day: Mapped[date]
    letter: Mapped[str] = mapped_column(String(1))
    number: Mapped[int]
    sequence: Mapped[int]
    rank: Mapped[int]
    setback: Mapped[int] = mapped_column(default=0)
    priority_class_id: Mapped[int | None] = mapped_column(ForeignKey("priority_class.id"))
    party: Mapped[int] = mapped_column(default=1)
    lang: Mapped[str] = mapped_column(String(2), default="vi")
    status: Mapped[str] = mapped_column(String(10))
    counter_id: Mapped[int | None] = mapped_column(ForeignKey("counter.id"))
    passed: Mapped[int] = mapped_column(default=0)
    lapses: Mapped[int] = mapped_column(default=0)
    returns: Mapped[int] = mapped_column(default=0)
    recalls: Mapped[int] = mapped_column(default=0)
    issued_at: Mapped[datetime] = mapped_column(Moment)
    called_at: Mapped[datetime | None] = mapped_column(Moment)
    seq: Mapped[int]
    procedure_id: Mapped[int | None] = mapped_column(ForeignKey("procedure.id"))
    papers: Mapped[str | None] = mapped_column(String(10))
    trying_since: Mapped[datetime | None] = mapped_column(Moment)
    failed_why: Mapped[str | None] = mapped_column(String(20))
    deferrals: Mapped[int] = mapped_column(default=0)
    defer_until: Mapped[datetime | None] = mapped_column(Moment)
    file_number: Mapped[str | None] = mapped_column(String(40))
    help_asked: Mapped[datetime | None] = mapped_column(Moment)
    outcome: Mapped[str | None] = mapped_column(String(12))
    missing: Mapped[list[str] | None] = mapped_column(JSON(none_as_null=True))
    result_by: Mapped[str | None] = mapped_column(String(8))
    handed_from: Mapped[int | None] = mapped_column(ForeignKey("ticket.id"))

    @property
    def printed(self) -> str:
        """What stands on the ticket: A012."""
        return printed(self.letter, self.number)

    @property
    def standing(self) -> Standing:
        """The ticket's own place, as the rules of order see it; nothing about the room."""
        return Standing(
            self.id, self.service_id, self.rank, self.setback, self.sequence, self.priority_class_id is not None,
            self.party, self.status, deferred=self.defer_until is not None,
        )  # fmt: skip


def by_id(ticket_id: int) -> Ticket:
    """Return the ticket, or raise NotFound."""
    ticket = db.session.get(Ticket, ticket_id)
    if ticket is None:
        raise NotFound(str(ticket_id))
    return ticket


def by_token(token: str) -> Ticket:
    """Return the ticket that this secret opens, or raise NotFound (I25)."""
    ticket = db.session.scalar(select(Ticket).where(Ticket.token == token))
    if ticket is None:
        raise NotFound("token")
    return ticket


def by_number(office_id: int, day: date, letter: str, number: int) -> Ticket:
    """Return the ticket that carries this number on this day, or raise NotFound."""
    theirs = and_(Ticket.office_id == office_id, Ticket.day == day, Ticket.letter == letter, Ticket.number == number)
    ticket = db.session.scalar(select(Ticket).where(theirs))
    if ticket is None:
        raise NotFound(printed(letter, number))
    return ticket


def given(office_id: int, day: date, letter: str) -> int:
    """How many tickets of a letter were given on a day."""
    theirs = and_(Ticket.office_id == office_id, Ticket.letter == letter, Ticket.day == day)
    return db.session.scalar(select(func.count()).where(theirs)) or 0


def at_counter(counter_id: int) -> Ticket | None:
    """The ticket a counter has called or serves."""
    theirs = and_(Ticket.counter_id == counter_id, AT_A_COUNTER)
    return db.session.scalar(select(Ticket).where(theirs))


def busy_counters(office_id: int) -> set[int]:
    """The counters that have called somebody or serve."""
    rows = select(Ticket.counter_id).where(Ticket.office_id == office_id, AT_A_COUNTER)
    return {counter_id for counter_id in db.session.scalars(rows) if counter_id is not None}


def open_in(office_id: int) -> list[Ticket]:
    """All tickets of the office that have not ended."""
    theirs = and_(Ticket.office_id == office_id, IS_OPEN)
    return list(db.session.scalars(select(Ticket).where(theirs).order_by(Ticket.rank, Ticket.setback, Ticket.sequence)))


def line(office_id: int) -> list[Standing]:
    """The line as the rules see it: all who may be called, with their place in the room."""
    here = and_(Presence.ticket_id == Ticket.id, IN_THE_ROOM)
    columns: tuple[Any, ...] = (
        Ticket.id, Ticket.service_id, Ticket.rank, Ticket.setback, Ticket.sequence,
        Ticket.priority_class_id.is_not(None), Ticket.party, Ticket.status,
        Presence.entered_at.is_not(None), Presence.id.is_not(None), Ticket.passed, Ticket.defer_until.is_not(None),
    )  # fmt: skip
    rows = (
        select(*columns)
        .outerjoin(Presence, here)
        .where(Ticket.office_id == office_id, IS_OPEN, Ticket.status.in_(IN_LINE))
    )
    return [Standing(*row) for row in db.session.execute(rows)]


def pass_by(ticket_ids: Iterable[int]) -> None:
    """Each of these has been passed once more by somebody let in ahead of them. Their moves are not touched."""
    table: Any = Ticket.__table__
    db.session.execute(update(table).where(table.c.id.in_(list(ticket_ids))).values(passed=table.c.passed + 1))


def count_open(office_id: int) -> int:
    """How many tickets of the office have not ended."""
    theirs = and_(Ticket.office_id == office_id, IS_OPEN)
    return db.session.scalar(select(func.count()).select_from(Ticket).where(theirs)) or 0


def fates(office_id: int, first: date, last: date) -> dict[int, Fate]:
    """What became of those tickets of these days, both included, that ended online or whose result goes back."""
    theirs = and_(Ticket.office_id == office_id, Ticket.day >= first, Ticket.day <= last)
    telling = or_(Ticket.status == ONLINE, Ticket.result_by.is_not(None))
    columns: tuple[Any, ...] = (Ticket.id, Ticket.status, Ticket.result_by)
    return {row[0]: Fate(*row[1:]) for row in db.session.execute(select(*columns).where(theirs, telling))}
