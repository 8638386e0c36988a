"""The pages that a test has open, and a note of whatever goes wrong on any of them."""

import re
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request, expect

from tests.browser.people import Staff
from tests.server import Server

Size = tuple[int, int]
KIOSK, WALL, DESK, TABLET, PHONE = (1080, 1920), (1920, 1080), (1366, 768), (768, 1024), (360, 740)

AWAY = r"ERR_CONNECTION|ERR_INTERNET_DISCONNECTED|ERR_EMPTY_RESPONSE|ERR_SOCKET|WebSocket connection|Failed to fetch"
"""What Chromium itself writes to the console while no server answers."""


PATIENCE = 10_000
"""Milliseconds: nothing takes so long, but on a machine that is busy with other things."""

expect.set_options(timeout=PATIENCE)


class Screens:
    """Opens a page in a browser of its own (a context), with a size and perhaps somebody signed in."""

    def __init__(self, browser: Browser, server: Server) -> None:
        self.browser, self.server, self.staff = browser, server, Staff(server)
        self.contexts: list[BrowserContext] = []
        self.troubles: list[str] = []
        self.expected: list[str] = []

    def open(self, path: str, size: Size = DESK, user: str | None = None, **more: Any) -> Page:
        """Open an address; it stays open until the test ends."""
        page = self.blank(size, user, **more)
        page.goto(self.server.root + path)
        return page

    def blank(self, size: Size = DESK, user: str | None = None, **more: Any) -> Page:
        """A browser that has not gone anywhere yet."""
        context = self.browser.new_context(viewport={"width": size[0], "height": size[1]}, **more)
        context.set_default_timeout(PATIENCE)
        self.contexts.append(context)
        context.on("request", self._asked)
        context.on("console", self._wrote)
        context.on("weberror", lambda error: self.troubles.append(f"script error: {error.error}"))
        if user:
            context.add_cookies([{"name": "luot", "value": self.staff.cookie(user), "url": self.server.root}])
        return context.new_page()

    def expect(self, *patterns: str) -> None:
        """This test makes the console say so on purpose."""
        self.expected += patterns

    def close(self) -> None:
        """Close all pages; nothing unexpected may have happened on any of them."""
        for context in self.contexts:
            context.close()
        unexpected = [own for own in self.troubles if not any(re.search(known, own) for known in self.expected)]
        assert not unexpected, "\n".join(unexpected)

    def _asked(self, request: Request) -> None:
        asked = urlsplit(request.url)
        if asked.scheme not in ("data", "blob") and f"{asked.scheme}://{asked.netloc}" != self.server.root:
            self.troubles.append(f"asked another host: {request.url}")

    def _wrote(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self.troubles.append(f"console {message.type}: {message.text} {message.location.get('url', '')}")


def live(page: Page) -> Page:
    """Wait until the open line brings this page's drawings."""
    expect(page.locator("body")).to_have_attribute("data-line", "up")
    return page


def mark(page: Page) -> None:
    """Leave a mark that a reload would wipe away."""
    page.evaluate("window.__same = 1")


def is_same(page: Page) -> bool:
    """Whether the page has not been loaded again since the mark."""
    return bool(page.evaluate("window.__same === 1"))


def past_double_tap(page: Page) -> None:
    """A press within 600 ms of the last one is taken for a double tap; only time makes it another press."""
    page.wait_for_timeout(650)
