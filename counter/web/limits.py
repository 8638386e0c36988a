"""How often one address may ask for what is dear: what is drawn anew for each, searched, or kept (ASVS 2.4.1).

A memory in each process is enough here: it spares the machine, and guards no secret. What does is `actions.tries`.
"""

import math
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import wraps
from typing import Any

from flask import Response, current_app, request
from htmx_flask import request as htmx_request
from werkzeug.exceptions import TooManyRequests

from counter import clock
from queues.taking import network
from queues.tries import Rate, one_more, wait

MOST_KEPT = 10_000
"""Addresses that are remembered; when there are more, those who have used nothing up are forgotten, or else all."""

View = Callable[..., Any]
Dues = dict[tuple[str, str], datetime]


def at_most(burst: int, every: timedelta, *, while_typing: bool = False) -> Callable[[View], View]:
    """A page that one address gets so many times at once, then one `every` so often; TooManyRequests in between.

    What htmx asks `while_typing` is answered with nothing instead: the screen stays as it is, the next key asks again.
    Who asks from this very machine is not counted: it stands for a proxy that we were not told of.
    """
    rate = Rate(burst, every)

    def limited(view: View) -> View:
        what = f"{view.__module__.rpartition('.')[2]}.{view.__name__}"

        @wraps(view)
        def asked(*args: Any, **kwargs: Any) -> Any:
            try:
                _spend((what, network(request.remote_addr or "")), rate)
            except TooManyRequests:
                if while_typing and htmx_request.htmx:
                    return Response(status=204)
                raise
            return view(*args, **kwargs)

        return asked

    return limited


def _spend(key: tuple[str, str], rate: Rate) -> None:
    if not key[1]:
        return
    dues: Dues = current_app.extensions.setdefault("asked", {})
    now = clock.now()
    left = wait(dues.get(key), now, rate)
    if left:
        raise TooManyRequests(retry_after=math.ceil(left.total_seconds()))
    if len(dues) >= MOST_KEPT:
        _forget(dues, now)
    dues[key] = one_more(dues.get(key), now, rate)


def _forget(dues: Dues, now: datetime) -> None:
    for key in [key for key, due in dues.items() if due <= now]:
        del dues[key]
    if len(dues) >= MOST_KEPT:
        dues.clear()
