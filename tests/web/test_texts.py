"""Texts that no honest page sends come to a sentence, on both databases."""

import pytest
from flask import Flask

from counter.database import db
from counter.live import socketio
from counter.models.operation import Operation
from counter.models.ticket import Ticket
from tests.cast import Cast
from tests.conftest import on_both
from tests.pages import PageClient

pytestmark = on_both


@pytest.mark.parametrize("address", ["/t/a%00b", "/t/a%00b/turn", "/offices/a%00b/kiosk", "/offices/a%00b/door/state"])
def test_a_nul_in_an_address_is_an_address_that_does_not_exist(client: PageClient, cast: Cast, address: str) -> None:
    assert client.open(address).status_code == 404


def test_a_nul_in_an_address_on_the_open_line_is_refused(app: Flask, cast: Cast) -> None:
    address = "/t/a\0b/turn"
    answer = socketio.test_client(app).emit("watch", [address], callback=True)
    assert answer == {"watching": [], "refused": [address]}


def test_a_nul_in_a_form_stands_in_nobodys_way(client: PageClient, cast: Cast) -> None:
    token = client.token()
    assert client.post("/session", csrf_token=token, username="quay1\0x", password="\0").status == 401
    service = str(cast.services["A"])
    page = client.post("/offices/demo/tickets", csrf_token=token, service=service, operation="one\0form")
    assert page.status == 200
    assert db.session.query(Ticket).count() == 1


@pytest.mark.parametrize(("operation", "kept"), [("ộ" * 64, 1), ("ộ" * 65, 0), ("", 0)])
def test_an_operation_id_is_kept_as_long_as_it_may_be(
    client: PageClient, cast: Cast, operation: str, kept: int
) -> None:
    service = str(cast.services["A"])
    page = client.post("/offices/demo/tickets", csrf_token=client.token(), service=service, operation=operation)
    assert page.status == 200
    assert db.session.query(Operation).count() == kept


def test_a_code_at_the_door_may_be_anything(client: PageClient, cast: Cast) -> None:
    client.sign_in("huongdan")
    token = client.token()
    for code in ("A999999", "A" * 5000, "\0", "/t/" + "x" * 22, "ộ" * 300, "' OR 1=1 --"):
        assert client.post("/offices/demo/door/entries", csrf_token=token, code=code).status == 404
