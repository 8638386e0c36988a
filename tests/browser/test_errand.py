"""Somebody knows what they came for: the papers, the ways, and the place that is kept while it is tried online."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser import people
from tests.browser.eyes import look
from tests.browser.screens import KIOSK, PHONE, Screens, is_same, live, mark
from tests.browser.test_axe import Checked
from tests.browser.test_looks import TARGET, TOO_SMALL, WIDER
from tests.server import Server

pytestmark = pytest.mark.browser

PORTAL = "https://portal.example/thu-tuc/khai-sinh"
LONG = "Thủ tục đăng ký biến động quyền sử dụng đất trong các trường hợp chuyển nhượng, thừa kế, tặng cho; " * 3


@pytest.fixture(scope="module")
def errands(server: Server) -> dict[str, int]:
    """Two errands, a short one and a very long one, and a service where results are collected."""
    service, collect = people.service(server, "A"), people.service(server, "H")
    papers = [f"Giấy tờ thứ {n} theo quy định, bản chính hoặc bản sao" for n in range(25)]
    known = {"field": "Hộ tịch", "online": "full", "post_out": 1, "fee": "Miễn phí", "days": "1 ngày", "url": PORTAL}
    people.write(server, "UPDATE service SET kind = 'collect' WHERE id = ?", collect)
    own = {
        "short": people.an_errand(server, "t1", "Đăng ký khai sinh", papers[:2], service_id=service, **known),
        "long": people.an_errand(server, "t2", LONG, papers, service_id=service, **known),
    }
    return {**own, "collect": int(collect)}


@pytest.fixture
def kiosk(screens: Screens) -> Page:
    page = live(screens.open("/offices/demo/kiosk", KIOSK))
    mark(page)
    return page


def test_the_place_is_kept_while_it_is_tried_online(screens: Screens, server: Server, errands: dict[str, int]) -> None:
    page = screens.open(f"/offices/demo/kiosk?procedure={errands['short']}", KIOSK)
    mark(page)
    page.locator("#papers-all").click()
    page.locator("#try").click()
    page.locator("#take button").click()
    expect(page.locator(".ticket [data-number]")).to_be_visible()
    expect(page.locator(".ticket-errand")).to_have_text("Đăng ký khai sinh")
    assert is_same(page)
    newest = "SELECT procedure_id, papers, trying_since IS NOT NULL FROM ticket ORDER BY id DESC LIMIT 1"
    assert people.rows(server, newest) == [(errands["short"], "all", 1)]
    (address,) = look(page.locator(".ticket .qr")).codes()
    phone = live(screens.open(address.removeprefix(server.root), PHONE))
    expect(phone.locator(".other-errand")).to_contain_text("Đăng ký khai sinh")


def test_the_fullest_ticket_is_one_slip_of_paper(screens: Screens, server: Server, errands: dict[str, int]) -> None:
    """A long errand, tried online, with companions and priority, asked in at once."""
    said = f"service={people.service(server, 'A')}&papers=all&trying=1&ticket=1"
    page = screens.open(f"/offices/demo/kiosk?procedure={errands['long']}&{said}", KIOSK)
    page.locator("#take [name=party_size][value='3']").check(force=True)
    page.locator("#take [name=priority_class][value='4']").check(force=True)
    page.locator("#take button").click()
    expect(page.locator(".ticket-errand")).to_be_visible()
    expect(page.locator(".ticket-now")).to_be_visible()
    assert len(re.findall(rb"/Type\s*/Page\b", page.pdf(prefer_css_page_size=True))) == 1


def test_the_portals_code_is_read_from_the_kiosk_and_no_ticket_is_taken(
    screens: Screens, server: Server, errands: dict[str, int]
) -> None:
    before = people.rows(server, "SELECT count(*) FROM ticket")
    page = screens.open(f"/offices/demo/kiosk?procedure={errands['short']}&papers=all", KIOSK)
    page.locator("#way-online button").dblclick()
    expect(page.locator("#portal")).to_be_visible()
    assert look(page.locator("#portal .qr")).codes() == [PORTAL]
    assert people.rows(server, "SELECT count(*) FROM ticket") == before
    assert people.rows(server, "SELECT count(*) FROM guidance WHERE step = 'opened' AND way = 'online'") == [(1,)]


def test_the_list_to_take_along_is_read_from_the_kiosk(
    screens: Screens, server: Server, errands: dict[str, int]
) -> None:
    page = screens.open(f"/offices/demo/kiosk?procedure={errands['long']}&papers=some", KIOSK)
    (address,) = look(page.locator(".errand-list .qr")).codes()
    phone = screens.open(address.removeprefix(server.root), PHONE)
    expect(phone.locator(".errand-papers li")).to_have_count(25)


def test_who_only_collects_goes_home_without_a_ticket(screens: Screens, kiosk: Page, errands: dict[str, int]) -> None:
    kiosk.locator(f"#service-{errands['collect']}").click()
    kiosk.locator("#way-post_out button").click()
    expect(kiosk.locator("#done")).to_be_visible()
    kiosk.locator("#done").click()
    live(kiosk)
    expect(kiosk.locator("#service-1")).to_be_visible()
    assert is_same(kiosk)


@pytest.mark.parametrize("said", ["", "&papers=some", "&way=online", "&way=post_out"])
@pytest.mark.parametrize("which", ["short", "long"])
def test_a_finger_meets_everything(screens: Screens, errands: dict[str, int], which: str, said: str) -> None:
    page = screens.open(f"/offices/demo/kiosk?procedure={errands[which]}{said}", KIOSK)
    assert not page.evaluate(TOO_SMALL, TARGET)


@pytest.fixture
def checked(browser: Any, server: Server, axe: str) -> Iterator[Checked]:
    screens = Checked(browser, server)
    screens.axe = axe
    yield screens
    screens.close()


@pytest.mark.parametrize("path", [
    "kiosk?procedure={}", "kiosk?procedure={}&papers=some", "kiosk?procedure={}&way=online",
    "tickets?procedure={}&papers=some", "errands/{}",
])  # fmt: skip
def test_axe_finds_nothing(checked: Checked, errands: dict[str, int], path: str) -> None:
    size = KIOSK if path.startswith("kiosk") else PHONE
    for which in ("short", "long"):
        checked.check(checked.open(f"/offices/demo/{path.format(errands[which])}", size))


def test_axe_finds_nothing_where_results_are_collected(checked: Checked, errands: dict[str, int]) -> None:
    for said in ("", "&way=post_out"):
        checked.check(checked.open(f"/offices/demo/kiosk?service={errands['collect']}{said}", KIOSK))


@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize("path", ["tickets?procedure={}", "tickets?procedure={}&papers=some", "errands/{}?"])
def test_nothing_is_wider_than_a_small_phone(screens: Screens, errands: dict[str, int], path: str, lang: str) -> None:
    page = screens.open(f"/offices/demo/{path.format(errands['long'])}&lang={lang}", PHONE)
    assert page.evaluate(WIDER) <= 0


def test_without_javascript_the_place_is_kept_too(screens: Screens, server: Server, errands: dict[str, int]) -> None:
    page = screens.open(f"/offices/demo/tickets?procedure={errands['short']}", PHONE, java_script_enabled=False)
    page.locator("#papers-some").click()
    page.locator("#try").click()
    page.locator("#take button").click()
    expect(page.locator("[data-status]")).to_be_visible()
    newest = "SELECT papers, trying_since IS NOT NULL FROM ticket ORDER BY id DESC LIMIT 1"
    assert people.rows(server, newest) == [("some", 1)]
