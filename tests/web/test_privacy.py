"""Visitors are told what is kept; old links say that the visit is over; nothing personal in logs or on walls."""

import logging

import pytest
from flask import Flask
from sqlalchemy import update

from counter.database import db
from counter.models.ticket import Ticket
from counter.panels import PANELS
from tests.cast import Cast
from tests.pages import PageClient

ADDRESS = "203.0.113.77"
SHARED = ("notices", "board", "here", "services", "sign", "offices")
"""Panels that hang where everybody looks."""


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_what_is_kept_is_told_and_every_phone_leads_there(client: PageClient, cast: Cast, lang: str) -> None:
    page = client.get(f"/privacy?lang={lang}")
    assert "30" in page.text and page.all("/html/@lang") == [lang]
    token = taken(client, cast)
    for address in ("/", "/offices/demo/tickets", f"/offices/demo/tickets?service={cast.services['A']}", f"/t/{token}"):
        assert client.get(address).all('//a[@href="/privacy"]'), address
    assert not client.get("/offices/demo/kiosk").all('//a[@href="/privacy"]')


def taken(client: PageClient, cast: Cast, **more: str) -> str:
    form = client.get(f"/offices/demo/tickets?service={cast.services['A']}").form("/offices/demo/tickets")
    path: str = client.send(form, **more).response.request.path
    return path.removeprefix("/t/")


def test_an_old_link_says_that_the_visit_is_over_and_leads_on(client: PageClient, cast: Cast) -> None:
    token = taken(client, cast)
    db.session.execute(update(Ticket.__table__).values(token="~gone"))  # type: ignore[arg-type]
    db.session.commit()
    page = client.get(f"/t/{token}?lang=en", status=404)
    assert "This visit is over" in page.text and page.all('//a[@href="/"]')


def test_no_log_line_names_a_token_an_address_or_a_user(
    app: Flask, cast: Cast, caplog: pytest.LogCaptureFixture
) -> None:
    visitor, clerk = PageClient(app), PageClient(app)
    for client in (visitor, clerk):
        client.http.environ_base["REMOTE_ADDR"] = ADDRESS
    with caplog.at_level(logging.DEBUG):
        token = taken(visitor, cast)
        clerk.sign_in("quay1", "wrong"), clerk.sign_in("quay1")
        for address in (f"/t/{token}", f"/t/{token}/qr.svg", f"/t/{token}/nothing", f"/t/{token}x"):
            visitor.open(address)
        visitor.post(f"/t/{token}", csrf_token="stale")
        visitor.open(f"/t/{token}", headers={"X-Forwarded-For": ADDRESS})
        broken(app, visitor, token)
    told = caplog.text
    assert "database away" in told  # It is looked at where most is said: a request that failed.
    assert not [own for own in (token, ADDRESS, "quay1") if own in told]


def broken(app: Flask, visitor: PageClient, token: str) -> None:
    """The table is gone while somebody asks for a ticket."""
    db.session.rollback()
    with db.engine.connect() as connection:
        connection.exec_driver_sql("ALTER TABLE ticket RENAME TO elsewhere")
        connection.commit()
    assert visitor.open(f"/t/{token}").status_code in (500, 503)


def test_walls_signs_and_kiosks_show_numbers_and_nobodys_secret(client: PageClient, cast: Cast) -> None:
    token = taken(client, cast, priority_class=str(cast.classes[0]))
    for panel in (own for own in PANELS if own.name in SHARED):
        address = panel.address.replace("<slug>", "demo").replace("<any(kiosk, phone):where>", "kiosk")
        drawn = PageClient(client.app).get(address).text
        assert token not in drawn and "Người cao tuổi" not in drawn, panel.name
