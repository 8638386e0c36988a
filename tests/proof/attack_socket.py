"""Malformed words on the open line (`attack_frames.py`), and somebody who watches all the while.

Each line says a few of them, some before it has said that it is there, some after. Being cut off is a fine answer.
"""

import threading
import time
from contextlib import suppress

import socketio
from socketio.exceptions import TimeoutError
from websocket import WebSocket, WebSocketException, create_connection

from tests.proof.attack_frames import Words
from tests.server import Person, Server

AT_ONCE = 25
"""Lines that are open at the same time."""
LATEST = 5.0
"""Seconds after which somebody who watches has missed a change."""
DOOR = "/offices/demo/door"


def throw(server: Server, lines: list[tuple[bool, Words]]) -> None:
    """Open lines, say it, and stay a moment to see what comes of it."""
    opened = [(there, words, line) for there, words in lines if (line := _opened(server)) is not None]
    for there, words, line in opened:
        try:
            if there:
                line.send("40")
            for word in words:
                line.sock.sendall(word)
        except (OSError, WebSocketException):
            pass  # Cut off: that is fine.
    time.sleep(0.05)
    for _there, _words, line in opened:
        line.shutdown()


def open_line(server: Server, *cookies: str, **how: object) -> WebSocket:
    """A line of our own: websocket alone. Raises what websocket-client raises when it is refused."""
    address = f"ws://127.0.0.1:{server.port}/socket.io/?EIO=4&transport=websocket"
    return create_connection(address, timeout=20, cookie="; ".join(cookies) or None, **how)


def cookies_of(person: Person) -> list[str]:
    """This browser's cookies, as they are sent."""
    return [f"{name}={value}" for name, value in person.http.cookies.get_dict().items()]


class Watching:
    """The door's guide, who watches and counts while all this goes on: every change must come."""

    def __init__(self, server: Server) -> None:
        self.guide, self.violations, self.changes, self.slowest = Person(server), [], 0, 0.0
        self.guide.sign_in("huongdan")
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)
        self._thread.start()

    def end(self) -> None:
        """Stop watching, and complain if nothing was seen."""
        self._over.set()
        self._thread.join(60)
        if not self.changes:
            self.violations.append("who watched has seen no change")

    def _watch(self) -> None:
        try:
            with socketio.SimpleClient() as client:
                headers = {"Cookie": "; ".join(cookies_of(self.guide))}
                client.connect(self.guide.server.root, headers=headers, transports=["websocket"])
                assert client.call("watch", [f"{DOOR}/state"])["refused"] == []
                self._count(client)
        except Exception as error:
            self.violations.append(f"who watches was cut off: {error!r}")

    def _count(self, client: socketio.SimpleClient) -> None:
        """One more or one fewer in the room, again and again; each has to be shown."""
        seen = self._newest(client, LATEST)
        while not self._over.wait(0.2):
            seen = max(seen, self._newest(client, 0.01))
            one = "-1" if self.changes // 5 % 2 else "+1"
            answer = self.guide.post(f"{DOOR}/walkins", change=one, operation=f"w-{time.time_ns()}")
            began = time.monotonic()
            while (now := self._newest(client, 0.05)) <= seen and time.monotonic() - began < LATEST:
                pass
            if now <= seen or answer.status_code != 303:
                self.violations.append(f"change {self.changes} ({one}) was answered {answer.status_code} and not shown")
            self.slowest = max(self.slowest, time.monotonic() - began)
            self.changes += 1

    def _newest(self, client: socketio.SimpleClient, patience: float) -> int:
        """The newest state that has been shown since the last look; 0 where there was none for so many seconds."""
        newest = 0
        with suppress(TimeoutError):
            while True:
                newest = max(newest, int(client.receive(timeout=0.01 if newest else patience)[1]["seq"]))
        return newest


def _opened(server: Server) -> WebSocket | None:
    try:
        return open_line(server)
    except (OSError, WebSocketException):
        return None
