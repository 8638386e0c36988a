"""Large enough to hit, large enough to read, and all of it on the screen."""

from itertools import groupby

import pytest
from playwright.sync_api import expect

from tests.browser import people
from tests.browser.eyes import Picture, look
from tests.browser.people import Staff, Ticket
from tests.browser.screens import DESK, KIOSK, PHONE, WALL, Screens, Size, live
from tests.server import Server

pytestmark = pytest.mark.browser

TARGET, CALL = 88, 167
"""Pixels: what a finger meets at the kiosk, and the current call's figures on the wall (design, requirements)."""

TOO_SMALL = """(least) => [...document.querySelectorAll("#main a, #main button, #main summary")]
  .filter((own) => own.checkVisibility()).map((own) => [own.innerText, own.getBoundingClientRect()])
  .filter(([, { width, height }]) => Math.min(width, height) < least)
  .map(([text, { width, height }]) => `${text}: ${width} x ${height}`)"""

WIDER = "document.documentElement.scrollWidth - window.innerWidth"
HIGHER = "document.documentElement.scrollHeight - window.innerHeight"
CUT_OFF = """(selector) => [...document.querySelectorAll(selector)]
  .filter((own) => own.checkVisibility()).map((own) => own.getBoundingClientRect())
  .filter(({ bottom, right }) => bottom > window.innerHeight + 1 || right > window.innerWidth + 1).length"""
MOVING = "document.getAnimations().filter(({ playState }) => playState === 'running').length"

FIRST_FIGURE = "[id^=now-] [data-number] i >> nth=0"


CAME_FOR = """UPDATE ticket SET papers = 'some', failed_why = 'page_broken', procedure_id =
  (SELECT max(id) FROM procedure WHERE service_id = ticket.service_id) WHERE status IN ('called', 'serving')"""
"""Those at the counters have said what they came for, and that it did not work online."""


@pytest.fixture(scope="module")
def ticket(server: Server) -> Ticket:
    """A crowded morning: six calls, a full room, a long line in every service. Returns one who waits."""
    staff, called_at = Staff(server), {}
    for letter, counter in [*people.COUNTER_OF.items()][:6]:
        people.take(server, letter)
        called = called_at[counter] = staff.call(counter)
        if counter in (2, 4):
            staff.begin(counter, called)
    staff.finish(2, called_at[2])
    people.write(server, CAME_FOR)
    for n in range(60):
        last = people.take(server, "ABCDEGHK"[n % 8], priority_class=str(n % 6 or ""), party_size=str(n % 3 + 1))
    return last


@pytest.mark.parametrize("path", ["kiosk", "kiosk?service=1"])
def test_a_finger_meets_everything_at_the_kiosk(screens: Screens, ticket: Ticket, path: str) -> None:
    page = screens.open(f"/offices/demo/{path}", KIOSK)
    assert not page.evaluate(TOO_SMALL, TARGET)


def test_a_finger_meets_everything_on_the_ticket_at_the_kiosk(screens: Screens, ticket: Ticket) -> None:
    page = screens.open(ticket.path.replace("/t/", "/offices/demo/kiosk/tickets/"), KIOSK)
    expect(page.locator("[data-print]")).to_be_visible()
    assert not page.evaluate(TOO_SMALL, TARGET)


def test_the_current_call_is_large_enough_for_the_back_of_the_room(screens: Screens, ticket: Ticket) -> None:
    page = live(screens.open("/offices/demo/display", WALL, reduced_motion="reduce"))
    assert height_of_figure(look(page.locator(FIRST_FIGURE))) >= CALL


def height_of_figure(picture: Picture) -> int:
    """The painted figure itself, not its box: the longest run of rows with something bright in them.

    (The plate's ring crosses the box as two short runs, above and below.)
    """
    bright = [max(picture.row(y)) > 128 for y in range(picture.height)]
    return max(len([*run]) for is_bright, run in groupby(bright) if is_bright)


@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize("counter", [1, 2, 4], ids=["called", "free", "serving"])
def test_the_desk_never_scrolls(screens: Screens, ticket: Ticket, counter: int, lang: str) -> None:
    page = live(screens.open(f"/counters/{counter}?lang={lang}", DESK, f"quay{counter}"))
    assert page.evaluate(HIGHER) <= 0
    assert page.evaluate(CUT_OFF, "main section, main form, main li") == 0


@pytest.mark.parametrize("size", [WALL, (1366, 768), (3840, 2160)], ids=lambda size: f"{size[0]}x{size[1]}")
def test_the_wall_never_scrolls(screens: Screens, ticket: Ticket, size: Size) -> None:
    page = live(screens.open("/offices/demo/display", size, reduced_motion="reduce"))
    expect(page.locator("[id^=call-]")).to_have_count(5)
    assert page.evaluate(HIGHER) <= 0
    assert page.evaluate(CUT_OFF, "main section, main li, main p") == 0


NARROW = ["/", "/session", "/offices/demo/tickets", "/offices/demo/tickets?service=8", "/offices/demo/door", "/t/"]


@pytest.mark.parametrize("path", NARROW)
def test_nothing_is_wider_than_a_phone(screens: Screens, ticket: Ticket, path: str) -> None:
    page = screens.open(ticket.path if path == "/t/" else path, PHONE, "huongdan" if "door" in path else None)
    for width in (360, 320):
        page.set_viewport_size({"width": width, "height": 640})
        assert page.evaluate(WIDER) <= 0, width


WIDE = {
    "/counters/1": (DESK, "quay1"), "/offices/demo/door": ((768, 1024), "huongdan"), "/": (DESK, None),
    "/offices/demo/kiosk": (KIOSK, None), "/offices/demo/kiosk?service=8": (KIOSK, None),
    "/offices/demo/display": (WALL, None),
}  # fmt: skip


@pytest.mark.parametrize("path", WIDE)
def test_at_200_percent_nothing_is_wider_than_the_screen(screens: Screens, ticket: Ticket, path: str) -> None:
    (width, height), user = WIDE[path]
    page = screens.open(path, (width // 2, height // 2), user)
    assert page.evaluate(WIDER) <= 0


@pytest.mark.parametrize("path", ["/offices/demo/display", "/offices/demo/kiosk"])
def test_nothing_moves_for_who_wants_no_motion(screens: Screens, ticket: Ticket, path: str) -> None:
    page = screens.open(path, WALL, reduced_motion="reduce")
    assert page.evaluate(MOVING) == 0


def test_what_has_just_been_called_arrives_once(screens: Screens, ticket: Ticket) -> None:
    call = screens.open("/offices/demo/display", WALL).locator("[id^=now-]")
    assert call.evaluate("(own) => getComputedStyle(own).animationIterationCount") == "1"
