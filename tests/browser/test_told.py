"""What the lobby, the desk and the sign tell beside the calls: ways, notices, a suspension (R4, R9, R12)."""

from datetime import UTC, datetime, timedelta

import pytest
import zxingcpp
from playwright.sync_api import Page, expect

from counter import clock
from tests.browser import people
from tests.browser.eyes import Picture, look
from tests.browser.people import Staff
from tests.browser.screens import DESK, KIOSK, PHONE, TABLET, WALL, Screens, Size, live
from tests.browser.test_axe import ENHANCED, RUN, TAGS
from tests.browser.test_looks import (
    CALL,
    CUT_OFF,
    FIRST_FIGURE,
    HIGHER,
    MOVING,
    TARGET,
    TOO_SMALL,
    WIDER,
    height_of_figure,
)
from tests.server import Person, Server

pytestmark = pytest.mark.browser

PORTAL = "https://dichvucong.gov.vn/p/home/dvc-chi-tiet-thu-tuc-hanh-chinh.html?ma_thu_tuc="
CODES = ("t1", "t2", "t3")
TEXTS = "/offices/demo/settings/texts"
FROM_THE_SEATS = 0.478
"""A phone of 12 megapixels (4,000 dots across 67°) sees so many dots of its own for each dot of a wall of 55 inches
(1.22 m, 1,920 dots) from 4 m: 4000 / (2 × 4 × tan 33.5°) / (1920 / 1.22)."""
SMALL_WALL = (1366, 768)


@pytest.fixture(scope="module")
def crowd(server: Server) -> Server:
    """Six calls, a full room, a long line; many of them came for one of three errands; two offers and a notice."""
    staff = Staff(server)
    for letter, _counter in [*people.COUNTER_OF.items()][:6]:
        people.take(server, letter)
        staff.call(people.COUNTER_OF[letter])
    came_for(server, [people.take(server, "ABCDEGHK"[n % 8]).id for n in range(40)])
    manager = Person(server)
    manager.sign_in("quanly")
    notice = {"kind": "notice", "text_vi": "Bộ phận làm việc cả sáng thứ Bảy.", "text_en": "Open on Saturday mornings."}
    offer = {"kind": "offer", "way": "online", "text_vi": "Giảm 30% lệ phí khi nộp trực tuyến.", "text_en": "30 % off."}
    for text in (notice, offer):
        assert manager.post(f"{TEXTS}/notices", operation=people.form(), place_display="1", **text).status_code == 303
    return server


def came_for(server: Server, tickets: list[int]) -> None:
    """The catalogue's three errands, the first of them for most."""
    ids = []
    for n, code in enumerate(CODES):
        name = "Chứng thực bản sao từ bản chính giấy tờ, văn bản do cơ quan, tổ chức có thẩm quyền cấp" * (1 + n)
        level = ("full", None, "partial")[n]
        ids.append(people.an_errand(server, code, name, online=level, url=PORTAL + code))
    for n, ticket in enumerate(tickets):
        people.write(server, "UPDATE ticket SET procedure_id = ? WHERE id = ?", ids[min(n % 5, 2) and n % 3], ticket)


@pytest.fixture
def suspended(crowd: Server) -> None:
    """From today on, for a fortnight, with a long reason and two exceptions."""
    if people.rows(crowd, "SELECT id FROM suspension"):
        return
    manager, today = Person(crowd), clock.today("Asia/Ho_Chi_Minh")
    manager.sign_in("quanly")
    last = today + timedelta(days=13)
    civil = people.service(crowd, "A")
    answer = manager.post(
        f"{TEXTS}/suspensions", operation=people.form(), first_day=str(today), last_day=str(last), scope="all",
        why_vi="Phòng, chống dịch bệnh theo chỉ đạo của Ủy ban nhân dân tỉnh", why_en="By order of the province",
        call="0218 3855 123", urgent_0_vi="Đăng ký khai tử", urgent_0_en="Register a death", urgent_0_service=civil,
        urgent_1_vi="Người bệnh cần giấy tờ để nhập viện", urgent_1_en="Papers for hospital", urgent_1_service=civil,
    )  # fmt: skip
    assert answer.status_code == 303, answer.text[:400]


def shown(page: Page) -> list[str]:
    """The ids of what is to be seen in the turning place."""
    return [str(own.get_attribute("id")) for own in page.locator(".turning > li").all() if own.is_visible()]


def from_the_seats(picture: Picture, scale: float) -> list[str]:
    """The codes that a camera reads which sees so many dots for each dot of the screen: each the mean of its area."""
    width, height = int(picture.width * scale), int(picture.height * scale)
    dots = bytearray(width * height)
    for y in range(height):
        rows = [picture.row(own) for own in range(int(y / scale), max(int((y + 1) / scale), int(y / scale) + 1))]
        for x in range(width):
            left, right = int(x / scale), max(int((x + 1) / scale), int(x / scale) + 1)
            area = [dot for row in rows for dot in row[left:right]]
            dots[y * width + x] = sum(area) // len(area)
    return [found.text for found in zxingcpp.read_barcodes(memoryview(dots).cast("B", (height, width)))]


def test_the_way_of_those_who_wait_can_be_scanned_from_the_seats(screens: Screens, crowd: Server) -> None:
    page = live(screens.open("/offices/demo/display", WALL, reduced_motion="reduce"))
    code = page.locator(".turning img >> visible=true")
    expect(code).to_have_count(1)
    box = code.bounding_box()
    assert box and min(box["width"], box["height"]) >= 250
    assert from_the_seats(look(code), FROM_THE_SEATS) == [PORTAL + CODES[0]]


def test_one_at_a_time_and_without_a_script_the_first(screens: Screens, crowd: Server) -> None:
    still = screens.open("/offices/demo/display", WALL, java_script_enabled=False)
    first = shown(still)
    assert len(first) == 1 and first[0].startswith("way-")
    assert still.locator(".turning > li").count() == 5, "three errands, our notice and the demo's"


def test_each_stays_for_fifteen_seconds_whatever_is_drawn_meanwhile(screens: Screens, crowd: Server) -> None:
    page = screens.blank(WALL, reduced_motion="reduce")
    page.clock.install(time=datetime.now(UTC))
    page.goto(f"{crowd.root}/offices/demo/display")
    expect(page.locator("body")).to_have_attribute("data-line", "up")
    before = shown(page)
    waiting = page.locator(".board-room b").last.inner_text()
    page.clock.run_for(9000)
    people.take(crowd, "K")
    page.clock.run_for(2000)
    expect(page.locator(".board-room b").last).not_to_have_text(waiting)
    assert shown(page) == before
    page.clock.run_for(5000)
    after = shown(page)
    assert len(after) == 1 and after != before


def test_what_is_shown_stays_its_time_though_nobody_waits_for_it_any_more(screens: Screens, crowd: Server) -> None:
    page = screens.blank(WALL, reduced_motion="reduce")
    page.clock.install(time=datetime.now(UTC))
    page.goto(f"{crowd.root}/offices/demo/display")
    expect(page.locator("body")).to_have_attribute("data-line", "up")
    page.evaluate("document.querySelector('.turning > [data-now]').remove()")
    own = page.locator(".turning > li").count()
    page.evaluate("document.dispatchEvent(new CustomEvent('htmx:after:swap', { detail: { ctx: {} } }))")
    assert page.locator(".turning > li").count() == own + 1 and len(shown(page)) == 1
    page.clock.run_for(16000)
    assert page.locator(".turning > li").count() == own and len(shown(page)) == 1


@pytest.mark.parametrize("size", [WALL, SMALL_WALL, (3840, 2160)], ids=lambda size: f"{size[0]}x{size[1]}")
def test_the_ways_hide_no_call(screens: Screens, crowd: Server, size: Size) -> None:
    all_of_it_fits(screens, size)


@pytest.mark.parametrize("size", [WALL, SMALL_WALL], ids=lambda size: f"{size[0]}x{size[1]}")
def test_a_suspension_hides_no_call(screens: Screens, crowd: Server, suspended: None, size: Size) -> None:
    page = all_of_it_fits(screens, size)
    expect(page.locator(".board-stop")).to_contain_text("0218 3855 123")
    if size == WALL:
        assert height_of_figure(look(page.locator(FIRST_FIGURE))) >= CALL
        box = page.locator(".turning img >> visible=true").bounding_box()
        assert box and box["width"] >= 250


def all_of_it_fits(screens: Screens, size: Size) -> Page:
    page = live(screens.open("/offices/demo/display", size, reduced_motion="reduce"))
    expect(page.locator("[id^=call-]")).to_have_count(5)
    assert page.evaluate(HIGHER) <= 0
    assert page.evaluate(CUT_OFF, "main section, main li, main p, main img") == 0
    assert page.evaluate(MOVING) == 0
    return page


def test_the_desk_does_not_scroll_for_a_suspension(screens: Screens, crowd: Server, suspended: None) -> None:
    page = live(screens.open("/counters/1", DESK, "quay1"))
    expect(page.locator(".posted-stop")).to_be_visible()
    assert page.evaluate(HIGHER) <= 0


@pytest.mark.parametrize("size", [WALL, TABLET], ids=["lying", "standing"])
def test_the_sign_says_all_of_it_on_one_screen(screens: Screens, crowd: Server, suspended: None, size: Size) -> None:
    page = live(screens.open("/offices/demo/door/sign", size))
    expect(page.locator(".sign-stopped")).to_contain_text("0218 3855 123")
    assert page.evaluate(HIGHER) <= 0
    assert page.evaluate(CUT_OFF, "main div, main li, main p") == 0


@pytest.mark.parametrize("path", ["kiosk", "kiosk?exception=1"])
def test_a_finger_meets_the_urgent_errands_at_the_kiosk(
    screens: Screens, crowd: Server, suspended: None, path: str
) -> None:
    page = screens.open(f"/offices/demo/{path}", KIOSK)
    assert not page.evaluate(TOO_SMALL, TARGET)


@pytest.mark.parametrize(("path", "user"), [(TEXTS, "quanly"), ("/offices/demo/tickets", None), ("/", None)])
def test_nothing_told_is_wider_than_a_phone(
    screens: Screens, crowd: Server, suspended: None, path: str, user: str | None
) -> None:
    page = screens.open(path, PHONE, user)
    assert page.evaluate(WIDER) <= 0


@pytest.mark.parametrize(
    ("path", "user", "size", "rules"),
    [
        ("/offices/demo/display", None, WALL, [ENHANCED]), ("/offices/demo/kiosk", None, KIOSK, []),
        ("/offices/demo/tickets", None, PHONE, []), ("/offices/demo/door/sign", None, WALL, []),
        ("/counters/1", "quay1", DESK, []), ("/", None, TABLET, []), (TEXTS, "quanly", TABLET, []),
    ],
)  # fmt: skip
def test_axe_finds_nothing_in_what_is_told(
    screens: Screens, crowd: Server, suspended: None, axe: str, path: str, user: str | None, size: Size,
    rules: list[str],
) -> None:  # fmt: skip
    page = screens.open(path, size, user, reduced_motion="reduce")
    page.evaluate(axe)
    found = page.evaluate(RUN, [TAGS, rules])
    assert not found, found
