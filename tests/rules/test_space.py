"""How many people a space may hold (R1, R3, R13)."""

from decimal import Decimal as D

import pytest

from queues.errors import SpaceNotUnderstood
from queues.space import DISTANCE_PRESETS, PEOPLE_PRESETS, Space, cap_of, figure_of


def test_the_cap_is_the_smallest_of_floor_seats_and_preset_less_the_staff() -> None:
    assert cap_of(Space(usable=D(100), share=D("0.6"), distance=D(2))) == 15
    assert cap_of(Space(usable=D(100), share=D("0.6"), distance=D(2), seats=12)) == 12
    assert cap_of(Space(usable=D(100), share=D("0.6"), distance=D(2), seats=12, preset=10)) == 10
    assert cap_of(Space(usable=D(100), share=D("0.6"), distance=D(2), seats=12, preset=10, staff=4)) == 6


def test_half_a_person_is_nobody() -> None:
    assert cap_of(Space(usable=D("39.9"), distance=D(2))) == 9


def test_decimals_are_exact_where_floats_would_lose_a_person() -> None:
    assert cap_of(Space(usable=D("0.3"), share=D("1"), distance=D("0.1"))) == 30


def test_seats_alone_are_enough() -> None:
    assert cap_of(Space(seats=8, staff=2)) == 6


def test_more_staff_than_places_leaves_room_for_nobody() -> None:
    assert cap_of(Space(preset=2, staff=5)) == 0


@pytest.mark.parametrize(
    ("space", "field"),
    [
        (Space(), "usable"),
        (Space(usable=D(0)), "usable"),
        (Space(usable=D(10), share=D(0)), "share"),
        (Space(usable=D(10), share=D("1.1")), "share"),
        (Space(usable=D(10), distance=D(0)), "distance"),
        (Space(seats=-1), "seats"),
        (Space(preset=-1), "preset"),
        (Space(seats=3, staff=-1), "staff"),
    ],
)
def test_a_measure_that_no_room_has_is_named(space: Space, field: str) -> None:
    with pytest.raises(SpaceNotUnderstood) as refusal:
        cap_of(space)
    assert refusal.value.field == field


def test_the_presets_are_those_of_the_documents() -> None:
    assert PEOPLE_PRESETS == (20, 10, 2)
    assert DISTANCE_PRESETS == (2, 1)


@pytest.mark.parametrize("text", ["12.5", "0", "0.000000000001", "9999999"])
def test_a_figure_is_taken_as_people_write_it(text: str) -> None:
    assert figure_of(text) == D(text)


@pytest.mark.parametrize("text", ["1e-499990", "1E9", "NaN", "inf", "-1", "+1", "1.", ".5", "", "12345678", "١", "1_0"])
def test_no_powers_of_ten_and_nothing_that_is_no_figure(text: str) -> None:
    assert figure_of(text) is None


def test_a_distance_that_nobody_means_is_refused() -> None:
    with pytest.raises(SpaceNotUnderstood):
        cap_of(Space(usable=D(1), distance=D("1e-9")))
