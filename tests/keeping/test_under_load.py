"""A backup taken while everybody works is one moment of the office, and what is restored is that moment (I29)."""

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select, text

from counter import clock
from counter.actions import settings
from counter.actions.call import begin, call_next, finish
from counter.actions.issue import issue
from counter.database import db, save
from counter.keeping import backup, look, restore, sqlite, state
from counter.models import audited, sealed
from counter.models import office as offices
from counter.models.history import History
from counter.models.office import Office
from queues.errors import Refused
from queues.fingerprint import State, differing
from tests.at_once import begun
from tests.cast import Cast, form
from tests.conftest import SQLITE, close, make_app, on_both
from tests.postgres import Cluster

pytestmark = on_both
BEFORE = 20
"""Tickets that are given before the backup begins."""


@contextmanager
def full_load(cast: Cast) -> Iterator[None]:
    """Kiosks, clerks and a manager who do not stop while the block runs."""
    over, going = threading.Event(), threading.Semaphore(0)

    def forever(work: "object") -> None:
        while not over.is_set():
            try:
                work()  # type: ignore[operator]
            except Refused:
                db.session.rollback()
            going.release()

    with ThreadPoolExecutor(8) as pool:
        workers = [lambda letter=letter: issue(cast.office, cast.services[letter], form()) for letter in "ABAB"]
        workers += [lambda counter=counter: serve(counter) for counter in cast.counters.values()]
        workers += [lambda: rename(cast.office)]
        done = [begun(pool, forever, worker) for worker in workers]
        try:
            for _one in range(BEFORE):
                assert going.acquire(timeout=60)
            yield
        finally:
            over.set()
        for one in done:
            one.result()


def serve(counter: int) -> None:
    ticket = call_next(counter, form())["ticket"]
    begin(ticket, form())
    finish(ticket, form())


def rename(office: int) -> None:
    def work() -> None:
        own = db.session.get_one(Office, office)
        own.address = f"{int(own.address or 0) + 1}"

    with audited.by("manager", clock.now()):
        save(work, office)


@contextmanager
def restored(file: Path, folder: Path, kind: str, request: pytest.FixtureRequest) -> Iterator[restore.Restored]:
    """The backup served from elsewhere; inside, the database is that one."""
    folder.mkdir()
    address = None
    if kind != SQLITE:
        cluster: Cluster = request.getfixturevalue("migrated_cluster")
        cluster.say("DROP DATABASE IF EXISTS elsewhere WITH (FORCE)", "CREATE DATABASE elsewhere")
        address = cluster.address("elsewhere")
    app = make_app(folder, address)
    with app.app_context():
        yield restore.restore(file, folder)
    close(app)


def state_now() -> State:
    db.session.rollback()
    now = state.of_database(db.session.connection())
    db.session.rollback()
    return now


def moves(until: int) -> list[tuple[object, ...]]:
    """All moves up to a change of the office."""
    db.session.rollback()
    columns = History.seq, History.ticket_id, History.move, History.who
    rows = select(*columns).where(History.seq <= until).order_by(History.seq)
    return [tuple(row) for row in db.session.execute(rows)]


def test_a_backup_under_full_load_is_the_office_as_it_was_just_after_a_change(
    app: Flask, cast: Cast, tmp_path: Path, database_kind: str, request: pytest.FixtureRequest,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.setattr(sqlite, "PAGES", 4)  # Some fifty steps, and people write between them.
    settings.set_office(cast.office, {"address": "0"}, form())
    file = tmp_path / f"copy{backup.suffix()}"
    with full_load(cast):
        made = backup.make(file)
    with restored(file, tmp_path / "elsewhere", database_kind, request) as done:
        assert done.state == done.as_kept == made.state == state_now()
        assert not [own for own in look.at_all() if own.broken] and not made.broken
        assert all(sealed.first_broken(chain) is None for chain in sealed.chains())
        assert sealed.length_of(cast.office) > 1
        last = offices.seq_of(cast.office)
        there = moves(last)
    assert there == moves(last), "the moves until then, all of them and no other"
    assert state_now() != made.state, "people went on meanwhile"


def test_a_changed_row_is_found(
    app: Flask, cast: Cast, tmp_path: Path, database_kind: str, request: pytest.FixtureRequest
) -> None:
    issue(cast.office, cast.services["A"], form())
    settings.set_office(cast.office, {"address": "1 Tràng Tiền"}, form())
    made = backup.make(tmp_path / "copy")
    with restored(tmp_path / "copy", tmp_path / "elsewhere", database_kind, request):
        changed = [("ticket", "party = 2"), ("audit", "who = 'nobody'"), ("office", "name_vi = 'Khác'")]
        for table, change in changed:
            save(lambda sql=f"UPDATE {table} SET {change}": db.session.execute(text(sql)))
            assert table in differing(made.state, state_now())
        assert differing(made.state, state_now()) == ["audit", "office", "ticket"]
        assert [own.promise for own in look.at_all() if own.broken] == ["audit"]
