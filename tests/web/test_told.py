"""The manager's page of what visitors are told (R6 to R9, R12)."""

import pytest
from flask import Flask

from tests.cast import Cast
from tests.pages import Page, PageClient

TEXTS = "/offices/demo/settings/texts"


@pytest.fixture
def manager(app: Flask, cast: Cast) -> PageClient:
    manager = PageClient(app)
    manager.sign_in("quanly")
    manager.get("/?lang=en")
    return manager


def write(manager: PageClient, what: str, **fields: str) -> Page:
    return manager.send(manager.get(TEXTS).form(f"/{what}"), **fields)


def wrong(page: Page) -> str:
    return " ".join(" ".join(node.itertext()) for node in page.all('//*[@class="wrong"]'))


def test_the_page_opens(manager: PageClient) -> None:
    assert "What are visitors told" in manager.get(TEXTS).text
