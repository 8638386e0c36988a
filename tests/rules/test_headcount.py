"""A count by eye is right, and the list is mended (I15, I21)."""

from hypothesis import given
from hypothesis import strategies as st

from queues.headcount import CALLED, GONE, NAMELESS, SERVED, WAITS, Correction, Stay, correction, drift


def test_a_count_that_agrees_changes_nothing() -> None:
    assert correction([Stay(1, 2, WAITS, 1)], 2) == Correction({}, 0)


def test_more_than_the_list_has_are_strangers() -> None:
    assert correction([Stay(1, 2, WAITS, 1)], 5) == Correction({}, 3)


def test_those_whose_errand_is_over_are_taken_off_first_and_those_served_last() -> None:
    there = [
        Stay(1, 1, SERVED, 1),
        Stay(2, 1, WAITS, 2),
        Stay(3, 1, GONE, 3),
        Stay(4, 1, NAMELESS, 4),
        Stay(5, 1, CALLED, 5),
    ]
    assert list(correction(there, 0).remain) == [3, 4, 2, 5, 1]
    assert correction(there, 3).remain == {3: 0, 4: 0}


def test_a_party_may_lose_some_of_its_people() -> None:
    assert correction([Stay(1, 3, WAITS, 1)], 2).remain == {1: 2}


def test_among_those_alike_the_one_who_came_first_has_left_first() -> None:
    assert correction([Stay(2, 1, GONE, 8), Stay(1, 1, GONE, 7)], 1).remain == {1: 0}


stays = st.lists(st.tuples(st.integers(1, 6), st.sampled_from([GONE, NAMELESS, WAITS, CALLED, SERVED])), max_size=12)


@given(stays, st.integers(0, 60))
def test_after_the_correction_the_list_has_as_many_as_were_counted(there: list[tuple[int, int]], counted: int) -> None:
    present = [Stay(n, people, sureness, n) for n, (people, sureness) in enumerate(there)]
    mended = correction(present, counted)
    left = sum(mended.remain.get(stay.presence, stay.people) for stay in present)
    assert left + mended.strangers == counted
    assert all(0 <= people < present[n].people for n, people in mended.remain.items())
    assert not (mended.remain and mended.strangers)


def test_drift_is_what_the_counter_at_the_door_has_more_than_the_list() -> None:
    assert (drift(12, 10), drift(8, 10)) == (2, -2)
