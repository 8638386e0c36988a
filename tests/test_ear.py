"""What a screen may say on its open line (`counter/live/ear.py`)."""

from collections.abc import Iterable
from typing import Any

import pytest
from wsproto.utilities import LocalProtocolError

from counter.live import ear

PROPER = {
    "PATH_INFO": "/socket.io/", "REQUEST_METHOD": "GET", "QUERY_STRING": "EIO=4&transport=websocket",
    "HTTP_UPGRADE": "websocket",
    "HTTP_CONNECTION": "keep-alive, Upgrade", "HTTP_SEC_WEBSOCKET_VERSION": "13",
    "HTTP_SEC_WEBSOCKET_KEY": "dGhlIHNhbXBsZSBub25jZQ==",
}  # fmt: skip


def let_in(**changed: str) -> bool:
    """Whether a request comes past the door."""
    inside: list[dict[str, Any]] = []

    def serve(environ: dict[str, Any], _start: object) -> Iterable[bytes]:
        inside.append(environ)
        return []

    said: list[str] = []
    ear.at_the_door(serve)({**PROPER, **changed}, lambda status, _headers: said.append(status))  # type: ignore[arg-type]
    assert said == ([] if inside else ["400 BAD REQUEST"])
    return bool(inside)


def test_a_browsers_handshake_is_let_in() -> None:
    assert let_in()


@pytest.mark.parametrize(
    "changed",
    [
        {"REQUEST_METHOD": "POST"},
        {"HTTP_UPGRADE": "h2c"},
        {"HTTP_CONNECTION": "close"},
        {"HTTP_SEC_WEBSOCKET_VERSION": "8"},
        {"HTTP_SEC_WEBSOCKET_KEY": "short"},
        {"HTTP_SEC_WEBSOCKET_KEY": "\xff" * 24},
        {"QUERY_STRING": "EIO=4&transport=websocket&sid=x"},
    ],
)
def test_what_is_no_handshake_is_refused_at_the_door(changed: dict[str, str]) -> None:
    assert not let_in(**changed)


def test_a_line_that_is_being_closed_is_closed_once_more_without_a_word() -> None:
    class Closing:
        """A websocket that has said so already, and its socket."""

        hung_up = False

        def send(self, _event: object) -> bytes:
            raise LocalProtocolError

        def hang_up(self) -> None:
            self.hung_up = True

    line = ear.Websocket.__new__(ear.Websocket)
    line.connected, line.ws, line.sock = True, Closing(), Closing()
    line.close()
    assert line.sock.hung_up and not line.connected


def test_pages_have_another_door() -> None:
    assert let_in(PATH_INFO="/session", REQUEST_METHOD="POST", HTTP_UPGRADE="")


@pytest.mark.parametrize(
    "said", ['2["watch",["/offices"]]', '20["watch",[]]', '2177["health",{"sound":true}]', '2["news"]']
)
def test_an_event_has_a_name_and_values(said: str) -> None:
    assert ear.is_event(said)


@pytest.mark.parametrize(
    "said",
    [
        "2", "2[]", "2{}", "2[1]", "2[{}]",
        '2["watch"', '2["connect"]', '2["disconnect"]', '2/other,["watch",[]]', '21-["watch"]',
        "2" + "[" * 9000, "2" + "9" * 200 + "[]", "2null", "2٣[]",
    ],
)  # fmt: skip
def test_anything_else_is_none(said: str) -> None:
    assert not ear.is_event(said)
