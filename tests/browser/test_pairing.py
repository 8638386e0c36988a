"""What a screen does that is not let in yet, or not any more (issue 5)."""

import pytest
from playwright.sync_api import expect

from tests.browser.screens import DESK, KIOSK, WALL, Screens, live
from tests.server import Server

pytestmark = pytest.mark.browser


def test_a_device_that_waits_shows_its_code_again_when_the_server_is_back(screens: Screens, server: Server) -> None:
    page = screens.open("/device", KIOSK)
    code = page.locator(".pairing-code").inner_text()
    screens.expect("Failed to load resource")
    server.kill()
    page.wait_for_timeout(7000)
    expect(page.locator(".pairing-code")).to_have_text(code)
    server.start()
    with page.expect_navigation(timeout=20_000):
        pass
    expect(page.locator(".pairing-code")).to_have_text(code)


def test_a_wall_that_is_taken_back_shows_a_code_and_nothing_else(screens: Screens) -> None:
    manager, wall = screens.open("/offices/demo/settings/devices", DESK, "quanly"), screens.open("/device", WALL)
    screens.expect("40[134]", "Failed to load resource")
    manager.locator("#device-code").fill(wall.locator(".pairing-code").inner_text())
    manager.locator("#device-name").fill("Màn hình sảnh")
    manager.locator("#device-kind").select_option("display")
    manager.locator("#device .button-primary").click()
    wall.wait_for_url("**/offices/demo/**")
    live(wall)
    manager.goto(manager.url)
    manager.locator("details.change > summary").first.click()
    manager.locator(".button-stop").first.click()
    wall.wait_for_url("**/device", timeout=30_000)
    expect(wall.locator(".pairing-code")).to_be_visible()


def test_the_desk_of_a_counter_that_is_used_no_longer_says_so_by_itself(screens: Screens) -> None:
    manager, desk = (
        screens.open("/offices/demo/settings/counters", DESK, "quanly"),
        screens.open("/counters/6", DESK, "quay6"),
    )
    screens.expect("404", "Failed to load resource")
    live(desk).wait_for_timeout(5500)
    manager.locator("#counter-6 summary").click()
    manager.locator("#counter-6 .button-stop").click()
    expect(desk.locator(".error")).to_be_visible(timeout=30_000)
    assert desk.locator("main a").get_attribute("href") == "/"
