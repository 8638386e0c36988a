"""At the door of the open line: whose pages may open one, how many from one address, how much each may say."""

import contextlib
import json
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import websocket
from engineio.base_server import BaseServer

from counter.live import entrance
from counter.live.entrance import Entrance
from tests.server import Server


class Sockets:
    """What stands behind the door: remembers what it was told."""

    def __init__(self) -> None:
        self.told: list[tuple[Any, ...]] = []
        self.sockets: dict[str, object] = {}
        self.handlers = {name: self._hear(name) for name in BaseServer.event_names}

    def _hear(self, name: str) -> Any:
        return lambda *args: self.told.append((name, *args))

    def disconnect(self, sid: str) -> None:
        self.told.append(("cut", sid))
        self.handlers["disconnect"](sid, "server disconnect")

    def open(self, sid: str, address: str) -> Any:
        self.sockets[sid] = object()
        return self.handlers["connect"](sid, {"REMOTE_ADDR": address})


@pytest.fixture
def sockets(monkeypatch: pytest.MonkeyPatch) -> Sockets:
    monkeypatch.setattr(entrance, "MOST_SOCKETS", 3)
    sockets = Sockets()
    Entrance(sockets)
    return sockets


def test_one_address_opens_so_many_and_another_goes_on(sockets: Sockets) -> None:
    assert [sockets.open(f"a{n}", "203.0.113.7") for n in range(5)] == [None] * 3 + [False] * 2
    assert sockets.open("b", "203.0.113.8") is None


def test_who_goes_makes_room(sockets: Sockets) -> None:
    for n in range(3):
        sockets.open(f"a{n}", "203.0.113.7")
    sockets.handlers["disconnect"]("a0", "transport close")
    assert sockets.open("a3", "203.0.113.7") is None


def test_a_socket_that_went_without_a_word_keeps_nobody_out(sockets: Sockets) -> None:
    for n in range(3):
        sockets.open(f"a{n}", "203.0.113.7")
    del sockets.sockets["a1"]
    assert sockets.open("a3", "203.0.113.7") is None


def test_this_machine_itself_is_not_counted(sockets: Sockets) -> None:
    assert [sockets.open(f"a{n}", "127.0.0.1") for n in range(9)] == [None] * 9


def test_who_says_too_much_is_cut_and_nothing_more_of_it_is_heard(sockets: Sockets) -> None:
    sockets.open("a", "203.0.113.7"), sockets.open("b", "203.0.113.7")
    for _ in range(100):
        sockets.handlers["message"]("a", "2[]")
    heard = [own for own in sockets.told if own[:2] == ("message", "a")]
    assert len(heard) == int(entrance.AT_ONCE) and sockets.told.count(("cut", "a")) == 1
    sockets.handlers["message"]("b", "2[]")
    assert sockets.told[-1] == ("message", "b", "2[]")


def test_a_screen_that_speaks_now_and_then_is_never_cut(sockets: Sockets, monkeypatch: pytest.MonkeyPatch) -> None:
    now = [0.0]
    monkeypatch.setattr(entrance.time, "monotonic", lambda: now[0])
    sockets.open("a", "203.0.113.7")
    for _ in range(500):
        now[0] += 1 / entrance.A_SECOND
        sockets.handlers["message"]("a", "2[]")
    assert len(sockets.told) == 501


# --- the real server ----------------------------------------------------------------------------------------

pytestmark = pytest.mark.server


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The test is its proxy, which it was told of, and its public address is another."""
    folder: Path = tmp_path_factory.mktemp("entrance")
    server = Server(folder, settings={"TRUSTED_PROXIES": "1", "PUBLIC_URL": "http://luot.example.vn"})
    server.prepare()
    server.start()
    yield server
    server.stop()


def line(server: Server, **how: Any) -> websocket.WebSocket:
    address = f"ws://127.0.0.1:{server.port}/socket.io/?EIO=4&transport=websocket"
    return websocket.create_connection(address, timeout=10, **how)


@pytest.mark.parametrize("origin", ["https://evil.example", "http://luot.example.vn.evil.example", "null"])
def test_a_strangers_page_opens_no_line(server: Server, origin: str) -> None:
    for headers in ({}, {"X-Forwarded-For": "203.0.113.7", "X-Forwarded-Host": origin.removeprefix("https://")}):
        with pytest.raises(websocket.WebSocketBadStatusException) as error:
            line(server, origin=origin, header=headers)
        assert error.value.status_code == 400
    lines = [json.loads(own) for own in server.log().splitlines() if "from elsewhere" in own]
    assert lines, "who tries is told in the log, at most once a second"
    assert all(own["origin"] for own in lines)


def test_our_own_pages_do_at_either_address_and_behind_tls(server: Server) -> None:
    behind = {"X-Forwarded-For": "203.0.113.7", "X-Forwarded-Proto": "https"}
    for origin, header in (
        (server.root, {}), ("http://luot.example.vn", behind), (server.root.replace("http:", "https:"), behind),
    ):  # fmt: skip
        line(server, origin=origin, header=header).close()


def test_a_flood_is_cut_and_the_others_are_served(server: Server) -> None:
    flood, screen = line(server), line(server)
    for one in (flood, screen):
        one.recv(), one.send("40"), one.recv()
    with contextlib.suppress(OSError, websocket.WebSocketException):
        for _ in range(5000):
            flood.send('42["watch",[]]')
    assert cut_off(flood)
    flood.shutdown()
    screen.send('421["watch",["/offices/demo/display/board"]]')
    assert "board" in screen.recv() + screen.recv()
    screen.close()


def cut_off(flood: websocket.WebSocket) -> bool:
    """Whether the server has closed it; what it said before is read first."""
    until = time.monotonic() + 10
    while time.monotonic() < until:
        try:
            if flood.recv_data()[0] == websocket.ABNF.OPCODE_CLOSE:
                return True
        except (OSError, websocket.WebSocketException):
            return True
    return False


def test_a_program_that_says_no_origin_is_simply_not_ours() -> None:
    asked = {"wsgi.url_scheme": "http", "HTTP_HOST": "luot.example.vn"}
    assert entrance.only_from("http://luot.example.vn")(None, asked) is False  # type: ignore[arg-type]
