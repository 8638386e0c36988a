"""The kiosk: nobody stands by it, so it helps itself, and no press is ever taken twice."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser import people
from tests.browser.screens import AWAY, KIOSK, PHONE, Screens, is_same, live, mark, past_double_tap
from tests.server import Server

pytestmark = pytest.mark.browser


QUICK = """
  const every = window.setInterval;
  window.setInterval = (work, wait, ...more) => every(work, wait === 1000 ? 50 : wait, ...more);
"""
"""The kiosk counts seconds; here they pass twenty times as fast, and nothing else does."""


@pytest.fixture
def quick(screens: Screens) -> Page:
    """A kiosk at its start, where a minute without a touch takes three seconds."""
    page = screens.blank(KIOSK)
    page.add_init_script(QUICK)
    page.goto(f"{screens.server.root}/offices/demo/kiosk")
    mark(live(page))
    return page


@pytest.fixture
def kiosk(screens: Screens) -> Page:
    """A kiosk at its start."""
    page = live(screens.open("/offices/demo/kiosk", KIOSK))
    mark(page)
    return page


@pytest.fixture
def issued(server: Server) -> Callable[[], int]:
    """How many tickets have been taken since the test began."""

    def count() -> int:
        return int(people.rows(server, "SELECT count(*) FROM ticket")[0][0])

    before = count()
    return lambda: count() - before


def choose(page: Page, service: int = 1) -> None:
    page.locator(f"#service-{service}").click()
    expect(page.locator("#take")).to_be_visible()


def number(page: Page) -> str | None:
    """The number on the ticket that the kiosk shows."""
    shown = page.locator("#main [data-number]")
    expect(shown).to_be_visible()
    return shown.get_attribute("data-number")


def test_it_goes_back_to_the_start_by_itself(quick: Page) -> None:
    choose(quick)
    quick.locator("#take button").click()
    number(quick)
    expect(quick.locator("#service-1")).to_be_visible()
    assert is_same(quick)


def test_it_forgets_a_visitor_who_walks_away_from_a_question(quick: Page) -> None:
    choose(quick)
    expect(quick.locator("#service-1")).to_be_visible()


def test_back_at_the_start_it_speaks_vietnamese_again(quick: Page) -> None:
    quick.locator("a.language").click()
    expect(quick.locator("#main")).to_have_attribute("lang", "en")
    expect(quick.locator("#main")).to_have_attribute("lang", "vi")
    expect(quick.locator("html")).to_have_attribute("lang", "vi")


def test_the_language_changes_with_one_tap_and_back_with_another(kiosk: Page) -> None:
    kiosk.locator("a.language").click()
    expect(kiosk.locator("html")).to_have_attribute("lang", "en")
    past_double_tap(kiosk)
    kiosk.locator("a.language").click()
    expect(kiosk.locator("html")).to_have_attribute("lang", "vi")
    assert is_same(kiosk)


def test_the_language_changes_in_the_middle_of_a_question(kiosk: Page) -> None:
    choose(kiosk)
    kiosk.locator("a.language").click()
    expect(kiosk.locator("#main")).to_have_attribute("lang", "en")
    expect(kiosk.locator("#take")).to_be_visible()


def test_a_kiosk_switched_on_at_a_question_lives_once_it_is_at_the_start(screens: Screens, server: Server) -> None:
    page = screens.open("/offices/demo/kiosk?service=1", KIOSK)
    page.locator("#take a").click()
    live(page)
    before = page.locator("#service-8").inner_text()
    people.take(server, "K")
    expect(page.locator("#service-8")).not_to_have_text(before)


def test_companions_and_priority_go_with_the_ticket(kiosk: Page, server: Server) -> None:
    choose(kiosk)
    kiosk.locator("#take [name=party_size][value='3']").check(force=True)
    kiosk.locator("#take [name=priority_class][value='1']").check(force=True)
    kiosk.locator("#take button").click()
    number(kiosk)
    newest = "SELECT party, priority_class_id FROM ticket ORDER BY id DESC LIMIT 1"
    assert people.rows(server, newest) == [(3, 1)]


def test_a_double_tap_takes_one_ticket(kiosk: Page, issued: Callable[[], int]) -> None:
    choose(kiosk)
    kiosk.locator("#take button").dblclick()
    number(kiosk)
    assert issued() == 1


def test_a_double_tap_on_a_service_takes_no_ticket_yet(kiosk: Page, issued: Callable[[], int]) -> None:
    kiosk.locator("#service-1").dblclick()
    expect(kiosk.locator("#take")).to_be_visible()
    assert issued() == 0


def test_an_answer_lost_on_the_way_is_given_again_not_another(
    screens: Screens, kiosk: Page, issued: Callable[[], int]
) -> None:
    def lose(route: Route) -> None:
        route.fetch(max_redirects=0)  # The server has done its part …
        route.abort()  # … and the kiosk never hears of it.

    screens.expect("ERR_FAILED|Failed to fetch")
    choose(kiosk)
    kiosk.route("**/offices/demo/tickets", lose)
    kiosk.locator("#take button").click()
    expect(kiosk.locator("#failed")).to_be_visible()
    kiosk.unroute("**/offices/demo/tickets")
    past_double_tap(kiosk)
    kiosk.locator("#take button").click()
    number(kiosk)
    assert issued() == 1


def test_a_press_while_the_server_is_away_is_answered_in_words_and_kept(
    screens: Screens, kiosk: Page, server: Server, issued: Callable[[], int]
) -> None:
    screens.expect(AWAY)
    choose(kiosk)
    server.kill()
    kiosk.locator("#take button").click()
    expect(kiosk.locator("#failed")).to_be_visible()
    expect(kiosk.locator("#failed")).to_contain_text("nhân viên")
    expect(kiosk.locator("#take")).to_be_visible()
    server.start()
    past_double_tap(kiosk)
    kiosk.locator("#take button").click()
    number(kiosk)
    expect(kiosk.locator("#failed")).to_be_hidden()
    assert issued() == 1
    assert is_same(kiosk)


def test_an_idle_kiosk_never_ends_on_the_browsers_error_page(screens: Screens, kiosk: Page, server: Server) -> None:
    screens.expect(AWAY)
    server.kill()
    kiosk.locator("#service-1").click()
    expect(kiosk.locator("#failed")).to_be_visible()
    expect(kiosk.locator("#service-1")).to_be_visible()
    server.start()
    live(kiosk)
    choose(kiosk)


def test_an_old_form_sent_again_gives_the_same_ticket(screens: Screens, issued: Callable[[], int]) -> None:
    """The answers open in tabs of their own, so that the form itself stays as it was."""
    page = screens.open("/offices/demo/tickets?service=1", PHONE)
    page.locator("#take").evaluate("(form) => { form.target = '_blank'; }")
    shown = []
    for _press in range(2):
        with page.context.expect_page() as answer:
            page.locator("#take button").click()
        shown.append(answer.value.locator("[data-status] [data-number]").get_attribute("data-number"))
        past_double_tap(page)
    assert shown[0] == shown[1]
    assert issued() == 1


def test_loading_the_ticket_again_takes_no_second_ticket(screens: Screens, issued: Callable[[], int]) -> None:
    page = screens.open("/offices/demo/tickets?service=1", PHONE)
    page.locator("#take button").click()
    expect(page.locator("[data-status]")).to_be_visible()
    page.reload()
    expect(page.locator("[data-status]")).to_be_visible()
    assert issued() == 1
