"""What every test may ask for: a fresh office in a fresh database, a stopped clock, a checking client."""

import os
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from flask import Flask
from jinja2 import BytecodeCache
from jinja2.bccache import Bucket
from sqlalchemy import Dialect
from sqlalchemy.util import LRUCache
from werkzeug.routing import Rule

os.environ.setdefault("DATA_DIR", tempfile.mkdtemp(prefix="luot-tests-"))
os.environ.pop("DATABASE_URL", None)  # No test touches a database that somebody works with.

from app import create_app
from counter import clock, database, migrating
from counter.database import db
from counter.models import staff
from tests import postgres
from tests.cast import MORNING, Cast, an_office
from tests.new_process import as_in_a_new_process
from tests.pages import PageClient
from tests.postgres import Cluster

SQLITE, POSTGRES = "sqlite", "postgres"
on_both = pytest.mark.parametrize("database_kind", [SQLITE, POSTGRES])
"""A test, or `pytestmark` for a whole file, that must hold on both databases."""
ROOT = Path(__file__).parent.parent


class Kept(BytecodeCache):
    """Templates are compiled once, not once for each test's own application."""

    def __init__(self) -> None:
        self._code: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        if bucket.key in self._code:
            bucket.bytecode_from_string(self._code[bucket.key])

    def dump_bytecode(self, bucket: Bucket) -> None:
        self._code[bucket.key] = bucket.bytecode_to_string()


TEMPLATES = Kept()
FULL_STRENGTH = staff.METHOD
staff.METHOD = "scrypt:1024:8:1"  # Weak on purpose, in this process alone: tests choose passwords often.


def compile_addresses_once() -> None:
    """The same for the builders of addresses: each test's application has the same ones."""
    compiled: dict[tuple[object, ...], Any] = {}
    compile_builder = Rule._compile_builder

    def once(rule: Rule, append_unknown: bool = True) -> Any:
        key = (rule.rule, str(rule._trace), str(rule.defaults), append_unknown)
        if key not in compiled:
            compiled[key] = compile_builder(rule, append_unknown)
        return compiled[key]

    Rule._compile_builder = once  # type: ignore[method-assign]


def compile_statements_once() -> None:
    """And for what is said to the databases: of a kind, one is as the other."""
    Dialect.__hash__ = lambda own: hash(type(own))  # type: ignore[method-assign,assignment]
    Dialect.__eq__ = lambda own, other: type(own) is type(other)  # type: ignore[method-assign,assignment]


STATEMENTS: LRUCache[Any, Any] = LRUCache(2000)
compile_addresses_once()
compile_statements_once()


LONGEST = (
    "proof",
    "browser",
    "keeping",
    "test_keeper.py",
    "test_wire.py",
    "test_guessing.py",
    "test_tls.py",
    "test_entrance.py",
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The files that take longest begin first: no core waits for a long one at the end."""
    items.sort(key=lambda item: min((LONGEST.index(own) for own in LONGEST if own in item.path.parts[-2:]), default=99))


@pytest.fixture(scope="session", autouse=True)
def translations() -> None:
    """Compile the catalogues, so that tests read what people read."""
    for source in (ROOT / "translations").glob("*/LC_MESSAGES/messages.po"):
        fresh = source.with_suffix(f".{os.getpid()}")  # Whole or not at all: several processes may do this at once.
        with source.open("rb") as po, fresh.open("wb") as mo:
            write_mo(mo, read_po(po, locale=source.parts[-3]))
        fresh.replace(source.with_suffix(".mo"))


@pytest.fixture(scope="session")
def migrated_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty database as the migrations make it, made once."""
    folder = tmp_path_factory.mktemp("migrated")
    file = folder / "luot.sqlite3"
    file.touch()
    migrate(make_app(folder))
    with sqlite3.connect(file) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    return file


@pytest.fixture(scope="session")
def migrated_cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    """A PostgreSQL with a migrated template. A machine without one skips these tests; the one that judges may not."""
    if postgres.programs() is None and os.environ.get("CI"):
        pytest.fail("no PostgreSQL: install the package postgresql")
    if postgres.programs() is None:
        pytest.skip("no PostgreSQL: install the package postgresql")
    with postgres.cluster() as cluster:
        make_template(cluster, tmp_path_factory.mktemp("template"))
        yield cluster


def make_template(cluster: Cluster, folder: Path) -> None:
    """Migrate the database that all others of the cluster are copies of."""
    cluster.say(f"CREATE DATABASE {postgres.TEMPLATE}")
    migrate(make_app(folder, cluster.address(postgres.TEMPLATE)))


def migrate(app: Flask) -> None:
    """Bring the app's database to the newest migration, and let go of it."""
    with app.app_context():
        migrating.migrate(app)
    close(app)


def make_app(folder: Path, address: str | None = None, **settings: object) -> Flask:
    """An application on a database of its own (without an address: the file), with threads instead of greenlets."""
    app = create_app(
        SQLALCHEMY_DATABASE_URI=address or file_in(folder), DATA_DIR=folder, ASYNC_MODE="threading", TESTING=True,
        PROPAGATE_EXCEPTIONS=False, SECRET_KEY="for tests", **settings,
    )  # fmt: skip
    app.jinja_env.bytecode_cache = TEMPLATES
    with app.app_context():
        db.engine._compiled_cache = STATEMENTS
    return app


def file_in(folder: Path) -> str:
    """The address of the one file."""
    return f"sqlite:///file:{folder}/luot.sqlite3?mode=rw&uri=true"


def close(app: Flask) -> None:
    """Let go of the app's connections and of its ear at the database."""
    database.unlisten(app.extensions["line"].told)
    database.unlisten(app.extensions["watchers"].told)
    with app.app_context():
        db.session.remove()
        db.engine.dispose()


@pytest.fixture
def folder(tmp_path: Path, migrated_file: Path) -> Path:
    """A data folder with an empty, migrated database."""
    shutil.copy(migrated_file, tmp_path / "luot.sqlite3")
    return tmp_path


@pytest.fixture
def database_kind() -> str:
    """Where a test's data are. Those that must hold on both databases put `on_both` in its place."""
    return SQLITE


@pytest.fixture
def database_address(database_kind: str, request: pytest.FixtureRequest) -> Iterator[str]:
    """A fresh, empty, migrated database."""
    if database_kind == SQLITE:
        yield file_in(request.getfixturevalue("folder"))
        return
    cluster = request.getfixturevalue("migrated_cluster")
    fresh = cluster.fresh()
    yield fresh
    cluster.drop(fresh)


@pytest.fixture
def app(tmp_path: Path, database_address: str) -> Iterator[Flask]:
    """An application on a fresh database, inside its context."""
    app = make_app(tmp_path, database_address)
    with app.app_context():
        yield app
    close(app)


@pytest.fixture(autouse=True)
def unput_clock() -> None:
    """Whatever an earlier test has done to the clock, no test begins with one that somebody has put."""
    as_in_a_new_process()


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
