"""PostgreSQL locked, read-only, stopped, started again, and several processes on it (I1, I2, I4, I9, I23, I28)."""

import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from flask import Flask
from sqlalchemy import Connection, create_engine
from sqlalchemy.pool import NullPool

from counter import database
from counter.actions.call import call_next
from counter.actions.issue import issue
from counter.actions.people import retire_person
from counter.actions.perform import Asked
from counter.database import db
from counter.models import office as offices
from counter.models.snapshot import Snapshot
from counter.models.staff import ADMINISTRATOR, ROLES
from counter.models.ticket import IS_OPEN, Ticket
from queues.errors import LastAdministrator, Refused
from tests.at_once import begun, together
from tests.cast import Cast, an_office, form, hire
from tests.conftest import POSTGRES
from tests.pages import PageClient
from tests.postgres import Cluster
from tests.test_database import PLEASE_ASK, take

HOLD = "SELECT seq FROM office WHERE id = {} FOR UPDATE"


@pytest.fixture
def database_kind() -> str:
    return POSTGRES


@pytest.fixture(autouse=True)
def patience(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Set before the app is made: PostgreSQL is told on connecting. Where many wait, a slow machine needs more."""
    monkeypatch.setattr(database, "PATIENCE", 60.0 if "many_processes" in request.fixturenames else 0.2)


@pytest.fixture
def other(app: Flask, database_address: str) -> Iterator[Connection]:
    """Another program at the same database."""
    engine = create_engine(database_address, poolclass=NullPool)
    with engine.connect() as connection:
        yield connection


@pytest.fixture
def many_processes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every change waits as if it came from a process of its own: only the database stands between them."""

    class Elsewhere(dict[object, threading.Lock]):
        def setdefault(self, _office: object, lock: threading.Lock) -> threading.Lock:  # type: ignore[override]
            return lock

    monkeypatch.setattr(database, "_writing", Elsewhere())


def test_an_office_that_another_program_holds_is_said_and_heals(
    client: PageClient, cast: Cast, other: Connection
) -> None:
    client.token()
    other.exec_driver_sql(HOLD.format(cast.office))
    page = take(client, cast)
    assert page.status == 503
    assert PLEASE_ASK in page.text.lower()
    assert client.get("/offices/demo/display").status == 200, "what can be shown is shown"
    other.rollback()
    assert take(client, cast).status == 200


def test_one_office_does_not_wait_for_another(cast: Cast, other: Connection) -> None:
    neighbour = an_office("neighbour")
    other.exec_driver_sql(HOLD.format(cast.office))
    assert issue(neighbour.office, neighbour.services["A"], form())["ticket"]


def test_a_read_only_database_is_said_and_heals(client: PageClient, cast: Cast, other: Connection) -> None:
    def let_it_be(state: str) -> None:
        other.exec_driver_sql(f"ALTER DATABASE {db.engine.url.database} SET default_transaction_read_only = {state}")
        other.commit()
        db.session.remove()
        db.engine.dispose()

    let_it_be("on")
    assert take(client, cast).status == 503
    assert client.open("/readyz").status_code == 503
    assert client.get("/offices/demo/display").status == 200, "what can be shown is shown"
    other.exec_driver_sql("SET default_transaction_read_only = off")
    let_it_be("off")
    assert take(client, cast).status == 200
    assert client.open("/readyz").status_code == 200


def test_a_database_that_was_started_again_is_met_without_an_error(
    client: PageClient, cast: Cast, migrated_cluster: Cluster
) -> None:
    client.token()
    for how in ("fast", "immediate"):
        migrated_cluster.stop(how)
        migrated_cluster.start()
        assert take(client, cast).status == 200


def test_a_database_that_is_stopped_is_said_and_heals(
    client: PageClient, cast: Cast, migrated_cluster: Cluster
) -> None:
    client.token()
    migrated_cluster.stop()
    try:
        page = take(client, cast)
        assert page.status == 503
        assert PLEASE_ASK in page.text.lower()
        assert client.get("/offices/demo/display", status=503).all('//meta[@http-equiv="refresh"]')
        assert client.open("/readyz").status_code == 503
        assert client.open("/healthz").status_code == 200
    finally:
        migrated_cluster.start()
    assert take(client, cast).status == 200


def test_a_screen_is_read_at_one_moment(cast: Cast, other: Connection) -> None:
    """A change that is saved while an office is read belongs to the next reading as a whole."""
    before = offices.seq_of(cast.office)
    other.exec_driver_sql(f"UPDATE office SET seq = seq + 1, cap = 1 WHERE id = {cast.office}")
    other.commit()
    seen = Snapshot(cast.office)
    assert (seen.seq, seen.room.cap) == (before, None)
    db.session.remove()
    fresh = Snapshot(cast.office)
    assert (fresh.seq, fresh.room.cap) == (before + 1, 1)


def test_a_change_acts_on_what_is_saved_when_the_office_is_held(
    cast: Cast, other: Connection, many_processes: None
) -> None:
    """What was saved while it waited counts."""
    other.exec_driver_sql(f"UPDATE office SET issued = 41, seq = 90 WHERE id = {cast.office}")
    with ThreadPoolExecutor(1) as pool:
        waiting = begun(pool, issue, cast.office, cast.services["A"], form())
        wait_until_somebody_waits(other)
        other.commit()
        ticket = db.session.get_one(Ticket, waiting.result()["ticket"])
    assert (ticket.sequence, ticket.seq) == (42, 91)


def test_whoever_waits_for_the_office_has_read_nothing_of_it_before(
    cast: Cast, other: Connection, many_processes: None
) -> None:
    """Neither the last number nor what was answered to the form: both may be given just now."""
    other.exec_driver_sql(HOLD.format(cast.office))
    forms = [form(), form(), Asked("phone", "one-form"), Asked("phone", "one-form")]
    with ThreadPoolExecutor(len(forms)) as pool:
        waiting = [begun(pool, issue, cast.office, cast.services["A"], asked) for asked in forms]
        wait_until_somebody_waits(other, many=len(forms))
        other.rollback()
        answers = [one.result() for one in waiting]
    assert answers[2] == answers[3]
    assert sorted(db.session.scalars(db.select(Ticket.number))) == [1, 2, 3]


def test_many_processes_take_tickets_without_a_gap(cast: Cast, many_processes: None) -> None:
    together(8, lambda _n: [issue(cast.office, cast.services["A"], form()) for _ in range(5)])
    numbers = sorted(db.session.scalars(db.select(Ticket.number)))
    assert numbers == list(range(1, 41))


def test_the_same_form_at_many_processes_makes_one_ticket(cast: Cast, many_processes: None) -> None:
    answers = together(6, lambda _n: issue(cast.office, cast.services["A"], Asked("phone", "one-form")))
    assert all(answer == answers[0] for answer in answers)
    assert db.session.query(Ticket).count() == 1


def test_a_visitor_is_called_by_one_clerk_only(cast: Cast, many_processes: None) -> None:
    for _ in range(3):
        issue(cast.office, cast.services["A"], form())

    def clerk(n: int) -> int | None:
        try:
            return int(call_next(cast.counters[1 + n % 2], form())["ticket"])
        except Refused:
            return None

    called = [ticket for ticket in together(6, clerk) if ticket]
    assert len(called) == len(set(called)) == 2, "two counters, two visitors"


def test_of_the_last_administrators_who_go_at_the_same_moment_one_stays(cast: Cast, many_processes: None) -> None:
    """At offices of their own: what is held for one office says nothing of the other."""
    homes = [cast.office, *(an_office(f"xa-{n}").office for n in range(3))]
    going = [(home, hire(home, ADMINISTRATOR, f"quantri-{home}")) for home in homes]

    def goes(n: int) -> bool:
        try:
            return bool(retire_person(*going[n], form(), ROLES))
        except LastAdministrator:
            return False

    assert sorted(together(len(going), goes)) == [False, True, True, True]


def test_all_processes_may_be_asked_at_once_whether_they_are_ready(app: Flask, many_processes: None) -> None:
    assert together(6, lambda _n: app.test_client().get("/readyz").status_code) == [200] * 6


def test_a_database_that_is_not_migrated_is_not_ready(app: Flask, client: PageClient) -> None:
    with db.engine.begin() as connection:
        connection.exec_driver_sql("DROP TABLE alembic_version, probe")
    assert client.open("/readyz").status_code == 503


def test_the_line_is_found_through_its_index(cast: Cast) -> None:
    query = db.select(Ticket.id).where(Ticket.office_id == cast.office, IS_OPEN)
    sql = str(query.compile(db.engine, compile_kwargs={"literal_binds": True}))
    db.session.execute(db.text("SET LOCAL enable_seqscan = off"))  # A table of no rows is read whole.
    plan = " ".join(str(row) for row in db.session.execute(db.text(f"EXPLAIN {sql}")))
    assert "ticket_open" in plan


def wait_until_somebody_waits(other: Connection, many: int = 1) -> None:
    """Until so many changes stand at the office that `other` holds."""
    until = time.monotonic() + 20
    while other.exec_driver_sql("SELECT count(*) FROM pg_locks WHERE NOT granted").scalar_one() < many:
        assert time.monotonic() < until, "nobody waits"
        time.sleep(0.01)
