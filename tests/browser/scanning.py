"""What the tests of the door's scanner share: how a scan is made, and what it comes to."""

from playwright.sync_api import Locator, Page

from tests.browser import people
from tests.browser.people import Staff, Ticket
from tests.server import Server

DOOR = "/offices/demo/door"
REFUSED = r"status of (404|409)"
"""What Chromium writes to the console when the office refuses a scan."""


def wedge(page: Page, code: str) -> None:
    """A scanner that poses as a keyboard: fast, to whatever has the focus, Enter at the end."""
    page.keyboard.type(code)
    page.keyboard.press("Enter")


def inside(page: Page, ticket: Ticket) -> Locator:
    return page.locator(f"#present-{ticket.id}")


def waiting(page: Page) -> Locator:
    """What the page still has to send."""
    return page.locator("#scan-list > li:not(.is-refused)")


def entries(server: Server, tickets: list[Ticket]) -> list[int]:
    """These tickets in the order in which they came in; twice who came in twice."""
    ids = {ticket.id for ticket in tickets}
    return [ticket for ticket in people.moves(server, "enter") if ticket in ids]


def choose(page: Page, way: str) -> None:
    page.locator(f"#ways label:has([value={way}])").click()


def empty_the_room(server: Server) -> None:
    """Everybody goes home, so that there is room for the next test's visitors."""
    guide = Staff(server).person("huongdan")
    left = "SELECT id, letter, number, token FROM ticket WHERE status IN ('waiting', 'admitted', 'inside')"
    for id, letter, number, token in people.rows(server, left):
        ticket = Ticket(id, f"{letter}{number:03}", f"/t/{token}")
        guide.post(f"{DOOR}/exits", code=ticket.number, operation=people.form())
        people.give_up(server, ticket)
