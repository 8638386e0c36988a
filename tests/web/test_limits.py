"""What one address may ask for in a short while: what is drawn, searched or kept for it (ASVS 2.4.1)."""

from datetime import timedelta

import pytest
from flask import Flask

from counter import clock
from counter.web import limits
from tests.cast import MORNING, Cast
from tests.pages import PageClient

SEARCH = "/offices/demo/errands?q=khai"
WAYS = "/offices/demo/errands/1/ways"


def ask(client: PageClient, path: str, many: int, address: str = "203.0.113.7") -> list[int]:
    """What the address is answered, one after the other."""
    return [client.open(path, environ_base={"REMOTE_ADDR": address}).status_code for _ in range(many)]


def test_a_script_that_searches_is_asked_to_wait_and_nobody_else_is(client: PageClient, cast: Cast) -> None:
    assert set(ask(client, SEARCH, 200)) == {200}
    refused = client.open(SEARCH, environ_base={"REMOTE_ADDR": "203.0.113.7"})
    assert (refused.status_code, refused.headers["Retry-After"]) == (429, "1")
    assert "Xin chờ một phút rồi thử lại" in refused.text
    assert ask(client, SEARCH, 1, "203.0.113.8") == [200]
    with clock.at(MORNING + timedelta(seconds=0.1)):
        assert ask(client, SEARCH, 2) == [200, 429]


def test_while_typing_too_many_leave_what_is_on_the_screen(client: PageClient, cast: Cast) -> None:
    ask(client, SEARCH, 200)
    answer = client.open(SEARCH, environ_base={"REMOTE_ADDR": "203.0.113.7"}, headers={"HX-Request": "true"})
    assert (answer.status_code, answer.data) == (204, b"")


def test_the_codes_that_waiting_machines_show_are_not_drawn_without_end(client: PageClient, cast: Cast) -> None:
    assert ask(client, "/device", 301)[298:] == [200, 200, 429]


def test_choosing_another_way_again_and_again_ends(client: PageClient, cast: Cast) -> None:
    client.http.environ_base["REMOTE_ADDR"] = "203.0.113.7"
    token = client.token()
    answers = [client.post(WAYS, csrf_token=token, way="online").status for _ in range(101)]
    assert set(answers[:100]) == {404} and answers[100] == 429, "there is no such errand, and asking for it counts"


def test_what_does_not_say_who_asks_is_not_counted(client: PageClient, cast: Cast) -> None:
    assert set(ask(client, SEARCH, 201, "127.0.0.1")) == {200}


def test_addresses_without_end_are_not_remembered_without_end(
    app: Flask, client: PageClient, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "MOST_KEPT", 20)
    for own in range(50):
        assert ask(client, SEARCH, 1, f"203.0.113.{own}") == [200]
    assert len(app.extensions["asked"]) <= 20
