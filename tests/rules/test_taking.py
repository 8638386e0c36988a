"""How many tickets one phone and one address may take, and who is counted (issue 5)."""

from datetime import date, timedelta

import pytest

from queues.here import FIGURES, code_of, is_right, minute_of
from queues.taking import ADDRESS, DAY, HOUR, PHONE, Bound, is_counted, mark, network, reached
from tests.cast import MORNING

BOUNDS = (Bound(PHONE, HOUR, 2), Bound(PHONE, DAY, 5), Bound(ADDRESS, HOUR, 10), Bound(ADDRESS, DAY, None))


def taken(**more: int) -> dict[tuple[str, str], int]:
    return {(by, within): more.get(f"{by}_{within}", 0) for by in (PHONE, ADDRESS) for within in (HOUR, DAY)}


@pytest.mark.parametrize(
    ("before", "by", "within"),
    [
        ({"phone_hour": 2}, PHONE, HOUR), ({"phone_hour": 1, "phone_day": 5}, PHONE, DAY),
        ({"address_hour": 10}, ADDRESS, HOUR), ({"phone_hour": 9, "address_hour": 99}, PHONE, HOUR),
    ],
)  # fmt: skip
def test_a_bound_that_is_reached_allows_no_more(before: dict[str, int], by: str, within: str) -> None:
    over = reached(BOUNDS, taken(**before))
    assert over and (over.by, over.within) == (by, within)


def test_below_every_bound_one_more_is_allowed_and_none_is_no_bound() -> None:
    assert reached(BOUNDS, taken(phone_hour=1, phone_day=4, address_hour=9, address_day=10**6)) is None


@pytest.mark.parametrize(
    ("own_kiosk", "says_kiosk", "paired_only", "counted"),
    [
        (True, True, True, False), (True, False, False, False), (False, True, False, False),
        (False, False, False, True), (False, True, True, True), (False, False, True, True),
    ],
)  # fmt: skip
def test_who_stands_at_a_machine_of_the_office_is_not_counted(
    own_kiosk: bool, says_kiosk: bool, paired_only: bool, counted: bool
) -> None:
    how = {"own_kiosk": own_kiosk, "says_kiosk": says_kiosk, "paired_only": paired_only}
    assert is_counted(staff=False, **how) == counted
    assert not is_counted(staff=True, **how)


@pytest.mark.parametrize(
    ("address", "counted"),
    [
        ("203.0.113.7", "203.0.113.7"), ("::ffff:203.0.113.7", "203.0.113.7"), ("10.0.0.9", "10.0.0.9"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::"), ("2001:db8:1:2::1", "2001:db8:1:2::"), ("127.0.0.1", ""),
        ("127.8.8.8", ""), ("::1", ""), ("::ffff:127.0.0.1", ""), ("", ""), ("unix:", ""), ("0.0.0.0", ""),
    ],
)  # fmt: skip
def test_of_an_address_the_line_is_counted_and_our_own_machine_is_not(address: str, counted: str) -> None:
    assert network(address) == counted


def test_a_mark_is_another_every_day_at_every_office_and_with_every_key() -> None:
    day = date(2026, 11, 23)
    marks = {
        mark(b"key", 1, day, "203.0.113.7"), mark(b"key", 1, day + timedelta(days=1), "203.0.113.7"),
        mark(b"key", 2, day, "203.0.113.7"), mark(b"yek", 1, day, "203.0.113.7"), mark(b"key", 1, day, "203.0.113.8"),
    }  # fmt: skip
    assert len(marks) == 5 and all(len(own) == 32 for own in marks)
    assert mark(b"key", 1, day, "") == ""


# --- here ---------------------------------------------------------------------------------------------------

NOW = minute_of(MORNING)


def test_the_code_is_eight_figures_and_another_every_minute_and_office() -> None:
    codes = {code_of(secret, NOW + late) for secret in ("a", "b") for late in range(30)}
    assert len(codes) == 60
    assert all(len(code) == FIGURES and code.isdigit() for code in codes)


@pytest.mark.parametrize(("late", "right"), [(-1, False), (0, True), (1, True), (2, True), (3, False)])
def test_this_minutes_code_and_the_two_before_are_right(late: int, right: bool) -> None:
    assert is_right("secret", NOW + late, code_of("secret", NOW)) == right


def test_blanks_and_hyphens_do_no_harm_and_nonsense_is_not_right() -> None:
    code = code_of("secret", NOW)
    assert is_right("secret", NOW, f" {code[:4]} {code[4:]} ") and is_right("secret", NOW, f"{code[:4]}-{code[4:]}")
    assert not any(is_right("secret", NOW, typed) for typed in ("", code[:-1], code + "0", "ộ" * 8, "\0", "x" * 9999))
