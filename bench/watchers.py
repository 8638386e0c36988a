"""Many light screens in a process of their own: Socket.IO by hand over raw websockets, one epoll loop.

A screen here does what a browser's does on the wire (upgrade, connect, watch, answer pings) and nothing else, so
that the one who measures costs little beside the one who is measured. Times are CLOCK_MONOTONIC, which all
processes of a machine share.
"""

import base64
import json
import multiprocessing
import os
import re
import select
import socket
import time
import zlib
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from typing import Any

OPENING_AT_ONCE, SLOWEST_OPENING = 50, 120
HANDSHAKE = (
    "GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n"
    "Origin: http://127.0.0.1:{port}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
    "Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits\r\nSec-WebSocket-Key: {key}\r\n\r\n"
)  # Compression is offered, as every browser does; whoever accepts it is paid for it by every screen.


@dataclass
class Event:
    """One message as one screen received it. `same` tells equal drawings apart from new ones."""

    kind: str
    address: str
    seq: int
    at: float
    same: int


class Screens:
    """The measuring program's end of the line to the process of screens."""

    compressed = 0
    """Screens whose compression the server has accepted."""

    def __init__(self, port: int) -> None:
        start = multiprocessing.get_context("spawn")
        self._pipe, theirs = start.Pipe()
        self._process = start.Process(target=_run, args=(port, theirs), daemon=True)
        self._process.start()

    def open(self, addresses: list[str]) -> float:
        """Connect one screen for each address; returns the seconds until all have their drawing."""
        seconds, self.compressed, refused = self._ask("open", addresses)
        if refused:
            raise SystemExit(f"{len(refused)} screens were refused or cut off, the first: {refused[0]}")
        return float(seconds)

    def forget(self) -> None:
        """Drop what has been received so far."""
        self._ask("take")

    def take(self, quiet: float, *, least: float, wanted: int = 0, most: float = 10.0) -> list[Event]:
        """Wait for `least` seconds and `wanted` messages, then until nothing comes for `quiet` seconds; returns all."""
        until, patience = time.monotonic() + least, time.monotonic() + most
        while time.monotonic() < patience:
            latest, heard = self._ask("heard")
            now = time.monotonic()
            if now >= until and heard >= wanted and now - latest >= quiet:
                break
            time.sleep(0.05)
        return [Event(*row) for row in self._ask("take")]

    def close(self) -> None:
        self._ask("close")
        self._process.join(timeout=10)

    def _ask(self, *command: Any) -> Any:
        self._pipe.send(command)
        return self._pipe.recv()


@dataclass(eq=False)
class _Screen:
    """One connection, and how far it has got."""

    address: str
    line: socket.socket
    buffer: bytearray = field(default_factory=bytearray)
    inflate: Any = None
    upgraded: bool = False
    drawn: bool = False

    def say(self, text: str) -> None:
        """Send a text frame; a client's frames are masked, here with zeros."""
        body = text.encode()
        size = bytes([0x80 | len(body)]) if len(body) < 126 else bytes([0xFE]) + len(body).to_bytes(2, "big")
        self.line.send(b"\x81" + size + b"\0\0\0\0" + body)


class _Room:
    """All screens of this process."""

    def __init__(self, port: int, pipe: Connection) -> None:
        self.port, self.pipe = port, pipe
        self.poll = select.epoll()
        self.poll.register(pipe.fileno(), select.EPOLLIN)
        self.screens: dict[int, _Screen] = {}
        self.events: list[tuple[str, str, int, float, int]] = []
        self.latest = 0.0
        self.lost: list[str] = []
        self.read_before: dict[bytes, tuple[str, int, int]] = {}

    def run(self) -> None:
        while True:
            for number, _mask in self.poll.poll(1.0):
                if number == self.pipe.fileno():
                    if not self._obey(*self.pipe.recv()):
                        return
                elif number in self.screens:
                    self._hear(self.screens[number])

    def _obey(self, word: str, *args: Any) -> bool:
        if word == "open":
            self.pipe.send(self._open(*args))
        elif word == "heard":
            self.pipe.send((self.latest, len(self.events)))
        elif word == "take":
            taken, self.events = self.events, []
            self.pipe.send(taken)
        else:
            self.pipe.send(None)
        return word != "close"

    def _open(self, addresses: list[str]) -> tuple[float, int, list[str]]:
        began, waiting, opening = time.monotonic(), list(reversed(addresses)), set[_Screen]()
        while (waiting or opening) and not self.lost and time.monotonic() - began < SLOWEST_OPENING:
            while waiting and len(opening) < OPENING_AT_ONCE:
                opening.add(self._connect(waiting.pop()))
            for number, _mask in self.poll.poll(1.0):
                if number in self.screens:
                    self._hear(self.screens[number])
            opening = {screen for screen in opening if not screen.drawn}
        missing = self.lost + [f"{screen.address}: no drawing in time" for screen in opening]
        return time.monotonic() - began, sum(bool(one.inflate) for one in self.screens.values()), missing

    def _connect(self, address: str) -> _Screen:
        line = socket.create_connection(("127.0.0.1", self.port), timeout=30)
        key = base64.b64encode(os.urandom(16)).decode()
        line.sendall(HANDSHAKE.format(port=self.port, key=key).encode())
        line.setblocking(False)
        self.poll.register(line.fileno(), select.EPOLLIN)
        self.screens[line.fileno()] = _Screen(address, line)
        return self.screens[line.fileno()]

    def _hear(self, screen: _Screen) -> None:
        try:
            came = screen.line.recv(262_144)
        except BlockingIOError:
            return
        except OSError:
            came = b""
        now = time.monotonic()
        if not came:
            return self._lose(screen, "cut off")
        screen.buffer += came
        if not screen.upgraded and not self._upgrade(screen):
            return None
        while (frame := _frame(screen)) is not None:
            self._read(screen, frame, now)

    def _upgrade(self, screen: _Screen) -> bool:
        end = screen.buffer.find(b"\r\n\r\n")
        if end < 0:
            return False
        head = bytes(screen.buffer[:end])
        del screen.buffer[: end + 4]
        screen.upgraded = head.startswith(b"HTTP/1.1 101")
        screen.inflate = zlib.decompressobj(-15) if b"permessage-deflate" in head else None
        if not screen.upgraded:
            self._lose(screen, head[:200].decode("latin-1"))
        return screen.upgraded

    def _read(self, screen: _Screen, text: bytes, now: float) -> None:
        if text.startswith(b"42"):
            kind, seq, same = self._known(text)
            self.events.append((kind, screen.address, seq, now, same))
            self.latest = now
            screen.drawn = screen.drawn or kind == "panel"
        elif text == b"2":
            screen.say("3")
        elif text.startswith(b"0{"):
            screen.say("40")
        elif text.startswith(b"40"):
            screen.say("420" + json.dumps(["watch", [screen.address]], separators=(",", ":")))
        elif text.startswith(b"430") and b'"refused":[]' not in text:
            self._lose(screen, text.decode())

    def _known(self, text: bytes) -> tuple[str, int, int]:
        """Kind, sequence, and a mark of what is shown. Each text is read once, however many receive it."""
        if text not in self.read_before:
            kind, said = json.loads(text[2:])
            shown = re.sub(r' data-seq="\d+"', "", said.get("html", ""))
            self.read_before[text] = (kind, said.get("seq", said.get("sequence")), hash(shown))
        return self.read_before[text]

    def _lose(self, screen: _Screen, why: str) -> None:
        self.lost.append(f"{screen.address}: {why}")
        self.poll.unregister(screen.line.fileno())
        del self.screens[screen.line.fileno()]
        screen.line.close()


def _frame(screen: _Screen) -> bytes | None:
    """Take the next whole frame's payload out of the buffer, or None. A server's frames are not masked."""
    buffer = screen.buffer
    if len(buffer) < 2:
        return None
    size, begin = buffer[1] & 0x7F, 2
    if size >= 126:
        begin = 4 if size == 126 else 10
        size = int.from_bytes(buffer[2:begin], "big")
    if len(buffer) < begin + size:
        return None
    payload, packed = bytes(buffer[begin : begin + size]), buffer[0] & 0x40
    del buffer[: begin + size]
    return screen.inflate.decompress(payload + b"\0\0\xff\xff") if packed else payload


def _run(port: int, pipe: Connection) -> None:
    _Room(port, pipe).run()
