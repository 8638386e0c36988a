"""A device shows a code, the manager types it in, and the device has its place; taken back, it opens nothing."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from counter import clock
from counter.actions.settings import set_office
from counter.database import db
from counter.models.device import Device
from counter.models.office import Office
from counter.screens import COOKIE
from tests.actions.test_issue import take
from tests.cast import MORNING, Cast, an_office, form
from tests.pages import Page, PageClient

DEVICES = "/offices/demo/settings/devices"


@pytest.fixture
def manager(app: Flask, cast: Cast) -> PageClient:
    manager = PageClient(app)
    manager.sign_in("quanly")
    return manager


def code_of(device: PageClient) -> str:
    return str(device.get("/device").all('//*[@class="pairing-code"]/text()')[0])


def let_in(manager: PageClient, code: str, kind: str = "kiosk", **fields: str) -> Page:
    filled = {"code": code, "name": "Cửa chính", "kind": kind, **fields}
    return manager.send(manager.get(DEVICES).form("/devices"), **filled)


def paired(manager: PageClient, kind: str = "kiosk", **fields: str) -> PageClient:
    device = PageClient(manager.app)
    let_in(manager, code_of(device), kind, **fields)
    device.get("/device")
    return device


def kept() -> Device:
    db.session.rollback()
    return db.session.scalars(select(Device)).one()


def change(manager: PageClient, **fields: str) -> Page:
    own = manager.get(DEVICES).form(f"/devices/{kept().id}")
    without = {name: value for name, value in own.fields.items() if fields.get(name) != "off"}
    return manager.post(own.action, **{**without, **{n: v for n, v in fields.items() if v != "off"}})


def take_back(manager: PageClient) -> None:
    manager.send(manager.get(DEVICES).form(f"/devices/{kept().id}", delete=True))


@pytest.mark.parametrize(
    ("kind", "address"),
    [("kiosk", "/kiosk"), ("display", "/display"), ("sign", "/door/sign"), ("door", "/door")],
)
def test_a_device_whose_code_was_typed_in_comes_to_its_own_screen(manager: PageClient, kind: str, address: str) -> None:
    device = PageClient(manager.app)
    let_in(manager, code_of(device), kind)
    assert device.open("/device").headers["Location"] == f"/offices/demo{address}"
    assert device.get(f"/offices/demo{address}").status == 200


def test_until_its_code_is_typed_in_a_device_opens_nothing(manager: PageClient) -> None:
    device = PageClient(manager.app)
    code_of(device)
    assert device.open("/offices/demo/door").headers["Location"].startswith("/session")


def test_a_slip_of_the_finger_is_told_at_the_code_and_nothing_typed_is_lost(manager: PageClient) -> None:
    code = code_of(PageClient(manager.app)).replace(" ", "")
    page = let_in(manager, code[:-1] + str((int(code[-1]) + 1) % 10), name="Kiosk tầng 2")
    assert page.status == 422
    assert page.all('//*[@id="device-code-wrong"]')
    assert page.form("/devices").fields["name"] == "Kiosk tầng 2"


def test_a_place_waits_ten_minutes_for_its_device_and_says_so_after(manager: PageClient) -> None:
    device = PageClient(manager.app)
    code = code_of(device)
    with clock.at(MORNING + timedelta(minutes=1)):
        let_in(manager, code)
    with clock.at(MORNING + timedelta(minutes=12)):
        assert device.get("/device").all('//*[@class="pairing-code"]')
        assert "device-unpaired" in manager.get(DEVICES).text


def test_a_door_tablet_guards_the_door_without_anybody_signed_in(manager: PageClient, cast: Cast) -> None:
    door = paired(manager, "door")
    page = door.send(door.get("/offices/demo/door").form("/walkins"), change="+1")
    assert page.status == 200
    assert "/offices/demo/door" in page.text


def test_a_door_tablet_of_one_office_opens_no_door_of_another(manager: PageClient) -> None:
    an_office("khac")
    door = paired(manager, "door")
    assert door.open("/offices/khac/door").status_code in (303, 404)


def test_a_kiosk_opens_no_door(manager: PageClient) -> None:
    kiosk = paired(manager, "kiosk")
    assert kiosk.open("/offices/demo/door").status_code == 303


def test_taken_back_a_device_opens_nothing_from_its_next_request_on(manager: PageClient) -> None:
    door = paired(manager, "door")
    take_back(manager)
    assert door.open("/offices/demo/door").headers["Location"].startswith("/session")
    assert door.get("/device").all('//*[@class="pairing-code"]')


def test_another_machine_takes_the_place_with_its_settings_and_the_first_is_out(manager: PageClient) -> None:
    first = paired(manager, "door", name="Cửa sau")
    second = PageClient(manager.app)
    code = manager.get(DEVICES).form(f"/devices/{kept().id}/code")
    manager.send(code, code=code_of(second))
    assert second.open("/device").headers["Location"] == "/offices/demo/door"
    assert first.open("/offices/demo/door").status_code == 303
    assert kept().name == "Cửa sau"


def test_the_secret_of_a_device_is_kept_as_a_digest_and_changes_when_it_is_let_in(manager: PageClient) -> None:
    device = PageClient(manager.app)
    code = code_of(device)
    before = device.http.get_cookie(COOKIE)
    let_in(manager, code)
    device.get("/device")
    after = device.http.get_cookie(COOKIE)
    assert before and after and before.value != after.value
    assert after.http_only and after.same_site == "Lax"
    assert kept().token_hash not in (None, after.value)


def test_a_kiosk_offers_the_services_that_were_ticked_for_it(manager: PageClient, cast: Cast) -> None:
    kiosk = paired(manager, "kiosk")
    change(manager, **{f"service_{cast.services['B']}": "off", f"service_{cast.services['C']}": "off"})
    page = kiosk.get("/offices/demo/kiosk")
    assert page.all(f'//a[@id="service-{cast.services["A"]}"]')
    assert not page.all(f'//a[@id="service-{cast.services["B"]}"]')
    assert PageClient(manager.app).get("/offices/demo/kiosk").all(f'//a[@id="service-{cast.services["B"]}"]')


def test_a_lobby_screen_shows_the_calls_and_lines_of_its_own_services(manager: PageClient, cast: Cast) -> None:
    wall = paired(manager, "display")
    take(cast, "A")
    take(cast, "B")
    change(manager, **{f"service_{cast.services['B']}": "off", f"service_{cast.services['C']}": "off"})
    page = wall.get("/offices/demo/display")
    assert [str(v) for v in page.all('//ul[@class="lines"]//@data-letter')] == ["A"]
    assert page.all('//*[@class="board"]/@data-letters') == ["A"]


def test_a_lobby_screen_without_lines_and_chime_says_so_in_its_drawing(manager: PageClient, cast: Cast) -> None:
    wall = paired(manager, "display")
    change(manager, no_lines="1", no_ways="1", silent="1")
    page = wall.get("/offices/demo/display")
    assert not page.all('//ul[@class="lines"]')
    assert page.all('//*[@class="board"]/@data-letters') == [""]


def test_where_only_paired_kiosks_are_kiosks_another_browser_is_told_the_way(manager: PageClient, cast: Cast) -> None:
    manager.send(manager.get(DEVICES).form("/devices/rule"), paired_only="1")
    page = PageClient(manager.app).get("/offices/demo/kiosk")
    assert page.all('//a[@href="/offices/demo/tickets"]')
    assert paired(manager, "kiosk").get("/offices/demo/kiosk").all('//a[contains(@class, "service")]')


def test_a_form_that_says_it_is_a_kiosk_is_a_phone_there(app: Flask, cast: Cast) -> None:
    set_office(cast.office, {"paired_only": True}, form())
    phone = PageClient(app)
    page = phone.get(f"/offices/demo/tickets?service={cast.services['A']}").form("/tickets")
    answer = phone.open(page.action, "POST", data={**page.fields, "place": "kiosk"})
    assert answer.headers["Location"].startswith("/t/")


def test_a_visitor_says_that_no_paper_came_and_the_office_knows(manager: PageClient, cast: Cast) -> None:
    kiosk = paired(manager, "kiosk")
    form = kiosk.get(f"/offices/demo/kiosk?service={cast.services['A']}").form("/tickets")
    kiosk.send(kiosk.send(form).form("/kiosk/paper"))
    assert kept().unprinted == MORNING
    assert manager.get(DEVICES).form("/paper")
    manager.send(manager.get(DEVICES).form("/paper"))
    assert kept().unprinted is None


def test_what_a_device_shows_is_in_the_audit_and_taken_back_with_one_press(manager: PageClient) -> None:
    paired(manager, "display")
    change(manager, name="Sảnh tầng 2")
    audit = manager.get("/offices/demo/settings/audit")
    undo = [str(action) for action in audit.all("//form/@action") if "/undo" in action or "audit/" in action]
    manager.send(audit.form(undo[0]))
    assert kept().name == "Cửa chính"


def test_which_services_a_kiosk_offers_is_taken_back_with_one_press(manager: PageClient, cast: Cast) -> None:
    paired(manager, "kiosk")
    before = kept().services
    change(manager, **{f"service_{cast.services[letter]}": "off" for letter in "BC"})
    assert kept().services != before
    audit = manager.get("/offices/demo/settings/audit")
    undo = [str(action) for action in audit.all("//form/@action") if "/undo" in action]
    manager.send(audit.form(undo[0]))
    assert kept().services == before


def test_a_device_of_another_office_is_not_found(manager: PageClient) -> None:
    an_office("khac")
    other = db.session.scalars(select(Office).where(Office.slug == "khac")).one()
    db.session.add(Device(office_id=other.id, kind="kiosk", name="Của khác"))
    db.session.commit()
    token = manager.token()
    assert manager.post(f"{DEVICES}/{kept().id}", csrf_token=token, name="x").status == 404
