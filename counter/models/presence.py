"""Being in the room: a fact of its own, not a status of a ticket.

Who is done may still be inside, and who holds a ticket may be outside. A presence begins as a held place
(expected), becomes real when the visitor comes in, and always ends (I20).
"""

from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, ForeignKey, Index, String, and_, or_, select, text
from sqlalchemy.orm import Mapped, mapped_column

from counter.database import db
from counter.models.base import Model
from counter.models.words import Moment
from queues.room import Room

_OPEN = text("ended_at IS NULL")


class Presence(Model):
    """`party` people: the visitor with companions. One open presence a ticket (I18)."""

    __tablename__ = "presence"
    __table_args__ = (
        Index("presence_open", "office_id", sqlite_where=_OPEN, postgresql_where=_OPEN),
        Index("presence_of_ticket", "ticket_id", unique=True, sqlite_where=_OPEN, postgresql_where=_OPEN),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    office_id: Mapped[int] = mapped_column(ForeignKey("office.id"))
    ticket_id: Mapped[int | None] = mapped_column(ForeignKey("ticket.id"))
    party: Mapped[int]
    held_at: Mapped[datetime] = mapped_column(Moment)
    hold_until: Mapped[datetime | None] = mapped_column(Moment)
    entered_at: Mapped[datetime | None] = mapped_column(Moment)
    exit_due: Mapped[datetime | None] = mapped_column(Moment)
    ended_at: Mapped[datetime | None] = mapped_column(Moment)
    end_why: Mapped[str | None] = mapped_column(String(20))

    @property
    def inside(self) -> bool:
        return self.entered_at is not None and self.ended_at is None


class _Stay(NamedTuple):
    """An open presence in figures."""

    party: int
    entered_at: datetime | None
    hold_until: datetime | None
    exit_due: datetime | None

    @property
    def end(self) -> datetime | None:
        return self.exit_due if self.entered_at else self.hold_until

    def is_late(self, now: datetime) -> bool:
        return self.end is not None and self.end <= now

    def is_astray(self, latest: datetime) -> bool:
        return self.hold_until is not None and self.hold_until > latest


def of_ticket(ticket_id: int) -> Presence | None:
    """The open presence of a ticket, expected or inside."""
    theirs = and_(Presence.ticket_id == ticket_id, Presence.ended_at.is_(None))
    return db.session.scalar(select(Presence).where(theirs))


def open_in(office_id: int) -> list[Presence]:
    """All who are in the room or expected there, in the order in which they came."""
    theirs = and_(Presence.office_id == office_id, Presence.ended_at.is_(None))
    return list(db.session.scalars(select(Presence).where(theirs).order_by(Presence.id)))


def room_of(office_id: int, cap: int | None) -> Room:
    """The room's figures, counted from those present (I15), in people."""
    return _room(_stays(office_id), cap)


def room_and_late(office_id: int, cap: int | None, now: datetime, latest: datetime) -> tuple[Room, bool]:
    """The room's figures, and whether anything there has run out, or a place is held for longer than until `latest`:
    every change asks both, in one question."""
    stays = _stays(office_id)
    return _room(stays, cap), any(stay.is_late(now) or stay.is_astray(latest) for stay in stays)


def due(office_id: int, now: datetime) -> list[Presence]:
    """Held places that have run out and people who must have left by now."""
    theirs = and_(Presence.office_id == office_id, Presence.ended_at.is_(None), _run_out(now))
    return list(db.session.scalars(select(Presence).where(theirs).order_by(Presence.id)))


def offices_with_due(now: datetime) -> set[int]:
    """Offices where the clock has something to do."""
    return set(db.session.scalars(select(Presence.office_id).where(Presence.ended_at.is_(None), _run_out(now))))


def _run_out(now: datetime) -> ColumnElement[bool]:
    late = and_(Presence.entered_at.is_(None), Presence.hold_until <= now)
    gone = and_(Presence.entered_at.is_not(None), Presence.exit_due <= now)
    return or_(late, gone)


def _stays(office_id: int) -> list[_Stay]:
    theirs = and_(Presence.office_id == office_id, Presence.ended_at.is_(None))
    columns: tuple[Any, ...] = (Presence.party, Presence.entered_at, Presence.hold_until, Presence.exit_due)
    return [_Stay(*row) for row in db.session.execute(select(*columns).where(theirs))]


def _room(stays: list[_Stay], cap: int | None) -> Room:
    inside = sum(stay.party for stay in stays if stay.entered_at)
    return Room(cap, inside, sum(stay.party for stay in stays) - inside)
