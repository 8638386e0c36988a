"""A database that is locked, read-only, moved or put back: said in words, nothing half done, healed (I28).

What is said of files here is said of PostgreSQL in `test_postgres.py`."""

import os
import shutil
import sqlite3
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import SimpleNamespace

import pytest
from flask import Flask

from counter import database
from counter.actions.issue import issue
from counter.database import db
from counter.engine import sqlite
from counter.models.history import History
from counter.models.ticket import Ticket
from tests.at_once import begun
from tests.cast import Cast, form
from tests.conftest import on_both
from tests.pages import Page, PageClient

PLEASE_ASK = "hỏi nhân viên"


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database, "PATIENCE", 0.2)


def take(client: PageClient, cast: Cast) -> Page:
    db.session.remove()
    return client.post("/offices/demo/tickets", csrf_token=client.token(), service=str(cast.services["A"]))


def tickets(folder: Path) -> int:
    connection = sqlite3.connect(folder / "luot.sqlite3")
    (count,) = connection.execute("SELECT count(*) FROM ticket").fetchone()
    connection.close()
    return int(count)


def test_a_locked_database_is_said_and_heals(client: PageClient, cast: Cast, folder: Path) -> None:
    client.token()
    other = sqlite3.connect(folder / "luot.sqlite3", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    page = take(client, cast)
    assert page.status == 503
    assert PLEASE_ASK in page.text.lower()
    assert client.open("/readyz").status_code == 503
    assert client.open("/healthz").status_code == 200
    other.execute("ROLLBACK")
    other.close()
    assert take(client, cast).status == 200
    assert client.open("/readyz").status_code == 200


def test_a_change_waits_for_another_program_and_acts_on_what_it_has_saved(
    cast: Cast, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    waits = threading.Event()
    monkeypatch.setattr(database, "PATIENCE", 60.0)
    monkeypatch.setattr(sqlite, "time", SimpleNamespace(monotonic=time.monotonic, sleep=lambda _s: waits.set()))
    other = sqlite3.connect(folder / "luot.sqlite3", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    other.execute("UPDATE office SET issued = 41, seq = 90")
    with ThreadPoolExecutor(1) as pool:
        waiting = begun(pool, issue, cast.office, cast.services["A"], form())
        while not (waits.wait(0.05) or waiting.done()):
            pass
        other.execute("COMMIT")
        ticket = db.session.get_one(Ticket, waiting.result()["ticket"])
    assert (ticket.sequence, ticket.seq) == (42, 91)
    other.close()


def test_a_read_only_database_is_said_and_heals(app: Flask, client: PageClient, cast: Cast, folder: Path) -> None:
    with app.app_context():
        for connection in [db.engine.raw_connection() for _ in range(3)]:
            connection.execute("PRAGMA query_only = ON")  # type: ignore[attr-defined]
            connection.close()
        assert take(client, cast).status == 503
        assert client.get("/offices/demo/display").status == 200, "what can be shown is shown"
        db.engine.dispose()
    assert take(client, cast).status == 200
    assert tickets(folder) == 1


def test_a_file_that_was_opened_read_only_is_opened_afresh_when_the_disk_is_well_again(
    client: PageClient, cast: Cast, folder: Path
) -> None:
    for connection in [db.engine.raw_connection() for _ in range(3)]:
        connection.execute("PRAGMA query_only = ON")  # type: ignore[attr-defined]
        connection.close()
    assert take(client, cast).status == 503
    assert take(client, cast).status == 200, "without a restart"
    assert tickets(folder) == 1


def test_a_database_that_is_gone_is_never_replaced_by_an_empty_one(
    client: PageClient, cast: Cast, folder: Path
) -> None:
    take(client, cast)
    file, away = folder / "luot.sqlite3", folder / "away"
    away.mkdir()
    for part in folder.glob("luot.sqlite3*"):
        shutil.move(part, away / part.name)
    assert take(client, cast).status == 503
    assert client.get("/offices/demo/kiosk", status=503).text
    assert client.open("/readyz").status_code == 503
    assert not file.exists()
    for part in away.glob("luot.sqlite3*"):
        shutil.move(part, folder / part.name)
    assert take(client, cast).status == 200
    assert tickets(folder) == 2


def test_a_page_that_cannot_be_drawn_tries_again_by_itself(client: PageClient, cast: Cast, folder: Path) -> None:
    os.rename(folder / "luot.sqlite3", folder / "away")
    page = client.get("/offices/demo/display", status=503)
    assert page.all('//meta[@http-equiv="refresh"]') or page.all("//*[@data-retry]")
    os.rename(folder / "away", folder / "luot.sqlite3")


@on_both
def test_a_change_that_fails_half_way_leaves_nothing(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_args: object) -> None:
        raise RuntimeError("power")

    monkeypatch.setattr("counter.actions.perform.settle", fail)
    with pytest.raises(RuntimeError):
        issue(cast.office, cast.services["A"], form())
    monkeypatch.undo()
    assert db.session.query(Ticket).count() == db.session.query(History).count() == 0
    answer = issue(cast.office, cast.services["A"], form())
    assert db.session.get_one(Ticket, answer["ticket"]).printed == "A001", "no gap where the change failed"


def test_every_commit_is_on_the_disk_before_it_is_answered(app: Flask) -> None:
    with db.engine.connect() as connection:
        modes = [connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in ("journal_mode", "synchronous")]
    assert modes == ["wal", 2]


@on_both
def test_the_migrations_make_what_the_program_expects(app: Flask) -> None:
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext

    with db.engine.connect() as connection:

        def is_ours(name: str | None, kind: str, _parents: object) -> bool:
            return kind != "table" or not str(name).startswith("procedure_words")  # The index: each database's own.

        context = MigrationContext.configure(connection, opts={"compare_type": True, "include_name": is_ours})
        assert compare_metadata(context, db.metadata) == []


def test_the_line_is_found_through_its_index(app: Flask, cast: Cast) -> None:
    from counter.models.ticket import IS_OPEN

    query = db.select(Ticket.id).where(Ticket.office_id == 1, IS_OPEN)
    sql = str(query.compile(db.engine, compile_kwargs={"literal_binds": True}))
    plan = " ".join(str(row) for row in db.session.execute(db.text(f"EXPLAIN QUERY PLAN {sql}")))
    assert "ticket_open" in plan
