"""The desk: keys, two browsers at a counter, a closed browser, an old form. Nobody is lost or called twice."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Error, Locator, Page, expect

from tests.browser import people
from tests.browser.screens import DESK, Screens, live, past_double_tap
from tests.server import Server

pytestmark = pytest.mark.browser

TOGETHER = "(at) => setTimeout(() => document.querySelector('#call button').click(), at - Date.now())"


@pytest.fixture(autouse=True)
def _counter_is_left_free(screens: Screens, server: Server) -> Iterator[None]:
    """Each test begins with nobody at counter 5 and nobody waiting for it."""
    yield
    for ticket, status in people.rows(server, AT_COUNTER_5):
        if status == "called":
            screens.staff.begin(5, ticket)
        screens.staff.finish(5, ticket)
    while people.rows(server, WAITING):
        screens.staff.serve(5)


AT_COUNTER_5 = "SELECT id, status FROM ticket WHERE counter_id = 5 AND status IN ('called', 'serving')"
WAITING = "SELECT id FROM ticket WHERE letter IN ('D', 'H') AND status IN ('waiting', 'admitted', 'inside')"


def at_desk(screens: Screens, **more: object) -> Page:
    """A browser of the clerk at counter 5."""
    page = screens.open("/counters/5", DESK, "quay5", **more)
    return live(page) if more.get("java_script_enabled", True) else page


def key(page: Page, digit: int, then: str) -> None:
    """Press a key; the form that is then on the desk shows that it has been obeyed."""
    past_double_tap(page)
    page.keyboard.press(str(digit))
    expect(page.locator(f"#{then}")).to_be_visible()


def now(page: Page) -> Locator:
    return page.locator("[data-panel] [data-number]").first


def test_a_visitor_is_called_begun_and_finished_with_1_3_4(screens: Screens, server: Server) -> None:
    ticket, page = people.take(server, "D"), at_desk(screens)
    key(page, 1, then="begin")
    key(page, 3, then="finish")
    key(page, 4, then="call")
    assert people.status(server, ticket) == "done"


def test_2_calls_again_and_5_says_not_here(screens: Screens, server: Server) -> None:
    ticket, page = people.take(server, "D"), at_desk(screens)
    key(page, 1, then="recall")
    before = page.locator("#recall [name=operation]").get_attribute("value")
    key(page, 2, then="recall")
    expect(page.locator("#recall [name=operation]")).not_to_have_attribute("value", str(before))
    key(page, 5, then="call")
    assert people.status(server, ticket) == "no_show"
    assert people.moves(server, "recall").count(ticket.id) == 1


def test_the_keys_can_be_turned_off(screens: Screens, server: Server) -> None:
    ticket, page = people.take(server, "D"), at_desk(screens)
    page.locator("[data-keys]").click()
    page.keyboard.press("1")
    page.locator("[data-keys]").click()
    key(page, 1, then="begin")
    assert people.moves(server, "call").count(ticket.id) == 1


def test_a_double_tap_on_call_next_calls_one_and_begins_nothing(screens: Screens, server: Server) -> None:
    ticket, _second = people.take(server, "D"), people.take(server, "D")
    page = at_desk(screens)
    page.locator("#call button").dblclick()
    expect(page.locator("#begin")).to_be_visible()
    past_double_tap(page)
    assert people.rows(server, AT_COUNTER_5) == [(ticket.id, "called")]


def test_two_browsers_at_one_counter_pressing_together_call_one(screens: Screens, server: Server) -> None:
    first, second = people.take(server, "D"), people.take(server, "D")
    pages = [at_desk(screens), at_desk(screens)]
    moment = pages[0].evaluate("Date.now()") + 500
    for page in pages:
        page.evaluate(TOGETHER, moment)
    for page in pages:
        expect(now(page)).to_have_attribute("data-number", first.number)
        expect(page.locator("#begin")).to_be_visible()
    assert people.moves(server, "call").count(first.id) == 1
    assert people.status(server, second) in ("waiting", "admitted")


def test_a_clerk_who_closes_the_browser_finds_the_visitor_again(screens: Screens, server: Server) -> None:
    ticket, page = people.take(server, "D"), at_desk(screens)
    page.locator("#call button").click()
    expect(page.locator("#begin")).to_be_visible()
    page.context.close()
    again = at_desk(screens)
    expect(now(again)).to_have_attribute("data-number", ticket.number)
    again.locator("#begin button").click()
    expect(again.locator("#finish")).to_be_visible()


def test_an_old_page_that_calls_once_more_calls_nobody(screens: Screens, server: Server) -> None:
    first, second = people.take(server, "D"), people.take(server, "D")
    old, page = (at_desk(screens, java_script_enabled=False) for _ in range(2))
    for form in ("call", "begin", "finish"):
        page.locator(f"#{form} button").click()
    old.locator("#call button").click()
    assert people.status(server, first) == "done"
    assert people.moves(server, "call").count(second.id) == 0


def back(page: Page) -> None:
    """Go back; Chromium may be exchanging the page's process just then, and says so instead."""
    try:
        page.go_back()
    except Error as error:
        if "Not attached" not in str(error):
            raise
        page.wait_for_load_state()
        page.go_back()


def test_a_browser_that_goes_back_is_shown_the_counter_as_it_is_now(screens: Screens, server: Server) -> None:
    """There is no old form to send: the page is never kept."""
    first = people.take(server, "D")
    page = at_desk(screens, java_script_enabled=False)
    page.goto(f"{server.root}/session")
    back(page)
    page.locator("#call button").click()
    expect(
        page.locator("#begin")
    ).to_be_visible()  # The answer is here; to go back in the middle of it is another test.
    back(page)
    expect(page.locator("#begin")).to_be_visible()
    assert people.rows(server, AT_COUNTER_5) == [(first.id, "called")]


def test_a_form_sent_again_by_the_browsers_own_reload_finishes_one(screens: Screens, server: Server) -> None:
    first, second = people.take(server, "D"), people.take(server, "D")
    page = at_desk(screens, java_script_enabled=False)
    for form in ("call", "begin", "finish"):
        page.locator(f"#{form} button").click()
    page.reload()
    assert people.status(server, first) == "done"
    assert people.status(server, second) in ("waiting", "admitted")


def test_another_clerk_sees_the_press_at_once(screens: Screens, server: Server) -> None:
    ticket = people.take(server, "D")
    own, other = at_desk(screens), live(screens.open("/counters/5", DESK, "quanly"))
    own.locator("#call button").click()
    expect(now(other)).to_have_attribute("data-number", ticket.number)
    expect(other.locator("#begin")).to_be_visible()
