"""The QR code, as painted and as printed, is read back; and the paper carries the ticket and nothing else."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser import people
from tests.browser.eyes import look
from tests.browser.people import Ticket
from tests.browser.screens import KIOSK, WALL, Screens
from tests.server import Server

pytestmark = pytest.mark.browser

MM = 96 / 25.4
PAPER = 80
"""Millimetres: the width of the paper."""

PRINTED = "(own) => own.checkVisibility()"


@pytest.fixture(scope="module")
def ticket(server: Server) -> Ticket:
    return people.take(server)


def at_kiosk(screens: Screens, ticket: Ticket, size: tuple[int, int] = KIOSK) -> Page:
    return screens.open(ticket.path.replace("/t/", "/offices/demo/kiosk/tickets/"), size)


def on_paper(page: Page) -> Page:
    """The page as it is laid out for the printer: as wide as the paper without its margins."""
    page.emulate_media(media="print")
    page.set_viewport_size({"width": round((PAPER - 8) * MM), "height": round(150 * MM)})
    return page


@pytest.mark.parametrize("size", [KIOSK, WALL], ids=["upright", "lying"])
def test_a_phone_reads_the_tickets_address_off_the_screen(
    screens: Screens, ticket: Ticket, size: tuple[int, int]
) -> None:
    assert look(at_kiosk(screens, ticket, size)).codes() == [screens.server.root + ticket.path]


def test_a_phone_reads_the_tickets_address_off_the_paper(screens: Screens, ticket: Ticket) -> None:
    assert look(on_paper(at_kiosk(screens, ticket))).codes() == [screens.server.root + ticket.path]


def test_the_guide_reads_it_off_the_visitors_phone(screens: Screens, ticket: Ticket) -> None:
    phone = screens.open(ticket.path, (360, 740))
    expect(phone.locator("img[src$='qr.svg']")).to_be_visible()
    phone.locator("img[src$='qr.svg']").scroll_into_view_if_needed()
    assert look(phone).codes() == [screens.server.root + ticket.path]


def test_the_paper_carries_what_the_visitor_needs(screens: Screens, ticket: Ticket) -> None:
    page = on_paper(at_kiosk(screens, ticket))
    expect(page.locator(f"[data-number={ticket.number}]")).to_be_visible()
    expect(page.locator(".qr")).to_be_visible()
    expect(page.get_by_text(screens.server.root + ticket.path)).to_be_visible()


def test_the_paper_carries_no_button_link_or_message(screens: Screens, ticket: Ticket) -> None:
    page = on_paper(at_kiosk(screens, ticket))
    for what in page.locator("a, button, [role=status], [role=alert], header").all():
        expect(what).to_be_hidden()


def test_the_ticket_is_as_wide_as_the_paper_and_fits_on_one_sheet(screens: Screens, ticket: Ticket) -> None:
    page = on_paper(at_kiosk(screens, ticket))
    assert page.evaluate("document.documentElement.scrollWidth - window.innerWidth") <= 0
    sheets = page.pdf(prefer_css_page_size=True)
    assert sheets.count(b"/Type /Page\n") == 1
    assert f"/MediaBox [0 0 {round(PAPER / 25.4 * 72)}".encode()[:18] in sheets
