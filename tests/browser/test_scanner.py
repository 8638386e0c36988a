"""The door's scanner: whatever is typed or scanned counts once, where it was meant."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.browser import people
from tests.browser.scanning import DOOR, REFUSED, choose, empty_the_room, entries, inside, waiting, wedge
from tests.browser.screens import AWAY, PHONE, TABLET, Screens, Size, live
from tests.server import Server

pytestmark = pytest.mark.browser

TOO_SMALL = """[...document.querySelectorAll("#scanner :is(button, .field, a, label:has(input)), #main button")]
  .filter((own) => own.checkVisibility()).map((own) => [own.innerText, own.getBoundingClientRect()])
  .filter(([, { width, height }]) => Math.min(width, height) < 60).map(([text]) => text)"""


@pytest.fixture(autouse=True)
def room(server: Server) -> Iterator[None]:
    """Room for all of each test's visitors."""
    yield
    empty_the_room(server)


@pytest.fixture
def door(screens: Screens) -> Page:
    return live(screens.open(DOOR, TABLET, "huongdan"))


def test_what_a_scanner_types_anywhere_on_the_page_lets_in(door: Page, server: Server) -> None:
    by_number, by_code = people.take(server), people.take(server)
    door.locator("#main").focus()
    wedge(door, by_number.number)
    expect(inside(door, by_number)).to_be_visible()
    wedge(door, server.root + by_code.path)
    expect(inside(door, by_code)).to_be_visible()
    expect(door.locator("#said")).to_contain_text(by_code.number)
    expect(door.locator("#code")).to_be_focused()
    expect(door.locator("#code")).to_have_value("")


def test_a_scan_presses_no_button_that_happens_to_have_the_focus(door: Page, server: Server) -> None:
    first, second = people.take(server), people.take(server)
    door.locator(f"#enter-{second.id} button").focus()
    wedge(door, first.number)
    expect(inside(door, first)).to_be_visible()
    assert people.status(server, second) == "admitted"


def test_scans_one_right_after_the_other_all_count_in_their_order(door: Page, server: Server) -> None:
    tickets = [people.take(server) for _ in range(3)]
    for ticket in tickets:
        wedge(door, ticket.number)
    expect(inside(door, tickets[-1])).to_be_visible()
    assert entries(server, tickets) == [ticket.id for ticket in tickets]


def test_the_same_ticket_scanned_twice_is_in_once_and_the_guide_is_told(door: Page, server: Server) -> None:
    ticket = people.take(server)
    wedge(door, ticket.number)
    wedge(door, ticket.number)
    expect(door.locator("#said .said-known")).to_contain_text(ticket.number)
    assert entries(server, [ticket]) == [ticket.id]


def test_enter_does_what_the_switch_says_also_after_a_reload(door: Page, server: Server) -> None:
    ticket = people.take(server)
    wedge(door, ticket.number)
    expect(inside(door, ticket)).to_be_visible()
    choose(door, "exits")
    door.reload()
    wedge(live(door), ticket.number)
    expect(inside(door, ticket)).to_have_count(0)


def test_a_finger_presses_the_way_and_says_how_many_have_come(screens: Screens, server: Server) -> None:
    ticket = people.take(server)
    page = live(screens.open(DOOR, PHONE, "huongdan", has_touch=True))
    page.locator("#code").tap()
    page.keyboard.type(ticket.number)
    page.locator("#people").select_option("2")
    page.locator("#scan [data-way=entries]").tap()
    expect(inside(page, ticket)).to_contain_text("2")
    expect(page.locator("#code")).not_to_be_focused()
    expect(page.locator("#people")).to_have_value("")
    page.locator("#ways label", has=page.locator("[value=exits]")).tap()
    page.locator("#code").fill(ticket.number)
    expect(page.locator("#scan [data-way=entries]")).to_be_hidden()  # In one hand one button, for the way chosen.
    page.locator("#scan [data-way=exits]").tap()
    expect(inside(page, ticket)).to_have_count(0)


def test_a_scan_does_not_move_the_list_under_the_finger(screens: Screens, server: Server) -> None:
    tickets = [people.take(server) for _ in range(12)]
    page = live(screens.open(DOOR, PHONE, "huongdan"))
    page.mouse.wheel(0, 150)
    page.wait_for_function("window.scrollY > 100")
    before = page.evaluate("window.scrollY")
    page.keyboard.type(tickets[-1].number[0])
    assert page.evaluate("window.scrollY") == before


def test_a_refusal_is_told_and_the_next_scan_goes_on(door: Page, server: Server, screens: Screens) -> None:
    screens.expect(REFUSED)
    ticket = people.take(server)
    wedge(door, "Z999")
    expect(door.locator("#said .said-error")).to_be_visible()
    wedge(door, ticket.number)
    expect(inside(door, ticket)).to_be_visible()
    expect(door.locator("#scan-list")).to_be_empty()


@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize("size", [TABLET, PHONE], ids=["tablet", "phone"])
def test_a_thumb_meets_everything_at_the_door(
    screens: Screens, server: Server, axe: str, size: Size, lang: str
) -> None:
    screens.expect(AWAY, REFUSED)
    ticket = people.take(server)
    page = live(screens.open(f"{DOOR}?lang={lang}", size, "huongdan", reduced_motion="reduce"))
    page.context.set_offline(True)
    wedge(page, "Z999")
    expect(waiting(page)).to_have_count(1)
    page.context.set_offline(False)
    expect(page.locator("#scan-list .is-refused")).to_be_visible()
    page.context.set_offline(True)
    wedge(page, ticket.number)
    expect(waiting(page)).to_have_count(1)
    assert not page.evaluate(TOO_SMALL)
    assert page.evaluate("document.documentElement.scrollWidth - window.innerWidth") <= 0
    page.evaluate(axe)
    found = page.evaluate("axe.run('#scanner', { runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa'] })")
    assert not [(one["id"], [node["target"] for node in one["nodes"]]) for one in found["violations"]]
    page.context.set_offline(False)
    expect(inside(page, ticket)).to_be_visible()
