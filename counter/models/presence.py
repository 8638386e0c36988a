"""Being in the room: a fact of its own, not a status of a ticket.

Who is done may still be inside, and who holds a ticket may be outside. A presence begins as a held place
(expected), becomes real when the visitor comes in, and always ends (I20).
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, ForeignKey, Index, String, and_, or_, select, text
from sqlalchemy.orm import Mapped, mapped_column

from counter.database import db
from counter.models.base import Model
from counter.models.words import Moment
from queues.room import Room

_OPEN = text("ended_at IS NULL")
_OPEN_ROOM = text("ended_at IS NULL AND area_id IS NULL")
_OPEN_AREA = text("ended_at IS NULL AND area_id IS NOT NULL")


class Presence(Model):
    """`party` people: the visitor with companions, or people without a ticket.

    `area_id` None means the room. A ticket has at most one open presence in the room and one in an area (I18):
    whoever is asked in still stands in the area until they come.
    """

    __tablename__ = "presence"
    __table_args__ = (
        Index("presence_open", "office_id", sqlite_where=_OPEN, postgresql_where=_OPEN),
        Index("presence_of_ticket", "ticket_id", unique=True, sqlite_where=_OPEN_ROOM, postgresql_where=_OPEN_ROOM),
        Index("presence_in_area", "ticket_id", unique=True, sqlite_where=_OPEN_AREA, postgresql_where=_OPEN_AREA),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    office_id: Mapped[int] = mapped_column(ForeignKey("office.id"))
    area_id: Mapped[int | None] = mapped_column(ForeignKey("area.id"))
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


IS_OPEN = Presence.ended_at.is_(None)
IN_THE_ROOM = and_(IS_OPEN, Presence.area_id.is_(None))
IN_AN_AREA = and_(IS_OPEN, Presence.area_id.is_not(None))


class _Stay(NamedTuple):
    """An open presence in figures."""

    area_id: int | None
    ticket_id: int | None
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
    """The open presence of a ticket in the room, expected or inside."""
    return db.session.scalar(select(Presence).where(Presence.ticket_id == ticket_id, IN_THE_ROOM))


def in_area(ticket_id: int) -> Presence | None:
    """The open presence of a ticket in a waiting area."""
    return db.session.scalar(select(Presence).where(Presence.ticket_id == ticket_id, IN_AN_AREA))


def areas_of_tickets(office_id: int) -> dict[int, tuple[int, datetime]]:
    """Ticket → the waiting area it stands in, and since when."""
    columns: tuple[Any, ...] = (Presence.ticket_id, Presence.area_id, Presence.entered_at)
    there = select(*columns).where(Presence.office_id == office_id, IN_AN_AREA, Presence.ticket_id.is_not(None))
    return {row[0]: (row[1], row[2]) for row in db.session.execute(there)}


def of_zone(office_id: int, area_id: int | None) -> list[Presence]:
    """All who are in the room (`area_id` None) or expected there, or in an area, in the order in which they came."""
    theirs = and_(Presence.office_id == office_id, IS_OPEN, Presence.area_id.is_not_distinct_from(area_id))
    return list(db.session.scalars(select(Presence).where(theirs).order_by(Presence.id)))


def open_in(office_id: int) -> list[Presence]:
    """All open presences of an office, in the room and in its areas."""
    theirs = and_(Presence.office_id == office_id, IS_OPEN)
    return list(db.session.scalars(select(Presence).where(theirs).order_by(Presence.id)))


def room_of(office_id: int, cap: int | None, area_id: int | None = None) -> Room:
    """The figures of the room or of an area, counted from those present (I15), in people."""
    return _room(_stays(office_id), cap, area_id)


def zones_of(office_id: int, caps: Mapping[int | None, int | None]) -> dict[int | None, tuple[Room, int]]:
    """For the room (None) and its areas at one moment: the figures, and how many have no ticket, in people."""
    stays = _stays(office_id)
    return {area_id: (_room(stays, cap, area_id), _nameless(stays, area_id)) for area_id, cap in caps.items()}


def room_and_late(office_id: int, cap: int | None, now: datetime, latest: datetime) -> tuple[Room, bool]:
    """The room's figures, and whether anything there has run out, or a place is held for longer than until `latest`:
    every change asks both, in one question."""
    stays = _stays(office_id)
    return _room(stays, cap, None), any(stay.is_late(now) or stay.is_astray(latest) for stay in stays)


def due(office_id: int, now: datetime) -> list[Presence]:
    """Held places that have run out and people who must have left by now."""
    theirs = and_(Presence.office_id == office_id, IS_OPEN, _run_out(now))
    return list(db.session.scalars(select(Presence).where(theirs).order_by(Presence.id)))


def offices_with_due(now: datetime) -> set[int]:
    """Offices where the clock has something to do with those present."""
    return set(db.session.scalars(select(Presence.office_id).where(IS_OPEN, _run_out(now))))


def _run_out(now: datetime) -> ColumnElement[bool]:
    late = and_(Presence.entered_at.is_(None), Presence.hold_until <= now)
    gone = and_(Presence.entered_at.is_not(None), Presence.exit_due <= now)
    return or_(late, gone)


def _stays(office_id: int) -> list[_Stay]:
    columns: tuple[Any, ...] = (
        Presence.area_id, Presence.ticket_id, Presence.party, Presence.entered_at, Presence.hold_until,
        Presence.exit_due,
    )  # fmt: skip
    rows = select(*columns).where(Presence.office_id == office_id, IS_OPEN)
    return [_Stay(*row) for row in db.session.execute(rows)]


def _room(stays: list[_Stay], cap: int | None, area_id: int | None) -> Room:
    theirs = [stay for stay in stays if stay.area_id == area_id]
    inside = sum(stay.party for stay in theirs if stay.entered_at)
    return Room(cap, inside, sum(stay.party for stay in theirs) - inside)


def _nameless(stays: list[_Stay], area_id: int | None) -> int:
    return sum(stay.party for stay in stays if stay.area_id == area_id and stay.ticket_id is None)
