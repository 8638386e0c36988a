"""On to another office, in a real browser: the slip prints, and the phone goes on living (R7)."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser import people
from tests.browser.screens import DESK, PHONE, Screens, live
from tests.browser.test_looks import WIDER
from tests.server import Server

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module", autouse=True)
def other(server: Server) -> None:
    """Another office with one service and one counter, which ours names as a place that helps."""
    columns = [row[1] for row in people.rows(server, "PRAGMA table_info(office)") if row[1] not in ("id", "slug")]
    own = ", ".join(columns)
    office = people.write(server, f"INSERT INTO office (slug, {own}) SELECT 'b', {own} FROM office")
    service = people.write(
        server, "INSERT INTO service (office_id, letter, name_vi, name_en, position, kind)"
        " SELECT ?, letter, name_vi, name_en, position, kind FROM service WHERE letter = 'A'", office,
    )  # fmt: skip
    counter = people.write(server, "INSERT INTO counter (office_id, number, seq, open) VALUES (?, 1, 0, 1)", office)
    people.write(server, "INSERT INTO counter_service (counter_id, service_id) VALUES (?, ?)", counter, service)
    people.write(server, "UPDATE help_point SET at_office_id = ?", office)


def go_on(page: Page) -> None:
    page.locator("a[href$='/elsewhere']").click()
    expect(page.locator(".elsewhere-office form button")).to_be_visible()
    assert page.evaluate(WIDER) <= 0
    page.locator(".elsewhere-office form button").click()


def test_the_phone_goes_on_with_the_new_ticket(screens: Screens, server: Server) -> None:
    ticket = people.take(server, "A")
    page = live(screens.open(ticket.path, PHONE))
    go_on(page)
    expect(page.locator("[data-bell]")).to_be_visible()
    assert "/t/" in page.url and "elsewhere" not in page.url and ticket.path not in page.url
    assert people.status(server, ticket) == "left"


def test_the_clerk_prints_a_slip(screens: Screens, server: Server) -> None:
    staff, ticket = people.Staff(server), people.take(server, "A")
    assert staff.call(1) == ticket.id
    staff.begin(1, ticket.id)
    page = live(screens.open("/counters/1", DESK, "quay1"))
    page.locator(f"#other-{ticket.id} > summary").click()
    go_on(page)
    expect(page.locator("[data-print]")).to_be_visible()
    expect(page.locator(".papers-code .qr")).to_be_visible()
    assert people.at_counter(server, 1) == []
