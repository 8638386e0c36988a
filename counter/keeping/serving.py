"""Who serves these data: each server holds a lock on DATA_DIR for as long as it lives, however it ends.

Servers share it; a restore wants it alone, and is refused while one of them serves. The kernel lets go of it when a
process is gone, also after `kill -9`. On PostgreSQL, where servers may be on other machines, the database is asked
besides (`postgres.others`).
"""

import fcntl
import logging
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from counter.keeping.trouble import AWAY, Trouble, of_disk

log = logging.getLogger(__name__)
_held: list[int] = []
"""The locks of this process: kept open until it ends."""


def hold(data: Path) -> None:
    """Say that this process serves the data in this folder, once. Waits while they are being restored.

    A disk that takes no writes keeps nobody from serving (I28): it is said again when the disk is well.
    """
    if _held:
        return
    try:
        descriptor = _opened(data)
    except Trouble as error:
        log.warning("a restore can't see that this server runs: %s", error.said)
        return
    fcntl.flock(descriptor, fcntl.LOCK_SH)
    _held.append(descriptor)


@contextmanager
def nobody_else(data: Path) -> Iterator[None]:
    """While nobody serves these data, and nobody begins to. Raises Trouble where somebody does."""
    descriptor = _opened(data)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
    except BlockingIOError as error:
        raise Trouble(AWAY, f"a server is running on {data}: stop it first, and restore then") from error
    finally:
        os.close(descriptor)


@contextmanager
def one_at_a_time(file: Path) -> Iterator[bool]:
    """Whether this process is the one to do something; the others find that somebody is at it, and leave it."""
    descriptor = os.open(file, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(descriptor)
        yield False
        return
    try:
        yield True
    finally:
        os.close(descriptor)


def _opened(data: Path) -> int:
    try:
        data.mkdir(parents=True, exist_ok=True)
        return os.open(data / "serving", os.O_RDWR | os.O_CREAT, 0o600)
    except OSError as error:
        raise of_disk(error, data) from error
