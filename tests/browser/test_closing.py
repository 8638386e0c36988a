"""The closing step by keyboard: papers are missing, the visitor fetches them and comes back to the same place."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser import people
from tests.browser.people import Ticket
from tests.browser.screens import DESK, PHONE, Screens, live, past_double_tap
from tests.browser.test_axe import RUN, TAGS
from tests.server import Server

pytestmark = pytest.mark.browser

PAPERS = ["Tờ khai", "Giấy chứng sinh", "Căn cước"]


def with_errand(server: Server, ticket: Ticket) -> None:
    """The visitor has said at the kiosk what they came for, and that it did not work online."""
    errand = people.an_errand(server, f"for {ticket.id}", "Đăng ký khai sinh", PAPERS, fee="Miễn phí")
    said = "UPDATE ticket SET procedure_id = ?, failed_why = 'page_broken', papers = 'some' WHERE id = ?"
    people.write(server, said, errand, ticket.id)


def begun(screens: Screens, server: Server, letter: str, counter: int) -> tuple[Ticket, Page]:
    """A visitor with an errand, and the desk where they are being served."""
    ticket = people.take(server, letter)
    with_errand(server, ticket)
    screens.staff.begin(counter, screens.staff.call(counter))
    return ticket, live(screens.open(f"/counters/{counter}", DESK, f"quay{counter}"))


def tab_to(page: Page, name: str) -> None:
    """Go on with Tab until what has the focus has this id, or is a part of what has it."""
    for _ in range(40):
        if page.evaluate("(id) => Boolean(document.activeElement.closest('#' + id))", name):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"Tab never comes to {name}")


def test_papers_are_named_by_keyboard_and_a_push_in_between_loses_nothing(screens: Screens, server: Server) -> None:
    ticket, page = begun(screens, server, "D", 5)
    phone = live(screens.open(ticket.path, PHONE))
    tab_to(page, f"missing-{ticket.id}")
    page.keyboard.press("Enter")
    tab_to(page, f"paper-{ticket.id}-2")
    page.keyboard.press("Space")
    tab_to(page, f"more-{ticket.id}")
    page.keyboard.type("4 ảnh 4 × 6")
    other = people.take(server, "D")
    expect(page.locator(f"#next-{other.number}")).to_be_visible()
    expect(page.locator(f"#paper-{ticket.id}-2")).to_be_checked()
    expect(page.locator(f"#more-{ticket.id}")).to_have_value("4 ảnh 4 × 6")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator(f"#held-{ticket.number}")).to_be_visible()
    expect(phone.locator(".turn-papers li")).to_have_text(["Giấy chứng sinh", "4 ảnh 4 × 6"])
    phone.locator("#rejoin button").click()
    expect(page.locator("ol.next li").first).to_have_attribute("id", f"next-{ticket.number}")
    expect(page.locator(f"#held-{ticket.number}")).to_have_count(0)


def test_accepted_and_sent_by_post_is_two_presses_by_keyboard(screens: Screens, server: Server) -> None:
    ticket, page = begun(screens, server, "C", 3)
    tab_to(page, f"accepted-{ticket.id}")
    page.keyboard.press("Enter")
    tab_to(page, f"accepted-post-{ticket.id}")
    page.keyboard.press("Enter")
    expect(page.locator("#call")).to_be_visible()
    ended = people.rows(server, "SELECT status, outcome, result_by FROM ticket WHERE id = ?", ticket.id)
    assert ended == [("done", "accepted", "post")]


def test_the_four_still_finishes_with_nothing_said(screens: Screens, server: Server) -> None:
    ticket, page = begun(screens, server, "E", 4)
    page.keyboard.press("4")
    expect(page.locator("#call")).to_be_visible()
    ended = people.rows(server, "SELECT status, outcome FROM ticket WHERE id = ?", ticket.id)
    assert ended == [("done", None)]


def test_a_second_press_where_a_choice_was_opened_ends_nothing(screens: Screens, server: Server) -> None:
    ticket, page = begun(screens, server, "G", 6)
    for name in ("accepted", "missing", "other"):
        live(page).reload()
        box = page.locator(f"#{name}-{ticket.id} > summary").bounding_box()
        assert box is not None
        for _ in range(2):
            page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
            past_double_tap(page)
    assert people.status(server, ticket) == "serving"


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_axe_finds_nothing_in_the_closing_step(screens: Screens, server: Server, axe: str, lang: str) -> None:
    ticket, page = begun(screens, server, "B", 2)
    page = live(screens.open(f"/counters/2?lang={lang}", DESK, "quay2", reduced_motion="reduce"))
    for name in ("accepted", "missing", "other"):
        page.locator(f"#{name}-{ticket.id} > summary").click()
        page.evaluate(axe)
        assert page.evaluate(RUN, [TAGS, []]) == []
    screens.staff._post("quay2", f"/tickets/{ticket.id}/hold", missing=PAPERS[0])
    expect(page.locator(f"#held-{ticket.number}")).to_be_visible()
    assert page.evaluate(RUN, [TAGS, []]) == []
    for other in (
        screens.open(f"/tickets/{ticket.id}/papers?lang={lang}", DESK, "quay2"),
        live(screens.open(f"{ticket.path}?lang={lang}", PHONE, reduced_motion="reduce")),
    ):
        other.evaluate(axe)
        assert other.evaluate(RUN, [TAGS, []]) == []
