"""Frames of a websocket, and Engine.IO and Socket.IO in them: broken, wrong, too large, announced and not sent."""

import json
import struct
from collections.abc import Callable, Iterator
from random import Random

from tests.proof.attack_odds import ADDRESSES, BROKEN_ENGINE, BROKEN_PACKETS, VALUES

Words = list[bytes]
"""Frames, as they are sent."""

AT_MOST = 12
"""Frames that one line says before it goes: those who say more have to wait (`counter/live/ear.py`)."""
TEXT, BYTES, CLOSE, PING, PONG = 1, 2, 8, 9, 10


def frames(many: int, seed: int) -> Iterator[tuple[bool, Words]]:
    """So many frames, line by line: (whether it first says that it is there, what it says)."""
    random, said = Random(seed), 0
    while said < many:
        words = [word for _n in range(random.randint(1, 4)) for word in random.choice(SORTS)(random)]
        said += len(words := words[: min(AT_MOST, many - said)])
        yield random.random() < 0.7, words


def _frame(
    payload: bytes, kind: int = TEXT, *, first: int = 0x80, claimed: int | None = None, mask: bytes | None = b"abcd"
) -> bytes:
    """One frame, right or wrong. `first`: the bits before its kind; `claimed`: how long it says to be."""
    size = len(payload) if claimed is None else claimed
    masked = 0x80 if mask else 0
    if size < 126:
        length = bytes([masked | size])
    else:
        length = struct.pack(">BH", masked | 126, size) if size < 65536 else struct.pack(">BQ", masked | 127, size)
    body = bytes(byte ^ mask[n % 4] for n, byte in enumerate(payload)) if mask else payload
    return bytes([first | kind]) + length + (mask or b"") + body


def _says(text: str) -> bytes:
    return _frame(text.encode("utf-8", "surrogatepass"))


def _event(name: str, value: object, random: Random) -> bytes:
    return _says(f"42{random.choice(('', '1', '77'))}{json.dumps([name, value])}"[:16_000])


def _broken_engine(random: Random) -> Words:
    return [_says(random.choice(BROKEN_ENGINE))]


def _broken_packet(random: Random) -> Words:
    return [_says(random.choice(BROKEN_PACKETS))]


def _watches(random: Random) -> Words:
    """Odd addresses, one, a few, or many."""
    asked = random.choices(ADDRESSES, k=random.choice((1, 5, 30, 300)))
    return [_event("watch", asked, random) for _one in range(3)]


def _odd_values(random: Random) -> Words:
    value = random.choice(VALUES)
    return [
        _event("watch", value, random),
        _event("health", random.choice((value, {"version": value, "sound": value})), random),
    ]


def _attachments(random: Random) -> Words:
    """Bytes that are announced and do not come, or come without end."""
    many = random.choice(("1", "3", "9999999999", "99999999999", "0"))
    announced = _says(f'45{many}-["watch",{{"_placeholder":true,"num":{random.choice(("0", "-1", "7", "null"))}}}]')
    return [announced, *(_frame(random.randbytes(99), BYTES) for _one in range(random.randint(0, 6)))]


def _too_much(random: Random) -> Words:
    """Over the limit, in one piece or in many, or said to be so."""
    large = b'42["watch",["' + b"x" * random.choice((16_380, 40_000, 300_000)) + b'"]]'
    pieces = [_frame(b"42[" if n == 0 else b"x" * 4000, TEXT if n == 0 else 0, first=0) for n in range(9)]
    return random.choice(
        (
            [_frame(large)],
            pieces,
            [_frame(b"4", claimed=2**62)],
            [_frame(b"4", claimed=70_000)],
            [_frame(b"42", claimed=500)],
        )
    )


def _no_text(random: Random) -> Words:
    return [
        _frame(
            random.choice((b"\xff", b'42["\xed\xa0\x80"]', b'42["\xc0\xaf', b"\xf4\x90\x80\x80", random.randbytes(60)))
        )
    ]


def _control(random: Random) -> Words:
    return random.choice((
        [_frame(b"x" * 200, PING)], [_frame(b"", PING, first=0)], [_frame(b"x", CLOSE)], [_frame(b"\x00\x01", CLOSE)],
        [_frame(b"", PONG)] * 5,
        [_frame(b"\x03\xe8\xff\xfe", CLOSE)], [_frame(b"", CLOSE), _says("3")], [_frame(b"x" * 125, PING)] * 10,
        [_frame(b"\xff\xff", CLOSE)],
    ))  # fmt: skip


def _no_frame(random: Random) -> Words:
    """Reserved bits and kinds, no mask, a continuation of nothing, anything."""
    return random.choice((
        [_frame(b"3", first=0xF0)], [_frame(b"3", first=0xC0)], [_frame(b"3", 3)], [_frame(b"3", 15)], [_frame(b"3",
        mask=None)], [_frame(b"3", 0)],
        [_frame(b"4", first=0), _frame(b"4", first=0)], [random.randbytes(random.randint(1, 300))],
        [b"GET / HTTP/1.1\r\n\r\n"], [_frame(b"3")[:3]],
    ))  # fmt: skip


SORTS: tuple[Callable[[Random], Words], ...] = (
    _broken_engine, _broken_packet, _broken_packet, _watches, _odd_values, _attachments, _too_much, _no_text, _control,
    _no_frame,
)  # fmt: skip
