"""Several real servers on one PostgreSQL: who stands before the one learns at once what the other has done (I22)."""

import contextlib
import re
import time
from collections.abc import Callable, Iterator
from types import SimpleNamespace
from typing import Any

import pytest
import socketio
from flask import Flask

from counter.database import Occurrence, Told, db
from counter.live import wire
from counter.live.wire import Wire
from tests.postgres import Cluster
from tests.server import Person, Server

BOARD = "/offices/demo/display/board"


@pytest.fixture(scope="module")
def servers(migrated_cluster: Cluster, tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[Server]]:
    """Two servers that share one database, and one folder with the key that signs cookies."""
    folder, database = tmp_path_factory.mktemp("shared"), migrated_cluster.fresh()
    first, second = Server(folder, database=database), Server(folder, database=database)
    first.prepare()
    second.accounts = first.accounts
    for server in (first, second):
        server.start()
    yield [first, second]
    for server in (first, second):
        server.stop()
    migrated_cluster.drop(database)


@pytest.fixture
def wall(servers: list[Server]) -> Iterator[socketio.SimpleClient]:
    """A display at the second server."""
    with socketio.SimpleClient() as client:
        client.connect(servers[1].root, transports=["websocket"])
        assert client.call("watch", [BOARD])["watching"] == [BOARD]
        yield client


def heard(wall: socketio.SimpleClient, name: str) -> dict[str, Any]:
    """The next message of this name."""
    while True:
        message: list[Any] = wall.receive(timeout=20)
        if message[0] == name:
            return message[1]  # type: ignore[no-any-return]


def test_a_call_at_one_server_is_told_at_the_other(servers: list[Server], wall: socketio.SimpleClient) -> None:
    """The line's own look at the database finds what is to be drawn; that it was called, only the wire can say."""
    visitor, clerk = Person(servers[0]), Person(servers[0])
    clerk.sign_in("quay1")
    services = re.findall(r'id="service-(\d+)"', visitor.get("/offices/demo/kiosk").text)
    assert visitor.post("/offices/demo/tickets", service=min(services, key=int)).status_code == 303
    assert clerk.post("/counters/1/calls").status_code == 303
    call = heard(wall, "call")
    assert (call["ticket"], call["counter"]) == ("A001", 1)
    assert "A001" in heard(wall, "panel")["html"]


def test_a_wire_that_was_cut_is_mended(
    servers: list[Server], wall: socketio.SimpleClient, migrated_cluster: Cluster
) -> None:
    migrated_cluster.stop()  # Politely: what the tests' PostgreSQL has not put on the disk would be lost else.
    migrated_cluster.start()
    clerk = Person(servers[0])
    clerk.sign_in("quay1")
    numbers = set()
    until = time.monotonic() + 30
    while time.monotonic() < until and "call" not in numbers:
        clerk.post("/tickets/1/call")
        with contextlib.suppress(socketio.exceptions.TimeoutError):
            numbers.add(wall.receive(timeout=1)[0])
    assert "call" in numbers


def test_one_session_opens_both_servers(servers: list[Server]) -> None:
    clerk = Person(servers[0])
    clerk.sign_in("quay1")
    clerk.server = servers[1]
    assert clerk.get("/counters/1").url == f"{servers[1].root}/counters/1"


def test_a_word_is_understood_by_others_and_not_by_oneself(app: Flask) -> None:
    one, other = Wire(app, list), Wire(app, list)
    told = Told(3, [Occurrence(41, 7, "A012", 2)])
    assert other.understood(one.word(told)) == told
    assert one.understood(one.word(told)) is None


@pytest.mark.parametrize("word", ["", "x", "[]", "3", "{}", '{"from": "a", "office": 1, "calls": [{"x": 1}]}'])
def test_what_nobody_said_is_not_acted_on(app: Flask, word: str) -> None:
    assert Wire(app, list).understood(word) is None


def test_who_may_do_less_is_told_to_those_who_look_after_the_open_lines_too(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    heard: list[Callable[[Told], None]] = []
    monkeypatch.setattr(wire, "Wire", lambda _app, hear: SimpleNamespace(open=lambda: heard.append(hear)))
    monkeypatch.setattr(db.engine.dialect, "name", "postgresql")
    told: list[tuple[str, Told]] = []
    for name in ("line", "watchers"):
        monkeypatch.setattr(app.extensions[name], "told", lambda own, name=name: told.append((name, own)))
    wire.hear_others(app)
    word = Told(3, [], rights=True)
    heard[0](word)
    assert told == [("line", word), ("watchers", word)]
