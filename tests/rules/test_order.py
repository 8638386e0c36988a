"""Who is next (I12, I13, I14)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from queues.order import (
    FIRST,
    PRIORITY,
    REGULARS_TURN,
    Standing,
    for_counter,
    interleaved,
    next_of,
    one_behind,
    places_ahead,
    streak_of,
)  # fmt: skip


def line(text: str) -> list[Standing]:
    """ "rPr" is a regular, a priority and a regular ticket, in the order in which they were taken."""
    return [Standing(i, 1, i, sequence=i, priority=letter == "P") for i, letter in enumerate(text, start=1)]


def taken(text: str, ratio: int = 2, streak: int = 0) -> list[int]:
    return [pick.standing.ticket for pick in interleaved(line(text), ratio, streak)]


@pytest.mark.parametrize(
    ("standing", "order"),
    [
        ("rrr", [1, 2, 3]),
        ("rPr", [2, 1, 3]),
        ("rPPPr", [2, 3, 1, 4, 5]),
        ("PPP", [1, 2, 3]),
        ("", []),
    ],
)
def test_priority_goes_first_two_to_one(standing: str, order: list[int]) -> None:
    assert taken(standing) == order


def test_after_two_priority_calls_a_regular_is_next_even_if_another_priority_waits() -> None:
    pick = next_of(line("rP"), ratio=2, streak=2)
    assert pick is not None
    assert (pick.standing.ticket, pick.why) == (1, FIRST)
    assert next_of(line("Pr"), ratio=2, streak=2).why == REGULARS_TURN  # type: ignore[union-attr]


def test_going_ahead_carries_its_reason() -> None:
    assert next_of(line("rP"), 2, 0).why == PRIORITY  # type: ignore[union-attr]
    assert next_of(line("Pr"), 2, 0).why == FIRST  # type: ignore[union-attr]


def test_nobody_is_next_in_an_empty_line() -> None:
    assert next_of([], 2, 0) is None


@given(st.text(alphabet="rP", max_size=30), st.integers(1, 5), st.integers(0, 6))
def test_nobody_starves_and_each_class_keeps_its_order(text: str, ratio: int, streak: int) -> None:
    order = taken(text, ratio, streak)
    assert sorted(order) == list(range(1, len(text) + 1))
    classes = [text[ticket - 1] for ticket in order]
    for kind in "rP":
        own = [ticket for ticket in order if text[ticket - 1] == kind]
        assert own == sorted(own)
    longest = max((len(run) for run in "".join(classes[: "".join(classes).rfind("r") + 1]).split("r")), default=0)
    assert longest <= ratio


def test_a_streak_ends_with_the_last_regular() -> None:
    assert streak_of([True, True, False, True]) == 2
    assert streak_of([]) == 0


def test_a_counter_may_call_its_own_services_only() -> None:
    mixed = [Standing(1, 7, 1), Standing(2, 8, 2)]
    assert [s.ticket for s in for_counter(mixed, [8])] == [2]


def test_who_is_set_back_stands_exactly_one_place_behind() -> None:
    first, *others = line("rrr")
    rank, setback = one_behind(first, [first, *others])
    moved = Standing(1, 1, rank, setback, 1)
    assert [p.standing.ticket for p in interleaved([*others, moved], 2, 0)] == [2, 1, 3]


def test_who_is_set_back_passes_nobody_of_another_class() -> None:
    regular, priority, later = line("rPr")
    assert one_behind(regular, [regular, priority, later]) == (3, 1)


def test_the_last_in_line_keeps_the_place_when_set_back() -> None:
    only = line("r")
    assert one_behind(only[0], only) == (1, 0)


def test_ahead_counts_those_of_the_same_service() -> None:
    mixed = [Standing(1, 7, 1), Standing(2, 8, 2), Standing(3, 7, 3), Standing(4, 7, 4, priority=True)]
    assert places_ahead(mixed, 2, 0) == {4: 0, 1: 1, 2: 0, 3: 2}
