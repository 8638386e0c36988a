"""How PostgreSQL is opened, begun and kept: every reading is of one moment, every change takes its office's row."""

from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine
from sqlalchemy.orm import Session

ONE_WRITER = False

SLOWEST_STATEMENT, LONGEST_SILENCE = 10, 20
"""Seconds. The server itself gives up a statement that takes longer, and ends a connection that holds a transaction
and says nothing: a machine that has lost its power must not keep an office locked."""


PLANS = ("-c random_page_cost=1.1", "-c jit=off")
"""Our data fit into memory, and our questions are short: an index is nearly always the way, compiling never is."""


def options(patience: float) -> dict[str, Any]:
    """How the engine is made. `patience`: seconds to wait for an office that another process holds.

    Readers see one moment in all their questions, so that a screen's sequence is true of all it shows (I23). Twenty
    connections at most: four such servers fit into the hundred that PostgreSQL grants unasked.
    """
    return {
        "pool_size": 10, "max_overflow": 10, "pool_timeout": 5,
        "pool_pre_ping": True,  # A database that was restarted is met with new connections; nobody sees an error.
        "isolation_level": "REPEATABLE READ", "hide_parameters": True,
        "connect_args": {"application_name": "luot", "options": _settings(patience), **_LINE},
    }  # fmt: skip


def teach(_engine: Engine) -> None:
    """Nothing to teach: the server is told in `options` how its connections behave."""


def create(_data: Path) -> None:
    """Nothing to make: the keeper has made the database, with its owner and its password."""


def begin(session: Session, _patience: float) -> None:
    """Begin a change: each statement sees what is saved by then, so what is read after the office's row is held is
    the office as it stands. The first statement takes that row (`models.office.held`) and waits no longer than
    `patience`."""
    session.connection(execution_options={"isolation_level": "READ COMMITTED"})


def take_time(connection: Connection) -> None:
    """Let the transaction that has begun here read for as long as it needs."""
    for name in ("statement_timeout", "idle_in_transaction_session_timeout"):
        connection.exec_driver_sql(f"SET LOCAL {name} = 0")


_LINE = {
    "connect_timeout": 3,
    "keepalives_idle": 5,
    "keepalives_interval": 5,
    "keepalives_count": 2,
    "tcp_user_timeout": 10_000,
}
"""A dead network line is noticed in seconds, not in hours. The last one is in milliseconds."""


def _settings(patience: float) -> str:
    milliseconds = {
        "lock_timeout": patience,
        "statement_timeout": SLOWEST_STATEMENT,
        "idle_in_transaction_session_timeout": LONGEST_SILENCE,
    }
    return " ".join([*(f"-c {name}={int(1000 * seconds)}" for name, seconds in milliseconds.items()), *PLANS])
