"""With JavaScript switched off everything works but living: plain links, plain forms, plain answers."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser import people
from tests.browser.people import Ticket
from tests.browser.screens import DESK, KIOSK, PHONE, TABLET, Screens
from tests.server import Server

pytestmark = pytest.mark.browser


class Plain(Screens):
    """Browsers that run no script."""

    def plain(self, path: str, size: tuple[int, int]) -> Page:
        return self.open(path, size, java_script_enabled=False)

    def staff_at(self, path: str, username: str, size: tuple[int, int]) -> Page:
        """Sign in by the form that the closed address leads to."""
        page = self.plain(path, size)
        page.fill("[name=username]", username)
        page.fill("[name=password]", self.server.accounts[username])
        page.locator("main form button").click()
        expect(page).to_have_url(self.server.root + path)
        return page


@pytest.fixture
def screens(browser, server: Server):  # type: ignore[no-untyped-def]
    screens = Plain(browser, server)
    yield screens
    screens.close()


def test_a_ticket_is_taken_seen_and_given_up_on_a_phone(screens: Plain, server: Server) -> None:
    page = screens.plain("/offices/demo/tickets", PHONE)
    page.locator("#service-1").click()
    page.locator("#take button").click()
    ticket = people.ticket_at(server, page.url)
    expect(page.locator(f"[data-number={ticket.number}]")).to_be_visible()
    page.locator("#leave-confirm summary").click()
    page.locator("#leave button").click()
    expect(page.locator("[data-status]")).to_have_attribute("data-status", "left")


def test_a_ticket_is_taken_at_the_kiosk(screens: Plain) -> None:
    page = screens.plain("/offices/demo/kiosk", KIOSK)
    page.locator("#service-1").click()
    page.locator("#take button").click()
    expect(page.locator("#main [data-number]")).to_be_visible()
    expect(page.locator(".qr")).to_be_visible()
    page.locator("[data-return]").click()
    expect(page.locator("#service-1")).to_be_visible()


def test_a_visitor_is_called_served_and_finished(screens: Plain, server: Server) -> None:
    ticket = people.take(server, "D")
    desk = screens.staff_at("/counters/5", "quay5", DESK)
    for form, status in [("call", "called"), ("recall", "called"), ("begin", "serving"), ("finish", "done")]:
        desk.locator(f"#{form} button").click()
        assert people.status(server, ticket) == status


def test_a_visitor_who_is_not_here_is_marked_and_comes_back(screens: Plain, server: Server) -> None:
    ticket = people.take(server, "D")
    desk = screens.staff_at("/counters/5", "quay5", DESK)
    desk.locator("#call button").click()
    desk.locator("#miss button").click()
    phone = screens.plain(ticket.path, PHONE)
    phone.locator("#return button").click()
    assert people.status(server, ticket) in ("waiting", "admitted")


def test_the_door_lets_in_and_out_by_tapping(screens: Plain, server: Server) -> None:
    ticket = people.take(server, "A")
    door = screens.staff_at("/offices/demo/door", "huongdan", TABLET)
    door.locator(f"#enter-{ticket.id} button").click()
    expect(door.locator(f"#present-{ticket.id}")).to_be_visible()
    door.locator(f"#exit-{ticket.id} button").click()
    expect(door.locator(f"#present-{ticket.id}")).to_have_count(0)


def test_the_door_lets_in_and_out_by_typing(screens: Plain, server: Server) -> None:
    ticket = people.take(server, "A")
    door = screens.staff_at("/offices/demo/door", "huongdan", TABLET)
    typed(door, "entries", ticket)
    expect(door.locator(f"#present-{ticket.id}")).to_be_visible()
    typed(door, "exits", ticket)
    expect(door.locator(f"#present-{ticket.id}")).to_have_count(0)


def test_the_wall_shows_the_last_call(screens: Plain, server: Server) -> None:
    ticket = people.take(server, "C")
    screens.staff.call(3)
    wall = screens.plain("/offices/demo/display", (1920, 1080))
    expect(wall.locator(f"#now-{ticket.number}-3")).to_be_visible()


def test_one_signs_out_again(screens: Plain) -> None:
    page = screens.staff_at("/counters/1", "quay1", DESK)
    page.goto(screens.server.root + "/session")
    page.get_by_role("button", name="Đăng xuất", exact=True).click()
    page.goto(screens.server.root + "/counters/1")
    expect(page.locator("[name=password]")).to_be_visible()


def typed(door: Page, where: str, ticket: Ticket) -> None:
    door.fill("#code", ticket.number.lower())
    door.locator(f"#scan [data-way={where}]").click()
