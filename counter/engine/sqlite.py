"""How the one SQLite file is opened, begun and kept: durable, strict, and never a new one by mistake."""

import time
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, ExceptionContext, event, exc
from sqlalchemy.orm import Session
from sqlalchemy.pool import ConnectionPoolEntry

ONE_WRITER = True


def options(_patience: float) -> dict[str, Any]:
    """How the engine is made: a file has no limit of connections but our own."""
    return {"pool_size": 20, "max_overflow": 40, "pool_timeout": 5, "hide_parameters": True}


def create(data: Path) -> None:
    """Make the empty file. The program itself never makes one: a lost database must not look empty."""
    (data / "luot.sqlite3").touch(mode=0o600)


def begin(session: Session, patience: float) -> None:
    """Begin as a writer; let other greenlets run for so many seconds while another program holds the file."""
    until = time.monotonic() + patience
    while True:
        try:
            session.connection(execution_options={"writer": True})
            return
        except exc.OperationalError as error:
            session.rollback()
            if "locked" not in str(error.orig) or time.monotonic() > until:
                raise
            time.sleep(0.05)


def take_time(_connection: Connection) -> None:
    """A long reading stops nobody here, and nobody stops it."""


def teach(engine: Engine) -> None:
    """Have every connection of an engine opened, checked and begun our way."""
    event.listen(engine, "connect", _prepare)
    event.listen(engine, "checkout", _same_file)
    event.listen(engine, "begin", _begin_as)
    event.listen(engine, "handle_error", _open_afresh)


def _prepare(connection: Any, entry: ConnectionPoolEntry) -> None:
    """Durable and strict (I27): what was answered survives a power cut."""
    connection.isolation_level = None
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "busy_timeout=100"):
        connection.execute(f"PRAGMA {pragma}")
    entry.info["path"] = connection.execute("PRAGMA database_list").fetchone()[2]
    entry.info["file"] = _identity(entry.info["path"])


def _same_file(_connection: Any, entry: ConnectionPoolEntry, _proxy: Any) -> None:
    """A file that was taken away or put back must not be written to through an old handle."""
    if entry.info["file"] != _identity(entry.info["path"]):
        raise exc.DisconnectionError("the database file is not the one that was opened")


def _open_afresh(context: ExceptionContext) -> None:
    """Opened while the disk took no writes, a file stays read-only for the whole process for as long as any connection
    has it open, also when the disk is well again (I28). So all are closed, and the next one asks the disk anew."""
    if "readonly database" not in str(context.original_exception) or context.engine is None:
        return
    context.is_disconnect = True
    if context.execution_context is not None:  # An unfinished statement keeps the file open behind a closed connection.
        context.execution_context.cursor.close()
    context.engine.dispose()


def _begin_as(connection: Connection) -> None:
    """A reader that turned into a writer would fail at once; so a writer says so from the start."""
    kind = "IMMEDIATE" if connection.get_execution_options().get("writer") else "DEFERRED"
    connection.exec_driver_sql(f"BEGIN {kind}")


def _identity(file: str) -> tuple[int, int] | None:
    try:
        stat = Path(file).stat()
    except OSError:
        return None
    return (stat.st_dev, stat.st_ino)
