"""Where a visitor waits (R3)."""

from queues.order import Standing
from queues.zones import Area, where_to_wait


def line(*parties: int) -> list[Standing]:
    return [Standing(n, 1, n, sequence=n, party=party) for n, party in enumerate(parties, start=1)]


def test_who_comes_first_is_told_the_first_area_with_room() -> None:
    assert where_to_wait(line(1, 1, 1, 1), [Area(7, 2), Area(8, 1)], {}) == {1: 7, 2: 7, 3: 8}


def test_who_stands_in_an_area_stays_there() -> None:
    assert where_to_wait(line(1, 1), [Area(7, 0), Area(8, 1)], {2: 7}) == {1: 8, 2: 7}


def test_companions_take_places_and_a_smaller_party_may_have_what_is_left() -> None:
    assert where_to_wait(line(2, 3, 1), [Area(7, 3)], {}) == {1: 7, 3: 7}


def test_without_areas_everybody_waits_outside() -> None:
    assert where_to_wait(line(1, 1), [], {}) == {}
