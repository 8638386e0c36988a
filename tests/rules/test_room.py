"""Who may enter (R1, R13; I15, I16, I17)."""

import pytest

from queues.errors import RoomFull
from queues.order import Standing
from queues.room import Room, next_admitted, next_called


def waiting(*parties: int) -> list[Standing]:
    return [Standing(i, 1, i, sequence=i, party=party) for i, party in enumerate(parties, start=1)]


def admitted(room: Room, *parties: int) -> int | None:
    pick = next_admitted(room, waiting(*parties), 2, 0)
    return pick.standing.ticket if pick else None


def test_free_places_are_the_cap_less_those_inside_and_expected() -> None:
    assert Room(10, 4, 3).free == 3
    assert Room(None, 4, 3).free is None


def test_a_lowered_cap_leaves_no_free_place_and_says_how_many_are_over() -> None:
    room = Room(5, 6, 1)
    assert (room.free, room.over) == (0, 2)
    assert admitted(room, 1) is None


@pytest.mark.parametrize(("party", "fits"), [(1, True), (2, True), (3, False)])
def test_companions_take_places(party: int, fits: bool) -> None:
    assert Room(10, 8, 0).fits(party) is fits


def test_a_party_that_does_not_fit_is_refused_with_the_figures() -> None:
    with pytest.raises(RoomFull) as refusal:
        Room(2, 1, 0).check(2)
    assert (refusal.value.party, refusal.value.free) == (2, 1)


def test_a_cap_of_two_works_like_any_other() -> None:
    assert admitted(Room(2, 1, 0), 1) == 1
    assert admitted(Room(2, 1, 1), 1) is None


def test_a_small_party_does_not_slip_past_a_large_one() -> None:
    assert admitted(Room(4, 2, 0), 3, 1) is None


def test_a_party_larger_than_the_whole_cap_does_not_stop_the_line() -> None:
    assert admitted(Room(2, 0, 0), 3, 1) == 2


def test_without_a_cap_nobody_needs_to_be_let_in() -> None:
    assert admitted(Room(None, 0, 0), 1) is None


def test_a_counter_calls_those_inside_before_those_outside() -> None:
    line = [Standing(1, 1, 1), Standing(2, 1, 2, inside=True, place_held=True)]
    pick = next_called(Room(9, 1, 0), line, 2, 0)
    assert pick is not None
    assert pick.standing.ticket == 2


def test_a_counter_calls_straight_from_outside_only_into_a_free_place() -> None:
    line = waiting(2, 1)
    assert next_called(Room(2, 2, 0), line, 2, 0) is None
    pick = next_called(Room(2, 1, 0), line, 2, 0)
    assert pick is not None
    assert pick.standing.ticket == 2


def test_a_held_place_needs_no_second_one() -> None:
    line = [Standing(1, 1, 1, status="admitted", place_held=True, party=2)]
    assert next_called(Room(2, 0, 2), line, 2, 0) is not None
