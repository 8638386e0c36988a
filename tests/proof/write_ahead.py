"""The write-ahead log of SQLite, as bytes: where its commits end, and how it is damaged."""

import hashlib
import sqlite3
import struct
from dataclasses import dataclass, field

RUN = 512
"""Bytes that are zeroed: a sector that was never written."""
HEADER, FRAME_HEADER = 32, 24


@dataclass
class Log:
    """One write-ahead log from its first frame to its last, with the main file as it stood under it."""

    file: bytes
    wal: bytes = b""
    first: int = 0
    """How many commits are in the main file."""
    ends: list[int] = field(default_factory=list)
    """Where in the log each commit ends."""


def damaged(wal: bytes, kind: str, place: int, bit: int) -> bytes:
    """A log that ends at a place, has one bit turned there, or a run of zeros from there on."""
    if kind == "cut":
        return wal[:place]
    if kind == "flip":
        return wal[:place] + bytes([wal[place] ^ 1 << bit]) + wal[place + 1 :]
    run = wal[place : place + RUN]
    return wal[:place] + bytes(len(run)) + wal[place + RUN :]


def commit_ends(wal: bytes) -> list[int]:
    """Where each commit of a log ends: frames carry the log's salt, the last of a commit the file's size in pages."""
    page = struct.unpack(">I", wal[8:12])[0]
    ends = []
    for start in range(HEADER, len(wal) - FRAME_HEADER - page + 1, FRAME_HEADER + page):
        _number, size, *_rest = struct.unpack(">II", wal[start : start + 8])
        if wal[start + 8 : start + 16] != wal[16:24]:
            break
        if size:
            ends.append(start + FRAME_HEADER + page)
    return ends


def digest(connection: sqlite3.Connection) -> str:
    """All that is in all tables, in few letters."""
    tables = [name for (name,) in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY 1")]
    content = hashlib.sha256()
    for table in tables:
        rows = connection.execute(f"SELECT * FROM {table}").fetchall()
        content.update(repr((table, sorted(rows, key=repr))).encode())
    return content.hexdigest()
