"""Put a backup in the place of the database: only while nobody serves, never without the former one kept."""

from dataclasses import dataclass
from itertools import chain, count
from pathlib import Path

from flask import Flask, current_app
from sqlalchemy import inspect

from counter import clock, migrating
from counter.database import db
from counter.keeping import backup, elsewhere, look, postgres, serving, sqlite, state
from counter.keeping.look import Looked
from counter.keeping.trouble import AWAY, DAMAGED, EXISTS, FOLDER, OTHER, Trouble
from queues.fingerprint import State


@dataclass(frozen=True)
class Restored:
    """What is served from now on. `as_kept` is the state of the backup; `state` is after the migrations, the same where
    there were none. `former`: where the database that was there is now, if there was one."""

    version: str
    as_kept: State
    state: State
    broken: tuple[Looked, ...]
    former: Path | None


def restore(file: Path, data: Path, *, replace: bool = False) -> Restored:
    """Serve from this backup from now on. `data` is DATA_DIR; `replace`: a database that is there may be moved away.

    Raises Trouble, and everything is as before then.
    """
    version = _version_of(file)
    with serving.nobody_else(data), backup.in_words(data):
        return (_file if backup.is_file() else _server)(file, version, data, replace)


def stamp() -> str:
    """The present moment as it stands in a file's name, in UTC."""
    return f"{clock.now():%Y%m%d-%H%M%S}"


def _version_of(file: Path) -> str:
    """The version of a backup that this program can bring to the newest. Raises Trouble."""
    room = sqlite if backup.is_file() else postgres
    other = postgres if backup.is_file() else sqlite
    if not file.is_file():
        raise Trouble(FOLDER, f"there is no file {file}")
    with file.open("rb") as opened:
        begins = opened.read(16)
    if begins.startswith(other.MAGIC):
        raise Trouble(OTHER, f"{file} is of the other kind of database: see DATABASE_URL")
    if not begins.startswith(room.MAGIC):
        raise Trouble(DAMAGED, f"{file} is no backup, or is damaged at its beginning")
    version: str | None = room.version_of(file)
    if version is None:
        raise Trouble(OTHER, f"{file} is a database of another program")
    if version > migrating.newest():
        newer = f"{file} is of a newer version ({version}) than this program ({migrating.newest()})"
        raise Trouble(OTHER, f"{newer}: install that version first, then restore")
    return version


def _file(file: Path, version: str, data: Path, replace: bool) -> Restored:
    served = sqlite.file_of(current_app.config["SQLALCHEMY_DATABASE_URI"])
    aside = unused(served.with_name(f"{served.stem}.before-{stamp()}{served.suffix}"))
    former = aside if served.exists() else None
    _check_replace(replace, former is not None)
    fresh = served.with_name(f".{served.name}.restoring")
    try:
        fresh.touch(mode=0o600)
        with backup.in_words(data, str(file)):
            sqlite.copy(file, fresh)
            with elsewhere.opened(fresh) as other:
                done = _brought_here(version, other, former)
        sqlite.move(served, aside)  # Also a log without its file: beside another it would be played into that one.
        fresh.replace(served)
        backup.on_the_disk(served.parent)
    finally:
        for companion in sqlite.COMPANIONS:
            fresh.with_name(fresh.name + companion).unlink(missing_ok=True)
    return done


def _server(file: Path, version: str, data: Path, replace: bool) -> Restored:
    db.session.remove()
    db.engine.dispose()  # Our own connections are not somebody else's.
    with db.engine.connect() as connection:
        connected = sorted(set(postgres.others(connection)))
    if connected:
        raise Trouble(AWAY, f"somebody is connected to the database ({', '.join(connected)}): stop the servers first")
    postgres.mend(db.engine)  # One that was cut off: what was there before is what is asked about below.
    with db.engine.connect() as connection:
        used = bool(inspect(connection).get_table_names())
    _check_replace(replace, used)
    beside = unused(folder(data) / f"before-restore-{stamp()}{postgres.SUFFIX}")
    former = backup.make(beside).file if used else None
    db.session.remove()
    with postgres.in_place_of_the_former(db.engine):
        postgres.restore(current_app.config["SQLALCHEMY_DATABASE_URI"], file)
        try:
            return _brought_here(version, current_app._get_current_object(), former)  # type: ignore[attr-defined]
        finally:
            db.session.remove()  # Our own look holds the tables that are dropped next, these or the former.


def folder(data: Path) -> Path:
    """Where backups are put that nobody has named a place for. Raises Trouble."""
    own = data / "backups"
    with backup.in_words(own):
        own.mkdir(mode=0o700, parents=True, exist_ok=True)
    return own


def unused(file: Path) -> Path:
    """This name, or the next that no file has: what is kept is never written over."""
    names = (file.with_name(f"{file.stem}-{number}{file.suffix}") for number in count(2))
    return next(name for name in chain([file], names) if not name.exists())


def _check_replace(replace: bool, there: bool) -> None:
    if there and not replace:
        raise Trouble(EXISTS, "there is a database already: say --yes to put it aside (it is kept) and take this one")


def _brought_here(version: str, app: Flask, former: Path | None) -> Restored:
    """Bring what was put there to the newest migration, and look it through."""
    as_kept = _state()
    if version != migrating.newest():
        migrating.migrate(app)
    look.in_one_moment()
    backup.check_whole()
    broken = tuple(own for own in look.at_all() if own.broken)
    return Restored(version, as_kept, _state(), broken, former)


def _state() -> State:
    look.in_one_moment()
    now = state.of_database(db.session.connection())
    db.session.rollback()
    return now
