"""Rights, tokens on forms, sessions, headers, wrong methods, oversized fields (I25)."""

import re

import pytest
from flask import Flask

from counter import scrypt
from counter.access import Right
from counter.database import db
from counter.models import staff
from counter.models.ticket import Ticket
from counter.panels import PANELS, Panel
from tests.actions.test_issue import take
from tests.cast import PASSWORD, Cast, hire
from tests.conftest import FULL_STRENGTH
from tests.pages import PageClient


def test_every_route_declares_its_right(app: Flask) -> None:
    for rule in app.url_map.iter_rules():
        if rule.endpoint != "static":
            assert isinstance(getattr(app.view_functions[rule.endpoint], "right", None), Right), rule


def test_a_route_without_a_right_opens_for_nobody(app: Flask, client: PageClient, cast: Cast) -> None:
    app.add_url_rule("/forgotten", "forgotten", lambda: "secret")
    assert "secret" not in client.get("/forgotten", status=403).text


STAFF_ONLY = ["/offices/demo/door", "/offices/demo/door/state", "/counters/1", "/counters/1/desk"]


@pytest.mark.parametrize("address", STAFF_ONLY)
def test_who_is_not_signed_in_is_asked_to_and_comes_back(client: PageClient, cast: Cast, address: str) -> None:
    answer = client.open(address)
    assert answer.status_code == 303
    assert "/session?next=" in answer.headers["Location"]


@pytest.mark.parametrize("address", ["/counters/1/calls", "/tickets/1/service", "/offices/demo/door/entries"])
def test_a_form_without_a_session_changes_nothing(client: PageClient, cast: Cast, address: str) -> None:
    take(cast)
    page = client.post(address, csrf_token=client.token(), operation="x", code="A001")
    assert page.status == 401
    assert page.all('//a[contains(@href, "/session")] | //a[@href="/"]')


@pytest.mark.parametrize("token", ["", "stale", "x" * 10_000])
def test_a_stale_token_on_a_form_is_told_in_words(client: PageClient, cast: Cast, token: str) -> None:
    page = client.post("/offices/demo/tickets", csrf_token=token, service=str(cast.services["A"]))
    assert page.status == 400
    assert "trang" in page.text.lower()


@pytest.mark.parametrize(
    ("method", "address"),
    [
        ("GET", "/counters/1/calls"),
        ("PUT", "/t/x"),
        ("POST", "/t/x"),
        ("DELETE", "/offices/demo/tickets"),
        ("POST", "/offices/demo/display"),
    ],
)
def test_a_wrong_method_is_told_in_words(client: PageClient, cast: Cast, method: str, address: str) -> None:
    answer = client.open(address, method=method, headers={"X-CSRFToken": client.token()})
    assert answer.status_code == 405
    assert "<main" in answer.get_data(as_text=True)


def test_fields_of_ten_thousand_characters_are_no_5xx(client: PageClient, cast: Cast) -> None:
    long = "x" * 10_000
    client.sign_in("quanly")
    for address in ("/offices/demo/tickets", "/session", "/t/x", "/offices/demo/door/entries", "/tickets/1/service"):
        fields = dict.fromkeys(
            ("operation", "service", "party_size", "priority_class", "code", "username", "next"), long
        )
        page = client.post(address, csrf_token=client.token(), **fields)
        assert 400 <= page.status < 500, (address, page.status)


def test_a_body_that_is_too_large_is_refused(client: PageClient, cast: Cast) -> None:
    page = client.post("/offices/demo/tickets", csrf_token=client.token(), code="x" * 300_000)
    assert page.status == 413


def test_sign_in_leads_to_ones_own_work(client: PageClient, cast: Cast) -> None:
    page = client.sign_in("quay2")
    assert page.response.request.path == f"/counters/{cast.counters[2]}"


def test_a_wrong_password_is_said_and_the_name_is_kept(client: PageClient, cast: Cast) -> None:
    page = client.sign_in("quay1", "wrong")
    assert page.status == 401
    assert page.all('//input[@name="username"]/@value') == ["quay1"]
    assert page.said() or "Sai" in page.text


def test_a_forged_link_leads_nowhere_else(client: PageClient, cast: Cast) -> None:
    for address in ("https://evil.example/", "//evil.example", "/\\evil.example"):
        form = client.get("/session").form("/session")
        fields = {**form.fields, "username": "quay1", "password": PASSWORD, "next": address}
        answer = client.open("/session", "POST", data=fields)
        assert answer.headers["Location"].startswith("/counters/"), address
        page = client.get(f"/session?next={address}")
        assert not page.all('//a[starts-with(@href, "http") or starts-with(@href, "//") or starts-with(@href, "/\\")]')
        assert not page.all('//input[contains(@value, "evil")]')
        client.post("/session", csrf_token=client.token(), _method="DELETE")


def test_signing_out_ends_it(client: PageClient, cast: Cast) -> None:
    client.sign_in("quay1")
    client.send(client.get("/session").form("/session", delete=True))
    assert client.open(f"/counters/{cast.counters[1]}").status_code == 303


def test_headers_keep_scripts_and_frames_out(client: PageClient, cast: Cast) -> None:
    headers = client.open("/").headers
    assert "default-src 'self'" in headers["Content-Security-Policy"]
    assert "unsafe" not in headers["Content-Security-Policy"]
    with client.open("/static/css/session.css") as file:
        for own in (headers, file.headers):
            assert "frame-ancestors 'self'" in own["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert "HttpOnly" in headers["Set-Cookie"]
    assert "SameSite=Lax" in headers["Set-Cookie"]


def test_a_wrong_name_is_looked_up_as_slowly_as_a_wrong_password() -> None:
    method = "scrypt:32768:8:3"
    assert method == FULL_STRENGTH
    assert staff.NOBODY.startswith(f"{method}$") and len(staff.NOBODY) == len(f"{method}$nobody-has-this$") + 128


def test_a_password_is_kept_as_strongly_as_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(staff, "METHOD", FULL_STRENGTH)
    own = staff.Staff(username="lan")
    own.set_password("bốn con trâu vàng")
    assert own.password_hash.startswith("scrypt:32768:8:3$")
    assert scrypt.keep("2580").startswith("scrypt:32768:8:3$")


def test_no_page_names_another_host(client: PageClient, cast: Cast) -> None:
    for address in ("/", "/offices/demo/kiosk", "/offices/demo/display", "/session"):
        hosts = re.findall(r'(?:src|href|action)="(?:https?:)?//([^/"]+)', client.get(address).text)
        assert not hosts


@pytest.mark.parametrize("panel", PANELS, ids=lambda panel: panel.name)
def test_a_panels_address_gives_its_drawing_alone(app: Flask, cast: Cast, panel: Panel) -> None:

    client = PageClient(app)
    hire(cast.office, "administrator", "quantri")
    client.sign_in("quantri")
    token = db.session.get_one(Ticket, take(cast)).token
    address = panel.address.replace("<slug>", "demo").replace("<int(max=2147483647):counter_id>", str(cast.counters[1]))
    address = re.sub(r"<any\((\w+).*?\):\w+>", r"\1", address)
    page = client.get(address.replace("<token>", token))
    assert "<html" not in page.text
    assert page.text.startswith("<section") and f'id="{panel.name}"' in page.text
    assert re.search(r'data-seq="\d+"', page.text)
