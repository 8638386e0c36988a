"""Storms: twenty door devices, eight clerks, ten kiosks and a manager at once, against the real server.

It proves that none of a great many forms, a third of them sent twice and half of those at the same moment, breaks a
promise: on SQLite with one process, and on PostgreSQL with three, of which each form asks any. The database itself
watches the room at every write. Operations are the answers that were given.
"""

import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from functools import partial
from pathlib import Path

from tests import postgres
from tests.conftest import POSTGRES, SQLITE
from tests.proof import verbs
from tests.proof.figures import Figures, main
from tests.proof.rush import Rush
from tests.proof.store import Store
from tests.server import Server

FULL, SMALL = 10_000, 600
"""Answers."""
CREW = (
    (verbs.take, "", 10),
    (verbs.serve, "quay{}", 8),
    (verbs.stand_at_the_door, "huongdan", 20),
    (verbs.manage, "quanly", 1),
)
"""Who is there: what they do, signed in as whom, how many. In the small storm half as many."""
CAP = 12
LONGEST = 3600.0
"""Seconds after which a storm that gets nowhere is given up: a violation."""
MORE_CLERKS = "INSERT INTO counter_service SELECT counter.id, service.id FROM counter, service WHERE NOT EXISTS " + (
    "(SELECT 1 FROM counter_service WHERE counter_id = counter.id AND service_id = service.id)"
)
"""Every counter takes every service, so that all lines move."""


def prove(full: bool) -> Figures:
    """A storm on each database."""
    rows = [prove_on(kind, full) for kind in (SQLITE, POSTGRES)]
    both = Figures("Storm, on both databases")
    for row in rows:
        both.trials, both.operations = both.trials + row.trials, both.operations + row.operations
        both.violations += row.violations
    return both


def prove_on(kind: str, full: bool) -> Figures:
    """A storm on one of the two databases."""
    figures = Figures(f"Storm, {kind}", trials=1)
    with office_on(kind) as (store, servers):
        rush = Rush(store, servers)
        blow(rush, FULL if full else SMALL)
        figures.operations = rush.sent
        figures.violations = rush.violations + store.broken(rush.given) + over_the_cap(store) + logged(servers)
        figures.violations += [] if len(rush.given) > rush.sent / 4 else ["hardly anything was done"]
    return figures


def blow(rush: Rush, answers: int) -> None:
    """All at once, until so many answers have been given; then each ends what it is about."""
    share = 1 if answers >= FULL else 2
    threads = rush.at_work(*(((many + 1) // share, work, username) for work, username, many in CREW))
    until = time.monotonic() + LONGEST
    while rush.sent < answers and time.monotonic() < until:
        time.sleep(0.1)
    if rush.sent < answers:
        rush.complain(f"only {rush.sent} answers in {LONGEST} s")
    rush.rest(threads)


def over_the_cap(store: Store) -> list[str]:
    """What the witness saw; a witness that saw nothing is none."""
    if not store.one("SELECT count(*) FROM witness WHERE more > 0"):
        return ["the witness saw nothing"]
    over = store.above_the_cap()
    return [f"{taken} in a room for {cap} (+{more}, ticket {ticket})" for taken, cap, more, ticket in over]


def logged(servers: list[Server]) -> list[str]:
    """A server that worked well has nothing to say. (All write into one log.)"""
    lines = [line for line in servers[0].log().splitlines() if "Traceback" in line or "away" in line]
    return [f"the servers' log, {len(lines)} times: {line[:300]}" for line in lines[:3]]


@contextmanager
def office_on(kind: str) -> Iterator[tuple[Store, list[Server]]]:
    """The demo office with a witness, served by one process, or by three on PostgreSQL."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        store = Store(folder, stack.enter_context(_postgres()) if kind == POSTGRES else "")
        servers = [_server(store) for _one in range(3 if store.address else 1)]
        servers[0].prepare()
        servers[0].set_cap(CAP)
        store.run(MORE_CLERKS)
        store.install_witness()
        for server in servers:
            server.accounts = servers[0].accounts
            stack.callback(server.stop)
            server.start()
        yield store, servers


def _server(store: Store) -> Server:
    return Server(store.folder, database=store.address)


@contextmanager
def _postgres() -> Iterator[str]:
    """A fresh database of a cluster of our own."""
    with postgres.cluster() as cluster:
        cluster.say("CREATE DATABASE storm")
        yield cluster.address("storm")


if __name__ == "__main__":
    main(*(partial(prove_on, kind) for kind in sys.argv[1:] or (SQLITE, POSTGRES)))
