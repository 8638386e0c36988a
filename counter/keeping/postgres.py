"""How PostgreSQL is written into one file by its own programs while it is served, and put back."""

import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Connection, Engine, make_url

from counter.keeping.trouble import AWAY, DAMAGED, FULL, OTHER, PROGRAM, Trouble

SUFFIX, MAGIC = ".dump", b"PGDMP"
FORMER = "luot_former"
"""Where the former tables stand while others are put in their place."""
PATIENCE = "10s"


def dump(address: str, target: Path, connection: Connection) -> None:
    """Write the database into a file, as the connection's transaction sees it. Raises Trouble."""
    snapshot = connection.exec_driver_sql("SELECT pg_export_snapshot()").scalar_one()
    wanted = [f"--snapshot={snapshot}", f"--lock-wait-timeout={PATIENCE}", f"--file={target}"]
    ours = f"--exclude-schema={FORMER}"  # What a restore that was cut off has left is no part of a backup.
    _run("pg_dump", "--format=custom", "--no-owner", "--no-privileges", ours, *wanted, address=address)
    _run("pg_restore", "--file=/dev/null", str(target))  # Reads all of it once.


def version_of(file: Path) -> str | None:
    """The migration that a file is at; None for one that is none of ours. Raises Trouble for one that is damaged."""
    said = _run("pg_restore", "--data-only", "--table=alembic_version", "--file=-", str(file))
    found = re.search(r"^COPY .*alembic_version .*\n(\w+)$", said, re.MULTILINE)
    return found[1] if found else None


def others(connection: Connection) -> list[str]:
    """Who else is connected to the database: a name for each."""
    ours = "datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend'"
    rows = connection.exec_driver_sql(f"SELECT coalesce(application_name, '') FROM pg_stat_activity WHERE {ours}")
    return [str(row[0]) or "unnamed" for row in rows]


def mend(engine: Engine) -> None:
    """Put the former tables back where a restore was cut off before it had others. Raises Trouble where it had: they
    may have been served since then, and nobody but the keeper knows which are wanted."""
    with engine.connect() as connection:
        left = connection.exec_driver_sql(f"SELECT 1 FROM pg_namespace WHERE nspname = '{FORMER}'").first()
        served = connection.exec_driver_sql("SELECT to_regclass('public.alembic_version')").scalar_one()
    if left and served:
        before = f"a restore was cut off near its end: what was there before it stands in the schema {FORMER}"
        raise Trouble(OTHER, f"{before}. To keep what is served now: DROP SCHEMA {FORMER} CASCADE")
    if left:
        _take_back(engine)


def _take_back(engine: Engine) -> None:
    _say(engine, "DROP SCHEMA IF EXISTS public CASCADE", f"ALTER SCHEMA {FORMER} RENAME TO public")


@contextmanager
def in_place_of_the_former(engine: Engine) -> Iterator[None]:
    """An empty place for other tables; the former ones are back when anything fails, and gone when nothing does."""
    _say(engine, f"ALTER SCHEMA public RENAME TO {FORMER}", *_FRESH)
    try:
        yield
    except BaseException:
        _take_back(engine)
        raise
    _say(engine, f"DROP SCHEMA {FORMER} CASCADE")


def restore(address: str, file: Path) -> None:
    """Put a file's tables into an empty place. Raises Trouble."""
    wanted = ("--no-owner", "--no-privileges", "--exit-on-error", "--single-transaction")
    _run("pg_restore", *wanted, str(file), address=address)


_FRESH = (
    "CREATE SCHEMA public",
    "ALTER SCHEMA public OWNER TO pg_database_owner",
    "GRANT USAGE ON SCHEMA public TO PUBLIC",
    "COMMENT ON SCHEMA public IS 'standard public schema'",
)
"""As PostgreSQL itself makes it: a later dump must not tell of it."""


def _say(engine: Engine, *statements: str) -> None:
    with engine.begin() as connection:
        for statement in statements:
            connection.exec_driver_sql(statement)


def _run(program: str, *words: str, address: str = "") -> str:
    """Run one of PostgreSQL's programs; its password is not among its words, which everybody on the machine reads."""
    if shutil.which(program) is None:
        raise Trouble(PROGRAM, f"{program} is not on this machine: apt-get install postgresql-client")
    environment, at = dict(os.environ), []
    if address:
        url = make_url(address)
        environment["PGPASSWORD"] = url.password or os.environ.get("PGPASSWORD", "")
        bare = url.set(drivername="postgresql", password=None)
        at = [f"--dbname={bare.render_as_string(hide_password=False)}"]
    done = subprocess.run([program, *at, *words], env=environment, capture_output=True, text=True)
    if done.returncode:
        raise _told(program, done.stderr)
    return done.stdout


def _told(program: str, said: str) -> Trouble:
    last = (said.strip().splitlines() or ["no reason given"])[-1]
    if "No space left" in said:
        return Trouble(FULL, f"no space is left for the backup: {last}")
    if "connection to server" in said:
        return Trouble(AWAY, f"the database can't be reached: {last}")
    if "valid archive" in said or "could not read" in said:
        return Trouble(DAMAGED, f"the file is damaged or no backup: {last}")
    return Trouble(OTHER, last if last.startswith(program) else f"{program}: {last}")
