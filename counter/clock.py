"""What time it is. The only place that asks the machine, so that tests can move the clock."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

_shift = timedelta(0)
_fixed: datetime | None = None


def now() -> datetime:
    """The present moment, in UTC."""
    return _fixed or datetime.now(UTC) + _shift


def local(moment: datetime, zone: str) -> datetime:
    """The same moment as the clocks of an office show it."""
    return moment.astimezone(ZoneInfo(zone))


def printed(moment: datetime, zone: str) -> str:
    """Hours and minutes as a screen shows them: 08:41."""
    return f"{local(moment, zone):%H:%M}"


def today(zone: str) -> date:
    """The office's local date."""
    return local(now(), zone).date()


def time_of_day(zone: str) -> time:
    """The office's local time of day."""
    return local(now(), zone).time()


@contextmanager
def at(moment: datetime) -> Iterator[None]:
    """Stop the clock at a moment, for a test."""
    global _fixed
    before, _fixed = _fixed, moment
    try:
        yield
    finally:
        _fixed = before


def move(by: timedelta) -> None:
    """Put the clock forward or back, for a test."""
    global _shift
    _shift += by
