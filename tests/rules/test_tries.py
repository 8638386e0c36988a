"""So many at once, then one every so often; what is refused uses nothing up."""

from datetime import UTC, datetime, timedelta

from queues.tries import NONE, Rate, one_less, one_more, wait

NOW = datetime(2026, 11, 23, 1, 41, tzinfo=UTC)
FIVE = Rate(5, timedelta(minutes=5))


def tried(times: int, due: datetime | None = None, now: datetime = NOW) -> datetime | None:
    for _ in range(times):
        assert wait(due, now, FIVE) == NONE
        due = one_more(due, now, FIVE)
    return due


def test_so_many_are_granted_at_once_and_then_one_waits() -> None:
    assert wait(tried(5), NOW, FIVE) == timedelta(minutes=5)


def test_one_comes_back_every_so_often() -> None:
    due, later = tried(5), NOW + timedelta(minutes=5)
    assert wait(due, later - timedelta(seconds=1), FIVE) == timedelta(seconds=1)
    assert wait(tried(1, due, later), later, FIVE) == timedelta(minutes=5)


def test_after_long_there_are_no_more_than_at_first() -> None:
    later = NOW + timedelta(days=9)
    assert wait(tried(5, tried(5), later), later, FIVE) > NONE


def test_one_that_was_no_guess_is_given_back() -> None:
    due = tried(5)
    assert due and wait(one_less(due, NOW, FIVE), NOW, FIVE) == NONE
    assert wait(one_less(None, NOW, FIVE), NOW, FIVE) == NONE


def test_a_clock_that_was_put_back_keeps_nobody_out_for_longer() -> None:
    due = tried(5, now=NOW + timedelta(days=365))
    assert wait(due, NOW, FIVE) == timedelta(minutes=5)


def test_a_thousand_tries_a_minute_are_no_more_guesses_than_one_every_five_minutes() -> None:
    due, granted = None, 0
    for second in range(0, 3600):
        now = NOW + timedelta(seconds=second)
        if wait(due, now, FIVE) == NONE:
            due, granted = one_more(due, now, FIVE), granted + 1
    assert granted == 5 + 11
