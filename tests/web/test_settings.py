"""A manager sets up the office on pages: what is typed wrongly is told at its field, what is right is live at once."""

from datetime import time

import pytest
from flask import Flask
from sqlalchemy import select

from counter.actions import settings
from counter.database import db
from counter.models.audit import Audit
from counter.models.counter import Counter
from counter.models.holiday import Holiday
from counter.models.office import Office
from counter.models.service import PriorityClass, Service
from counter.models.staff import Staff
from tests.actions.test_issue import take
from tests.cast import Cast, an_office, form, hire
from tests.pages import Page, PageClient

SETTINGS = "/offices/demo/settings"
OFFICE, SERVICES, COUNTERS = f"{SETTINGS}/office", f"{SETTINGS}/services", f"{SETTINGS}/counters"


@pytest.fixture
def manager(app: Flask, cast: Cast) -> PageClient:
    manager = PageClient(app)
    manager.sign_in("quanly")
    return manager


def office(cast: Cast) -> Office:
    db.session.rollback()  # What another session has written meanwhile is read from now on.
    return db.session.get_one(Office, cast.office)


def wrong(page: Page, own: str) -> str:
    return " ".join(" ".join(node.itertext()) for node in page.all(f'//*[@id="{own}-wrong"]')).strip()


def set_office(manager: PageClient, **fields: str) -> Page:
    return manager.send(manager.get(OFFICE).form("/settings/office"), **fields)


@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize("address", [SETTINGS, OFFICE, SERVICES, COUNTERS])
def test_every_page_stands_in_both_languages(manager: PageClient, address: str, lang: str) -> None:
    manager.get(f"{address}?lang={lang}")


def test_the_pages_lead_to_each_other(manager: PageClient) -> None:
    page = manager.get(SETTINGS)
    for href in page.all("//main//a/@href"):
        manager.get(str(href))


def test_sent_as_it_stands_the_form_changes_nothing(manager: PageClient, cast: Cast) -> None:
    before = {name: value for name, value in vars(office(cast)).items() if not name.startswith("_")} | {"seq": 0}
    assert "Đã lưu" in set_office(manager).said()
    after = {name: value for name, value in vars(office(cast)).items() if not name.startswith("_")} | {"seq": 0}
    assert after == before


def test_names_hours_days_and_rules_are_kept(manager: PageClient, cast: Cast) -> None:
    set_office(
        manager, name_vi="Một cửa xã Mới", name_en="", opens="7h30", closes="17:00", weekday_6="", weekday_7="",
        hold_seconds="5", ratio="3", address="Số 1 phố Huế",
    )  # fmt: skip
    own = office(cast)
    assert (own.name_vi, own.name_en, own.address) == ("Một cửa xã Mới", "Một cửa xã Mới", "Số 1 phố Huế")
    assert (own.opens, own.closes, own.weekdays) == (time(7, 30), time(17, 0), "12345")
    assert (own.hold_seconds, own.ratio) == (300, 3)


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("name_vi", ""), ("name_vi", "x" * 121), ("timezone", "Hà Nội"), ("opens", "25:00"), ("closes", "năm giờ"),
        ("party_max", "0"), ("party_max", "nhiều"), ("hold_seconds", "-1"), ("defer_bound", "99"), ("ratio", ""),
        ("count_seconds", "٣"), ("pass_bound", "1000000000000"),
    ],
)  # fmt: skip
def test_a_mistake_is_told_at_its_field_and_nothing_is_lost(
    manager: PageClient, cast: Cast, field: str, typed: str
) -> None:
    page = set_office(manager, **{"address": "Số 1 phố Huế", field: typed})
    assert page.status == 422 and wrong(page, f"office-{field}")
    assert page.form("/settings/office").fields["address"] == "Số 1 phố Huế"
    assert office(cast).address == ""


def test_an_office_works_on_one_day_at_least(manager: PageClient) -> None:
    page = set_office(manager, **{f"weekday_{day}": "" for day in "1234567"})
    assert page.status == 422 and wrong(page, "office-weekdays")


def test_a_holiday_is_added_once_and_taken_away(manager: PageClient) -> None:
    def add(**fields: str) -> Page:
        return manager.send(manager.get(OFFICE).form("/holidays"), **fields)

    assert "Quốc khánh" in add(day="2027-09-02", name_vi="Quốc khánh").text
    assert wrong(add(day="2027-09-02", name_vi="Nghỉ"), "holiday-day")
    assert wrong(add(day="", name_vi=""), "holiday-name_vi")
    own = db.session.scalars(select(Holiday)).one()
    assert own.name_en == "Quốc khánh"
    manager.send(manager.get(OFFICE).form(f"/holidays/{own.id}", delete=True))
    db.session.rollback()
    assert db.session.scalars(select(Holiday)).all() == []


def new_service(manager: PageClient, **fields: str) -> Page:
    return manager.send(manager.get(SERVICES).form("/services"), **({"name_vi": "Lao động", "kind": "intake"} | fields))


def test_a_new_service_takes_a_free_letter_and_a_counter_takes_it(manager: PageClient, cast: Cast) -> None:
    new_service(manager)
    own = db.session.scalars(select(Service).order_by(Service.id.desc())).first()
    assert own and (own.letter, own.name_en, own.first_number, own.day_quota) == ("D", "Lao động", 1, None)
    number = db.session.get_one(Counter, cast.counters[1]).number
    page = manager.send(manager.get(COUNTERS).form(f"/counters/{cast.counters[1]}"), **{f"service_{own.id}": "1"})
    assert "Lao động" in page.text
    db.session.rollback()
    counter = db.session.get_one(Counter, cast.counters[1])
    assert counter.number == number and {one.letter for one in counter.services} == {"A", "D"}
    assert "Lao động" in PageClient(manager.app).get("/offices/demo/kiosk").text


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("name_vi", ""), ("letter", "a1"), ("letter", "Đ"), ("letter", ""), ("letter", "A"), ("first_number", "0"),
        ("first_number", "901"), ("day_quota", "0"), ("opens", "26:00"), ("closed_vi", "x" * 201),
    ],
)  # fmt: skip
def test_a_mistake_in_a_service_is_told_at_its_field(manager: PageClient, field: str, typed: str) -> None:
    page = new_service(manager, **{"name_en": "Labour", field: typed})
    assert page.status in (409, 422) and wrong(page, f"service-{field}")
    assert page.form("/services").fields["name_en"] == "Labour"
    assert len(db.session.scalars(select(Service)).all()) == 3


def test_the_letter_of_another_is_told_at_the_very_service(manager: PageClient, cast: Cast) -> None:
    own = cast.services["B"]
    page = manager.send(manager.get(SERVICES).form(f"/services/{own}"), letter="A", kind="intake")
    assert wrong(page, f"service-{own}-letter")
    assert page.all(f'//li[@id="service-{own}"]//details[@open]')


def test_a_service_with_visitors_is_not_taken_away_and_the_page_says_so(manager: PageClient, cast: Cast) -> None:
    take(cast)
    page = manager.send(manager.get(SERVICES).form(f"/services/{cast.services['A']}", delete=True))
    assert page.status == 409 and "1 người" in page.said()


def test_who_goes_first_is_made_changed_and_given_no_longer(manager: PageClient, cast: Cast) -> None:
    manager.send(manager.get(SERVICES).form("/services/classes"), name_vi="Thương binh", name_en="War invalids")
    own = db.session.scalars(select(PriorityClass).order_by(PriorityClass.id.desc())).first()
    assert own and own.name_vi == "Thương binh"
    manager.send(manager.get(SERVICES).form(f"/classes/{own.id}"), name_vi="Thương binh, bệnh binh")
    page = manager.send(manager.get(SERVICES).form(f"/classes/{cast.classes[0]}", delete=True))
    assert "bệnh binh" in page.text and [one.name_vi for one in office(cast).classes] == ["Thương binh, bệnh binh"]


def test_a_counter_is_made_and_used_no_longer(manager: PageClient, cast: Cast) -> None:
    fields = {f"service_{cast.services['C']}": "1"}
    manager.send(manager.get(COUNTERS).form("/counters"), **fields)
    own = db.session.scalars(select(Counter).order_by(Counter.id.desc())).first()
    assert own and own.number == 4 and [one.letter for one in own.services] == ["C"]
    manager.send(manager.get(COUNTERS).form(f"/counters/{own.id}", delete=True))
    db.session.rollback()
    assert db.session.get_one(Counter, own.id).retired
    manager.get(f"/counters/{own.id}", status=404)


def test_the_number_of_another_counter_is_told_at_its_field(manager: PageClient) -> None:
    page = manager.send(manager.get(COUNTERS).form("/counters"), number="1")
    assert wrong(page, "counter-number")


def test_what_belongs_to_another_office_is_not_found(manager: PageClient, cast: Cast) -> None:
    other = an_office("xa")
    token = manager.token()
    service, own, counter = other.services["A"], other.classes[0], other.counters[1]
    for address in (f"{SERVICES}/{service}", f"{SERVICES}/classes/{own}", f"{COUNTERS}/{counter}"):
        page = manager.post(address, csrf_token=token, _method="DELETE")
        assert page.status == 404
    assert manager.get("/offices/xa/settings", status=404)


# --- two at once ------------------------------------------------------------------------------------------------

FORMS = {
    "office": (OFFICE, "/settings/office", {"ratio": "7"}, {"address": "Số 1"}),
    "phones": (f"{SETTINGS}/phones", "/settings/phones", {"here_code": "1"}, {"phone_day": "33"}),
    "sign-ins": (f"{SETTINGS}/sign-ins", "/sign-ins", {"idle_minutes": "10"}, {"shift_end": "18:00"}),
    "service": (
        SERVICES,
        "/settings/services/1",
        {"name_vi": "Đất đai", "kind": "intake"},
        {"name_en": "Land", "kind": "intake"},
    ),
    "counter": (COUNTERS, "/settings/counters/1", {"number": "41"}, {"number": "42"}),
}


@pytest.fixture
def other(app: Flask, cast: Cast) -> PageClient:
    hire(cast.office, "manager", "hai.tran")
    other = PageClient(app)
    other.sign_in("hai.tran")
    return other


@pytest.mark.parametrize("name", FORMS)
def test_who_keeps_an_old_page_puts_nothing_back_and_is_told(
    manager: PageClient, other: PageClient, cast: Cast, name: str
) -> None:
    address, action, first, second = FORMS[name]
    old = manager.get(f"{address}?lang=en").form(action)
    assert other.send(other.get(address).form(action), **first).status == 200
    page = manager.send(old, **second)
    assert page.status == 409 and "Somebody else has changed this" in page.said()
    assert [page.form(action).fields.get(field) for field in first if field != "kind"] == [
        first[field] for field in first if field != "kind"
    ], "as it stands now"
    assert manager.send(page.form(action), **second).status == 200


@pytest.mark.parametrize("name", ["phones", "service"])
def test_a_mistake_that_is_put_right_puts_nothing_back_either(
    manager: PageClient, other: PageClient, cast: Cast, name: str
) -> None:
    address, action, first, second = FORMS[name]
    old = manager.get(address).form(action)
    other.send(other.get(address).form(action), **first)
    wrong_once = manager.send(old, **({"phone_day": "x"} if name == "phones" else {"name_vi": "", "kind": "intake"}))
    assert wrong_once.status == 422
    right = {"name_vi": "Đất"} if name == "service" else {}
    assert manager.send(wrong_once.form(action), **second, **right).status == 409


def test_what_other_pages_set_of_the_office_is_no_change_of_this_one(manager: PageClient, cast: Cast) -> None:
    old, counter = manager.get(OFFICE).form("/settings/office"), manager.get(COUNTERS).form("/settings/counters/1")
    settings.set_office(cast.office, {"idle_minutes": 7, "phone_day": 33, "paired_only": True}, form())
    db.session.execute(db.text("UPDATE counter SET people = 2, open = true"))
    db.session.commit()
    assert manager.send(old, address="Số 1").status == 200
    assert manager.send(counter, number="41").status == 200


def test_the_same_form_again_after_a_colleague_gets_the_answer_it_was_given(
    manager: PageClient, other: PageClient, cast: Cast
) -> None:
    form = manager.get(OFFICE).form("/settings/office")
    assert manager.send(form, ratio="7").status == 200
    other.send(other.get(OFFICE).form("/settings/office"), ratio="2")
    assert manager.send(form, ratio="7").status == 200
    assert office(cast).ratio == 2, "it was done once"


def test_the_same_form_twice_is_no_change_meanwhile(manager: PageClient, cast: Cast) -> None:
    form = manager.get(OFFICE).form("/settings/office")
    assert [manager.send(form, ratio="7").status for _ in range(2)] == [200, 200]
    assert db.session.query(Audit).filter_by(what="office").count() == 1


def test_the_same_form_again_with_something_else_is_not_said_to_be_kept(manager: PageClient, cast: Cast) -> None:
    form = manager.get(f"{SETTINGS}/phones").form("/settings/phones")
    assert manager.send(form, phone_day="20").status == 200
    assert manager.send(form, phone_day="33").status == 409
    assert office(cast).phone_day == 20


def test_an_old_page_gives_nobody_their_role_back(manager: PageClient, other: PageClient) -> None:
    people = f"{SETTINGS}/people"
    own = db.session.scalars(select(Staff).where(Staff.username == "quay1")).one().id
    old = manager.get(people).form(f"/people/{own}")
    other.send(other.get(people).form(f"/people/{own}"), role="guide", counter="")
    assert manager.send(old, name="Nguyễn Thị Lan", role="clerk", counter="").status == 409
    db.session.rollback()
    assert db.session.get_one(Staff, own).role == "guide"


def test_what_is_used_no_longer_is_told_to_who_has_an_old_page(manager: PageClient, cast: Cast) -> None:
    old, own = manager.get(SERVICES).form("/services/3"), cast.services["C"]
    settings.retire_service(cast.office, own, form())
    page = manager.send(old, name_vi="Đất", kind="intake")
    assert page.status == 409 and not page.has_form(f"/services/{own}")


@pytest.mark.parametrize(
    "sent", ["", "office", "office 999999 ratio x", "office 1 nothing x", "staff ١ x y", "a" * 500, "office 1  x y z"]
)
def test_what_a_form_says_of_before_is_never_trusted(manager: PageClient, cast: Cast, sent: str) -> None:
    form = manager.get(f"{SETTINGS}/phones").form("/settings/phones")
    assert manager.send(form, phone_day="33", standing=sent).status in (200, 409)


def test_taking_a_change_back_makes_no_pair_that_the_page_refuses(manager: PageClient, cast: Cast) -> None:
    for fields in ({"phone_day": "50"}, {"phone_hour": "40"}):
        manager.send(manager.get(f"{SETTINGS}/phones").form("/settings/phones"), **fields)
    first = db.session.query(Audit).order_by(Audit.number).first()
    page = manager.send(manager.get(f"{SETTINGS}/audit").form(f"/audit/{first.number if first else 0}/undo"))
    assert page.status == 409
    assert (office(cast).phone_hour, office(cast).phone_day) == (40, 50)


# --- what can't be meant ----------------------------------------------------------------------------------------


def test_hours_that_end_when_they_begin_are_told(manager: PageClient, cast: Cast) -> None:
    page = set_office(manager, opens="", closes="00:00")
    assert page.status == 422 and wrong(page, "office-closes")
    page = set_office(manager, opens="08:00", closes="8h")
    assert page.status == 422 and wrong(page, "office-closes")
    page = manager.send(manager.get(SERVICES).form("/services/1"), opens="08:00", closes="08:00", kind="intake")
    assert page.status == 422 and wrong(page, "service-1-closes")
    assert office(cast).opens is None


def test_a_holiday_that_is_over_is_told(manager: PageClient, cast: Cast) -> None:
    page = manager.send(manager.get(OFFICE).form("/holidays"), day="2020-01-01", name_vi="Tết")
    assert page.status == 422 and wrong(page, "holiday-day")


def test_a_name_of_signs_that_nobody_sees_is_no_name(manager: PageClient, cast: Cast) -> None:
    page = manager.send(manager.get(SERVICES).form("/services/1"), name_vi="\u200b\u202e", kind="intake")
    assert page.status == 422 and wrong(page, "service-1-name_vi")


def test_who_waits_for_what_no_counter_takes_is_said(manager: PageClient, cast: Cast) -> None:
    take(cast, "B")
    for own in (COUNTERS, SERVICES):
        assert not manager.get(f"{own}?lang=en").all('//*[starts-with(@id, "uncalled-")]')
    for number in (1, 2, 3):
        settings.write_counter(cast.office, number, (cast.services["A"],), form(), cast.counters[number])
    for own in (COUNTERS, SERVICES):
        said = " ".join(manager.get(f"{own}?lang=en").all('//*[starts-with(@id, "uncalled-")]//text()'))
        assert "1 visitor waits, and no counter takes this service" in said


def test_the_desk_of_a_counter_that_is_used_no_longer_leads_on_and_not_to_itself(app: Flask, cast: Cast) -> None:
    clerk = PageClient(app)
    clerk.sign_in("quay3")
    settings.retire_counter(cast.office, cast.counters[3], form())
    page = clerk.get(f"/counters/{cast.counters[3]}", status=404)
    assert f"/counters/{cast.counters[3]}" not in page.all("//main//a/@href")
    assert "Bạn chưa được xếp quầy nào" in clerk.get("/").text
