"""A manager sets an office with JavaScript switched off: every form of the settings is a form (issue 5)."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.screens import DESK, KIOSK
from tests.browser.test_first_office import clerk, counter, service
from tests.browser.test_without_javascript import Plain, screens
from tests.server import Server

__all__ = ["screens"]

pytestmark = pytest.mark.browser
SETTINGS = "/offices/demo/settings"


@pytest.fixture
def manager(screens: Plain) -> Page:
    return screens.staff_at(SETTINGS, "quanly", DESK)


def go(manager: Page, part: str, heading: str) -> None:
    """By the links, as somebody without JavaScript goes."""
    root = "/".join(manager.url.split("/")[:3])
    manager.goto(root + SETTINGS)
    manager.locator(f"a[href$='{SETTINGS}/{part}']").first.click()
    expect(manager.locator("h1")).to_contain_text(heading)


def kept(manager: Page) -> None:
    expect(manager.locator("#said")).to_contain_text("Đã lưu")


def as_people_see_it(manager: Page) -> Locator:
    return manager.frame_locator(".seen iframe").first.locator("main")


def test_the_office_is_renamed_seen_as_people_see_it_and_taken_back(manager: Page) -> None:
    go(manager, "office", "Cơ quan")
    manager.fill("#office-name_vi", "Một cửa phường Mới")
    manager.locator("form#office .button-primary").click()
    kept(manager)
    expect(as_people_see_it(manager)).to_contain_text("Một cửa phường Mới")
    go(manager, "audit", "Đã thay đổi gì")
    manager.locator("button", has_text="Hoàn tác").first.click()
    go(manager, "office", "Cơ quan")
    expect(as_people_see_it(manager)).not_to_contain_text("Một cửa phường Mới")


def test_what_is_wrong_is_told_at_its_place_and_nothing_typed_is_lost(manager: Page, screens: Plain) -> None:
    screens.expect("status of 422")
    go(manager, "office", "Cơ quan")
    manager.fill("#office-name_vi", "Một cửa phường Khác")
    manager.fill("#office-timezone", "Asia/Nowhere")
    manager.locator("form#office .button-primary").click()
    expect(manager.locator("#office-timezone-wrong")).to_be_visible()
    expect(manager.locator("#office-name_vi")).to_have_value("Một cửa phường Khác")


def test_a_service_and_a_counter_that_takes_it_are_made_and_changed(manager: Page) -> None:
    go(manager, "services", "Dịch vụ")
    service(manager, "Thuế")
    expect(as_people_see_it(manager)).to_contain_text("Thuế")
    go(manager, "counters", "Các quầy")
    counter(manager, "Thuế")
    kept(manager)
    made = manager.locator("ul.rows > li", has=manager.locator(".settings-takes", has_text="Thuế"))
    made.locator("summary").click()
    made.locator(".button-stop").click()
    expect(made).to_have_count(0)


def test_somebody_is_let_in_and_signed_out_everywhere(manager: Page) -> None:
    go(manager, "people", "Nhân sự")
    assert clerk(manager, "Lê Văn Tám", "tam", "Quầy 1")
    row = manager.locator("li[id^=person-]", has_text="Lê Văn Tám")
    row.locator("summary").click()
    row.locator("button", has_text="Đăng xuất mọi nơi").click()
    expect(manager.locator("#said")).to_contain_text("Đã đăng xuất")


@pytest.mark.parametrize(
    ("part", "heading", "field", "value"),
    [
        ("phones", "Lấy số bằng điện thoại", "#phones-phone_hour", "7"),
        ("sign-ins", "Tự đăng xuất", "#signing-idle_minutes", "45"),
    ],
)
def test_the_limits_are_set(manager: Page, part: str, heading: str, field: str, value: str) -> None:
    go(manager, part, heading)
    manager.fill(field, value)
    manager.locator("main form .button-primary").first.click()
    kept(manager)
    expect(manager.locator(field)).to_have_value(value)


def test_the_cap_of_the_room_is_set(manager: Page) -> None:
    go(manager, "room", "bao nhiêu người")
    manager.fill("#cap-people", "15")
    manager.locator("form#cap .button-primary").first.click()
    expect(manager.locator(".now-cap b")).to_have_text("15")


def test_a_kiosk_is_paired_and_taken_back(manager: Page, screens: Plain, server: Server) -> None:
    kiosk = screens.plain("/device", KIOSK)
    code = kiosk.locator(".pairing-code").inner_text()
    go(manager, "devices", "Thiết bị")
    if not manager.locator("#device-code").is_visible():
        manager.locator("details.change > summary", has_text="Thiết bị mới").click()
    manager.fill("#device-code", code)
    manager.fill("#device-name", "Máy ở cửa")
    manager.locator("#device .button-primary").click()
    kept(manager)
    kiosk.wait_for_url(re.compile("/offices/demo/kiosk"))
    row = manager.locator("li[id^=device-]", has_text="Máy ở cửa")
    row.locator("summary").click()
    row.locator(".button-stop").click()
    expect(manager.locator("li[id^=device-]", has_text="Máy ở cửa")).to_have_count(0)


def test_the_office_is_taken_along_as_a_file(manager: Page) -> None:
    go(manager, "file", "tệp")
    with manager.expect_download() as taken:
        manager.locator("a[download]").first.click()
    assert taken.value.suggested_filename.endswith(".json")
