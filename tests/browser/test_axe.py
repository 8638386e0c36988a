"""axe-core finds nothing on any page, in any state of it, in either language."""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser import people
from tests.browser.people import COUNTER_OF, Staff
from tests.browser.screens import AWAY, DESK, KIOSK, PHONE, TABLET, WALL, Screens, live
from tests.server import Server

pytestmark = pytest.mark.browser

TAGS = ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"]
ENHANCED = "color-contrast-enhanced"
"""At least 7:1, which the wall keeps to."""

RUN = """async ([tags, rules]) => {
  const enabled = Object.fromEntries(rules.map((rule) => [rule, { enabled: true }]));
  const found = await axe.run(document, { runOnly: { type: "tag", values: tags }, rules: enabled });
  const told = ({ target, failureSummary }) => [target, failureSummary];
  return found.violations.map(({ id, nodes }) => [id, nodes.map(told)]);
}"""


class Checked(Screens):
    """Opens pages on which nothing moves any more, since axe would measure a colour half faded in."""

    axe = ""

    def open(self, path: str, *args: Any, **more: Any) -> Page:
        return super().open(path, *args, reduced_motion="reduce", **more)

    def check(self, page: Page, *rules: str) -> None:
        page.evaluate(self.axe)
        found = page.evaluate(RUN, [TAGS, list(rules)])
        assert not found, json.dumps(found, indent=1, ensure_ascii=False)


@pytest.fixture
def screens(browser: Any, server: Server, axe: str) -> Iterator[Checked]:
    screens = Checked(browser, server)
    screens.axe = axe
    yield screens
    screens.close()


# This one must come first: the office is empty only until the states are made.
def test_the_wall_before_the_first_call(screens: Checked) -> None:
    screens.check(live(screens.open("/offices/demo/display", WALL)), ENHANCED)


def test_the_desk_with_nobody_waiting(screens: Checked) -> None:
    screens.check(live(screens.open("/counters/6", DESK, "quay6")))


def test_the_door_of_an_empty_room(screens: Checked) -> None:
    screens.check(live(screens.open("/offices/demo/door", TABLET, "huongdan")))


@pytest.fixture(scope="module")
def tickets(server: Server) -> dict[str, str]:
    """The phone's address of a ticket in each state. Who is to be called is taken before who fills the room."""
    staff = Staff(server)
    made = {state: make(server, staff, state, letter) for state, letter in LETTERS.items()}
    made["waiting"] = fill_the_room(server)
    return made


LETTERS = {"done": "G", "no_show": "G", "called": "D", "serving": "C", "left": "H", "inside": "A", "admitted": "B"}
STATES = [*LETTERS, "waiting"]


def make(server: Server, staff: Staff, state: str, letter: str) -> str:
    """A ticket that has got so far."""
    ticket, counter = people.take(server, letter), COUNTER_OF[letter]
    if state == "inside":
        staff.let_in(ticket)
    if state == "left":
        people.give_up(server, ticket)
    if state in ("called", "serving", "done", "no_show"):
        assert staff.call(counter) == ticket.id
    if state in ("serving", "done"):
        staff.begin(counter, ticket.id)
    if state == "done":
        staff.finish(counter, ticket.id)
    if state == "no_show":
        staff.miss(counter, ticket.id)
    return ticket.path


def fill_the_room(server: Server) -> str:
    """Tickets until there is no place for the last of them; some with priority, some with companions."""
    for n in range(30):
        ticket = people.take(server, "BAE"[n % 3], priority_class=str(n % 3 or ""), party_size=str(n % 2 + 1))
        if people.status(server, ticket) == "waiting":
            return ticket.path
    raise AssertionError("the room never filled up")


@pytest.mark.parametrize("state", STATES)
def test_the_phone(screens: Checked, tickets: dict[str, str], state: str) -> None:
    page = live(screens.open(tickets[state], PHONE))
    expect(page.locator("[data-status]")).to_have_attribute("data-status", state)
    screens.check(page)


def test_the_phone_in_english(screens: Checked, tickets: dict[str, str]) -> None:
    screens.check(live(screens.open(f"{tickets['waiting']}?lang=en", PHONE)))


def test_the_phone_about_to_give_the_ticket_up(screens: Checked, tickets: dict[str, str]) -> None:
    page = live(screens.open(tickets["waiting"], PHONE))
    page.locator("#leave-confirm summary").click()
    screens.check(page)


def test_the_phone_that_has_lost_the_line(screens: Checked, tickets: dict[str, str]) -> None:
    screens.expect(AWAY)
    page = live(screens.open(tickets["waiting"], PHONE))
    page.locator("#leave-confirm summary").click()
    page.context.set_offline(True)
    page.locator("#leave button").click()
    expect(page.locator("#failed")).to_be_visible()
    expect(page.locator("#line")).to_be_visible()
    screens.check(page)


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_the_wall_with_calls(screens: Checked, tickets: dict[str, str], lang: str) -> None:
    screens.check(live(screens.open(f"/offices/demo/display?lang={lang}", WALL)), ENHANCED)


@pytest.mark.parametrize("counter, lang", [(1, "vi"), (3, "vi"), (5, "vi"), (5, "en")], ids=str)
def test_the_desk_free_serving_and_called(screens: Checked, tickets: dict[str, str], counter: int, lang: str) -> None:
    screens.check(live(screens.open(f"/counters/{counter}?lang={lang}", DESK, f"quay{counter}")))


@pytest.mark.parametrize("size, lang", [(TABLET, "vi"), (PHONE, "en")], ids=["tablet", "phone"])
def test_the_door(screens: Checked, tickets: dict[str, str], size: tuple[int, int], lang: str) -> None:
    screens.check(live(screens.open(f"/offices/demo/door?lang={lang}", size, "huongdan")))


@pytest.mark.parametrize("path", ["kiosk?lang=vi", "kiosk?lang=en", "kiosk?service=1", "tickets", "tickets?service=1"])
def test_the_kiosk_and_its_like_on_a_phone(screens: Checked, tickets: dict[str, str], path: str) -> None:
    screens.check(screens.open(f"/offices/demo/{path}", KIOSK if path.startswith("kiosk") else PHONE))


@pytest.mark.parametrize("state, lang", [("waiting", "vi"), ("waiting", "en"), ("admitted", "vi")])
def test_the_ticket_at_the_kiosk(screens: Checked, tickets: dict[str, str], state: str, lang: str) -> None:
    token = tickets[state].removeprefix("/t/")
    screens.check(screens.open(f"/offices/demo/kiosk/tickets/{token}?lang={lang}", KIOSK))


@pytest.mark.parametrize("user", [None, "quanly"], ids=["signed_out", "signed_in"])
@pytest.mark.parametrize("path", ["/", "/session?lang=en"])
def test_home_and_session(screens: Checked, path: str, user: str | None) -> None:
    screens.check(screens.open(path, PHONE, user))


def test_a_wrong_password(screens: Checked) -> None:
    screens.expect("401")
    page = screens.open("/session", PHONE)
    page.fill("[name=username]", "quay1")
    page.fill("[name=password]", "wrong")
    page.locator("main form button").click()
    expect(page.locator("#said")).not_to_be_empty()
    screens.check(page)


def test_a_page_that_is_not_there(screens: Checked) -> None:
    screens.expect("404")
    screens.check(screens.open("/t/nobody-has-this-token", PHONE))


def test_somebody_elses_counter(screens: Checked) -> None:
    screens.expect("403")
    screens.check(screens.open("/counters/2", DESK, "quay1"))


def test_a_database_that_cannot_save(screens: Checked, server: Server) -> None:
    screens.expect("503")
    page = screens.open("/offices/demo/tickets?service=1", PHONE)
    with locked(server):
        page.locator("#take button").click()
        expect(page.locator("[data-retry]")).to_be_visible()
    screens.check(page)


@contextmanager
def locked(server: Server) -> Iterator[None]:
    """Another program holds the file's one lock."""
    connection = sqlite3.connect(server.file, isolation_level=None)
    connection.execute("BEGIN IMMEDIATE")
    yield
    connection.close()


@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize(("path", "size", "who"), [
    ("/offices/demo/door/sign", WALL, None),
    ("/offices/demo/areas/1/door", PHONE, "huongdan"),
    ("/offices/demo/areas/1/display", WALL, None),
])  # fmt: skip
def test_the_screens_of_the_door_and_the_area(
    screens: Checked, tickets: dict[str, str], path: str, size: tuple[int, int], who: str | None, lang: str
) -> None:
    screens.check(live(screens.open(f"{path}?lang={lang}", size, who)))


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_the_managers_page_of_the_room(screens: Checked, lang: str) -> None:
    page = screens.open(f"/offices/demo/settings/room?lang={lang}", DESK, "quanly")
    page.locator("details summary").first.click()
    screens.check(page)
