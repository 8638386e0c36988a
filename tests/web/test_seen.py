"""On a page of settings, what people see of it: their own page, drawn small, that does nothing."""

import pytest
from flask import Flask

from tests.cast import Cast
from tests.pages import PageClient

SETTINGS = "/offices/demo/settings"


@pytest.fixture
def manager(app: Flask, cast: Cast) -> PageClient:
    manager = PageClient(app)
    manager.sign_in("quanly")
    return manager


@pytest.mark.parametrize(
    ("part", "seen"),
    [
        ("office", ["tickets"]), ("services", ["tickets"]), ("counters", ["display"]), ("phones", ["display"]),
        ("devices", ["display", "door/sign"]), ("room", ["door/sign", "display"]), ("texts", ["tickets", "display"]),
    ],
)  # fmt: skip
def test_a_page_of_settings_shows_what_people_see_of_it(manager: PageClient, part: str, seen: list[str]) -> None:
    frames = manager.get(f"{SETTINGS}/{part}").all('//aside[@class="seen-all"]//iframe')
    assert [frame.get("src").partition("?")[0] for frame in frames] == [f"/offices/demo/{own}" for own in seen]
    for frame in frames:
        assert frame.get("title") and frame.get("sandbox") == "allow-same-origin" and frame.get("inert") is not None
        assert "<script" not in manager.open(frame.get("src")).text


def test_a_picture_takes_no_word_that_the_manager_is_to_be_told(manager: PageClient) -> None:
    with manager.http.session_transaction() as session:
        session["_flashes"] = [("ok", "Đã lưu.")]
    assert "Đã lưu." not in manager.open("/offices/demo/tickets?picture=1").text
    assert "Đã lưu." in manager.get(SETTINGS).text
