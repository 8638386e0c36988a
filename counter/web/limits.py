"""How often one address may ask for what is dear: what is drawn anew for each, searched, or kept (ASVS 2.4.1).

A memory in each process is enough here: it spares the machine, and guards no secret. What does is `actions.tries`.
"""

import logging
import math
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import wraps
from typing import Any

from flask import current_app, request
from werkzeug.exceptions import TooManyRequests

from counter import clock
from queues.taking import network
from queues.tries import Rate, one_more, wait

log = logging.getLogger(__name__)

MOST_KEPT = 10_000
"""Addresses that are remembered; when there are more, those who have used nothing up are forgotten, or else all."""

View = Callable[..., Any]
Dues = dict[tuple[str, str], datetime]


def at_most(burst: int, every: timedelta) -> Callable[[View], View]:
    """A page that one address gets so many times at once, then one `every` so often; TooManyRequests in between.

    Who asks from this very machine is not counted: it stands for a proxy that we were not told of.
    """
    rate = Rate(burst, every)

    def limited(view: View) -> View:
        what = f"{view.__module__.rpartition('.')[2]}.{view.__name__}"

        @wraps(view)
        def asked(*args: Any, **kwargs: Any) -> Any:
            _spend((what, network(request.remote_addr or "")), rate)
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
        log.warning("too many", extra={"about": {"what": key[0]}})
        raise TooManyRequests(retry_after=math.ceil(left.total_seconds()))
    if len(dues) >= MOST_KEPT:
        _forget(dues, now)
    dues[key] = one_more(dues.get(key), now, rate)


def _forget(dues: Dues, now: datetime) -> None:
    for key in [key for key, due in dues.items() if due <= now]:
        del dues[key]
    if len(dues) >= MOST_KEPT:
        dues.clear()
