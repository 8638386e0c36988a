"""What is saved is told, and only that; what is sent at the same moment is answered once (I4, I22)."""

import threading
from collections.abc import Callable, Iterator

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.pool import NullPool

from counter import database
from counter.actions.change import Change
from counter.actions.issue import issue
from counter.actions.settle import settle
from counter.database import Listener, Told, db
from counter.models.ticket import Ticket
from tests.actions.test_issue import take
from tests.at_once import together
from tests.cast import Cast, form, status


class WatchedLock:
    """The lock in the process, and a sign that somebody has to wait for it."""

    def __init__(self) -> None:
        self._lock, self.somebody_waits = threading.Lock(), threading.Event()

    def acquire(self, timeout: float) -> bool:
        if self._lock.locked():
            self.somebody_waits.set()
        return self._lock.acquire(timeout=timeout)

    def release(self) -> None:
        self._lock.release()


@pytest.fixture
def listen() -> Iterator[Callable[[Listener], None]]:
    """Have somebody told of every change, for one test."""
    listening: list[Listener] = []

    def also(listener: Listener) -> None:
        listening.append(listener)
        database.listen(listener)

    yield also
    for listener in listening:
        database.unlisten(listener)


def test_a_listener_finds_saved_what_it_is_told_of(
    cast: Cast, database_address: str, listen: Callable[[Listener], None]
) -> None:
    saved: list[int] = []

    def look(_told: Told) -> None:
        with create_engine(database_address, poolclass=NullPool).connect() as another_program:
            saved.append(another_program.execute(text("SELECT count(*) FROM ticket")).scalar_one())

    listen(look)
    take(cast)
    take(cast)
    assert saved == [1, 2]


def test_a_screen_that_cannot_be_told_undoes_nothing(cast: Cast, listen: Callable[[Listener], None]) -> None:
    def fail(_told: Told) -> None:
        raise RuntimeError("a screen that can't be told")

    listen(fail)
    assert status(take(cast)) == "waiting"


def test_the_same_form_sent_twice_at_the_same_moment_makes_one_ticket(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    lock, asked = WatchedLock(), form()
    for key in (None, cast.office):
        monkeypatch.setitem(database._writing, key, lock)  # type: ignore[misc]

    def settle_while_another_waits(change: Change) -> None:
        assert lock.somebody_waits.wait(60)
        settle(change)

    monkeypatch.setattr("counter.actions.perform.settle", settle_while_another_waits)
    answers = together(2, lambda _n: issue(cast.office, cast.services["A"], asked))
    assert answers[0] == answers[1]
    assert db.session.query(Ticket).count() == 1
