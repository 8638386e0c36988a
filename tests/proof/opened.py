"""An office opened for a proof: an application on a file of its own, and a crowd before its door."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from functools import cache
from pathlib import Path
from shutil import copy

from flask import Flask
from flask_migrate import upgrade

from counter import clock
from counter.database import db
from counter.models import office as offices
from tests.cast import MORNING, an_office
from tests.conftest import close, make_app
from tests.proof.crowd import Crowd


@contextmanager
def opened() -> Iterator[tuple[Flask, Path]]:
    """An application on an empty, migrated file in a folder of its own, inside its context."""
    with tempfile.TemporaryDirectory(prefix="luot-proof-") as name:
        folder = Path(name)
        copy(_migrated(), folder / "luot.sqlite3")
        app = make_app(folder)
        with app.app_context():
            yield app, folder
        close(app)


@contextmanager
def a_crowd(seed: int, moment: datetime = MORNING, **settings: object) -> Iterator[Crowd]:
    """A crowd on an office of its own, at a moment."""
    with opened():
        cast = an_office(**{"cap": 6, **settings})  # type: ignore[arg-type]
        own = offices.by_id(cast.office)
        own.day = clock.local(moment, own.timezone).date()
        db.session.commit()
        crowd = Crowd(cast, seed, moment)
        try:
            yield crowd
        finally:
            crowd.go_home()


@cache
def _migrated() -> Path:
    folder = Path(tempfile.mkdtemp(prefix="luot-migrated-"))
    file = folder / "luot.sqlite3"
    file.touch()
    app = make_app(folder)
    with app.app_context():
        upgrade()
    close(app)  # The last connection that goes takes the write-ahead log with it.
    return file
