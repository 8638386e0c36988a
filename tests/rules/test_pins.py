"""A PIN is four to six figures that are not the first anybody would try."""

import pytest

from counter.pins import weakness


@pytest.mark.parametrize("pin", ["", "123", "1234567", "12a4", "١٢٣٤", "-123", " 1234"])
def test_it_is_four_to_six_figures(pin: str) -> None:
    assert weakness(pin) == "shape"


@pytest.mark.parametrize(
    "pin",
    [
        "0000", "1234", "4321", "2468", "7890", "1212", "1122", "123123", "111222", "2580", "1990", "2026", "2304",
        "0423", "230490", "042390", "900423", "199004", "041990", "12345", "98765", "6868",
    ],
)  # fmt: skip
def test_rows_repetitions_and_dates_are_easily_guessed(pin: str) -> None:
    assert weakness(pin) == "easy"


def test_what_stands_in_the_user_name_is_easily_guessed() -> None:
    assert weakness("7351", "lan7351") == "easy"


@pytest.mark.parametrize("pin", ["7351", "8046", "59183", "749385", "4793"])
def test_others_are_taken(pin: str) -> None:
    assert weakness(pin, "lan") is None


def test_most_of_four_figures_are_left_to_choose_from() -> None:
    assert sum(weakness(f"{pin:04}") is None for pin in range(10_000)) > 8_000
