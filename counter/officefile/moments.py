"""Days, hours and time zones in an office's file: as text there, as what they are in the columns of a row."""

from collections.abc import Callable
from datetime import date, time
from functools import cache
from typing import Any
from zoneinfo import available_timezones

from counter.officefile.kinds import Kind
from counter.officefile.mistakes import Wrong
from queues.window import WHOLE_WEEK


def _read_hour(value: Any) -> str | None:
    try:
        return None if value is None else f"{time.fromisoformat(_hour(value)):%H:%M}"
    except ValueError:
        raise Wrong("not_hour") from None


def _hour(value: Any) -> str:
    if not isinstance(value, str) or len(value) != len("07:30"):
        raise ValueError
    return value


def _read_day(value: Any) -> str:
    try:
        if not isinstance(value, str) or len(value) != len("2026-12-25"):
            raise ValueError
        return date.fromisoformat(value).isoformat()
    except ValueError:
        raise Wrong("not_day") from None


def _read_days_of_the_week(value: Any) -> list[int]:
    days = set(value) if isinstance(value, list) and all(type(one) is int for one in value) else set()
    if not days or not days <= set(map(int, WHOLE_WEEK)):
        raise Wrong("not_weekdays")
    return sorted(days)


def _read_zone(value: Any) -> str:
    if not isinstance(value, str) or value not in _zones():
        raise Wrong("not_zone")
    return value


@cache
def _zones() -> set[str]:
    return available_timezones()


def _into_moment(kind: type[time] | type[date]) -> Callable[[str, Any], dict[str, Any]]:
    return lambda name, value: {name: None if value is None else kind.fromisoformat(value)}


HOUR = Kind(_read_hour, lambda own, name: f"{at:%H:%M}" if (at := getattr(own, name)) else None, _into_moment(time))
DAY = Kind(_read_day, lambda own, name: getattr(own, name).isoformat(), _into_moment(date))
DAY_OR_NONE = Kind(
    lambda value: None if value is None else _read_day(value),
    lambda own, name: day.isoformat() if (day := getattr(own, name)) else None,
    _into_moment(date),
)
WEEKDAYS = Kind(
    _read_days_of_the_week,
    lambda own, name: [int(day) for day in getattr(own, name)],
    lambda name, value: {name: "".join(map(str, value))},
)
ZONE = Kind(_read_zone)
