"""Malformed HTTP, written by hand into the socket: what no browser sends, and what a proxy might let through.

Each kind below makes one request of its sort, in any of many shapes; the seed decides. Nobody needs to be answered: a
line that is closed is a fine answer. Any 5xx is a violation, and so are two answers to what is one request.
"""

import re
import socket
from collections.abc import Callable, Iterator
from random import Random

from tests.proof.attack_bodies import chunked, counts, form, head, length, multipart, smuggled
from tests.proof.attack_odds import HEADERS, ODD, PATHS

Raw = tuple[str, bytes]
"""(kind, the bytes as they are sent)"""

STATUS = re.compile(rb"HTTP/1\.[01] (\d{3}) ")
PATIENCE = 10.0
"""Seconds to wait for an answer, from a server that has all it will ever get: it has heard that nothing more comes."""
SLOW = 0.2
"""Seconds that a slow one stays in the middle of its request before it goes away."""


def malformed(many: int, seed: int) -> Iterator[Raw]:
    """So many requests, the same ones for the same seed."""
    random = Random(seed)
    for n in range(many):
        kind = KINDS[n % len(KINDS)]
        yield kind.__name__.strip("_"), kind(random)


def answered(port: int, raw: Raw) -> list[int]:
    """Send one and say what was answered: the status of each answer, or none where the line was closed."""
    kind, sent = raw
    got = b""
    with socket.create_connection(("127.0.0.1", port), timeout=PATIENCE) as line:
        try:
            line.sendall(sent)
            if kind == "stops_in_the_middle":
                line.settimeout(SLOW)
            else:
                line.shutdown(socket.SHUT_WR)
            while more := line.recv(65536):
                got += more
        except (ConnectionError, TimeoutError):
            pass
    return [int(status) for status in STATUS.findall(got)]


def _request_line(random: Random) -> bytes:
    path = random.choice(PATHS)
    return random.choice((
        b"", b"\r\n", b"\r\n\r\n\r\n", b"\n\n", b"GET\r\n\r\n", b"GET /\r\n\r\n",
        f"GET  {path}  HTTP/1.1\r\n\r\n".encode(),
        f"get {path} HTTP/1.1\r\n\r\n".encode(), f"GET {path} HTTP/9.9\r\n\r\n".encode(),
        b"\x16\x03\x01\x02\x00\x01\x00",
        f"GET {path} HTTP/1.1\n\n".encode(), f"GET {path} HTTP/0.9\r\n\r\n".encode(), random.randbytes(random.randint(1,
        999)),
        f"GET\t{path}\tHTTP/1.1\r\n\r\n".encode(), f"GET {path} http/1.1\r\n\r\n".encode(), b"\x00" * 500,
        b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", f"GET http://[ HTTP/1.1\r\nHost: {path}\r\n\r\n".encode(), b"A" * 9000,
        f"GET {path} HTTP/1.0\r\n\r\n".encode(), b"PROXY TCP4 1.1.1.1 2.2.2.2 1 2\r\nGET / HTTP/1.1\r\n\r\n",
        f"GET http://evil.example{path} HTTP/1.1\r\nHost: x\r\n\r\n".encode(), b"GET http:///x HTTP/1.1\r\n\r\n",
    ))  # fmt: skip


def _method(random: Random) -> bytes:
    methods = (
        "HEAD",
        "OPTIONS",
        "TRACE",
        "CONNECT",
        "PUT",
        "PATCH",
        "DELETE",
        "PROPFIND",
        "X" * 20,
        "X" * 21,
        "G\xcbT",
        "GE T",
    )
    return head(random, random.choice(methods), random.choice((*PATHS, "*", "a:1")))


def _path(random: Random) -> bytes:
    odd = "".join(random.choices(ODD, k=random.randint(1, 3)))
    before = random.choice(
        (
            "/",
            "/offices/",
            "/offices/demo/",
            "/t/",
            "/counters/",
            "/static/",
            "/offices/demo/errands?q=",
            "/?lang=",
            "/session?next=",
        )
    )
    return head(random, random.choice(("GET", "POST", "HEAD")), before + odd)


def _raw_path(random: Random) -> bytes:
    """Bytes that no address holds."""
    odd = bytes(random.choices((0, 9, 10, 13, 127, 128, 192, 255, 0xED, 0xA0, 0x80), k=random.randint(1, 6)))
    return b"GET /offices/" + odd + b"/kiosk HTTP/1.1\r\nHost: x\r\n\r\n"


def _overlong(random: Random) -> bytes:
    return head(
        random, "GET", "/" + random.choice(("a", "%41", "a/", "%e1%ba%a1")) * random.choice((500, 2000, 4000, 9000))
    )


def _header(random: Random) -> bytes:
    """One to three odd values of known headers."""
    more, host = [], "127.0.0.1"
    for name, values in random.sample(HEADERS, random.randint(1, 3)):
        value = random.choice(values)
        if name == "Host":
            host = value
        else:
            more.append(f"{name}: {value}")
    return head(random, random.choice(("GET", "GET", "HEAD", "POST")), "", *more, host=host)


def _header_shape(random: Random) -> bytes:
    lines = random.choice((
        [":"], ["x"], [": x"], ["a b: c"], ["X : y"], ["X: a", " folded"], ["X: a\x00b"], ["X: a\rb"], ["X_Y: z"],
        ["\xff: x"],
        ["Host: a", "Host: b"], ["Content-Length: 0"] * 2, ["Content-Type: a", "Content-Type: b"], ["X: " + "y" * 9000],
        ["x" * 9000 + ": y"], [""], ["X: \x7f"], ["Transfer-Encoding: chunked"] * 2, ["Cookie: a=b"] * 90,
    ))  # fmt: skip
    return head(random, "GET", "", *lines)


def _header_flood(random: Random) -> bytes:
    many = random.choice((90, 101, 500, 2000))
    return head(random, "GET", "", *(f"X-{n}: {'y' * random.randint(0, 60)}" for n in range(many)))


def _handshake(random: Random) -> bytes:
    """A websocket that never comes about."""
    keys = (
        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
        "Sec-WebSocket-Key: x",
        "",
        "Sec-WebSocket-Key:",
        "Sec-WebSocket-Key: \xff",
    )
    versions = ("Sec-WebSocket-Version: 13", "Sec-WebSocket-Version: 99", "", "Sec-WebSocket-Version: x")
    more = (
        "Upgrade: websocket",
        random.choice(("Connection: Upgrade", "Connection: close", "")),
        random.choice(keys),
        random.choice(versions),
    )
    odd = random.choice(
        ("", "Sec-WebSocket-Protocol: ,,\xff", "Sec-WebSocket-Extensions: ;;", "Cookie: \xff\xfe", "X: \xff")
    )
    path = "/socket.io/?" + random.choice(
        ("EIO=4&transport=websocket",) * 4
        + (
            "EIO=3&transport=websocket",
            "EIO=4&transport=websocket&sid=x",
            "EIO=4&transport=websocket&j=x",
            "transport=%ff",
            "",
        )
    )
    method = random.choice(("GET",) * 6 + ("POST", "PUT", "OPTIONS", "HEAD"))
    return head(random, method, path, *(line for line in (*more, odd) if line)) + random.randbytes(
        random.choice((0, 0, 50))
    )


def _pipelined(random: Random) -> bytes:
    return b"".join(random.choice((_header, _path, _request_line))(random) for _one in range(random.randint(2, 5)))


def stops_in_the_middle(random: Random) -> bytes:
    """The first part of a request; nothing comes after it."""
    whole = form(random) if random.random() < 0.5 else _header(random)
    return whole[: random.randint(1, len(whole) - 1)]


KINDS: tuple[Callable[[Random], bytes], ...] = (
    _request_line, _method, _path, _raw_path, _overlong, _header, _header, _header_shape, _header_flood, length,
    chunked, smuggled, form, multipart, counts, _handshake, _pipelined, _header, _path, form,
)  # fmt: skip
"""One after the other. Who stops in the middle is slow, and comes once in a while (`attack.py`)."""
