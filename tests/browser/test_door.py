"""The door: a guide with many people in front of them taps fast, and every tap counts, once."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser import people
from tests.browser.screens import TABLET, Screens, live
from tests.server import Server

pytestmark = pytest.mark.browser


@pytest.fixture
def door(screens: Screens) -> Page:
    return live(screens.open("/offices/demo/door", TABLET, "huongdan"))


def test_two_visitors_let_in_one_right_after_the_other_are_both_in(door: Page, server: Server) -> None:
    tickets = [people.take(server) for _ in range(2)]
    last = door.locator(f"#enter-{tickets[1].id}")
    expect(last).to_be_visible()
    for ticket in reversed(tickets):  # from below, so that nobody moves under the finger
        door.locator(f"#enter-{ticket.id} button").click()
    for ticket in tickets:
        expect(door.locator(f"#present-{ticket.id}")).to_be_visible()


def test_a_double_tap_lets_in_one_and_not_the_next_in_the_list(door: Page, server: Server) -> None:
    first, second = people.take(server), people.take(server)
    expect(door.locator(f"#enter-{second.id}")).to_be_visible()
    door.locator(f"#enter-{first.id} button").dblclick()
    expect(door.locator(f"#present-{first.id}")).to_be_visible()
    assert people.status(server, second) == "admitted"
