"""The manager's page of what visitors are told (R6 to R9, R12)."""

import pytest
from flask import Flask

from counter.database import db
from counter.models.contact import Contact
from counter.models.help_point import HelpPoint
from counter.models.notice import Notice
from counter.models.office import Office
from counter.models.procedure import Procedure
from counter.models.suspension import Suspension
from tests.cast import Cast, an_office
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


def test_a_notice_is_shown_with_its_days_and_places(manager: PageClient, cast: Cast) -> None:
    page = write(
        manager, "notices", kind="notice", text_vi="Làm việc sáng thứ Bảy", text_en="Open on Saturday",
        from_day="2026-11-01", to_day="31/12/2026", place_phone="", place_display="", place_door="", place_desk="",
        place_paper="",
    )  # fmt: skip
    own = db.session.query(Notice).one()
    assert (own.places, own.kind, str(own.from_day), str(own.to_day)) == ("kiosk", "notice", "2026-11-01", "2026-12-31")
    assert "From 01/11/2026 to 31/12/2026" in page.text
    assert "Làm việc sáng thứ Bảy" in manager.get("/offices/demo/kiosk?lang=vi").text
    assert "Làm việc sáng thứ Bảy" not in manager.get("/offices/demo/tickets").text, "of the kiosk alone"


def test_see_how_it_looks_keeps_nothing(manager: PageClient) -> None:
    page = write(manager, "notices", kind="offer", text_vi="Miễn cước", way="post_out", **{"try": "1"})
    assert "This is how it looks" in page.text
    assert page.form("/notices").fields["text_vi"] == "Miễn cước"
    assert db.session.query(Notice).count() == 0


def test_a_text_is_changed_and_taken_away(manager: PageClient) -> None:
    write(manager, "notices", kind="notice", text_vi="Cũ")
    own = db.session.query(Notice).one().id
    manager.send(manager.get(TEXTS).form(f"/notices/{own}"), text_vi="Mới", kind="notice")
    db.session.rollback()
    db.session.expire_all()
    assert db.session.query(Notice).one().text_vi == "Mới"
    manager.send(manager.get(TEXTS).form(f"/notices/{own}", delete=True))
    db.session.rollback()
    assert db.session.query(Notice).count() == 0


PLACELESS = {f"place_{own}": "" for own in ("kiosk", "phone", "display", "door", "desk", "paper")}


REST = {"kind": "notice", "text_vi": "Nghỉ"}
STOP = {"first_day": "2026-11-24", "last_day": "2026-11-24", "why_vi": "Dịch", "call": "1022"}


@pytest.mark.parametrize(
    ("what", "fields", "said"),
    [
        ("notices", {"kind": "notice", "text_vi": ""}, "in Vietnamese"),
        ("notices", {"kind": "notice", "text_vi": "x" * 401}, "at most 400"),
        ("notices", {**REST, "from_day": "2026-12-02", "to_day": "2026-12-01"}, "before the first"),
        ("notices", {"kind": "notice", "text_vi": "Nghỉ", "to_day": "hôm nay"}, "25/12/2026"),
        ("notices", {"kind": "notice", "text_vi": "Nghỉ", **PLACELESS}, "at least one place"),
        ("contacts", {"name_vi": "Bà Hà"}, "at least one"),
        ("contacts", {"name_vi": "Bà Hà", "phone": "gọi tôi"}, "in figures"),
        ("contacts", {"name_vi": "Bà Hà", "email": "ha@nguyen"}, "e-mail"),
        ("points", {"name_vi": "Nhà văn hóa", "address": ""}, "where it is"),
        ("points", {"name_vi": "Nhà văn hóa", "address": "Tổ 5", "map_url": "javascript:alert(1)"}, "web address"),
        ("points", {"name_vi": "Nhà văn hóa", "address": "Tổ 5", "map_url": "ftp://example.vn"}, "web address"),
        ("points", {"name_vi": "Nhà văn hóa", "address": "Tổ 5", "map_url": "https://"}, "web address"),
        ("portal", {"portal_vi": "Cổng", "portal_url": ""}, "address of the portal"),
        ("suspensions", {**STOP, "last_day": "2026-11-23"}, "before the first"),
        ("suspensions", {**STOP, "first_day": ""}, "enter the day"),
        ("suspensions", {**STOP, "why_vi": ""}, "write why"),
        ("suspensions", {**STOP, "call": ""}, "can call"),
        ("suspensions", {**STOP, "scope": "some"}, "at least one service"),
        ("suspensions", {**STOP, "urgent_0_vi": "Khai tử"}, "which service"),
        ("suspensions", {**STOP, "urgent_0_vi": "9.999999"}, "no procedure with this code"),
    ],
)  # fmt: skip
def test_a_mistake_is_told_at_its_field_and_nothing_typed_is_lost(
    manager: PageClient, what: str, fields: dict[str, str], said: str
) -> None:
    form = manager.get(TEXTS).form(f"/{what}")
    if PLACELESS.keys() <= fields.keys():
        form.fields = {name: value for name, value in form.fields.items() if not name.startswith("place_")}
        fields = {name: value for name, value in fields.items() if not name.startswith("place_")}
    page = manager.send(form, **fields)
    assert page.status == 422
    assert said in wrong(page)
    kept = page.form(f"/{what}").fields
    assert all(kept[name] == value for name, value in fields.items() if name in kept)
    assert not any(db.session.query(kind).count() for kind in (Notice, Contact, HelpPoint, Suspension))


def test_a_contact_and_a_help_point(manager: PageClient, cast: Cast) -> None:
    other = an_office("other")
    write(manager, "contacts", name_vi="Bà Hà", phone="0218 3855 123 – 12", email="ha@example.vn", field="Hộ tịch")
    write(
        manager, "points", name_vi="Nhà văn hóa", address="Tổ 5", map_url="example.vn/map", at_office=str(other.office)
    )
    contact, point = db.session.query(Contact).one(), db.session.query(HelpPoint).one()
    assert (contact.phone, contact.email, contact.field) == ("0218 3855 123 – 12", "ha@example.vn", "Hộ tịch")
    assert (point.map_url, point.at_office_id) == ("https://example.vn/map", other.office)
    manager.send(manager.get(TEXTS).form(f"/contacts/{contact.id}"), phone="1022")
    manager.send(manager.get(TEXTS).form(f"/points/{point.id}", delete=True))
    db.session.rollback()
    db.session.expire_all()
    assert (db.session.query(Contact).one().phone, db.session.query(HelpPoint).count()) == ("1022", 0)


def test_the_portal(manager: PageClient, cast: Cast) -> None:
    write(manager, "portal", portal_vi="Cổng tỉnh", portal_en="Portal", portal_url="dvc.example.vn")
    assert db.session.get_one(Office, cast.office).portal_url == "https://dvc.example.vn"
    assert manager.open("/offices/demo/portal/qr.svg").mimetype == "image/svg+xml"


def suspend(manager: PageClient, cast: Cast, **fields: str) -> Page:
    db.session.add(
        Procedure(office_id=cast.office, code="2.000635", name_vi="Đăng ký khai tử", service_id=cast.services["A"])
    )
    db.session.commit()
    days = {"first_day": "2026-11-23", "last_day": "2026-12-06", "why_vi": "Phòng dịch", "why_en": "Epidemic"}
    urgent = {"urgent_0_vi": "2.000635", "urgent_1_vi": "Nhập viện", "urgent_1_service": str(cast.services["B"])}
    return write(manager, "suspensions", **{**days, "call": "0218 3855", "scope": "all", **urgent, **fields})


def test_what_visitors_will_see_is_shown_before_it_is_kept(manager: PageClient, cast: Cast) -> None:
    page = suspend(manager, cast, **{"try": "1"})
    preview = " ".join(" ".join(node.itertext()) for node in page.all('//*[@class="preview"]'))
    for text in ("until the end of 06/12/2026", "Epidemic", "0218 3855", "Đăng ký khai tử", "Nhập viện"):
        assert text in preview
    assert db.session.query(Suspension).count() == 0


def test_every_screen_says_until_when_why_and_whom_to_call(app: Flask, manager: PageClient, cast: Cast) -> None:
    visitor = PageClient(app)
    token = visitor.get(f"/offices/demo/tickets?service={cast.services['A']}").form("/tickets")
    ticket = visitor.send(token).response.request.path
    suspend(manager, cast)
    for address in ("kiosk", "tickets", "display", "door", "door/sign"):
        told(manager.get(f"/offices/demo/{address}?lang=en"))
    told(manager.get(f"/counters/{cast.counters[1]}?lang=en"))
    told(manager.get("/?lang=en"))
    told(visitor.get(f"{ticket}?lang=en"))


def told(page: Page) -> None:
    assert all(text in page.text for text in ("06/12/2026", "Epidemic", "0218 3855"))


def test_the_kiosk_gives_tickets_for_the_exceptions_alone(app: Flask, manager: PageClient, cast: Cast) -> None:
    suspend(manager, cast)
    kiosk = PageClient(app)
    page = kiosk.get("/offices/demo/kiosk?lang=en")
    links = [str(link) for link in page.all('//*[@id="main"]//a/@href')]
    urgent = [link for link in links if "exception=" in link]
    assert len(urgent) == 2 and not [link for link in links if "service=" in link]
    form = kiosk.get(f"/offices/demo/kiosk{urgent[0]}").form("/tickets")
    assert kiosk.send(form).numbers()[:1] == ["A001"]
    refused = kiosk.post(
        "/offices/demo/tickets", csrf_token=kiosk.token(), place="kiosk", service=str(cast.services["B"])
    )
    assert (refused.status, "06/12/2026" in refused.said(), "Epidemic" in refused.said()) == (409, True, True)
    invented = {**form.fields, "exception": "999", "operation": "other"}
    assert kiosk.post("/offices/demo/tickets", **invented).status == 409


def test_an_urgent_errand_that_was_searched_for_is_taken_during_a_suspension(
    app: Flask, manager: PageClient, cast: Cast
) -> None:
    suspend(manager, cast)
    db.session.rollback()
    procedure = db.session.query(Procedure).filter_by(code="2.000635").one().id
    kiosk = PageClient(app)
    ways = kiosk.get(f"/offices/demo/kiosk?procedure={procedure}&lang=en")
    last = kiosk.get(ways.all('//a[@id="ticket"]/@href')[0])
    again = kiosk.send(last.form("/tickets"), party_size="99")
    assert again.status == 422
    assert kiosk.send(again.form("/tickets"), party_size="1").numbers()[:1] == ["A001"]


def test_a_suspension_is_changed_and_taken_back(manager: PageClient, cast: Cast) -> None:
    suspend(manager, cast)
    own = db.session.query(Suspension).one().id
    form = manager.get(TEXTS).form(f"/suspensions/{own}")
    assert form.fields["urgent_0_vi"] == "Đăng ký khai tử"
    manager.send(manager.get(TEXTS).form(f"/suspensions/{own}", delete=True))
    db.session.rollback()
    assert db.session.query(Suspension).count() == 0


def test_only_the_manager_of_the_office_may_write_here(app: Flask, manager: PageClient, cast: Cast) -> None:
    an_office("other")
    guide = PageClient(app)
    guide.sign_in("huongdan")
    assert guide.open(TEXTS).status_code == 403
    assert manager.open("/offices/other/settings/texts").status_code == 404
    write(manager, "notices", kind="notice", text_vi="Nghỉ")
    own = db.session.query(Notice).one().id
    token = {"csrf_token": manager.token(), "kind": "notice", "text_vi": "x", "place_kiosk": "1"}
    assert manager.post(f"/offices/other/settings/texts/notices/{own}", **token).status == 404


def test_a_code_leads_only_where_the_office_says(manager: PageClient, cast: Cast) -> None:
    other = an_office("other")
    foreign = Procedure(office_id=other.office, code="1.1", name_vi="x", url="https://example.vn")
    own = Procedure(office_id=cast.office, code="1.1", name_vi="x", url="https://example.vn/" + "x" * 4000)
    db.session.add_all([foreign, own])
    db.session.commit()
    assert manager.open(f"/offices/demo/ways/{foreign.id}/qr.svg").status_code == 404
    assert manager.open(f"/offices/demo/ways/{own.id}/qr.svg").status_code == 404, "no code holds so much"
    assert manager.open(f"/offices/other/ways/{foreign.id}/qr.svg").status_code == 200
