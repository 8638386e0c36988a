"""A backup: one file of one moment, written while people work, whole or not there at all.

It is the database alone, in the form that its own programs read too. The key that signs cookies is not in it: who finds
the file can then sign in nowhere, and without the key nothing is lost but that everybody signs in once more.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from flask import current_app
from sqlalchemy import exc

from counter import migrating
from counter.database import db
from counter.keeping import elsewhere, look, postgres, sqlite, state
from counter.keeping.look import Looked
from counter.keeping.trouble import AWAY, DAMAGED, EXISTS, FOLDER, Trouble, of_disk
from queues.fingerprint import State


@dataclass(frozen=True)
class Made:
    """A backup that has been written and read again. `broken` are promises that were broken when it was taken: they
    are so in the database too, and the backup is none the worse for it."""

    file: Path
    version: str
    state: State
    broken: tuple[Looked, ...]


def suffix() -> str:
    """How a backup of the database that is served is named: .sqlite3 or .dump."""
    return sqlite.SUFFIX if is_file() else postgres.SUFFIX


def is_file() -> bool:
    """Whether the database that is served is one SQLite file."""
    return db.engine.dialect.name == "sqlite"


def make(file: Path, *, force: bool = False) -> Made:
    """Write a backup of the database that is served into this file. Raises Trouble, and nothing is left then."""
    _check_place(file, force)
    with _part_of(file) as part, in_words(file.parent):
        made = _of_file(file, part) if is_file() else _of_server(file, part)
        on_the_disk(part)
        part.replace(file)
        on_the_disk(file.parent)
    return made


@contextmanager
def in_words(where: Path, what: str = "the database") -> Iterator[None]:
    """What a disk or a database says when it can't, as Trouble. `what`: which database it is."""
    try:
        yield
    except OSError as error:
        raise of_disk(error, where) from error
    except exc.OperationalError as error:
        raise Trouble(AWAY, f"{what} can't be used: {error.orig}") from error
    except exc.DatabaseError as error:
        raise Trouble(DAMAGED, f"{what} can't be read: {error.orig}") from error


def check_whole() -> None:
    """Raise Trouble for a database that is damaged. Where only a promise is broken, it is better kept than not."""
    broken = look.damage()
    if broken:
        raise Trouble(DAMAGED, f"the database is damaged, so this is no backup: {broken[0]}")


def _of_file(file: Path, part: Path) -> Made:
    sqlite.copy(sqlite.file_of(current_app.config["SQLALCHEMY_DATABASE_URI"]), part)
    with elsewhere.opened(part):
        return _read(file)


def _of_server(file: Path, part: Path) -> Made:
    look.in_one_moment()
    postgres.dump(current_app.config["SQLALCHEMY_DATABASE_URI"], part, db.session.connection())
    made = _read(file)
    db.session.rollback()
    return made


def _read(file: Path) -> Made:
    """Look through what was written: the copy itself, or on PostgreSQL the very moment that was written."""
    version = migrating.version()
    if version is None:
        raise Trouble(AWAY, "there is nothing to keep yet: the database has no tables")
    check_whole()
    looked = look.at_all() if version == migrating.newest() else []
    broken = tuple(own for own in looked if own.broken)
    return Made(file, version, state.of_database(db.session.connection()), broken)


def _check_place(file: Path, force: bool) -> None:
    if not file.parent.is_dir():
        raise Trouble(FOLDER, f"there is no folder {file.parent}")
    if file.is_dir():
        raise Trouble(EXISTS, f"{file} is a folder: name a file")
    if file.exists() and not force:
        raise Trouble(EXISTS, f"{file} is there already: choose another name, or say --force")


@contextmanager
def _part_of(file: Path) -> Iterator[Path]:
    """An empty file beside the one that is wanted, for its owner alone; gone afterwards, whatever happens."""
    part = file.with_name(f".{file.name}.{os.getpid()}.part")
    try:
        os.close(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    except OSError as error:
        raise of_disk(error, file.parent) from error
    try:
        yield part
    finally:
        for companion in (*sqlite.COMPANIONS, "-journal"):
            part.with_name(part.name + companion).unlink(missing_ok=True)


def on_the_disk(path: Path) -> None:
    """A file, or a folder with the names in it, is on the disk when this returns."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
