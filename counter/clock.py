"""What time it is. The only place that asks the machine, so that tests can move the clock.

There are two clocks. The one on the wall says what time it is, and somebody may put it forward or back. The steady one
only goes on; it knows nothing of the date, and tells how far the other has been put.
"""

import time as machine
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

_shift = timedelta(0)
_fixed: datetime | None = None


def _ticks() -> float:
    """Seconds of the machine's steady clock. On Linux it goes on while the machine sleeps: waking up is no jump."""
    sleepless = getattr(machine, "CLOCK_BOOTTIME", None)
    return machine.clock_gettime(sleepless) if sleepless is not None else machine.monotonic()


_BEGAN = (datetime.now(UTC), _ticks())


def now() -> datetime:
    """The present moment, in UTC."""
    return (_fixed or datetime.now(UTC)) + _shift


def steady() -> datetime:
    """What the clock would show if nobody had put it since this program began: for how long something lasts."""
    return _fixed or _BEGAN[0] + timedelta(seconds=_ticks() - _BEGAN[1])


def put_by() -> timedelta:
    """How far the clock has been put since this program began: forward, or back (negative)."""
    return now() - steady()


def local(moment: datetime, zone: str) -> datetime:
    """The same moment as the clocks of an office show it."""
    return moment.astimezone(ZoneInfo(zone))


def printed(moment: datetime, zone: str) -> str:
    """Hours and minutes as a screen shows them: 08:41."""
    return f"{local(moment, zone):%H:%M}"


def today(zone: str) -> date:
    """The office's local date."""
    return local(now(), zone).date()


def midnight(day: date, zone: str) -> datetime:
    """The moment at which a day begins by an office's clocks; the first moment there is, for a day before it."""
    try:
        return datetime.combine(day, time.min, ZoneInfo(zone)).astimezone(UTC)
    except OverflowError:
        return datetime.min.replace(tzinfo=UTC)


def time_of_day(zone: str) -> time:
    """The office's local time of day."""
    return local(now(), zone).time()


@contextmanager
def at(moment: datetime) -> Iterator[None]:
    """Stop both clocks at a moment, for a test: from one to the next, time has passed."""
    global _fixed
    before, _fixed = _fixed, moment
    try:
        yield
    finally:
        _fixed = before


def move(by: timedelta) -> None:
    """Put the clock forward or back, for a test: no time has passed."""
    global _shift
    _shift += by
