"""Which way fits an errand, and what is never claimed of it (R4, R5, R6)."""

import pytest

from queues.online import (
    FULL,
    HELP_POINT,
    LONGEST_ADDRESS,
    LOOK,
    NONE,
    ONLINE,
    PARTIAL,
    PHONE,
    POST_IN,
    POST_OUT,
    Known,
    can_try,
    opens,
    to_collect,
    way_to_try,
    ways,
)

PAGE = "https://portal.example/thu-tuc/1"


def test_what_the_catalogue_leaves_open_is_looked_up_and_never_promised() -> None:
    assert ways(Known(url=PAGE)) == (LOOK,)


def test_what_is_known_of_nothing_offers_nothing() -> None:
    assert ways(Known()) == ()


def test_a_page_that_no_phone_opens_is_no_way() -> None:
    assert ways(Known(url="javascript:alert(1)")) == ()


def test_the_way_that_spares_most_comes_first() -> None:
    known = Known(FULL, True, True, True, PAGE)
    assert ways(known, help_points=True, phone=True) == (ONLINE, POST_IN, POST_OUT, HELP_POINT, PHONE)


def test_nobody_is_sent_for_help_with_what_is_not_done_online() -> None:
    assert ways(Known(NONE, url=PAGE), help_points=True) == ()


@pytest.mark.parametrize(
    ("known", "way"),
    [
        (Known(FULL), ONLINE),
        (Known(PARTIAL, url=PAGE), ONLINE),
        (Known(url=PAGE), LOOK),
        (Known(), None),
        (Known(NONE, url=PAGE), None),
    ],
)
def test_what_somebody_who_waits_may_try(known: Known, way: str | None) -> None:
    assert way_to_try(known) == way
    assert can_try(known) == (way is not None)


def test_who_only_collects_is_offered_the_post_first() -> None:
    assert to_collect() == (POST_OUT,)
    assert to_collect(phone=True) == (POST_OUT, PHONE)


@pytest.mark.parametrize("address", ["", "portal.example", "javascript:alert(1)", "ftp://portal.example", " " + PAGE])
def test_what_is_no_web_address_is_not_opened(address: str) -> None:
    assert not opens(address)


def test_an_address_too_long_for_a_code_is_not_opened() -> None:
    assert opens(PAGE.ljust(LONGEST_ADDRESS, "x"))
    assert not opens(PAGE.ljust(LONGEST_ADDRESS + 1, "x"))
