"""The door: a guide with many people in front of them taps fast, and every tap counts, once."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser import people
from tests.browser.screens import PHONE, TABLET, WALL, Screens, live
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


SMALL = """() => [...document.querySelectorAll("main :is(button, a, summary, .field)"),
    ...document.querySelectorAll("#scanner :is(button, .field, .ways label)")]
  .filter((one) => one.checkVisibility())
  .map((one) => [one.textContent.trim(), one.getBoundingClientRect()])
  .filter(([, box]) => box.height < 60 || box.width < 60)
  .map(([words, box]) => `${words} ${Math.round(box.width)} x ${Math.round(box.height)}`)"""


@pytest.mark.parametrize("size", [TABLET, PHONE], ids=["tablet", "phone"])
@pytest.mark.parametrize("place", ["door", "areas/1/door"])
@pytest.mark.parametrize("lang", ["vi", "en"])
def test_whatever_a_guide_presses_is_sixty_pixels_or_more(
    screens: Screens, server: Server, size: tuple[int, int], place: str, lang: str
) -> None:
    people.take(server)
    page = live(screens.open(f"/offices/demo/{place}?lang={lang}", size, "huongdan"))
    for summary in page.locator("main summary").all():
        summary.click()
        assert page.evaluate(SMALL) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), "wider than the screen"


def test_every_press_counts_one_person_without_a_ticket(door: Page, server: Server) -> None:
    count = door.locator(".room-count b")
    before = int(count.inner_text())
    for n in range(1, 4):
        door.get_by_role("button", name="Thêm 1 vào").click()
        expect(count).to_have_text(str(before + n))
    for n in range(2, -1, -1):
        door.get_by_role("button", name="Bớt 1 ra").click()
        expect(count).to_have_text(str(before + n))


def test_a_count_by_eye_mends_the_list_and_the_sign_says_wait_until_there_is_room(
    door: Page, screens: Screens, server: Server
) -> None:
    sign = live(screens.open("/offices/demo/door/sign", WALL))
    expect(sign.locator(".sign-go")).to_be_visible()
    before = int(door.locator(".room-count b").inner_text())
    count(door, 40)
    expect(door.locator(".room-word")).to_contain_text("Vượt")
    expect(sign.locator(".sign-stop")).to_be_visible()
    count(door, before)
    expect(sign.locator(".sign-go")).to_be_visible()


def count(door: Page, people: int) -> None:
    """Enter what was counted, with a reason."""
    if door.locator("#recount[open]").count() == 0:
        door.locator("#recount summary").click()
    door.locator("#counted").fill(str(people))
    door.locator("#count-why").fill("đếm bằng mắt")
    door.get_by_role("button", name="Tôi đếm được như vậy").click()
    expect(door.locator(".room-count b")).to_have_text(str(people))


def test_who_is_asked_in_and_does_not_come_is_shown_before_the_place_is_lost(screens: Screens, server: Server) -> None:
    page = screens.open("/offices/demo/door", TABLET, "huongdan")
    page.clock.install()
    live(page)
    line = page.locator(f"#coming-{people.take(server).id}")
    expect(line).to_be_visible()
    expect(line.locator(".late")).to_be_hidden()
    page.clock.fast_forward("02:05")
    expect(line.locator(".late")).to_be_visible()
