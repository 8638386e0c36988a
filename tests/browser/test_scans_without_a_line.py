"""No scan is lost with the line, by a reload, a dead server, an old page or a second tab; and none counts twice."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.browser import people
from tests.browser.scanning import DOOR, REFUSED, empty_the_room, entries, inside, waiting, wedge
from tests.browser.screens import AWAY, TABLET, Screens, live
from tests.server import Server

pytestmark = pytest.mark.browser


@pytest.fixture(autouse=True)
def room(server: Server) -> Iterator[None]:
    """Room for all of each test's visitors."""
    yield
    empty_the_room(server)


@pytest.fixture
def door(screens: Screens) -> Page:
    return live(screens.open(DOOR, TABLET, "huongdan"))


def test_scans_made_without_a_line_survive_a_reload_and_are_sent_once_in_order(
    door: Page, server: Server, screens: Screens
) -> None:
    screens.expect(AWAY)
    tickets = [people.take(server) for _ in range(3)]
    door.route("**/door/entries", lambda route: route.abort("connectionfailed"))
    for ticket in tickets:
        wedge(door, ticket.number)
        expect(door.locator("#said .said-kept")).to_contain_text(ticket.number)
    expect(waiting(door)).to_have_count(3)
    assert entries(server, tickets) == []
    door.reload()
    expect(waiting(live(door))).to_contain_text([ticket.number for ticket in tickets])
    door.unroute_all()
    expect(waiting(door)).to_have_count(0)
    expect(inside(door, tickets[-1])).to_be_visible()
    assert entries(server, tickets) == [ticket.id for ticket in tickets]


def test_a_refused_one_is_shown_until_it_is_seen_and_the_rest_go_on(
    door: Page, server: Server, screens: Screens
) -> None:
    screens.expect(AWAY, REFUSED)
    first, last = people.take(server), people.take(server)
    door.context.set_offline(True)
    for code in (first.number, "Z999", last.number):
        wedge(door, code)
    expect(waiting(door)).to_have_count(3)
    door.context.set_offline(False)
    expect(inside(door, last)).to_be_visible()
    assert entries(server, [first, last]) == [first.id, last.id]
    refused = door.locator("#scan-list .is-refused")
    expect(refused).to_contain_text("Z999")
    door.reload()
    expect(refused).to_contain_text("Không có số")
    refused.get_by_role("button").click()
    expect(refused).to_have_count(0)


def test_a_scan_whose_answer_was_lost_counts_once(door: Page, server: Server, screens: Screens) -> None:
    screens.expect(AWAY)
    ticket, answers = people.take(server), []

    def lose_the_first_answer(route) -> None:  # type: ignore[no-untyped-def]
        answers.append(route.fetch())
        if len(answers) == 1:
            route.abort("connectionreset")
        else:
            route.fulfill(response=answers[-1])

    door.route("**/door/entries", lose_the_first_answer)
    wedge(door, ticket.number)
    expect(door.locator("#said .said-ok")).to_contain_text(ticket.number)
    assert [answer.json() for answer in answers] == [answers[0].json()] * 2
    assert entries(server, [ticket]) == [ticket.id]


def test_scans_wait_for_a_server_that_was_killed(door: Page, server: Server, screens: Screens) -> None:
    screens.expect(AWAY)
    tickets = [people.take(server) for _ in range(2)]
    server.kill()
    for ticket in tickets:
        wedge(door, server.root + ticket.path)
    expect(waiting(door)).to_have_count(2)
    server.start()
    expect(inside(door, tickets[-1])).to_be_visible(timeout=20_000)
    expect(waiting(door)).to_have_count(0)
    assert entries(server, tickets) == [ticket.id for ticket in tickets]


def test_a_scan_shows_on_the_page_while_only_the_open_line_is_down(screens: Screens, server: Server) -> None:
    screens.expect(AWAY)
    page = screens.blank(TABLET, "huongdan")
    page.route_web_socket("**/socket.io/**", lambda line: line.close())
    page.add_init_script("window.setInterval = () => 0")  # nor does the page look again by itself meanwhile
    page.goto(server.root + DOOR)
    expect(page.locator("#line")).to_be_visible()
    ticket = people.take(server)
    wedge(page, ticket.number)
    expect(inside(page, ticket)).to_be_visible()


def test_what_a_guide_scans_while_signed_out_is_kept_and_sent_after(
    door: Page, server: Server, screens: Screens
) -> None:
    screens.expect(r"status of 40[01]", AWAY)
    ticket = people.take(server)
    cookies = door.context.cookies()
    door.context.clear_cookies()
    wedge(door, ticket.number)
    expect(door.locator(".scan-signin")).to_be_visible()
    expect(waiting(door)).to_contain_text([ticket.number])
    door.context.add_cookies(cookies)
    expect(inside(door, ticket)).to_be_visible()
    expect(door.locator(".scan-signin")).to_be_hidden()
    assert entries(server, [ticket]) == [ticket.id]


def test_a_page_with_an_old_token_fetches_a_new_one(door: Page, server: Server, screens: Screens) -> None:
    screens.expect("status of 400")
    ticket = people.take(server)
    door.evaluate("""document.querySelectorAll("input[name=csrf_token]").forEach((own) => { own.value = "old"; })""")
    wedge(door, ticket.number)
    expect(inside(door, ticket)).to_be_visible()


@pytest.mark.parametrize("has_locks", [True, False], ids=["locks", "turns"])
def test_of_two_tabs_one_sends_and_each_is_told_of_its_own(screens: Screens, server: Server, has_locks: bool) -> None:
    screens.expect(AWAY)
    tickets = [people.take(server) for _ in range(4)]
    first = live(screens.open(DOOR, TABLET, "huongdan"))
    second = first.context.new_page()
    if not has_locks:
        first.context.add_init_script("Object.defineProperty(navigator, 'locks', { value: undefined })")
        first.reload()
    second.goto(server.root + DOOR)
    sent: list[str] = []
    first.context.on("response", lambda one: sent.append(one.request.post_data) if "/entries" in one.url else None)
    first.context.set_offline(True)
    for n, ticket in enumerate(tickets):
        wedge((first, second)[n % 2], ticket.number)
    for page in (first, second):
        expect(waiting(page)).to_have_count(4)
    first.context.set_offline(False)
    for page in (first, second):
        expect(waiting(page)).to_have_count(0)
    expect(first.locator("#said")).to_contain_text(tickets[2].number)
    expect(second.locator("#said")).to_contain_text(tickets[3].number)
    assert entries(server, tickets) == [ticket.id for ticket in tickets]
    assert len(sent) == len(set(sent)) == len(tickets)
