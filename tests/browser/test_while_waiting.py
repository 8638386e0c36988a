"""The wait put to use: a visitor tries online, is called, asks for minutes, is done; a helper sees who asks."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser import people
from tests.browser.people import Ticket
from tests.browser.screens import PHONE, TABLET, Screens, live, past_double_tap
from tests.server import Server

pytestmark = pytest.mark.browser

NUMBER = "H01.2026.00042"


def inside(screens: Screens, server: Server) -> Ticket:
    """Somebody who has come in and waits for counter 5."""
    ticket = people.take(server, "D")
    screens.staff.let_in(ticket)
    return ticket


def press(page: Page, form: str) -> None:
    past_double_tap(page)
    page.locator(f"#{form} button").click()


def test_called_while_trying_five_more_minutes_and_done_online(screens: Screens, server: Server) -> None:
    first, second = inside(screens, server), inside(screens, server)
    phone = live(screens.open(first.path, PHONE))
    press(phone, "attempt")
    phone.locator("#file-number").fill(NUMBER)
    assert screens.staff.call(5) == first.id
    expect(phone.locator(".turn-called")).to_be_visible()
    expect(phone.locator("#file-number")).to_have_value(NUMBER)  # What is typed survives what is pushed.
    press(phone, "minutes")
    expect(phone.locator("#ready")).to_be_visible()
    assert screens.staff.call(5) == second.id
    press(phone, "ready")
    expect(phone.locator("#ready")).to_have_count(0)
    screens.staff.begin(5, second.id)
    screens.staff.finish(5, second.id)
    third = inside(screens, server)
    other_phone = live(screens.open(third.path, PHONE))
    expect(other_phone.locator(".turn-word b")).to_have_text("1")
    press(phone, "diversion")
    expect(phone.locator(".turn-online")).to_contain_text(NUMBER)
    expect(other_phone.locator(".turn-next")).to_be_visible()
    assert screens.staff.serve(5) == third.id


def test_who_asks_for_help_stands_on_the_helpers_list_at_once(screens: Screens, server: Server) -> None:
    ticket = inside(screens, server)
    helper = live(screens.open("/offices/demo/help", TABLET, "huongdan"))
    phone = live(screens.open(ticket.path, PHONE))
    press(phone, "help")
    expect(helper.locator(f"#asking-{ticket.id}")).to_be_visible()
    for button in helper.locator("main button, main a").all():
        assert (button.bounding_box() or {"height": 0})["height"] >= 60
    press(helper, f"helped-{ticket.id}")
    expect(helper.locator(f"#asking-{ticket.id}")).to_have_count(0)
    expect(phone.locator("#help")).to_be_visible()
    assert screens.staff.serve(5) == ticket.id
