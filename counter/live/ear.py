"""What a screen may say on its open line, how much and how fast; whoever says anything else is cut off.

A page of ours says few words: that it is there, what it watches, how the device is, that it still lives. Everything
else comes from somebody who tries what the server can stand. It is refused here, before the libraries below look at
it: they would keep parts of a message that never ends, words that come faster than they are answered, and what is sent
to somebody who takes nothing.
"""

import logging
import re
import socket
import time
from collections.abc import Iterable
from contextlib import suppress
from typing import TYPE_CHECKING, Any

import gevent
import simple_websocket
from engineio.async_drivers.gevent import WebSocketWSGI
from gevent.lock import Semaphore
from socketio import packet
from wsproto.utilities import LocalProtocolError

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

log = logging.getLogger(__name__)

LARGEST = 16 * 1024
"""Bytes of one message, in one piece or in many."""
UNHEARD = 50
"""Messages that may wait to be answered; who sends more has to wait."""
AT_ONCE, EACH = 20, 0.25
"""Words that are heard at once, and the seconds that each takes from then on. A page says three when it comes, and one
a minute."""
SLOWEST = 20.0
"""Seconds in which a screen takes what is sent to it."""
_KEY = re.compile(r"[A-Za-z0-9+/]{22}==")
_OWN = ("connect", "disconnect")
"""What the library itself says when a line begins or ends; a screen that says it would end what it still has."""


def at_the_door(serve: "WSGIApplication") -> "WSGIApplication":
    """Let in proper websockets only, and none that are compressed: every browser offers that, and each would cost 100
    KB and most of a broadcast."""

    def refuse(environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        if environ.get("PATH_INFO", "").lstrip("/").startswith("socket.io"):
            environ.pop("HTTP_SEC_WEBSOCKET_EXTENSIONS", None)
            if not _is_handshake(environ):
                start_response("400 BAD REQUEST", [("Content-Type", "text/plain"), ("Content-Length", "0")])
                return []
        return serve(environ, start_response)

    return refuse


def listen_with(server: Any) -> None:
    """Have every line of this Socket.IO server heard with an ear of ours (greenlets only)."""
    server.eio._async = {**server.eio._async, "websocket": Ear}


class Ear(WebSocketWSGI):  # type: ignore[misc]
    """One screen's words, for Engine.IO."""

    def __call__(self, environ: "WSGIEnvironment", _start_response: "StartResponse") -> Iterable[bytes]:
        """Listen for as long as the line lasts. Nothing can be answered on it afterwards: gunicorn is told so."""
        self.greeted, self.heard_until = False, 0.0
        self.ws = Websocket(environ, max_message_size=LARGEST, **self.server_args)
        self.app(self)
        raise StopIteration

    def wait(self) -> str | None:
        """The next word of the screen; None when the line has ended, or is ended because of what was said."""
        said = super().wait()
        self._take_time()
        return said if isinstance(said, str) and self._is_ours(said) else None

    def _take_time(self) -> None:
        now = time.monotonic()
        self.heard_until = max(self.heard_until, now) + EACH
        gevent.sleep(max(0.0, self.heard_until - now - AT_ONCE * EACH))

    def _is_ours(self, said: str) -> bool:
        """It still lives; that it is there, once and first; an event. No page of ours sends bytes, or ends politely."""
        if said == "3":
            return True
        if said[:2] not in ("40", "42") or self.greeted != (said[:2] == "42"):
            return False
        self.greeted = True
        return is_event(said[1:]) if said[:2] == "42" else _read(said[1:]) is not None


class Websocket(simple_websocket.Server):  # type: ignore[misc]
    """One that keeps little, sends whole messages, and ends when it is ended."""

    def handshake(self) -> None:
        """Shake hands. What was asked for has been looked at (`at_the_door`); nothing else of it counts."""
        self.sock: Any = _Steady(self.environ["gunicorn.socket"])
        asked = ("Host: -", "Upgrade: websocket", "Connection: Upgrade", "Sec-WebSocket-Version: 13")
        key = f"Sec-WebSocket-Key: {self.environ['HTTP_SEC_WEBSOCKET_KEY']}"
        self.ws.receive_data("\r\n".join(("GET / HTTP/1.1", *asked, key, "", "")).encode())
        self.connected = self._handle_events()

    def close(self, reason: Any = None, message: str | None = None) -> None:
        """Say so, unless it has been said, and hang up: who does not answer is not waited for."""
        with suppress(LocalProtocolError, simple_websocket.ConnectionClosed, OSError):
            super().close(reason, message)
        self.connected = False
        self.sock.hang_up()

    def _thread(self) -> None:
        """Hear until the end. Whatever it was that ended it, who waits for a word is told."""
        try:
            super()._thread()
        except Exception as error:
            log.info("a line ended: %s", error)
        self.connected = False
        self.sock.hang_up()
        self.event.set()

    def _handle_events(self) -> bool:
        """What has come is kept; who sends without end lets others in between, and waits to be heard."""
        going: bool = super()._handle_events()
        gevent.sleep(0)
        while going and self.connected and len(self.input_buffer) > UNHEARD:
            gevent.sleep(EACH)
        return going


class _Steady:
    """A socket that sends all of a message or, where nobody takes it in time, hangs up."""

    def __init__(self, line: Any) -> None:
        self.line, self.lock = line, Semaphore()
        self.recv, self.close = line.recv, line.close

    def send(self, sent: bytes) -> int:
        """Send it whole, one message after the other. Raises BrokenPipeError when nobody is there any more."""
        try:
            with gevent.Timeout(SLOWEST, TimeoutError()), self.lock:
                self.line.sendall(sent)
        except OSError as error:
            self.hang_up()
            raise BrokenPipeError from error
        return len(sent)

    def hang_up(self) -> None:
        """End it on both sides; whoever listens hears the end."""
        with suppress(OSError):
            self.line.shutdown(socket.SHUT_RDWR)


def is_event(said: str) -> bool:
    """Whether this is a Socket.IO event as a page sends it: a name and values, to everybody's own namespace."""
    own = _read(said)
    name = own.data[0] if own and isinstance(own.data, list) and own.data else None
    return isinstance(name, str) and name not in _OWN


def _read(said: str) -> Any:
    """The packet, or None where it can't be read or is for another namespace. Nested too deep is a RecursionError."""
    try:
        own = packet.Packet(encoded_packet=said)
    except (ValueError, RecursionError):
        return None
    return own if own.namespace in (None, "/") and not own.attachment_count else None


def _is_handshake(environ: "WSGIEnvironment") -> bool:
    """Whether a websocket is properly asked for. There is no other way to us, and none from another way to this one."""
    tokens = [token.strip() for token in environ.get("HTTP_CONNECTION", "").lower().split(",")]
    return (
        environ.get("REQUEST_METHOD") == "GET"
        and environ.get("HTTP_UPGRADE", "").lower() == "websocket"
        and "upgrade" in tokens
        and environ.get("HTTP_SEC_WEBSOCKET_VERSION") == "13"
        and _KEY.fullmatch(environ.get("HTTP_SEC_WEBSOCKET_KEY", "")) is not None
        and "sid=" not in environ.get("QUERY_STRING", "")
    )
