"""What is heard and felt: the phone after one touch, the wall for every call."""

from itertools import pairwise

import pytest
from playwright.sync_api import Page, expect

from tests.browser import people
from tests.browser.people import Ticket
from tests.browser.screens import PHONE, WALL, Screens, live
from tests.server import Server

pytestmark = pytest.mark.browser

NOTE_PHONE = """
  const note = (what) => {
    const page = document.documentElement;
    page.dataset[what] = 1 + Number(page.dataset[what] ?? 0);
  };
  HTMLMediaElement.prototype.play = async () => note("played");
  Object.defineProperty(navigator, "vibrate", { value: () => { note("trembled"); return true; } });
"""
NOTE_WALL = """
  const begins = [];
  const start = AudioBufferSourceNode.prototype.start;
  AudioBufferSourceNode.prototype.start = function (at) {
    begins.push([at, this.buffer.duration]);
    document.documentElement.dataset.chimes = JSON.stringify(begins);
    return start.call(this, at);
  };
  document.addEventListener("luot:call", ({ detail }) => {
    const page = document.documentElement;
    page.dataset.calls = `${page.dataset.calls ?? ""}${detail.ticket}>${detail.counter} `;
  });
"""
"""The real sound of the browser is used; it is only noted when each chime begins and how long it takes."""


def opened(screens: Screens, path: str, size: tuple[int, int], notes: str) -> Page:
    page = screens.blank(size)
    page.add_init_script(notes)
    page.goto(screens.server.root + path)
    return live(page)


@pytest.fixture
def ticket(server: Server) -> Ticket:
    return people.take(server, "D")


@pytest.fixture
def phone(screens: Screens, ticket: Ticket) -> Page:
    return opened(screens, ticket.path, PHONE, NOTE_PHONE)


def test_one_touch_turns_the_bell_on_and_gives_a_taste_of_it(phone: Page) -> None:
    bell = phone.locator("[data-bell] button")
    expect(bell).to_have_attribute("aria-pressed", "false")
    bell.click()
    expect(bell).to_have_attribute("aria-pressed", "true")
    expect(phone.locator("html")).to_have_attribute("data-played", "1")
    expect(phone.locator("html")).to_have_attribute("data-trembled", "1")


def test_being_called_rings_and_trembles(screens: Screens, server: Server, phone: Page, ticket: Ticket) -> None:
    phone.locator("[data-bell] button").click()
    until_called(screens, server, ticket)
    expect(phone.locator("[data-status]")).to_have_attribute("data-status", "called")
    expect(phone.locator("html")).to_have_attribute("data-played", "2")
    expect(phone.locator("html")).to_have_attribute("data-trembled", "2")


def test_without_the_touch_nothing_is_heard(screens: Screens, server: Server, phone: Page, ticket: Ticket) -> None:
    until_called(screens, server, ticket)
    expect(phone.locator("[data-status]")).to_have_attribute("data-status", "called")
    assert phone.locator("html").get_attribute("data-played") is None


def test_the_bell_is_still_on_after_the_turn_was_drawn_again(
    screens: Screens, server: Server, phone: Page, ticket: Ticket
) -> None:
    phone.locator("[data-bell] button").click()
    screens.staff.let_in(ticket)
    expect(phone.locator("[data-status]")).to_have_attribute("data-status", "inside")
    expect(phone.locator("[data-bell] button")).to_have_attribute("aria-pressed", "true")


def test_the_wall_chimes_for_every_call_of_a_burst_one_after_the_other(screens: Screens, server: Server) -> None:
    wall = opened(screens, "/offices/demo/display", WALL, NOTE_WALL)
    wall.mouse.click(10, 10)  # the touch that a browser wants before it makes a sound
    expect(wall.locator("[data-sound]")).to_be_hidden()
    burst = [(people.take(server, letter).number, counter) for letter, counter in (("A", 1), ("B", 2), ("C", 3))]
    for _number, counter in burst:
        screens.staff.call(counter)
    heard = "".join(f"{number}>{counter} " for number, counter in burst)
    expect(wall.locator("html")).to_have_attribute("data-calls", heard)
    begins = chimes(wall)
    assert len(begins) == len(burst)
    assert all(later >= at + length for (at, length), (later, _length) in pairwise(begins))


def chimes(wall: Page) -> list[list[float]]:
    """When each chime begins, and how long it takes, in seconds."""
    return list(wall.evaluate("JSON.parse(document.documentElement.dataset.chimes ?? '[]')"))


def until_called(screens: Screens, server: Server, ticket: Ticket) -> None:
    """Counter 5 works until this ticket is called."""
    open_one = people.at_counter(server, 5)
    while ticket.id not in open_one:
        for other in open_one:
            screens.staff.begin(5, other)
            screens.staff.finish(5, other)
        open_one = [screens.staff.call(5)]
