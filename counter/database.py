"""The database, and the one place that commits.

**One office, one lock.** A change of an office is one transaction that first takes the office: with
`BEGIN IMMEDIATE` on SQLite, with the office's row on PostgreSQL, and behind a lock in the process that greenlets
wait for without stopping the server. Nothing read outside it is acted on inside it, and nothing is sent, drawn or
waited for inside it. Only after the commit are the listeners told (I22), and a listener that fails undoes nothing.
"""

import logging
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from types import ModuleType
from typing import TypeVar

from flask import Flask
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import Column, Integer, MetaData, Table, delete, exc, insert
from sqlalchemy.orm import DeclarativeBase

from counter import engine

PATIENCE = 8.0
"""Seconds to wait for the lock, ours or another program's, before the visitor is told to ask the staff. Long enough
for forty people who press at once on a slow machine: waiting is better than asking twice."""


class Base(DeclarativeBase):
    """What all nouns inherit. Every constraint has a name, so that a migration can change it on SQLite too."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


db = SQLAlchemy(
    model_class=Base,
    session_options={"expire_on_commit": False, "autoflush": False},  # Changes are flushed where rules read them.
)


probe = Table("probe", db.Model.metadata, Column("at", Integer, primary_key=True))
"""One row that /readyz writes again and again: a full or read-only disk shows at once."""


@dataclass(frozen=True)
class Occurrence:
    """Something that happened once and is told once: a call, for chime and voice."""

    sequence: int
    ticket_id: int
    number: str
    counter: int


@dataclass
class Told:
    """What a transaction wants told when, and only when, it has been saved."""

    office_id: int
    occurrences: list[Occurrence] = field(default_factory=list)
    rights: bool = False
    """Somebody, or some device, may do less than before: whoever watches is looked at again."""


Answer = TypeVar("Answer")
Listener = Callable[[Told], None]

_listeners: list[Listener] = []
_writing: dict[int | None, threading.Lock] = {}
"""Who writes in this process: one for all on SQLite; on PostgreSQL one an office, so that none waits for another."""


class Busy(Exception):
    """The lock could not be had in time. Nothing has been changed."""


def listen(listener: Listener) -> None:
    """Have a function told of every saved change."""
    if listener not in _listeners:
        _listeners.append(listener)


def unlisten(listener: Listener) -> None:
    """Take a listener out again."""
    if listener in _listeners:
        _listeners.remove(listener)


def in_office(office_id: int, work: Callable[[Told], Answer]) -> Answer:
    """Run one change of one office: lock, act, commit, and only then tell.

    Raises Busy when the lock can't be had within PATIENCE seconds, and whatever `work` raises; then nothing
    has been changed and nobody is told.
    """
    told = Told(office_id)
    answer = save(lambda: work(told), office_id)
    _tell(told)
    return answer


def save(work: Callable[[], Answer], office_id: int | None = None) -> Answer:
    """Run one transaction that writes, of one office or of none. Nobody is told: for what no screen shows.

    Raises Busy when the lock can't be had within PATIENCE seconds, and whatever `work` raises.
    """
    db.session.rollback()  # Whoever waits here holds no connection that another could use.
    lock = _writing.setdefault(None if _room().ONE_WRITER else office_id, threading.Lock())
    if not lock.acquire(timeout=PATIENCE):
        raise Busy
    try:
        return _committed(work)
    finally:
        lock.release()


def try_to_write() -> None:
    """Write one row for good, or raise what keeps the database from it."""

    def work() -> None:
        db.session.execute(delete(probe))
        db.session.execute(insert(probe).values(at=int(time.time())))

    with suppress(exc.IntegrityError):  # Another process has written this very row at this moment: it takes writes.
        save(work)


def _committed(work: Callable[[], Answer]) -> Answer:
    session = db.session
    session.expire_all()  # What was read before the lock must not be acted on.
    try:
        _room().begin(session, PATIENCE)
        answer = work()
        session.commit()
    except BaseException:
        session.rollback()
        raise
    return answer


def _room() -> ModuleType:
    return engine.room(db.engine.dialect.name)


def _tell(told: Told) -> None:
    for listener in list(_listeners):
        try:
            listener(told)
        except Exception:
            logging.getLogger(__name__).exception("a screen could not be told; what was saved stays saved")


def init_app(app: Flask) -> None:
    """Bind the database to the app and teach its engine how this kind is opened, begun and kept."""
    room = engine.at(app.config["SQLALCHEMY_DATABASE_URI"])
    app.config.setdefault("SQLALCHEMY_ENGINE_OPTIONS", room.options(PATIENCE))
    db.init_app(app)
    with app.app_context():
        room.teach(db.engine)


def create(data: Path) -> None:
    """Make what the first migration needs: the folder, and on SQLite the empty file."""
    data.mkdir(parents=True, exist_ok=True)
    _room().create(data)
