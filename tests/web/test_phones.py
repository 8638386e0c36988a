"""A script takes no day's numbers by phone, the kiosk notices nothing, and only who is here takes one (issue 5)."""

from datetime import timedelta

import pytest
from flask import Flask

from counter import clock
from counter.database import db
from counter.models.device import Device
from counter.models.office import Office
from counter.models.ticket import Ticket
from counter.screens import COOKIE
from queues.here import code_of, minute_of
from tests.cast import MORNING, Cast, an_office
from tests.pages import Page, PageClient

PHONES = "/offices/demo/settings/phones"
TICKETS = "/offices/demo/tickets"


@pytest.fixture
def manager(app: Flask, cast: Cast) -> PageClient:
    manager = PageClient(app)
    manager.sign_in("quanly")
    return manager


@pytest.fixture
def asks(cast: Cast) -> Office:
    """The office asks for the lobby's code."""
    return setting(cast, here_code=True)


def setting(cast: Cast, **values: object) -> Office:
    office = db.session.get_one(Office, cast.office)
    for name, value in values.items():
        setattr(office, name, value)
    db.session.commit()
    return office


def take(client: PageClient, cast: Cast, where: str = "tickets", **filled: str) -> Page:
    page = client.get(f"/offices/demo/{where}?service={cast.services['A']}")
    return client.send(page.form(TICKETS), **filled)


def code(office: Office, late: int = 0) -> str:
    return code_of(office.here_secret, minute_of(clock.now()) - late)


def issued() -> int:
    db.session.rollback()
    return db.session.query(Ticket).count()


def from_address(client: PageClient, address: str) -> None:
    client.http.environ_base["REMOTE_ADDR"] = address


# --- how many -----------------------------------------------------------------------------------------------


def test_a_script_on_one_phone_is_stopped_and_the_kiosk_notices_nothing(app: Flask, cast: Cast) -> None:
    script, kiosk = PageClient(app), PageClient(app)
    for client in (script, kiosk):  # All behind the office's own Wi-Fi.
        from_address(client, "203.0.113.7")
    answers = [take(script, cast) for _ in range(20)]
    assert [page.status for page in answers] == [200] * 5 + [429] * 15
    assert "máy lấy số" in answers[-1].said() or "ticket machine" in answers[-1].said()
    assert [take(kiosk, cast, "kiosk").status for _ in range(30)] == [200] * 30
    assert issued() == 35


def test_a_script_that_keeps_no_cookie_is_stopped_by_its_address(app: Flask, cast: Cast) -> None:
    setting(cast, address_hour=4)

    def fresh(address: str) -> int:
        client = PageClient(app)
        from_address(client, address)
        return take(client, cast).status

    assert [fresh("203.0.113.7") for _ in range(6)] == [200] * 4 + [429] * 2
    assert fresh("203.0.113.8") == 200


def test_what_was_chosen_is_not_lost_and_the_next_hour_takes_it(client: PageClient, cast: Cast) -> None:
    setting(cast, phone_hour=1)
    take(client, cast)
    page = take(client, cast, party_size="3", priority_class=str(cast.classes[0]))
    assert page.status == 429
    assert page.all('//input[@name="party_size"][@checked]/@value') == ["3"]
    assert page.all('//input[@name="priority_class"][@checked]/@value') == [str(cast.classes[0])]
    with clock.at(MORNING + timedelta(minutes=61)):
        assert client.send(page.form(TICKETS), party_size="3").status == 200


def test_the_same_form_again_is_the_same_ticket_though_the_bound_is_reached(client: PageClient, cast: Cast) -> None:
    setting(cast, phone_hour=1)
    form = client.get(f"{TICKETS}?service={cast.services['A']}").form(TICKETS)
    assert client.send(form).numbers()[0] == client.send(form).numbers()[0] == "A001"
    assert issued() == 1


def test_a_page_that_says_it_is_a_kiosk_counts_as_a_phone_once_kiosks_are_paired(
    client: PageClient, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    setting(cast, phone_hour=1, paired_only=True)
    assert [take(client, cast, place="kiosk").status for _ in range(2)] == [200, 429]
    monkeypatch.setattr("counter.web.taking.at_own_kiosk", lambda slug: True)
    monkeypatch.setattr("counter.web.kiosk.at_own_kiosk", lambda slug: True)
    assert [take(client, cast, "kiosk").status for _ in range(3)] == [200] * 3


def test_the_guide_takes_tickets_for_others_on_the_own_phone(app: Flask, cast: Cast) -> None:
    setting(cast, phone_hour=1, here_code=True)
    guide, stranger = PageClient(app), PageClient(app)
    an_office("xa")
    guide.sign_in("huongdan"), stranger.sign_in("huongdan-xa")
    assert [take(guide, cast).status for _ in range(3)] == [200] * 3
    assert take(stranger, cast).status == 422


# --- here ---------------------------------------------------------------------------------------------------


def test_without_the_code_no_ticket_and_the_field_says_so(client: PageClient, cast: Cast, asks: Office) -> None:
    page = take(client, cast, here="0000 0000", party_size="2")
    assert page.status == 422 and page.all('//input[@name="here"][@aria-invalid]/@value') == ["0000 0000"]
    assert page.all('//input[@name="party_size"][@checked]/@value') == ["2"]
    assert issued() == 0
    assert client.send(page.form(TICKETS), here=code(asks)).status == 200


@pytest.mark.parametrize("late", [0, 1, 2])
def test_the_code_of_the_last_minutes_is_taken(client: PageClient, cast: Cast, asks: Office, late: int) -> None:
    assert take(client, cast, here=code(asks, late)).status == 200


def test_the_code_scanned_is_remembered_while_the_errand_is_chosen(
    client: PageClient, cast: Cast, asks: Office
) -> None:
    client.get(f"{TICKETS}?here={code(asks)}")
    with clock.at(MORNING + timedelta(minutes=14)):
        page = client.get(f"{TICKETS}?service={cast.services['A']}")
        assert not page.all('//input[@name="here"]')
        assert client.send(page.form(TICKETS)).status == 200
    with clock.at(MORNING + timedelta(minutes=16)):
        assert take(client, cast).status == 422


def test_an_old_code_that_is_scanned_is_told_to_be_old(client: PageClient, cast: Cast, asks: Office) -> None:
    assert client.get(f"{TICKETS}?here={code(asks, 3)}").said()
    assert take(client, cast).status == 422


def test_the_code_of_one_office_opens_no_other(client: PageClient, cast: Cast, asks: Office) -> None:
    other = an_office("xa", here_code=True)
    client.get(f"{TICKETS}?here={code(asks)}")
    page = client.get(f"/offices/xa/tickets?service={other.services['A']}")
    assert client.send(page.form("/offices/xa/tickets")).status == 422


def test_at_the_kiosk_nobody_is_asked_for_it(client: PageClient, cast: Cast, asks: Office) -> None:
    assert take(client, cast, "kiosk").status == 200


def test_the_lobbys_screen_and_the_sign_show_it_and_another_the_next_minute(
    client: PageClient, cast: Cast, asks: Office
) -> None:
    for address in ("/offices/demo/display", "/offices/demo/door/sign"):
        shown = "".join(client.get(address).all('//*[@class="here-code"]/text()'))
        assert shown.replace(" ", "") == code(asks)
    with clock.at(MORNING + timedelta(minutes=1)):
        assert code(asks) in client.get("/offices/demo/display").text.replace(" ", "")


def test_its_picture_leads_to_the_tickets(client: PageClient, cast: Cast, asks: Office) -> None:
    drawn = client.open("/offices/demo/display/here.svg")
    assert drawn.mimetype == "image/svg+xml" and drawn.headers["Cache-Control"] == "no-store"


def test_where_none_is_asked_for_none_is_shown(client: PageClient, cast: Cast) -> None:
    assert not client.get("/offices/demo/display").all('//*[@class="here"]')
    assert client.open("/offices/demo/display/here.svg").status_code == 404


LOBBY = ("/offices/demo/display/here", "/offices/demo/display/here.svg")


def test_a_stranger_does_not_get_it_once_screens_are_paired(client: PageClient, cast: Cast, asks: Office) -> None:
    asks.paired_only = True
    wall = Device(office_id=cast.office, kind="display", name="Sảnh")
    token = wall.pair(clock.now())
    db.session.add(wall)
    db.session.commit()
    assert code(asks) not in client.get("/offices/demo/display").text.replace(" ", "")
    assert [client.open(address).status_code for address in LOBBY] == [303, 303]
    client.http.set_cookie(COOKIE, token)
    assert code(asks) in client.get("/offices/demo/display").text.replace(" ", "")
    assert [client.open(address).status_code for address in LOBBY] == [200, 200]


# --- settings -----------------------------------------------------------------------------------------------


def test_the_manager_sets_bounds_and_the_code(manager: PageClient, cast: Cast) -> None:
    form = manager.get(PHONES).form("/phones")
    assert form.fields["phone_hour"] == "5" and "here_code" not in form.fields
    page = manager.send(form, phone_hour="2", phone_day="", here_code="1")
    assert page.status == 200
    office = db.session.get_one(Office, cast.office)
    assert (office.phone_hour, office.phone_day, office.address_hour, office.here_code) == (2, None, 60, True)


@pytest.mark.parametrize(
    ("field", "typed"), [("phone_hour", "0"), ("phone_day", "-1"), ("address_hour", "x"), ("address_day", "3")]
)
def test_a_mistake_is_told_at_its_field_and_nothing_typed_is_lost(manager: PageClient, field: str, typed: str) -> None:
    page = manager.send(manager.get(PHONES).form("/phones"), **{field: typed, "here_code": "1"})
    assert page.status == 422 and page.all(f'//*[@id="phones-{field}-wrong"]')
    assert page.all(f'//input[@name="{field}"]/@value') == [typed]
    assert page.all('//input[@name="here_code"]/@checked')


def test_a_change_is_in_the_audit_in_words_and_the_secret_is_not(manager: PageClient, cast: Cast) -> None:
    manager.send(manager.get(PHONES).form("/phones"), phone_hour="2", here_code="1")
    page = manager.get("/offices/demo/settings/audit")
    assert "phone_hour" not in page.text and "here_" not in page.text
    assert db.session.get_one(Office, cast.office).here_secret not in page.text


def test_nobody_else_sets_them(app: Flask, cast: Cast) -> None:
    clerk = PageClient(app)
    clerk.sign_in("quay1")
    assert clerk.open(PHONES).status_code == 403
