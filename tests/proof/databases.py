"""Fresh databases for proofs that need one for every trial, in pytest or by themselves."""

import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from tests import postgres
from tests.conftest import SQLITE, file_in, make_app, make_template, migrate
from tests.postgres import Cluster

Fresh = Callable[[Path], str]
"""Makes a fresh, migrated database; returns its address. On SQLite it is a file in the folder it is given."""


def on_files(migrated: Path) -> Fresh:
    """Fresh databases that are copies of a migrated file."""

    def fresh(folder: Path) -> str:
        shutil.copy(migrated, folder / "luot.sqlite3")
        return file_in(folder)

    return fresh


def on_cluster(cluster: Cluster) -> Fresh:
    """Fresh databases of a cluster with a migrated template. One at a time: the last one is dropped."""
    last: list[str] = []

    def fresh(_folder: Path) -> str:
        while last:
            cluster.drop(last.pop())
        last.append(cluster.fresh())
        return last[0]

    return fresh


@contextmanager
def databases(kind: str) -> Iterator[Fresh]:
    """Where this program runs without pytest: the same two, made here."""
    with tempfile.TemporaryDirectory() as name, ExitStack() as stack:
        folder = Path(name)
        if kind == SQLITE:
            (folder / "luot.sqlite3").touch()
            migrate(make_app(folder))
            yield on_files(folder / "luot.sqlite3")
        else:
            cluster = stack.enter_context(postgres.cluster())
            make_template(cluster, folder)
            yield on_cluster(cluster)
