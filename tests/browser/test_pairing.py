"""A device that waits to be let in goes on waiting while the server is away (issue 5)."""

import pytest
from playwright.sync_api import expect

from tests.browser.screens import KIOSK, Screens
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
