"""Several people at the same moment: threads that are what requests are, each with a context of its own."""

from collections.abc import Callable
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from typing import Any

from flask import current_app


def together(many: int, work: Callable[[int], Any]) -> list[Any]:
    """Do it so many times at once; returns what each came to."""
    with ThreadPoolExecutor(many) as pool:
        return [one.result() for one in [begun(pool, work, n) for n in range(many)]]


def begun(pool: Executor, work: Callable[..., Any], *args: Any) -> Future[Any]:
    """Begin it in a thread and a context of its own, as a request has."""
    app = current_app._get_current_object()  # type: ignore[attr-defined]

    def in_context() -> Any:
        with app.app_context():
            return work(*args)

    return pool.submit(in_context)
