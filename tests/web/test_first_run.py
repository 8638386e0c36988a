"""A new installation is set up at the machine itself, with the code of its log, once; nobody else gets near it."""

import logging
import re

import pytest
from flask import Flask
from sqlalchemy import select

from counter import clock
from counter.database import db
from counter.models.audit import Audit
from counter.models.office import Office
from counter.models.staff import Staff
from counter.web.first_run import announce
from tests.cast import MORNING, Cast
from tests.pages import Page, PageClient

GOOD = "bốn con trâu vàng"
OFFICE = {
    "name_vi": "Một cửa xã Tân Hòa", "name_en": "Tan Hoa Desk", "slug": "tan-hoa", "username": "Lan",
    "password": GOOD, "again": GOOD,
}  # fmt: skip
LEADING = ("/", "/session")


@pytest.fixture
def code(app: Flask, now: None, caplog: pytest.LogCaptureFixture) -> str:
    """The code as it stands in the log when the server has started."""
    return logged(app, caplog)


def logged(app: Flask, caplog: pytest.LogCaptureFixture) -> str:
    with caplog.at_level(logging.WARNING):
        announce(app)
    found = re.findall(r"code is (\S+)", caplog.text)
    return found[-1] if found else ""


def send(client: PageClient, code: str, **fields: str) -> Page:
    return client.send(client.get("/first-run").form("/first-run"), **{**OFFICE, "code": code, **fields})


def offices() -> list[str]:
    db.session.rollback()
    return list(db.session.scalars(select(Office.slug)))


@pytest.mark.parametrize("address", LEADING)
def test_where_there_is_no_account_one_is_led_to_the_first_page(client: PageClient, code: str, address: str) -> None:
    assert client.get(address).response.request.path == "/first-run"


def test_the_first_office_is_made_and_its_manager_is_in(client: PageClient, code: str) -> None:
    page = send(client, code)
    assert page.response.request.path == "/offices/tan-hoa/settings"
    manager = db.session.scalars(select(Staff)).one()
    assert (offices(), manager.username, manager.role) == (["tan-hoa"], "lan", "administrator")
    other = PageClient(client.app)
    other.sign_in("lan", GOOD)
    other.get("/offices/tan-hoa/settings")
    assert db.session.scalars(select(Audit.who)).first() == "first run"


def test_then_the_page_is_gone(client: PageClient, app: Flask, code: str, caplog: pytest.LogCaptureFixture) -> None:
    send(client, code)
    other = PageClient(app)
    other.get("/first-run", status=404)
    assert other.post("/first-run", csrf_token=other.token(), code=code, **OFFICE).status == 404
    assert other.get("/session").has_form("/session")
    caplog.clear()
    assert logged(app, caplog) == ""


def test_where_there_is_an_account_nothing_is_said_nor_opened(
    client: PageClient, app: Flask, cast: Cast, caplog: pytest.LogCaptureFixture
) -> None:
    assert logged(app, caplog) == ""
    client.get("/first-run", status=404)
    assert client.get("/").response.request.path == "/"


ELSEWHERE = [
    {"environ_base": {"REMOTE_ADDR": "192.168.1.20"}}, {"headers": {"X-Forwarded-For": "127.0.0.1"}},
    {"headers": {"Forwarded": "for=127.0.0.1"}}, {"headers": {"Host": "desk.example.vn"}},
]  # fmt: skip


@pytest.mark.parametrize("how", ELSEWHERE, ids=["another machine", "a proxy", "another proxy", "another name"])
def test_elsewhere_one_is_told_that_it_is_not_set_up(client: PageClient, code: str, how: dict[str, object]) -> None:
    for address in LEADING:
        answer = client.open(address, **how)
        assert answer.status_code == 200 and "/first-run" not in answer.get_data(as_text=True)
        assert "<form" not in answer.get_data(as_text=True)
    token = client.get("/first-run").form("/first-run").fields["csrf_token"]
    fields = {**OFFICE, "code": code, "csrf_token": token}
    assert client.open("/first-run", **how).status_code == 404
    assert client.open("/first-run", "POST", data=fields, **how).status_code in (400, 404)
    assert offices() == []


def test_a_wrong_code_makes_nothing_and_what_was_typed_stays(client: PageClient, code: str) -> None:
    page = send(client, "aaaa-bbbb-cccc")
    assert page.status == 422 and page.all('//*[@id="code-wrong"]') and offices() == []
    assert page.all('//input[@name="name_vi"]/@value') == [OFFICE["name_vi"]]
    assert GOOD not in page.text


def test_guessing_the_code_is_slow(client: PageClient, code: str) -> None:
    answers = [send(client, f"aaaa-bbbb-ccc{n}").status for n in range(8)]
    assert answers == [422] * 5 + [429] * 3
    with clock.at(MORNING.replace(hour=2)):
        assert send(client, code).status == 200


def test_who_knows_the_code_may_be_wrong_about_the_rest_as_often_as_they_like(client: PageClient, code: str) -> None:
    assert [send(client, code, password="short").status for _ in range(8)] == [422] * 8
    assert send(client, code).status == 200


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("name_vi", ""), ("slug", "Tân Hòa"), ("slug", "a/b"), ("slug", "x" * 41), ("username", ""),
        ("password", "short"), ("password", "matkhau123"), ("again", "something else"),
    ],
)  # fmt: skip
def test_a_mistake_is_told_at_its_field(client: PageClient, code: str, field: str, typed: str) -> None:
    page = send(client, code, **{field: typed})
    assert page.status == 422 and page.all(f'//*[@id="{field}-wrong"]') and offices() == []


def test_without_the_forms_token_nothing_is_made(client: PageClient, code: str) -> None:
    assert client.post("/first-run", code=code, **OFFICE).status == 400
    assert offices() == []


@pytest.mark.parametrize("typed", ["Quản lý", "-", "lan nguyen", "a", "lan\nx"])
def test_a_user_name_that_not_every_keyboard_types_is_told(client: PageClient, code: str, typed: str) -> None:
    page = send(client, code, username=typed)
    assert page.status == 422 and page.all('//*[@id="username-wrong"]')
    assert offices() == []


def test_a_code_in_capitals_and_with_blanks_is_the_code(client: PageClient, code: str) -> None:
    assert send(client, code.upper().replace("-", " ")).response.request.path == "/offices/tan-hoa/settings"
