"""A real Chromium, a real server, and pages that must not complain."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.browser import chromium
from tests.browser.screens import Screens
from tests.server import Server


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """Chromium, started once. A machine without it skips these tests; the machine that judges us may not."""
    program = chromium.program()
    if program is None and os.environ.get("CI"):
        pytest.fail("no Chromium: set CHROMIUM, or install the package chromium-headless-shell")
    if program is None:
        pytest.skip("no Chromium: set CHROMIUM, or install the package chromium-headless-shell")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=chromium.FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="package")
def prepared(tmp_path_factory: pytest.TempPathFactory, translations: None) -> Server:
    """The demo office as it is made, never started: each module's server begins with a copy of it."""
    server = Server(tmp_path_factory.mktemp("prepared"))
    server.prepare()
    return server


@pytest.fixture(scope="module")
def server(prepared: Server, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The real server on a fresh file."""
    folder = tmp_path_factory.mktemp("office") / "data"
    shutil.copytree(prepared.folder, folder)
    server = Server(folder, accounts=prepared.accounts)
    server.start()
    yield server
    server.stop()


@pytest.fixture
def screens(browser: Browser, server: Server) -> Iterator[Screens]:
    """Opens pages; at the end none of them may have complained, or asked another host."""
    screens = Screens(browser, server)
    yield screens
    screens.close()


@pytest.fixture(scope="session")
def axe() -> str:
    """The accessibility checker's own text."""
    return (Path(__file__).parent / "vendor" / "axe.min.js").read_text()
