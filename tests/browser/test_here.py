"""Who is here scans the code on the wall, or types it, and takes a ticket (issue 5)."""

from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser import people
from tests.browser.eyes import look
from tests.browser.people import COUNTER_OF, Staff
from tests.browser.screens import DESK, PHONE, WALL, Screens, live
from tests.browser.test_axe import RUN, TAGS
from tests.browser.test_looks import CALL, CUT_OFF, FIRST_FIGURE, HIGHER, WIDER, height_of_figure
from tests.server import Server

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def asks(server: Server) -> Server:
    """A crowded morning at an office that asks for the code."""
    staff = Staff(server)
    for letter, counter in [*COUNTER_OF.items()][:6]:
        people.take(server, letter)
        staff.call(counter)
    for n in range(20):
        people.take(server, "ABCDEGHK"[n % 8])
    people.write(server, "UPDATE office SET here_code = 1, seq = seq + 1")
    return server


@pytest.mark.parametrize("size", [WALL, (1366, 768)], ids=str)
def test_the_wall_shows_it_beside_a_call_as_large_as_ever(
    screens: Screens, asks: Server, axe: str, size: tuple[int, int]
) -> None:
    page = live(screens.open("/offices/demo/display", size, reduced_motion="reduce"))
    expect(page.locator(".here-code")).to_be_visible()
    assert page.evaluate(HIGHER) <= 0 and page.evaluate(CUT_OFF, "main section, main li, main p, .here") == 0
    assert page.evaluate(WIDER) <= 0
    if size == WALL:
        assert height_of_figure(look(page.locator(FIRST_FIGURE))) >= CALL
    nothing_found(page, axe)


COVERED = """() => {
  const [a, b] = [".hero-counter", ".here"].map((own) => document.querySelector(own).getBoundingClientRect());
  return a.right > b.left && a.left < b.right && a.bottom > b.top; }"""
OVER_THE_LISTS = """() => document.querySelector(".here").getBoundingClientRect().bottom
  - document.querySelector(".board-lists").getBoundingClientRect().top"""


def test_a_counter_with_three_figures_stands_whole_beside_it(screens: Screens, asks: Server) -> None:
    page = live(screens.open("/offices/demo/display", WALL, reduced_motion="reduce"))
    number = int(page.locator(".hero-counter").inner_text())
    people.write(asks, "UPDATE counter SET number = 888 WHERE number = ?", number)
    people.write(asks, "UPDATE office SET seq = seq + 1")
    expect(page.locator(".hero-counter")).to_have_text("888")
    assert not page.evaluate(COVERED) and page.evaluate(WIDER) <= 0
    assert page.evaluate(OVER_THE_LISTS) <= 1
    people.write(asks, "UPDATE counter SET number = ? WHERE number = 888", number)
    people.write(asks, "UPDATE office SET seq = seq + 1")
    expect(page.locator(".hero-counter")).to_have_text(str(number))


@pytest.mark.parametrize(("path", "size"), [("display", WALL), ("door/sign", DESK)])
def test_who_scans_it_is_here(screens: Screens, asks: Server, path: str, size: tuple[int, int]) -> None:
    wall = live(screens.open(f"/offices/demo/{path}", size))
    address = look(wall.locator(".here img")).codes()[0]
    phone = screens.open(address.removeprefix(asks.root), PHONE, java_script_enabled=False)
    phone.locator("#service-1").click()
    expect(phone.locator("#here")).to_have_count(0)
    phone.locator("#take button").click()
    expect(phone.locator(".turn-number")).to_be_visible()


def test_who_types_it_is_here_and_who_mistypes_it_is_told(screens: Screens, asks: Server, axe: str) -> None:
    phone = screens.open("/offices/demo/tickets?service=1", PHONE)
    phone.locator("#here").fill("1234")
    screens.expect("status of 422")
    phone.locator("#take button").click()
    expect(phone.locator("#here")).to_have_value("1234")
    assert phone.evaluate(WIDER) <= 0
    nothing_found(phone, axe)
    wall = live(screens.open("/offices/demo/display", WALL))
    phone.locator("#here").fill(wall.locator(".here-code").inner_text())
    phone.locator("#take button").click()
    expect(phone.locator(".turn-number")).to_be_visible()


@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize(("path", "user"), [("/privacy", None), ("/offices/demo/settings/phones", "quanly")])
def test_its_pages_are_for_everybody(screens: Screens, axe: str, path: str, user: str | None, lang: str) -> None:
    page = screens.open(f"{path}?lang={lang}", PHONE, user)
    assert page.evaluate(WIDER) <= 0
    nothing_found(page, axe)


def nothing_found(page: Any, axe: str) -> None:
    page.evaluate(axe)
    assert not page.evaluate(RUN, [TAGS, []])
