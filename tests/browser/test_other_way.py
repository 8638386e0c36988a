"""Three visitors and the other way: one is done online while waiting, one comes back to the counter, one goes home."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser import people
from tests.browser.eyes import look
from tests.browser.people import Ticket
from tests.browser.screens import DESK, KIOSK, PHONE, WALL, Screens, live, mark
from tests.server import Server

pytestmark = pytest.mark.browser


@dataclass
class Desk:
    """The kiosk, the first counter, and the wall, all open the whole time."""

    screens: Screens
    kiosk: Page
    desk: Page
    wall: Page


@pytest.fixture
def desk(screens: Screens) -> Iterator[Desk]:
    kiosk = live(screens.open("/offices/demo/kiosk", KIOSK))
    counter = live(screens.open("/counters/1", DESK, "quay1"))
    wall = live(screens.open("/offices/demo/display", WALL))
    for page in (counter, wall):
        mark(page)
    yield Desk(screens, kiosk, counter, wall)


@pytest.fixture
def room_for_one(server: Server) -> Iterator[None]:
    server.set_cap(1)
    yield
    server.set_cap(20)


@pytest.mark.usefixtures("room_for_one")
def test_one_is_done_online_while_waiting_and_the_next_moves_up(desk: Desk) -> None:
    phone, ticket = finds_the_errand_and_keeps_the_place(desk)
    after = people.take(desk.screens.server, "A")
    other = live(desk.screens.open(after.path, PHONE))
    expect(other.locator(".turn-now")).to_contain_text("lượt")
    calls_the_next(desk, ticket)
    asks_for_five_minutes(desk, phone, ticket)
    phone.locator("#file-number").click()
    phone.locator("#file-number").fill("000.00.19.H26-261122-0001")
    phone.locator("#diversion button").click()
    expect(phone.locator(".turn-online")).to_be_visible()
    expect(other.locator(".turn-now")).to_contain_text("Mời vào")
    expect(desk.desk.locator(f"#next-{after.number}")).to_be_visible()
    expect(desk.desk.locator(f"#next-{ticket.number}")).to_have_count(0)
    expect(waiting(desk.wall, "A")).to_contain_text("1")
    the_managers_page_counts(desk, "done", 1)


def test_one_fails_online_and_the_clerk_sees_why(desk: Desk) -> None:
    staff, ticket = people.Staff(desk.screens.server), people.take(desk.screens.server, "A")
    staff.let_in(ticket)
    phone = live(desk.screens.open(ticket.path, PHONE))
    phone.locator("#attempt button").click()
    phone.locator("#failure-why summary").click()
    phone.locator('#failure button[value="no_account"]').click()
    expect(phone.locator(".other .turn-note")).to_be_visible()
    assert staff.call(1) == ticket.id
    expect(desk.desk.locator("main")).to_contain_text("tài khoản")
    staff.begin(1, ticket.id)
    staff.finish(1, ticket.id)
    expect(phone.locator(".turn-done")).to_be_visible()


def test_one_only_collects_a_result_and_goes_home_without_a_ticket(desk: Desk) -> None:
    before = people.rows(desk.screens.server, "SELECT count(*) FROM ticket")
    service = people.service(desk.screens.server, "H")
    desk.kiosk.locator(f'a[href$="service={service}"]').first.click()
    desk.kiosk.locator("#way-post_out button").click()
    expect(desk.kiosk.locator("#done")).to_be_visible()
    assert people.rows(desk.screens.server, "SELECT count(*) FROM ticket") == before


def finds_the_errand_and_keeps_the_place(desk: Desk) -> tuple[Page, Ticket]:
    """Typed without marks and with a letter missing, by the kiosk's own keys where it has them."""
    kiosk = desk.kiosk
    kiosk.locator("input[name=q]").fill("dang ky kai sinh")
    kiosk.get_by_role("link", name="đăng ký khai sinh").first.click()
    expect(kiosk.locator(".errand-papers li").first).to_be_visible()
    kiosk.locator("#papers-all").click()
    kiosk.locator("#try").click()
    kiosk.locator("#take button").click()
    expect(kiosk.locator(".ticket [data-number]")).to_be_visible()
    (address,) = look(kiosk.locator(".ticket .qr")).codes()
    path = address.removeprefix(desk.screens.server.root)
    return live(desk.screens.open(path, PHONE)), people.ticket_at(desk.screens.server, path)


def calls_the_next(desk: Desk, ticket: Ticket) -> None:
    desk.desk.locator("#call button").click()
    expect(desk.desk.locator(f'.now-called [data-number="{ticket.number}"]')).to_be_visible()


def asks_for_five_minutes(desk: Desk, phone: Page, ticket: Ticket) -> None:
    """The counter is free at once, and calls nobody who has asked for time."""
    phone.locator("#minutes button").click()
    expect(phone.locator("#ready")).to_be_visible()
    expect(desk.desk.locator("#call button")).to_be_visible()
    assert people.at_counter(desk.screens.server, 1) == []


def waiting(wall: Page, letter: str) -> Locator:
    return wall.locator(".lines li").filter(has=wall.locator(f'.tile[data-letter="{letter}"]'))


def the_managers_page_counts(desk: Desk, step: str, people_counted: int) -> None:
    page = desk.screens.open("/offices/demo/reports/online", DESK, "quanly")
    expect(page.locator(f'[data-step="{step}"]').first).to_contain_text(str(people_counted))
