"""Tickets whose wait is put to use: who lets others go first for some minutes, and who goes on at another office."""

from datetime import datetime

from sqlalchemy import and_, select
from sqlalchemy.orm import aliased

from counter.database import db
from counter.models.ticket import IS_OPEN, Ticket, by_id


def deferred(office_id: int) -> list[Ticket]:
    """Those who let others go first for some minutes, in order."""
    theirs = and_(Ticket.office_id == office_id, Ticket.defer_until.is_not(None))
    return list(db.session.scalars(select(Ticket).where(theirs).order_by(Ticket.rank, Ticket.setback, Ticket.sequence)))


def offices_with_minutes_over(now: datetime) -> set[int]:
    """Offices where the minutes of somebody who let others go first are over."""
    return set(db.session.scalars(select(Ticket.office_id).where(Ticket.defer_until <= now)))


def handed_to(ticket_id: int) -> Ticket | None:
    """The ticket of another office that continues this one."""
    return db.session.scalar(select(Ticket).where(Ticket.handed_from == ticket_id))


def half_handed() -> list[Ticket]:
    """Tickets that are still open although another office has given the visitor a new one already."""
    new = aliased(Ticket)
    given = select(new.handed_from).where(new.handed_from.is_not(None))
    return list(db.session.scalars(select(Ticket).where(IS_OPEN, Ticket.id.in_(given))))


def first_of(ticket: Ticket) -> int:
    """The ticket with which a visitor first came, at whichever office; its own where nobody was handed over."""
    while ticket.handed_from is not None:
        ticket = by_id(ticket.handed_from)
    return ticket.id
