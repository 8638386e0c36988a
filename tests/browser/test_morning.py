"""A morning with five pages open at once: each change is seen on each of them, and none is ever reloaded."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from time import monotonic

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser import people
from tests.browser.eyes import look
from tests.browser.people import Ticket
from tests.browser.screens import AWAY, DESK, KIOSK, PHONE, TABLET, WALL, Screens, is_same, live, mark, past_double_tap

pytestmark = pytest.mark.browser

TRUE_AGAIN = 5.0
"""Seconds in which all pages show the truth by themselves once the server is back (issue 2)."""

AT_COUNTER_1, AT_COUNTER_2 = (re.compile(f"quầy {number}", re.IGNORECASE) for number in (1, 2))

HEAR_CALLS = """document.addEventListener("luot:call", ({ detail }) => {
  document.body.dataset.heard = `${document.body.dataset.heard ?? ""}${detail.ticket}>${detail.counter} `;
})"""


@dataclass
class Morning:
    """The five pages, and who does something elsewhere meanwhile."""

    screens: Screens
    kiosk: Page
    door: Page
    desk: Page
    wall: Page
    phone: Page

    def open_phone(self, path: str) -> None:
        """The visitor's phone opens the address."""
        self.phone.goto(self.screens.server.root + path)
        mark(live(self.phone))

    @property
    def pages(self) -> list[Page]:
        return [self.kiosk, self.door, self.desk, self.wall, self.phone]


@pytest.fixture
def morning(screens: Screens) -> Iterator[Morning]:
    """Everything is switched on before the first visitor comes."""
    kiosk = screens.open("/offices/demo/kiosk", KIOSK)
    door = screens.open("/offices/demo/door", TABLET, "huongdan")
    desk = screens.open("/counters/1", DESK, "quay1")
    wall = screens.open("/offices/demo/display", WALL)
    for page in (kiosk, door, desk, wall):
        mark(live(page))
    wall.evaluate(HEAR_CALLS)
    morning = Morning(screens, kiosk, door, desk, wall, screens.blank(PHONE))
    yield morning
    assert [is_same(page) for page in morning.pages] == [True] * 5, "a page was loaded again"


def test_five_pages_see_each_change_and_heal_after_a_kill(morning: Morning) -> None:
    elsewhere = a_ticket_taken_elsewhere_is_counted_everywhere(morning)
    ticket = a_ticket_taken_at_the_kiosk_opens_on_the_phone(morning)
    the_door_lets_in_with_one_tap(morning, elsewhere)
    the_door_lets_in_with_one_tap(morning, ticket)
    the_first_one_is_served_elsewhere(morning, elsewhere)
    the_desk_calls_and_every_screen_knows(morning, ticket)
    the_desk_begins_and_finishes(morning, ticket)
    the_door_sees_out(morning, ticket)
    nobody_is_shown_an_old_truth_when_the_server_dies(morning)


def a_ticket_taken_elsewhere_is_counted_everywhere(morning: Morning) -> Ticket:
    expect(waiting(morning, "A")).not_to_contain_text("1")
    ticket = people.take(morning.screens.server, "A")
    expect(waiting(morning, "A")).to_contain_text("1")
    expect(coming(morning.door, ticket)).to_be_visible()
    expect(morning.desk.locator(f"#next-{ticket.number}")).to_be_visible()
    expect(morning.wall.locator(f"#coming-{ticket.number}")).to_be_visible()
    return ticket


def a_ticket_taken_at_the_kiosk_opens_on_the_phone(morning: Morning) -> Ticket:
    kiosk = morning.kiosk
    kiosk.locator(f"#service-{people.service(morning.screens.server, 'A')}").click()
    kiosk.locator("#take button").click()
    number = kiosk.locator("#main [data-number]").first.get_attribute("data-number")
    (address,) = look(kiosk.locator(".qr")).codes()
    ticket = people.ticket_at(morning.screens.server, address)
    assert ticket.number == number
    morning.open_phone(ticket.path)
    expect(morning.phone.locator(f"[data-number={number}]")).to_be_visible()
    kiosk.locator("[data-return]").click()
    expect(waiting(morning, "A")).to_contain_text("2")
    return ticket


def the_door_lets_in_with_one_tap(morning: Morning, ticket: Ticket) -> None:
    past_double_tap(morning.door)
    coming(morning.door, ticket).get_by_role("button").click()
    expect(present(morning.door, ticket)).to_be_visible()
    expect(coming(morning.door, ticket)).to_have_count(0)
    expect(morning.wall.locator(f"#coming-{ticket.number}")).to_have_count(0)
    if morning.phone.locator(f"[data-number={ticket.number}]").count():
        expect(turn(morning.phone)).to_have_attribute("data-status", "inside")


def the_first_one_is_served_elsewhere(morning: Morning, ticket: Ticket) -> None:
    expect(turn(morning.phone)).to_contain_text("1")
    assert morning.screens.staff.call(2) == ticket.id
    expect(morning.wall.locator(f"#now-{ticket.number}-2")).to_be_visible()
    expect(morning.desk.locator(f"#next-{ticket.number}")).to_have_count(0)
    expect(waiting(morning, "A")).to_contain_text("1")
    expect(present(morning.door, ticket)).to_contain_text(AT_COUNTER_2)
    morning.screens.staff.begin(2, ticket.id)
    morning.screens.staff.finish(2, ticket.id)
    expect(present(morning.door, ticket)).to_have_class("is-over")


def the_desk_calls_and_every_screen_knows(morning: Morning, ticket: Ticket) -> None:
    press(morning.desk, "call")
    expect(now(morning.desk)).to_have_attribute("data-number", ticket.number)
    expect(morning.wall.locator(f"#now-{ticket.number}-1")).to_be_visible()
    expect(morning.wall.locator("body")).to_have_attribute("data-heard", re.compile(f"{ticket.number}>1 $"))
    expect(turn(morning.phone)).to_have_attribute("data-status", "called")
    expect(turn(morning.phone).get_by_role("status")).to_contain_text(AT_COUNTER_1)
    expect(present(morning.door, ticket)).to_contain_text(AT_COUNTER_1)
    expect(waiting(morning, "A")).not_to_contain_text("1")


def the_desk_begins_and_finishes(morning: Morning, ticket: Ticket) -> None:
    press(morning.desk, "begin")
    expect(turn(morning.phone)).to_have_attribute("data-status", "serving")
    press(morning.desk, "finish")
    expect(turn(morning.phone)).to_have_attribute("data-status", "done")
    expect(present(morning.door, ticket)).to_have_class("is-over")
    expect(morning.desk.locator("#call")).to_be_visible()


def the_door_sees_out(morning: Morning, ticket: Ticket) -> None:
    past_double_tap(morning.door)
    present(morning.door, ticket).get_by_role("button").click()
    expect(present(morning.door, ticket)).to_have_count(0)


def nobody_is_shown_an_old_truth_when_the_server_dies(morning: Morning) -> None:
    server = morning.screens.server
    ticket = people.take(server, "A")
    morning.open_phone(ticket.path)
    expect(morning.desk.locator(f"#next-{ticket.number}")).to_be_visible()
    expect(waiting(morning, "A")).to_contain_text("1")
    morning.screens.expect(AWAY)
    server.kill()
    every_page_says_since_when_it_is_blind(morning)
    server.start()
    ready = monotonic()
    assert morning.screens.staff.call(2) == ticket.id
    every_page_shows_the_call(morning, ticket, before=ready + TRUE_AGAIN)


def every_page_says_since_when_it_is_blind(morning: Morning) -> None:
    for page in morning.pages:
        expect(page.locator("#line")).to_be_visible()
        expect(page.locator("#line")).to_contain_text(re.compile(r"\d\d:\d\d"))


def every_page_shows_the_call(morning: Morning, ticket: Ticket, *, before: float) -> None:
    def left() -> float:
        return max(1.0, 1000 * (before - monotonic()))

    expect(morning.wall.locator(f"#now-{ticket.number}-2")).to_be_visible(timeout=left())
    expect(turn(morning.phone)).to_have_attribute("data-status", "called", timeout=left())
    expect(coming(morning.door, ticket)).to_contain_text(AT_COUNTER_2, timeout=left())
    expect(morning.desk.locator(f"#next-{ticket.number}")).to_have_count(0, timeout=left())
    expect(waiting(morning, "A")).not_to_contain_text("1", timeout=left())
    for page in morning.pages:
        expect(page.locator("#line")).to_be_hidden(timeout=left())


def press(desk: Page, form: str) -> None:
    past_double_tap(desk)
    desk.locator(f"#{form} button").click()


def waiting(morning: Morning, letter: str) -> Locator:
    """Where the kiosk says how many wait for a service."""
    return morning.kiosk.locator(f"#service-{people.service(morning.screens.server, letter)}")


def coming(door: Page, ticket: Ticket) -> Locator:
    return door.locator(f"#coming-{ticket.id}")


def present(door: Page, ticket: Ticket) -> Locator:
    return door.locator(f"#present-{ticket.id}")


def turn(phone: Page) -> Locator:
    return phone.locator("[data-status]")


def now(desk: Page) -> Locator:
    """The number of the visitor whom the desk has called or serves."""
    return desk.locator("[data-panel] [data-number]").first
