"""Tickets whose visit is long over: what still opens them, or names their visitor, goes."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy import and_, bindparam, not_, select, update

from counter.database import db
from counter.models.ticket import IS_OPEN, Ticket

CLOSED = "~"
"""What a token begins with that was given in place of one whose visit is long over. The rest is random, and told to
nobody."""


def with_links(before: date, after: int, most: int) -> list[int]:
    """So many of the tickets of the days before that have ended and whose address still opens, by their ids from the
    one `after` on."""
    old = and_(Ticket.id > after, Ticket.day < before, not_(IS_OPEN), not_(Ticket.token.startswith(CLOSED)))
    return list(db.session.scalars(select(Ticket.id).where(old).order_by(Ticket.id).limit(most)))


def close_links(tokens: Mapping[int, str]) -> None:
    """Give these tickets other tokens, and drop what else names their visitor: the number of the file online. Their
    moves are not touched."""
    table: Any = Ticket.__table__
    rows = [{"own": own, "closed": token} for own, token in tokens.items()]
    theirs = update(table).where(table.c.id == bindparam("own")).values(token=bindparam("closed"), file_number=None)
    db.session.connection().execute(theirs, rows)
