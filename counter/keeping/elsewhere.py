"""Another database than the one that is served: a backup that is looked through, a file that is about to be served."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

from flask import Flask

from counter import database
from counter.database import db
from counter.keeping import sqlite


@contextmanager
def opened(file: Path) -> Iterator[Flask]:
    """Inside, the database is this SQLite file, for all that reads or migrates; afterwards it is one plain file."""
    other = Flask("elsewhere")
    other.config["SQLALCHEMY_DATABASE_URI"] = address_of(file)
    database.init_app(other)
    with other.app_context():
        try:
            yield other
        finally:
            db.session.remove()
            db.engine.dispose()
            sqlite.close_up(file)


def address_of(file: Path) -> str:
    """The address of a SQLite file that is there; it is never made."""
    return f"sqlite:///file:{quote(str(file.resolve()))}?mode=rw&uri=true"
