"""Comparing a secret with what is kept of it, while the server goes on.

One comparison takes some 180 ms of one core, and a server of greenlets would stand still for it. So it is done in a
thread beside it (the library lets the interpreter go on), and only few at a time: strangers one after the other, so
that guessing never takes more than one core.
"""

import sys
import threading
from collections.abc import Callable
from typing import TypeVar

from werkzeug.security import check_password_hash, generate_password_hash

from counter.models import staff

Result = TypeVar("Result")

_STRANGERS, _OTHERS = threading.BoundedSemaphore(1), threading.BoundedSemaphore(2)


def is_it(kept: str, typed: str, *, stranger: bool = False) -> bool:
    """Whether what was typed is the secret of which `kept` is kept."""
    with _STRANGERS if stranger else _OTHERS:
        return _beside(lambda: check_password_hash(kept, typed))


def keep(secret: str) -> str:
    """What is kept of a secret."""
    with _OTHERS:
        return _beside(lambda: generate_password_hash(secret, staff.METHOD))


def _beside(work: Callable[[], Result]) -> Result:
    """Do it in a thread of the system where greenlets share one; else just do it."""
    patched = sys.modules.get("gevent.monkey")
    if patched is None or not patched.is_module_patched("threading"):
        return work()
    result: Result = sys.modules["gevent"].get_hub().threadpool.apply(work)
    return result
