"""How the one file is copied while it is served, and put back."""

import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from urllib.parse import unquote

from sqlalchemy import make_url

from counter.keeping.trouble import AWAY, DAMAGED, FOLDER, FULL, OTHER, Trouble

SUFFIX, MAGIC = ".sqlite3", b"SQLite format 3\0"
PAGES, PAUSE = 256, 0.001
"""Pages that are copied at a time (1 MB), and the seconds between, in which others have the disk."""
COMPANIONS = ("", "-wal", "-shm")
"""What belongs to the file while it is open, and after a crash."""


def file_of(address: str) -> Path:
    """The file that a database's address names."""
    return Path(unquote(str(make_url(address).database).removeprefix("file:")))


def copy(source: Path, target: Path) -> None:
    """Copy a file that may be served meanwhile. Raises Trouble.

    One reading transaction stands around all steps: the copy is of one moment, just after some commit, and writers go
    on. Without it each write of theirs would begin the copy anew.
    """
    with _told(target), closing(_opened(source)) as ours, closing(sqlite3.connect(target)) as copied:
        ours.execute("BEGIN")
        ours.execute("SELECT count(*) FROM sqlite_master").fetchone()  # From here on it is this moment.
        ours.backup(copied, pages=PAGES, progress=lambda *_left: time.sleep(PAUSE))
        copied.execute("PRAGMA journal_mode=DELETE")


def version_of(file: Path) -> str | None:
    """The migration that a file is at; None for one that is none of ours. Raises Trouble for one that is damaged."""
    try:
        with closing(_opened(file)) as opened:
            if not opened.execute("SELECT 1 FROM sqlite_master WHERE name = 'alembic_version'").fetchone():
                return None
            row = opened.execute("SELECT version_num FROM alembic_version").fetchone()
            return str(row[0]) if row else None
    except sqlite3.Error as error:
        raise Trouble(DAMAGED, f"{file} is damaged: {error}") from error


def close_up(file: Path) -> None:
    """Make it one plain file again, with no log beside it. Nobody else has it open."""
    with suppress(sqlite3.Error), closing(_opened(file)) as opened:
        opened.execute("PRAGMA journal_mode=DELETE")


def move(file: Path, target: Path) -> None:
    """Rename a file that nobody has open, with what belongs to it: another file beside an old log would be damaged."""
    for companion in COMPANIONS:
        own = file.with_name(file.name + companion)
        if own.exists():
            own.replace(target.with_name(target.name + companion))


def _opened(file: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"{file.resolve().as_uri()}?mode=rw", uri=True, isolation_level=None, timeout=10)


@contextmanager
def _told(target: Path) -> Iterator[None]:
    """What SQLite says, in the keeper's words."""
    try:
        yield
    except sqlite3.Error as error:
        said = str(error)
        if "full" in said:
            raise Trouble(FULL, f"no space is left in {target.parent}") from error
        if "unable to open" in said:
            raise Trouble(AWAY, "the database is not there") from error
        if "disk I/O" in said or "readonly" in said:
            raise Trouble(FOLDER, f"{target.parent} can't be written: {said}") from error
        if "malformed" in said or "not a database" in said:
            raise Trouble(DAMAGED, f"the database itself is damaged: {said}") from error
        raise Trouble(OTHER, said) from error
