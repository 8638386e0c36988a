"""A sign-in ends when it is not used, at the end of the shift, and never later than twelve hours on."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from queues.shift import IDLE, LONGEST, SHIFT, Terms, end_of, unless_set, why_ended

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
DESK = Terms(timedelta(minutes=30), time(17, 30), HANOI)


def at(hour: int, minute: int = 0, day: int = 23) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=HANOI).astimezone(UTC)


@pytest.mark.parametrize(
    ("since", "end"),
    [
        (at(7, 30), at(17, 30)), (at(17, 29), at(17, 30)), (at(17, 30), at(17, 30) + LONGEST),
        (at(20), at(20) + LONGEST), (at(5), at(17)), (at(23, 59), at(11, 59, day=24)),
    ],
)  # fmt: skip
def test_the_shift_ends_at_its_next_hour_and_within_twelve(since: datetime, end: datetime) -> None:
    assert end_of(since, DESK) == end


def test_an_office_that_never_closes_has_shifts_of_twelve_hours() -> None:
    assert end_of(at(7), Terms(DESK.idle, None, HANOI)) == at(19)


@pytest.mark.parametrize(("closes", "ends"), [(None, None), (time(16, 30), time(17, 30)), (time(23, 30), time(0, 30))])
def test_unless_it_is_set_a_shift_ends_an_hour_after_closing(closes: time | None, ends: time | None) -> None:
    assert unless_set(closes) == ends


@pytest.mark.parametrize(
    ("used", "now", "why"),
    [
        (at(8), at(8, 29), None), (at(8), at(8, 30), IDLE), (at(17, 20), at(17, 29), None),
        (at(17, 29), at(17, 30), SHIFT), (at(9), at(8), None),
    ],
)  # fmt: skip
def test_a_sign_in_ends_unused_or_with_the_shift(used: datetime, now: datetime, why: str | None) -> None:
    assert why_ended(at(7, 30), used, now, DESK) == why


def test_a_sign_in_of_a_time_to_come_is_none() -> None:
    assert why_ended(at(8, day=25), at(8, day=25), at(8), DESK) == SHIFT
