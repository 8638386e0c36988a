"""The entries of the audit as they are looked for, also where somebody has made one unreadable."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Select, select

from counter.database import db
from counter.models.audit import Audit

UNREADABLE = (ValueError, TypeError, AttributeError, OverflowError)
"""What reading a row raises into which somebody has written what is no such value."""


@dataclass(frozen=True)
class Wanted:
    """Which entries of a chain: about what, whose name holds this, from a moment (included) until another (not)."""

    chain: int
    what: str = ""
    who: str = ""
    since: datetime | None = None
    until: datetime | None = None
    older_than: int | None = None

    def conditions(self) -> list[ColumnElement[bool]]:
        """As the database is asked."""
        asked = [Audit.chain == self.chain]
        if self.what:
            asked.append(Audit.what == self.what)
        if self.who:
            asked.append(Audit.who.icontains(self.who, autoescape=True))
        if self.since:
            asked.append(Audit.at >= self.since)
        if self.until:
            asked.append(Audit.at < self.until)
        if self.older_than:
            asked.append(Audit.number < self.older_than)
        return asked


def entries(wanted: Wanted, most: int) -> list[tuple[int, Audit | None]]:
    """So many of the entries that are wanted, newest first, each with its number; None for one that can't be read."""
    return readable(select(Audit).where(*wanted.conditions()).order_by(Audit.number.desc()).limit(most))


def readable(asked: Select[Audit]) -> list[tuple[int, Audit | None]]:
    """The entries that are asked for, each with its number; None for one that can't be read, since somebody has been
    at it."""
    try:
        return [(_number(entry.number), entry if entry.is_readable else None) for entry in db.session.scalars(asked)]
    except UNREADABLE:
        keys = db.session.execute(asked.with_only_columns(Audit.id, Audit.number)).all()
        return [(_number(number), _alone(key)) for key, number in keys]


def _number(kept: object) -> int:
    return kept if isinstance(kept, int) else 0


def _alone(key: int) -> Audit | None:
    try:
        entry = db.session.scalar(select(Audit).where(Audit.id == key))
    except UNREADABLE:
        return None
    return entry if entry and entry.is_readable else None
