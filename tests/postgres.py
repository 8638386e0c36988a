"""A PostgreSQL of the tests' own: started in a folder that is thrown away, never the one that the machine may run.

It listens on a socket in that folder alone. A database migrated once is the template of all others, so that each
test has a fresh one in a moment.
"""

import contextlib
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from itertools import count
from pathlib import Path

from sqlalchemy import create_engine, make_url
from sqlalchemy.pool import NullPool

TEMPLATE = "template_luot"
_QUICK = (
    "fsync=off", "synchronous_commit=off", "full_page_writes=off", "shared_buffers=32MB", "max_connections=100",
    "dynamic_shared_memory_type=mmap",
)  # fmt: skip
"""For tests only: what a power cut leaves is not asked here, and nothing of it stays on the machine."""


def programs() -> Path | None:
    """The folder of the newest PostgreSQL of this machine, or None."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda file: int(file.parts[-3]))
    named = shutil.which("initdb")
    return found[-1].parent if found else Path(named).parent if named else None


class Cluster:
    """One server with many databases."""

    def __init__(self, folder: Path) -> None:
        self.folder, self._names = folder, count(1)
        self._programs = programs()

    def start(self) -> None:
        """Make the cluster where there is none yet, and serve it."""
        if not (self.folder / "data").exists():
            self._run("initdb", "-A", "trust", "-U", "postgres", "-E", "UTF8", "--no-locale", "-N", "-D", self._data)
        settings = ("listen_addresses=", f"unix_socket_directories={self.folder}", *_QUICK)
        options = " ".join(f"-c {setting}" for setting in settings)
        self._run("pg_ctl", "-w", "-s", "-D", self._data, "-l", str(self.folder / "log"), "-o", options, "start")

    def stop(self, how: str = "fast") -> None:
        """Stop politely, or at once with "immediate", as a power cut would."""
        self._run("pg_ctl", "-w", "-s", "-D", self._data, "-m", how, "stop")

    def address(self, name: str) -> str:
        """What DATABASE_URL says of a database here."""
        return f"postgresql://postgres@/{name}?host={self.folder}"

    def fresh(self, template: str = TEMPLATE) -> str:
        """Make a database as the template is now; returns its address."""
        name = f"luot_{next(self._names)}"
        self.say(f"CREATE DATABASE {name} TEMPLATE {template}")
        return self.address(name)

    def drop(self, address: str) -> None:
        """Throw a database away, whoever is connected."""
        self.say(f"DROP DATABASE {make_url(address).database} WITH (FORCE)")

    def say(self, *statements: str) -> None:
        """Have the server do something that belongs to none of the databases."""
        engine = create_engine(self.address("postgres"), isolation_level="AUTOCOMMIT", poolclass=NullPool)
        with engine.connect() as connection:
            for statement in statements:
                connection.exec_driver_sql(statement)

    @property
    def _data(self) -> str:
        return str(self.folder / "data")

    def _run(self, program: str, *words: str) -> None:
        """PostgreSQL refuses to run as root, rightly."""
        assert self._programs is not None
        command = [str(self._programs / program), *words]
        if os.geteuid() == 0:
            command = ["runuser", "-u", "postgres", "--", *command]
        done = subprocess.run(command, cwd=self.folder, stdin=subprocess.DEVNULL, capture_output=True, text=True)
        assert done.returncode == 0, done.stdout + done.stderr


@contextlib.contextmanager
def cluster() -> Iterator[Cluster]:
    """A running cluster in a folder of its own: both are gone afterwards."""
    folder = Path(tempfile.mkdtemp(prefix="luot-pg-"))  # A short path: a socket's name has 107 letters at most.
    try:
        if os.geteuid() == 0:
            shutil.chown(folder, "postgres")
        own = Cluster(folder)
        own.start()
        try:
            yield own
        finally:
            own.stop("immediate")
    finally:
        shutil.rmtree(folder, ignore_errors=True)
