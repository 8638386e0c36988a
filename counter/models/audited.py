"""Which tables are settings and rights, and the ear that writes every change of them into the audit.

It listens to the session itself: a new page or command that changes a setting needs no line for it, and can't forget
one. Nothing is written where no author is named: the demo, and what tests set up.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from sqlalchemy import event, inspect
from sqlalchemy.orm import Session

from counter.database import db
from counter.models import audit
from counter.models.area import Area
from counter.models.audit import Author, Row
from counter.models.base import Model
from counter.models.cap import CapRule
from counter.models.contact import Contact
from counter.models.counter import Counter
from counter.models.device import Device
from counter.models.help_point import HelpPoint
from counter.models.holiday import Holiday
from counter.models.notice import Notice
from counter.models.office import Office
from counter.models.recount import Recount
from counter.models.sensor import Sensor
from counter.models.service import PriorityClass, Service
from counter.models.staff import Staff
from counter.models.suspension import Suspension


@dataclass(frozen=True)
class Watch:
    """What of a table is written down: all columns but those that change with the day's work; and of a list that
    belongs to a row, what stands for each of its members. Of a secret only that it has changed."""

    but: frozenset[str] = frozenset()
    lists: tuple[tuple[str, Callable[[Any], Any]], ...] = ()
    secrets: frozenset[str] = frozenset()


AUDITED: dict[type[Model], Watch] = {
    Office: Watch(frozenset({"seq", "issued", "day", "count_due", "count_asked", "cap", "here_secret"})),
    Service: Watch(),
    PriorityClass: Watch(),
    Counter: Watch(frozenset({"seq", "open"}), lists=(("services", lambda service: service.id),)),
    Area: Watch(frozenset({"cap"})),
    CapRule: Watch(frozenset({"applied", "at", "who"})),
    Notice: Watch(),
    Contact: Watch(),
    HelpPoint: Watch(),
    Holiday: Watch(),
    Suspension: Watch(lists=(("exceptions", lambda urgent: urgent.name_vi),)),
    Staff: Watch(
        frozenset({"last_sign_in", "epoch", "one_time_until", "code_mark"}),
        secrets=frozenset({"password_hash", "pin_hash"}),
    ),
    Sensor: Watch(frozenset({"sequence", "entered", "left", "inside"}), secrets=frozenset({"token_hash"})),
    Device: Watch(
        frozenset({"code", "code_until", "paired_at", "seen_at", "version", "sound", "unprinted"}),
        secrets=frozenset({"token_hash"}),
    ),
    Recount: Watch(frozenset({"seq", "at", "who"})),
}
TABLES = {model.__tablename__: model for model in AUDITED}
SECRET = "…"
_ALWAYS_LEFT_OUT = {"id", "office_id"}


@contextmanager
def by(who: str, at: datetime, address: str = "") -> Iterator[None]:
    """Whatever is changed inside was changed by this person, from this machine."""
    info = db.session.info
    before, info["author"] = info.get("author"), Author(who, address, at)
    try:
        yield
    finally:
        info["author"] = before


@contextmanager
def taking_back(number: int) -> Iterator[None]:
    """Whatever is changed inside takes back the entry with this number."""
    db.session.info["undoes"] = number
    try:
        yield
    finally:
        del db.session.info["undoes"]


def note(
    office_id: int | None, what: str, which: int | None, *, before: Row | None = None, after: Row | None = None,
    why: str | None = None,
) -> None:  # fmt: skip
    """Write down what changes no row of these tables: an exception to the order, a change of many rows at once."""
    author, undoes = db.session.info.get("author"), db.session.info.get("undoes")
    if author is not None:
        audit.append(
            db.session(), author, office_id, what, which, before=before, after=after, why=why, undoes=undoes
        )  # fmt: skip


@event.listens_for(db.session, "after_flush")
def _write_down(session: Session, _context: object) -> None:
    author = session.info.get("author")
    if author is None:
        return
    for own, before, after in sorted(_changes(session), key=lambda change: (type(change[0]).__name__, change[0].id)):
        office = own.id if isinstance(own, Office) else own.office_id
        undoes = session.info.get("undoes")
        audit.append(session, author, office, own.__tablename__, own.id, before=before, after=after, undoes=undoes)


def _changes(session: Session) -> Iterator[tuple[Any, Row | None, Row | None]]:
    for own in session.new:
        if type(own) in AUDITED:
            yield own, None, as_it_is(own)
    for own in session.deleted:
        if type(own) in AUDITED:
            yield own, as_it_is(own), None
    for own in session.dirty:
        if type(own) in AUDITED and (changed := _changed(own)):
            yield (
                own,
                {name: old for name, (old, _new) in changed.items()},
                {n: new for n, (_o, new) in changed.items()},
            )


def as_it_is(own: Any) -> Row:
    """What is written down of a row, as it is now."""
    watch = AUDITED[type(own)]
    row = {name: SECRET if name in watch.secrets else plain(getattr(own, name)) for name in columns_of(type(own))}
    return row | {name: sorted(said(one) for one in getattr(own, name)) for name, said in watch.lists}


def _changed(own: Any) -> dict[str, tuple[Any, Any]]:
    """Column → before and after, of those that have changed."""
    watch, state = AUDITED[type(own)], inspect(own)
    changed: dict[str, tuple[Any, Any]] = {}
    for name in columns_of(type(own)):
        history = state.attrs[name].history
        if history.has_changes():
            old, new = (plain(values[0]) if values else None for values in (history.deleted, history.added))
            if old != new or name in watch.secrets:
                changed[name] = (SECRET, SECRET) if name in watch.secrets else (old, new)
    for name, said in watch.lists:
        history = state.attrs[name].history
        if history.has_changes():
            kept = list(history.unchanged)
            old, new = (sorted(said(one) for one in [*kept, *more]) for more in (history.deleted, history.added))
            changed[name] = (old, new)
    return changed


def columns_of(model: type[Model]) -> list[str]:
    """The columns of a table that are written down."""
    left_out = _ALWAYS_LEFT_OUT | AUDITED[model].but
    return [attr.key for attr in inspect(model).column_attrs if attr.key not in left_out]


def plain(value: object) -> Any:
    """A value as JSON keeps it."""
    if isinstance(value, date | time | datetime):
        return value.isoformat()
    return str(value) if isinstance(value, Decimal) else value


def row_of(what: str, which: int | None) -> Any | None:
    """The row that an entry is about, as it is now; None where it is gone, or was none of these tables."""
    return db.session.get(TABLES[what], which) if what in TABLES and which is not None else None
