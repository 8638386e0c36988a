"""The camera at the door reads a ticket; where it can't be had, the guide is told why in words."""

from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path

import pytest
import resvg_py
from PIL import Image
from playwright.sync_api import Browser, Page, expect

from counter import qr
from tests.browser import chromium, people
from tests.browser.screens import PHONE, Screens, live
from tests.server import Server

pytestmark = pytest.mark.browser

DOOR = "/offices/demo/door"
WIDTH, HEIGHT = 640, 480
FAKE, ALLOWED = "--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream"


def film(text: str, file: Path) -> Path:
    """A film (Y4M) of somebody who holds a QR code still, a little askew, before the camera."""
    drawn = Image.open(BytesIO(bytes(resvg_py.svg_to_bytes(svg_string=qr.svg(text), width=300))))
    still = Image.new("L", (WIDTH, HEIGHT), 200)
    still.paste(drawn.convert("L").rotate(8, expand=True, fillcolor=200), (150, 60))
    colour = bytes([128]) * (WIDTH * HEIGHT // 2)
    frame = b"FRAME\n" + still.tobytes() + colour
    file.write_bytes(f"YUV4MPEG2 W{WIDTH} H{HEIGHT} F10:1 Ip A1:1 C420jpeg\n".encode() + 10 * frame)
    return file


@contextmanager
def started(browser: Browser, server: Server, *flags: str) -> Iterator[Screens]:
    """Another Chromium, with a camera of its own."""
    other = browser.browser_type.launch(executable_path=chromium.program(), args=[*chromium.FLAGS, *flags])
    screens = Screens(other, server)
    try:
        yield screens
        screens.close()
    finally:
        other.close()


NEVER = """() => {
  navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException("never", "NotAllowedError"));
}"""
"""As a browser answers once the guide has pressed "never". Not every build of Chromium can be asked to deny."""


def said_of(page: Page) -> str:
    """What the guide is told after a press on the camera's button."""
    page.locator("#camera").click()
    expect(page.locator("#said .said-error")).to_be_visible()
    expect(page.locator("#viewfinder")).to_be_hidden()
    return page.locator("#said").inner_text()


def test_a_ticket_held_before_the_camera_is_let_in_once(browser: Browser, server: Server, tmp_path: Path) -> None:
    ticket = people.take(server)
    seen = film(server.root + ticket.path, tmp_path / "ticket.y4m")
    with started(browser, server, FAKE, ALLOWED, f"--use-file-for-fake-video-capture={seen}") as screens:
        page = live(screens.open(DOOR, PHONE, "huongdan"))
        page.locator("#camera").click()
        expect(page.locator(f"#present-{ticket.id}")).to_be_visible()
        expect(page.locator("#said .said-ok")).to_contain_text(ticket.number)
        page.wait_for_timeout(3500)  # it stays in sight, and is not scanned again
        expect(page.locator("#said .said-ok")).to_contain_text(ticket.number)
        page.locator("#ways label:has([value=exits])").click()  # the same code now means another thing
        expect(page.locator(f"#present-{ticket.id}")).to_have_count(0)
        page.locator("#camera").click()
        expect(page.locator("#viewfinder")).to_be_hidden()
        expect(page.locator("#code")).to_be_visible()
    assert people.moves(server, "enter").count(ticket.id) == 1


def test_the_reader_of_codes_is_fetched_only_for_the_camera(browser: Browser, server: Server) -> None:
    with started(browser, server, FAKE, ALLOWED) as screens:
        page = screens.blank(PHONE, "huongdan")
        asked: list[str] = []
        page.on("request", lambda one: asked.append(one.url))
        page.goto(server.root + DOOR)
        live(page)
        assert not [one for one in asked if "/vendor/qr" in one]
        with page.expect_response("**/vendor/qr-*/decode.js*") as loaded:
            page.locator("#camera").click()
        assert loaded.value.ok
        expect(page.locator("#viewfinder")).to_be_visible()


def test_without_a_camera_the_guide_is_told(screens: Screens) -> None:
    page = live(screens.open(DOOR, PHONE, "huongdan"))
    assert "không có máy ảnh" in said_of(page)


def test_a_camera_that_is_not_allowed_is_told(browser: Browser, server: Server) -> None:
    with started(browser, server, FAKE) as screens:
        page = live(screens.open(f"{DOOR}?lang=en", PHONE, "huongdan"))
        page.evaluate(NEVER)
        assert "does not let this page use the camera" in said_of(page)


def test_on_plain_http_the_guide_is_told_what_the_browser_wants(browser: Browser, server: Server) -> None:
    with started(browser, server, FAKE, ALLOWED, "--host-resolver-rules=MAP office.test 127.0.0.1") as screens:
        office = f"http://office.test:{server.port}"
        screens.expect(f"asked another host: {office}", r"ws://office\.test")
        page = screens.blank(PHONE)
        page.context.add_cookies([{"name": "luot", "value": screens.staff.cookie("huongdan"), "url": office}])
        page.goto(office + DOOR)
        assert "https://" in said_of(live(page))
        ticket = people.take(server)
        page.keyboard.type(f"{ticket.number}\n")  # and the scanner works, without what only https has
        expect(page.locator(f"#present-{ticket.id}")).to_be_visible()
