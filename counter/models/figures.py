"""How full each office is at this moment, in figures: a question each for all offices, however many there are."""

from typing import Any, NamedTuple

from sqlalchemy import func, select

from counter.database import db
from counter.models.office import Office
from counter.models.presence import IN_THE_ROOM, Presence
from counter.models.ticket import IS_OPEN, Ticket
from queues.life import IN_LINE


class Figures(NamedTuple):
    """`inside` and `expected` in people, `waiting` in tickets; `cap` None: no limit is set."""

    slug: str
    inside: int
    expected: int
    cap: int | None
    waiting: int


def of_every_office() -> list[Figures]:
    """All offices as they stand, by their short names."""
    here, coming, waiting = _people(inside=True), _people(inside=False), _waiting()
    columns: tuple[Any, ...] = (Office.id, Office.slug, Office.cap)
    return [
        Figures(slug, here.get(own, 0), coming.get(own, 0), cap, waiting.get(own, 0))
        for own, slug, cap in db.session.execute(select(*columns).order_by(Office.slug))
    ]


def _people(*, inside: bool) -> dict[int, int]:
    entered = Presence.entered_at.is_not(None) if inside else Presence.entered_at.is_(None)
    columns: tuple[Any, ...] = (Presence.office_id, func.sum(Presence.party))
    return _pairs(select(*columns).where(IN_THE_ROOM, entered).group_by(Presence.office_id))


def _waiting() -> dict[int, int]:
    columns: tuple[Any, ...] = (Ticket.office_id, func.count())
    return _pairs(select(*columns).where(IS_OPEN, Ticket.status.in_(IN_LINE)).group_by(Ticket.office_id))


def _pairs(rows: Any) -> dict[int, int]:
    return {own: int(value) for own, value in db.session.execute(rows)}
