"""Against the running server: many at once, and none of it goes wrong (I1, I2, I4, I9, I16)."""

import re
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.server import Person, Server

pytestmark = pytest.mark.server

CAP = 12
TICKETS, VISITORS = 400, 20
SERVED = 300
PATIENCE = 300.0

WITNESS = """
CREATE TABLE witness (taken INTEGER, cap INTEGER);
CREATE TRIGGER saw_arrival AFTER INSERT ON presence BEGIN
  INSERT INTO witness SELECT (SELECT coalesce(sum(party), 0) FROM presence WHERE office_id = NEW.office_id AND ended_at
    IS NULL), cap FROM office WHERE id = NEW.office_id; END;
CREATE TRIGGER saw_change AFTER UPDATE ON presence BEGIN
  INSERT INTO witness SELECT (SELECT coalesce(sum(party), 0) FROM presence WHERE office_id = NEW.office_id AND ended_at
    IS NULL), cap FROM office WHERE id = NEW.office_id; END;
"""
"""The database itself samples the headcount (inside + reserved) at every write, inside every transaction."""


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    server = Server(tmp_path_factory.mktemp("storm"))
    server.prepare()
    server.set_cap(CAP)
    _sql(server.file, WITNESS)
    _more_clerks(server)
    server.start()
    yield server
    server.stop()


def test_400_tickets_taken_by_20_at_once_have_400_numbers_without_a_gap(server: Server) -> None:
    together(VISITORS, lambda n: [take(server, "ABCDEGHK"[(n + i) % 8]) for i in range(TICKETS // VISITORS)])
    numbers = rows(server, "SELECT letter, number FROM ticket")
    assert len(numbers) == len(set(numbers)) == TICKETS
    for letter in {letter for letter, _number in numbers}:
        own = sorted(number for series, number in numbers if series == letter)
        assert own == list(range(1, len(own) + 1))


def test_8_clerks_together_serve_300_and_nobody_is_called_twice_or_lost(server: Server) -> None:
    stop = threading.Event()
    guides = [threading.Thread(target=guide, args=(server, stop)) for _ in range(3)]
    for thread in guides:
        thread.start()
    served = together(8, lambda n: serve(server, n))
    stop.set()
    for thread in guides:
        thread.join()
    finished = [ticket for own in served for ticket in own]
    assert len(finished) == len(set(finished)) >= SERVED
    called = rows(server, "SELECT ticket_id, count(*) FROM history WHERE move = 'call' GROUP BY ticket_id")
    assert all(count == 1 for _ticket, count in called)
    (open_and_ended,) = rows(server, "SELECT count(*) FROM ticket")[0]
    assert open_and_ended == TICKETS
    assert not rows(server, "SELECT id FROM ticket WHERE status IN ('called', 'serving')")


def test_the_room_was_never_over_its_cap_at_any_write(server: Server) -> None:
    samples, highest = rows(server, "SELECT count(*), max(taken - cap) FROM witness")[0]
    assert samples > 2 * SERVED
    assert highest <= 0


def test_the_same_form_sent_at_the_same_moment_makes_one_ticket(server: Server) -> None:
    before = len(rows(server, "SELECT id FROM ticket"))
    person = Person(server)
    person.get("/session")
    service = str(service_id(server, "A"))
    answers = together(
        10, lambda n: person.post("/offices/demo/tickets", service=service, operation="one-form").headers["Location"]
    )  # fmt: skip
    assert len(set(answers)) == 1
    assert len(rows(server, "SELECT id FROM ticket")) == before + 1


def together(many: int, work: Callable[[int], object]) -> list[object]:  # type: ignore[type-arg]
    """Start all at the same moment; returns what each came to."""
    ready = threading.Barrier(many)

    def one(n: int) -> object:
        ready.wait()
        return work(n)

    with ThreadPoolExecutor(many) as pool:
        return list(pool.map(one, range(many)))


def take(server: Server, letter: str) -> str:
    service = str(service_id(server, letter))
    answer = Person(server).post("/offices/demo/tickets", service=service, operation=f"take-{next_id()}")
    assert answer.status_code == 303, answer.text[:400]
    return answer.headers["Location"]


def serve(server: Server, n: int) -> list[int]:
    """One clerk: call, begin, finish, until enough are served. Two clerks share each of counters 1 and 2."""
    clerk, counter = Person(server), n % 6 + 1
    clerk.sign_in(f"quay{counter}")
    served: list[int] = []
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and rows(server, "SELECT count(*) FROM ticket WHERE status = 'done'")[0][0] < SERVED:
        ticket = call(clerk, counter, f"{n}-{next_id()}")
        if ticket is None:
            time.sleep(0.5)
            continue
        begun = clerk.post(f"/tickets/{ticket}/service", operation=f"b{n}-{next_id()}").status_code
        ended = clerk.post(f"/tickets/{ticket}/service", operation=f"f{n}-{next_id()}", _method="DELETE").status_code
        if (begun, ended) == (303, 303):
            served.append(ticket)
    return served


def call(clerk: Person, counter: int, form: str) -> int | None:
    """The ticket that this very form called, as the history says; None if it called nobody."""
    answer = clerk.post(f"/counters/{counter}/calls", operation=form)
    assert answer.status_code in (303, 409), answer.text[:400]
    kept = rows(clerk.server, f"SELECT answer FROM operation WHERE id = '{form}'")
    return int(re.search(r"\d+", kept[0][0])[0]) if kept else None  # type: ignore[index]


def guide(server: Server, stop: threading.Event) -> None:
    """Lets in whoever may come, and sees out whoever is done, as fast as possible, each scan twice."""
    person = Person(server)
    person.sign_in("huongdan")
    while not stop.is_set():
        for verb, sql in (("entries", COMING), ("exits", GOING)):
            for letter, number in rows(server, sql):
                for _twice in range(2):
                    person.post(f"/offices/demo/door/{verb}", code=f"{letter}{number}", operation=f"g-{next_id()}")


COMING = """SELECT letter, number FROM ticket JOIN presence ON ticket_id = ticket.id
            WHERE ended_at IS NULL AND entered_at IS NULL LIMIT 5"""
GOING = """SELECT letter, number FROM ticket JOIN presence ON ticket_id = ticket.id
           WHERE ended_at IS NULL AND entered_at IS NOT NULL AND status = 'done' LIMIT 5"""

_ids = iter(range(10**9))
_ids_lock = threading.Lock()


def next_id() -> int:
    with _ids_lock:
        return next(_ids)


def service_id(server: Server, letter: str) -> int:
    return int(rows(server, f"SELECT id FROM service WHERE letter = '{letter}'")[0][0])


def rows(server: Server, sql: str) -> list[tuple[object, ...]]:  # type: ignore[type-arg]
    connection = sqlite3.connect(server.file, timeout=10)
    try:
        return connection.execute(sql).fetchall()
    finally:
        connection.close()


def _sql(file: Path, script: str) -> None:
    connection = sqlite3.connect(file)
    connection.executescript(script)
    connection.close()


def _more_clerks(server: Server) -> None:
    """Every service is taken by enough counters that all lines can be worked off."""
    _sql(
        server.file,
        "INSERT OR IGNORE INTO counter_service SELECT counter.id, service.id FROM counter, service;",
    )
