"""What is valid on a day at a place, and which errands a suspension stops (R9, R12)."""

from datetime import date, timedelta

import pytest

from queues.window import Days, Exempt, Stop, shown, stopped

FIRST, LAST = date(2026, 11, 24), date(2026, 12, 7)
LAND, CIVIL = 1, 2
DEATH, HOSPITAL = 501, 502
URGENT, IN_WORDS = Exempt(7, CIVIL, DEATH), Exempt(8, CIVIL)
FORTNIGHT = Stop(Days(FIRST, LAST), None, (URGENT, IN_WORDS))


def day(n: int) -> date:
    """The n-th day of the suspension, counted from one."""
    return FIRST + timedelta(days=n - 1)


@pytest.mark.parametrize(("n", "stops"), [(0, False), (1, True), (2, True), (13, True), (14, True), (15, False)])
def test_a_suspension_holds_from_its_first_to_its_last_day(n: int, stops: bool) -> None:
    assert (stopped([FORTNIGHT], LAND, day(n)) is not None) is stops


@pytest.mark.parametrize("n", range(16))
def test_what_is_exempt_is_taken_on_every_day(n: int) -> None:
    assert stopped([FORTNIGHT], CIVIL, day(n), procedure=DEATH) is None
    assert stopped([FORTNIGHT], CIVIL, day(n), exception=IN_WORDS.id) is None


def test_another_errand_of_the_same_service_is_not() -> None:
    assert stopped([FORTNIGHT], CIVIL, FIRST, procedure=HOSPITAL) is FORTNIGHT
    assert stopped([FORTNIGHT], CIVIL, FIRST, exception=99) is FORTNIGHT
    assert stopped([FORTNIGHT], CIVIL, FIRST) is FORTNIGHT


def test_an_exception_is_taken_by_its_service_alone() -> None:
    assert stopped([FORTNIGHT], LAND, FIRST, procedure=DEATH) is FORTNIGHT
    assert stopped([FORTNIGHT], LAND, FIRST, exception=URGENT.id) is FORTNIGHT


def test_services_that_are_not_named_go_on() -> None:
    land_only = Stop(Days(FIRST, LAST), (LAND,))
    assert stopped([land_only], LAND, FIRST) is land_only
    assert stopped([land_only], CIVIL, FIRST) is None


def test_of_two_suspensions_the_longer_one_is_told_and_both_must_let_an_errand_through() -> None:
    longer = Stop(Days(FIRST, LAST + timedelta(days=7)), (CIVIL,))
    assert stopped([FORTNIGHT, longer], CIVIL, FIRST) is longer
    assert stopped([FORTNIGHT, longer], CIVIL, FIRST, procedure=DEATH) is longer


@pytest.mark.parametrize(("places", "place", "is_shown"), [
    ((), "kiosk", True), (("kiosk", "door"), "door", True), (("kiosk",), "phone", False),
])  # fmt: skip
def test_a_text_is_shown_at_its_places_or_at_all(places: tuple[str, ...], place: str, is_shown: bool) -> None:
    assert shown(Days(), places, FIRST, place) is is_shown


@pytest.mark.parametrize(("n", "is_shown"), [(0, False), (1, True), (14, True), (15, False)])
def test_a_text_is_shown_on_its_first_and_on_its_last_day(n: int, is_shown: bool) -> None:
    assert shown(Days(FIRST, LAST), (), day(n), "kiosk") is is_shown
