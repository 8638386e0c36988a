"""The search at the kiosk, typed by its own keys."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.screens import KIOSK, PHONE, Screens, is_same, live, mark
from tests.browser.test_kiosk import QUICK
from tests.browser.test_looks import TARGET, TOO_SMALL, WIDER

pytestmark = pytest.mark.browser


def press(page: Page, text: str) -> None:
    """Type by the keys on the screen."""
    page.locator("#q").click()
    for key in text:
        page.locator(f'[data-key="{key}"]').click()


def test_a_visitor_finds_an_errand_by_the_keys_on_the_screen(screens: Screens) -> None:
    page = live(screens.open("/offices/demo/kiosk", KIOSK))
    mark(page)
    press(page, "dang ky khai sinh")
    expect(page.locator("#q")).to_have_value("dang ky khai sinh")
    expect(page.locator("#hits .hit").first).to_contain_text("Thủ tục đăng ký khai sinh")
    assert not page.evaluate(TOO_SMALL, TARGET), "keys and hits are large enough for a finger"
    page.locator("#hits .hit").first.click()
    expect(page.locator(".errand-papers li").first).to_be_visible()
    assert is_same(page)


def test_a_wrong_letter_is_taken_back(screens: Screens) -> None:
    page = live(screens.open("/offices/demo/kiosk", KIOSK))
    press(page, "khx")
    page.locator("[data-key=back]").click()
    press(page, "ai")
    expect(page.locator("#q")).to_have_value("khai")


def test_an_idle_kiosk_forgets_what_was_typed(screens: Screens) -> None:
    page = screens.blank(KIOSK)
    page.add_init_script(QUICK)
    page.goto(f"{screens.server.root}/offices/demo/kiosk")
    live(page)
    press(page, "ket hon")
    expect(page.locator("#hits .hit")).not_to_have_count(0)
    expect(page.locator("#q")).to_have_value("")
    expect(page.locator("#hits .hit")).to_have_count(0)
    expect(page.locator("#keyboard")).to_be_hidden()
    expect(page.locator("#service-1")).to_be_visible()


def test_on_a_phone_hits_come_while_typing_and_fit_its_width(screens: Screens) -> None:
    page = live(screens.open("/offices/demo/tickets", PHONE))
    page.locator("#q").press_sequentially("giay ket hon")
    expect(page.locator("#hits .hit").first).to_contain_text("kết hôn")
    assert page.evaluate(WIDER) <= 0


def test_without_javascript_the_form_finds_it_too(screens: Screens) -> None:
    page = screens.open("/offices/demo/tickets", PHONE, java_script_enabled=False)
    page.fill("#q", "ket hon")
    page.locator("#find button").click()
    page.locator("#hits .hit").first.click()
    expect(page.locator(".errand-papers li").first).to_be_visible()
