"""The real server, spoken to by hand: what is broken is refused, and costs nothing (`counter/serving.py`, `ear.py`)."""

import socket
import time
from collections.abc import Callable, Iterator
from contextlib import suppress

import pytest
from websocket import ABNF, WebSocket, WebSocketConnectionClosedException, WebSocketTimeoutException

from counter import serving
from tests.proof.attack_socket import open_line
from tests.server import Server

pytestmark = pytest.mark.server


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    server = Server(tmp_path_factory.mktemp("served"))
    server.prepare()
    server.start()
    yield server
    server.stop()
    assert "Traceback" not in server.log()


@pytest.fixture
def opened(server: Server) -> Iterator[Callable[[], WebSocket]]:
    """Lines to the server, which are closed afterwards."""
    lines: list[WebSocket] = []

    def open_one() -> WebSocket:
        lines.append(open_line(server))
        return lines[-1]

    yield open_one
    for line in lines:
        line.shutdown()


def first_line(server: Server, *lines: str, body: bytes = b"") -> str:
    """What the server answers to these lines."""
    with socket.create_connection(("127.0.0.1", server.port), timeout=20) as line:
        line.sendall("\r\n".join((*lines, "", "")).encode() + body)
        line.shutdown(socket.SHUT_WR)
        return line.recv(4096).split(b"\r\n")[0].decode()


@pytest.mark.parametrize("body", [b"zz\r\n", b"3\r\nabcd\r\n0\r\n\r\n", b"-1\r\n\r\n", b"3\r\na"])
def test_a_body_in_broken_chunks_is_the_senders_fault(server: Server, body: bytes) -> None:
    form = "Content-Type: application/x-www-form-urlencoded"
    answer = first_line(server, "POST /session HTTP/1.1", "Host: x", form, "Transfer-Encoding: chunked", body=body)
    assert answer.startswith("HTTP/1.1 400")


def test_a_header_that_names_another_root_is_not_believed(server: Server) -> None:
    assert first_line(server, "GET /healthz HTTP/1.1", "Host: x", "SCRIPT_NAME: /y").startswith("HTTP/1.1 200")


def test_an_encoding_that_nobody_knows_is_the_senders_fault(server: Server) -> None:
    assert first_line(server, "POST /session HTTP/1.1", "Host: x", "Transfer-Encoding: x").startswith("HTTP/1.1 400")


def test_a_websocket_without_a_key_is_refused(server: Server) -> None:
    address = "GET /socket.io/?EIO=4&transport=websocket HTTP/1.1"
    answer = first_line(server, address, "Host: x", "Upgrade: websocket", "Connection: Upgrade")
    assert answer.startswith("HTTP/1.1 400")


def ends(line: WebSocket) -> bool:
    """Whether the server hangs up."""
    try:
        until = time.monotonic() + 10
        while time.monotonic() < until:
            if line.recv() == "":
                return True
    except (WebSocketConnectionClosedException, OSError):
        return True
    return False


@pytest.mark.parametrize("words", [[""], ["x"], ["4"], ["42[]"], ["40", "40"], ["42"], ["40", "451-[]"], ["40", "41"]])
def test_who_says_what_no_page_says_is_cut_off(opened: Callable[[], WebSocket], words: list[str]) -> None:
    line = opened()
    for word in words:
        line.send(word)
    assert ends(line)


def test_who_sends_bytes_is_cut_off(opened: Callable[[], WebSocket]) -> None:
    line = opened()
    line.send("40")
    line.send(b"x", ABNF.OPCODE_BINARY)
    assert ends(line)


def test_a_message_without_end_is_not_kept(opened: Callable[[], WebSocket]) -> None:
    line = opened()
    line.send_frame(ABNF.create_frame("42[", ABNF.OPCODE_TEXT, 0))
    with pytest.raises((OSError, WebSocketConnectionClosedException)):
        for _piece in range(1000):
            line.send_frame(ABNF.create_frame("x" * 4096, ABNF.OPCODE_CONT, 0))
            time.sleep(0.001)


def test_who_says_too_much_at_once_waits_or_is_cut_off_and_nobody_else(
    opened: Callable[[], WebSocket],
) -> None:
    loud, calm = opened(), opened()
    loud.send("40")
    with suppress(OSError, WebSocketConnectionClosedException):
        for n in range(60):
            loud.send(f'42{n}["health",{{}}]')
    began = time.monotonic()
    calm.send("40")
    calm.send('421["health",{}]')
    while not str(calm.recv()).startswith("431"):
        pass
    assert time.monotonic() - began < 5
    answers = 0
    while time.monotonic() - began < 3:
        loud.settimeout(0.2)
        with suppress(WebSocketTimeoutException, WebSocketConnectionClosedException, OSError):
            answers += str(loud.recv()).startswith("43")
    assert answers < 60


class Broken:
    """A reader, and its line, that fail."""

    def __init__(self, error: Exception) -> None:
        self.error = error
        self.reader, self.body, self.unreader, self.sock = self, self, self, self
        self.patience: list[float | None] = []

    def settimeout(self, seconds: float | None) -> None:
        self.patience.append(seconds)

    def read(self, _size: int) -> bytes:
        raise self.error


def test_a_body_that_does_not_come_is_waited_for_only_so_long() -> None:
    request = Broken(TimeoutError())
    serving.read_patiently(request)
    with pytest.raises(ConnectionResetError):
        request.body.reader.read(10)
    assert request.patience == [serving.PATIENCE, None]
