"""Printed numbers, the turn of the day, opening hours, counts from moves, spoken calls."""

from datetime import date, time, timedelta

import pytest

from counter import voice
from queues import tally, window
from queues.numbering import day_turns, printed, understood

MONDAY = date(2026, 11, 23)


@pytest.mark.parametrize(("number", "text"), [(1, "A001"), (12, "A012"), (999, "A999"), (1000, "A1000")])
def test_a_number_is_printed_with_at_least_three_figures(number: int, text: str) -> None:
    assert printed("A", number) == text
    assert understood(text) == ("A", number)


@pytest.mark.parametrize("typed", ["a12", " A 012", "a-12", "A012 "])
def test_a_number_is_read_as_people_type_it(typed: str) -> None:
    assert understood(typed) == ("A", 12)


@pytest.mark.parametrize("typed", ["", "12", "A", "A0", "AB12", "A12x", "x" * 10_000, "A" + "9" * 400])
def test_what_is_no_number_is_not_guessed(typed: str) -> None:
    assert understood(typed) is None


def test_the_day_turns_when_nobody_is_left() -> None:
    tuesday = MONDAY + timedelta(days=1)
    assert day_turns(MONDAY, tuesday, anyone=False, quiet=timedelta(0))
    assert not day_turns(MONDAY, MONDAY, anyone=False, quiet=timedelta(days=1))


def test_a_clock_that_jumps_does_not_turn_the_day_while_people_wait() -> None:
    for jump in (timedelta(days=1), timedelta(days=366)):
        assert not day_turns(MONDAY, MONDAY + jump, anyone=True, quiet=timedelta(minutes=2))
    assert not day_turns(MONDAY, MONDAY - timedelta(days=1), anyone=False, quiet=timedelta(days=1))


def test_forgotten_tickets_end_after_a_quiet_night() -> None:
    assert day_turns(MONDAY, MONDAY + timedelta(days=1), anyone=True, quiet=timedelta(hours=9))


@pytest.mark.parametrize(
    ("opens", "closes", "at", "inside"),
    [
        (None, None, time(3), True),
        (time(7, 30), time(11, 30), time(7, 30), True),
        (time(7, 30), time(11, 30), time(11, 30), False),
        (time(22), time(6), time(23), True),
        (time(22), time(6), time(7), False),
        (time(7, 30), None, time(7), False),
    ],
)
def test_opening_hours(opens: time | None, closes: time | None, at: time, inside: bool) -> None:
    assert window.Hours(opens, closes).includes(at) is inside


def test_the_managers_reason_comes_before_the_hours() -> None:
    shut = window.Hours(time(7), time(8))
    reason = window.why_closed(time(9), office=shut, service=shut, by_manager=True, staffed=False)
    assert reason == "closed"
    assert window.why_closed(time(7), office=shut, service=shut, by_manager=False, staffed=False) == "no_counter"
    assert window.why_closed(time(7), office=shut, service=shut, by_manager=False, staffed=True) is None


def test_counts_come_from_moves() -> None:
    moves = [
        tally.Moved(1, 1, "issue", "waiting"),
        tally.Moved(3, 1, "call", "called"),
        tally.Moved(2, 2, "issue", "waiting"),
    ]
    assert tally.issued(moves) == 2
    assert tally.standing(moves) == {"called": 1, "waiting": 1}


def test_a_call_is_said_figure_by_figure() -> None:
    assert voice.call("A012", 3) == (
        "Xin mời số A không một hai, đến quầy số ba.",
        "Number A 0 1 2, please go to counter 3.",
    )


@pytest.mark.parametrize(
    ("counter", "said"),
    [(4, "bốn"), (10, "mười"), (11, "mười một"), (14, "mười bốn"), (15, "mười lăm"), (20, "hai mươi"),
     (21, "hai mươi mốt"), (24, "hai mươi tư"), (25, "hai mươi lăm"), (101, "một không một")],
)  # fmt: skip
def test_a_counter_is_said_as_a_number(counter: int, said: str) -> None:
    assert voice.counted_vi(counter) == said
