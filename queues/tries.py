"""How often something may be tried: so many at once, and then one every so often.

One moment says it all: when the last of what was used up will have come back. What is refused uses nothing up, so
whoever goes on trying does not keep others waiting any longer.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

NONE = timedelta(0)


@dataclass(frozen=True)
class Rate:
    """`burst` tries at once, and another one `every` so often."""

    burst: int
    every: timedelta


def wait(due: datetime | None, now: datetime, rate: Rate) -> timedelta:
    """How long until one more may be tried; NONE: now."""
    return max(_used(due, now, rate) - rate.every * (rate.burst - 1), NONE)


def one_more(due: datetime | None, now: datetime, rate: Rate) -> datetime:
    """When all will have come back, once one more has been tried."""
    return now + _used(due, now, rate) + rate.every


def one_less(due: datetime | None, now: datetime, rate: Rate) -> datetime:
    """The same, once one has been given back: it was no guess."""
    return now + max(_used(due, now, rate) - rate.every, NONE)


def _used(due: datetime | None, now: datetime, rate: Rate) -> timedelta:
    """What has not come back yet; never more than there is, however the clock was put (I26)."""
    return min(max(due - now, NONE), rate.every * rate.burst) if due else NONE
