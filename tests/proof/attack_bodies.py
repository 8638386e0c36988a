"""Bodies of requests that are none: no length or two, broken chunks, forms and counts that nobody could have meant."""

from json import dumps
from random import Random

from tests.proof.attack_odds import FORM, PATHS, POSTED

SENSOR = "@people-counter@"
"""Stands for the token of one, which the server makes anew each time."""


def head(random: Random, method: str = "GET", path: str = "", *more: str, host: str = "127.0.0.1") -> bytes:
    """The head of a request, with its empty line."""
    lines = [f"{method} {path or random.choice(PATHS)} HTTP/1.1", f"Host: {host}", *more]
    return ("\r\n".join(lines) + "\r\n\r\n").encode("latin-1", "replace")


def length(random: Random) -> bytes:
    """A length that is none, or another."""
    lengths = (
        "-1",
        "+5",
        "0x10",
        "1e3",
        "99999999999999999999",
        "5, 5",
        "5,6",
        " ",
        "5 5",
        "\xb2",
        "١",
        "262145",
        "3",
        "07",
        "5;",
    )
    more = (f"Content-Type: {FORM}", f"Content-Length: {random.choice(lengths)}")
    return head(random, "POST", random.choice(POSTED), *more) + b"a=1&b=2"


def chunked(random: Random) -> bytes:
    """Chunks that are none."""
    body = random.choice((
        b"zz\r\nabc\r\n0\r\n\r\n", b"-1\r\n\r\n", b"5\r\nab\r\n0\r\n\r\n", b"3\r\nabcdef\r\n0\r\n\r\n",
        b"ffffffffffffffff\r\nx",
        b"3;ext=\"\r\nabc\r\n0\r\n\r\n", b"0\r\nHost: x\r\n\r\n", b"\r\n\r\n", b"3\nabc\n0\n\n", b"", b"3\r\nabc",
        b"0" * 5000,
        b"1\r\na\r\n" * 300 + b"0\r\n\r\n", b"0x3\r\nabc\r\n0\r\n\r\n", b"3 \r\nabc\r\n0\r\n\r\n", b"\xff\r\n",
        b"4;" + b"x" * 9000,
    ))  # fmt: skip
    more = (
        f"Content-Type: {FORM}",
        "Transfer-Encoding: " + random.choice(("chunked",) * 5 + ("Chunked", "chunked, x", "x")),
    )
    return head(random, "POST", random.choice(POSTED), *more) + body


def smuggled(random: Random) -> bytes:
    """Two lengths for one body, in which another request hides."""
    hidden = b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n"
    lengths = random.choice((
        ("Content-Length: 4", "Transfer-Encoding: chunked"), ("Transfer-Encoding: chunked", "Content-Length: 0"),
        ("Content-Length: 0", "Content-Length: 35"), ("Transfer-Encoding: xchunked", "Content-Length: 0"),
        ("Transfer-Encoding: chunked", "Transfer-Encoding: identity"), ("Transfer-Encoding:\tchunked\x0b",
        "Content-Length: 3"),
        ("Transfer_Encoding: chunked", "Content-Length: 39"), ("Content-Length : 0", "Content-Length: 35"),
    ))  # fmt: skip
    return head(random, "POST", random.choice(POSTED), *lengths) + b"0\r\n\r\n" + hidden


def form(random: Random) -> bytes:
    """A form that is none."""
    body = random.choice((
        "%", "=", "&" * 5000, "a=%ff%fe", "username=%00&password=%00", "csrf_token=" + "x" * 5000, "a=" + "%41" * 9000,
        "service=1&operation=" + "x" * 70000, "&".join(f"f{n}=1" for n in range(3000)), "username[]=a&username[]=b",
        "\xff\xfe",
        "_method=DELETE", "_method=%ff", "service=99999999999999999999", "q=" + "a" * 300_000,
    )).encode("latin-1")  # fmt: skip
    more = (f"Content-Type: {random.choice((FORM, FORM, 'text/plain', ''))}", f"Content-Length: {len(body)}")
    return head(random, "POST", random.choice(POSTED), *more) + body


def multipart(random: Random) -> bytes:
    """Parts that do not end, or do not begin."""
    body = random.choice((
        b"--b\r\n", b"--b\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nx", b"", b"--b--", b"x" * 70000,
        b"--b\r\n\r\n\r\n--b--",
        b"--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"\xff\x00\"\r\n\r\n" + b"\x00" * 999,
        b"--b" * 9000,
        b"--b\r\n" + b"X: y\r\n" * 3000,
        b"--b\r\nContent-Disposition: form-data; name=a\r\n\r\n1\r\n" * 1500 + b"--b--",
        b"--b\r\nContent-Disposition: form-data; filename*=x''%ff; name=\"\\\"\r\nContent-Length: -1\r\n\r\nx\r\n--b--",
    ))  # fmt: skip
    kind = random.choice(
        ("multipart/form-data; boundary=b",) * 4
        + ("multipart/form-data", 'multipart/form-data; boundary="', "multipart/form-data; boundary=" + "b" * 300)
    )
    path = random.choice((*POSTED, "/offices/demo/settings/catalogue/imports"))
    return head(random, "POST", path, f"Content-Type: {kind}", f"Content-Length: {len(body)}") + body


def counts(random: Random) -> bytes:
    """A people counter that has lost its mind."""
    body = random.choice((
        "[" * 9000, '{"a":' * 9000, "{", "nan", "1e99999", '"\\ud800"', "\xff\xfe", "", "null", '{"\\u0000": 1}',
        "9" * 5000,
        dumps(dict.fromkeys(("sequence", "entered", "left"), 10**400)), dumps({"sequence": "x" * 250_000}),
        dumps([{"sequence": -1, "entered": True, "left": None}]),
        '{"sequence": 1, "sequence": 2, "entered": 0, "left": 0}',
        dumps({"sequence": 1.5, "entered": [], "left": {}}), dumps({"sequence": 2**31, "entered": 0, "left": 0}),
        dumps({"sequence": 2**31 - 1, "entered": 0, "left": 0}),
        dumps({"sequence": 3, "entered": float("nan"), "left": 0}),
    )).encode("latin-1", "replace")  # fmt: skip
    more = (
        "Content-Type: application/json" + random.choice(("", "; charset=utf-16", "; charset=x")),
        f"Content-Length: {len(body)}",
    )
    token = random.choice(((), ("Authorization: Bearer x",), *((f"Authorization: Bearer {SENSOR}",),) * 4))
    return head(random, "POST", "/offices/demo/door/counts", *more, *token) + body
