"""Against the running server: many at once, and none of it goes wrong (`tests/proof/storm.py`)."""

import os
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests import postgres
from tests.proof import storm
from tests.proof.rush import Rush, Somebody
from tests.proof.store import Store
from tests.server import Server

pytestmark = pytest.mark.server

Office = tuple[Store, list[Server]]


@pytest.fixture(scope="module")
def office() -> Iterator[Office]:
    with storm.office_on("sqlite") as own:
        yield own


def test_a_storm_on_sqlite_breaks_no_promise() -> None:
    assert not storm.prove_on("sqlite", full=False).violations


def test_a_storm_on_three_servers_with_one_postgresql_breaks_no_promise() -> None:
    if postgres.programs() is None:
        (pytest.fail if os.environ.get("CI") else pytest.skip)("no PostgreSQL: install the package postgresql")
    assert not storm.prove_on("postgres", full=False).violations


def test_the_same_form_sent_ten_times_at_the_same_moment_makes_one_ticket(office: Office) -> None:
    store, servers = office
    rush = Rush(store, servers)
    me, before = Somebody(rush, "", 0), store.one("SELECT count(*) FROM ticket")
    form = {"service": str(rush.services[0]), "operation": "one-form"}
    with ThreadPoolExecutor(10) as pool:
        answers = list(pool.map(lambda _n: me.post("/offices/demo/tickets", **form), range(10)))
    assert len({answer.headers["Location"] for answer in answers}) == 1
    assert store.one("SELECT count(*) FROM ticket") == before + 1


def test_the_witness_sees_a_room_that_is_too_full(office: Office) -> None:
    """What the storm trusts in can fail."""
    store, _servers = office
    assert not store.above_the_cap()
    store.run(
        "INSERT INTO presence (office_id, party, held_at) SELECT id, cap + 1, '2026-11-23 01:41:00' FROM office",
        "UPDATE presence SET ended_at = '2026-11-23 01:42:00'",
    )
    (over,) = store.above_the_cap()
    assert over[:3] == (storm.CAP + 1 + _held(store), storm.CAP, storm.CAP + 1)


def _held(store: Store) -> int:
    """Places that the test before has left taken."""
    return int(store.one("SELECT coalesce(sum(party), 0) FROM presence WHERE ticket_id IS NOT NULL"))
