"""What every test may ask for: a fresh office in a fresh file, a stopped clock, a checking client."""

import os
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from flask import Flask

os.environ.setdefault("DATA_DIR", tempfile.mkdtemp(prefix="luot-tests-"))

from app import create_app
from counter import clock, database
from counter.database import db
from tests.cast import MORNING, Cast, an_office
from tests.pages import PageClient

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="session", autouse=True)
def translations() -> None:
    """Compile the catalogues, so that tests read what people read."""
    for source in (ROOT / "translations").glob("*/LC_MESSAGES/messages.po"):
        with source.open("rb") as po, source.with_suffix(".mo").open("wb") as mo:
            write_mo(mo, read_po(po, locale=source.parts[-3]))


@pytest.fixture(scope="session")
def migrated_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty database as the migrations make it, made once."""
    folder = tmp_path_factory.mktemp("migrated")
    file = folder / "luot.sqlite3"
    file.touch()
    app = make_app(folder)
    from flask_migrate import upgrade

    with app.app_context():
        upgrade()
        db.engine.dispose()
    close(app)
    with sqlite3.connect(file) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    return file


def make_app(folder: Path, **settings: object) -> Flask:
    """An application on its own file, with threads instead of greenlets."""
    uri = f"sqlite:///file:{folder}/luot.sqlite3?mode=rw&uri=true"
    return create_app(
        SQLALCHEMY_DATABASE_URI=uri, DATA_DIR=folder, ASYNC_MODE="threading", TESTING=True,
        PROPAGATE_EXCEPTIONS=False, SECRET_KEY="for tests", **settings,
    )  # fmt: skip


def close(app: Flask) -> None:
    """Let go of the app's connections and of its ear at the database."""
    database.unlisten(app.extensions["line"].told)
    with app.app_context():
        db.session.remove()
        db.engine.dispose()


@pytest.fixture
def folder(tmp_path: Path, migrated_file: Path) -> Path:
    """A data folder with an empty, migrated database."""
    shutil.copy(migrated_file, tmp_path / "luot.sqlite3")
    return tmp_path


@pytest.fixture
def app(folder: Path) -> Iterator[Flask]:
    """An application on a fresh file, inside its context."""
    app = make_app(folder)
    with app.app_context():
        yield app
    close(app)


@pytest.fixture
def now() -> Iterator[None]:
    """Monday morning, 08:41, until the test moves it."""
    with clock.at(MORNING):
        yield


@pytest.fixture
def cast(app: Flask, now: None) -> Cast:
    """The office without a cap: door moves are skipped."""
    return an_office()


@pytest.fixture
def capped(app: Flask, now: None) -> Cast:
    """The office with a room for two."""
    return an_office(cap=2)


@pytest.fixture
def client(app: Flask) -> PageClient:
    """A browser that checks every page it gets."""
    return PageClient(app)
