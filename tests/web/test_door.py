"""The door's screens: the room's, the waiting area's, the sign, and what a people counter tells (R1, R2, R3, R11)."""

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from counter.actions.headcount import recount, walk_in
from counter.actions.house import add_area
from counter.actions.room import set_cap
from counter.actions.texts import write_notice
from counter.database import db
from counter.models.area import Area
from counter.models.notice import HOUSE_RULE
from counter.models.recount import Recount
from counter.models.sensor import Sensor
from counter.models.ticket import Ticket
from counter.models.words import Words
from queues.window import Days
from tests.actions.test_issue import take
from tests.actions.test_room import headcount
from tests.cast import Cast, an_office, form, number, status
from tests.pages import PageClient

DOOR = "/offices/demo/door"


@pytest.fixture
def guide(app: Flask, capped: Cast) -> PageClient:
    guide = PageClient(app)
    guide.sign_in("huongdan")
    return guide


def an_area(cast: Cast) -> int:
    return int(add_area(cast.office, Words("Khu vực B", "Area B"), 2, form())["area"])


def a_rule(cast: Cast) -> None:
    write_notice(cast.office, HOUSE_RULE, Words("Sát khuẩn tay", "Clean your hands"), Days(), form())


def a_sensor(cast: Cast) -> str:
    sensor = Sensor(office_id=cast.office, name="cửa chính")
    token = sensor.new_token()
    db.session.add(sensor)
    db.session.commit()
    return token


def token_of(ticket: int) -> str:
    return db.session.get_one(Ticket, ticket).token


def tell(app: Flask, token: str, told: object, slug: str = "demo") -> TestResponse:
    headers = {"Authorization": f"Bearer {token}"}
    return app.test_client().post(f"/offices/{slug}/door/counts", json=told, headers=headers)


def test_one_more_and_one_less_without_a_ticket(guide: PageClient, capped: Cast) -> None:
    page = guide.get(DOOR)
    page = guide.send(page.form("/door/walkins"))
    assert headcount(capped) == (1, 0)
    assert "1 người không có phiếu" in page.text


def test_a_press_on_minus_takes_one_away(guide: PageClient, capped: Cast) -> None:
    walk_in(capped.office, 2, form())
    form_ = next(one for one in guide.get(DOOR).forms() if one.fields.get("change") == "-1")
    guide.send(form_)
    assert headcount(capped) == (1, 0)


def test_a_count_that_differs_is_told_before_and_after(guide: PageClient, capped: Cast) -> None:
    page = guide.send(guide.get(DOOR).form("/door/recounts"), people="3", why="ra mà chưa quét")
    assert "3" in page.said()
    kept = db.session.query(Recount).one()
    assert (kept.before, kept.after, kept.who) == (0, 3, "guide huongdan")


def test_a_count_without_a_reason_keeps_what_was_typed(guide: PageClient, capped: Cast) -> None:
    page = guide.send(guide.get(DOOR).form("/door/recounts"), people="3", why="")
    assert page.status == 422
    assert page.form("/door/recounts").fields["people"] == "3"


def test_before_their_turn_a_reason_is_asked_and_the_ticket_stays_typed(guide: PageClient, capped: Cast) -> None:
    take(capped, party=2)
    set_cap(capped.office, 3, form())
    take(capped, party=2)
    small = take(capped)
    page = guide.send(guide.get(DOOR).form("/door/entries"), code=number(small), people="")
    assert page.status == 409
    assert page.form("/door/admissions").fields["code"] == number(small)
    assert page.form("/door/recounts").fields["people"] == ""
    guide.send(page.form("/door/admissions"), why="người già yếu")
    assert status(small) == "inside"


def test_the_scanner_is_told_that_a_reason_is_needed(guide: PageClient, capped: Cast) -> None:
    take(capped, party=2)
    set_cap(capped.office, 3, form())
    take(capped, party=2)
    data = {"csrf_token": guide.token(), "operation": "s1", "code": number(take(capped))}
    answer = guide.open(f"{DOOR}/entries", "POST", data=data, headers={"Accept": "application/json"})
    assert answer.json["reason"] is True


def test_the_door_says_how_many_are_over(guide: PageClient, capped: Cast) -> None:
    recount(capped.office, 5, "đông", form())
    assert "Vượt 3 người" in guide.get(DOOR).text


def test_the_door_explains_the_order_in_words(guide: PageClient, capped: Cast) -> None:
    for _ in range(3):
        take(capped)
    assert "Không ai bị vượt quá 10 lượt" in guide.get(DOOR).text


def test_drift_is_shown_and_asks_for_a_count(app: Flask, guide: PageClient, capped: Cast) -> None:
    tell(app, a_sensor(capped), {"sequence": 1, "entered": 4, "left": 1})
    assert "Máy đếm ở cửa ghi 3 người, danh sách ghi 0" in guide.get(DOOR).text
    assert headcount(capped) == (0, 0)


def test_a_people_counter_that_repeats_itself_is_told_so(app: Flask, capped: Cast) -> None:
    token, told = a_sensor(capped), {"sequence": 7, "entered": 4, "left": 1}
    assert [tell(app, token, told).json for _ in range(2)] == [{"changed": True}, {"changed": False}]


@pytest.mark.parametrize(
    "told",
    [
        None, [], {"sequence": 1}, {"sequence": "1", "entered": 1, "left": 0},
        {"sequence": 1, "entered": -1, "left": 0},
        {"sequence": True, "entered": 1, "left": 0}, {"sequence": 1, "entered": 1.5, "left": 0},
        {"sequence": 2**40, "entered": 1, "left": 0},
    ],
)  # fmt: skip
def test_what_a_people_counter_says_wrongly_changes_nothing(app: Flask, capped: Cast, told: object) -> None:
    token = a_sensor(capped)
    assert tell(app, token, told).status_code == 422
    assert db.session.query(Sensor).one().sequence == -1


def test_a_people_counter_that_opens_brackets_without_end_is_told_how_to_speak(app: Flask, capped: Cast) -> None:
    headers = {"Authorization": f"Bearer {a_sensor(capped)}"}
    address, nested = "/offices/demo/door/counts", "[" * 9000
    answer = app.test_client().post(address, data=nested, headers=headers, content_type="application/json")
    assert answer.status_code == 422


def test_a_people_counter_without_its_token_or_of_another_office_is_refused(app: Flask, capped: Cast) -> None:
    an_office("other")
    token, told = a_sensor(capped), {"sequence": 1, "entered": 1, "left": 0}
    assert tell(app, "wrong", told).status_code == 401
    assert tell(app, token, told, "other").status_code == 404
    assert app.test_client().post("/offices/demo/door/counts", json=told).status_code == 401


def test_the_area_has_a_door_of_its_own(guide: PageClient, capped: Cast) -> None:
    area, ticket = an_area(capped), take(capped)
    door = f"/offices/demo/areas/{area}/door"
    page = guide.send(guide.get(door).form(f"{door}/entries"), code=number(ticket))
    assert page.said() == "Số A001 vào chờ ở khu vực này."
    assert (headcount(capped), status(ticket)) == ((0, 1), "admitted")
    page = guide.send(page.form(f"{door}/exits"), code=number(ticket))
    assert page.said() == "Số A001 đã ra khỏi khu vực."


def test_the_area_counts_its_own_people(guide: PageClient, capped: Cast) -> None:
    area = an_area(capped)
    door = f"/offices/demo/areas/{area}/door"
    guide.send(guide.get(door).form(f"{door}/recounts"), people="2", why="đếm")
    db.session.expire_all()
    assert headcount(capped) == (0, 0)
    assert db.session.query(Recount).one().area_id == area


def test_an_area_that_is_not_there_is_not_found(guide: PageClient, capped: Cast) -> None:
    assert guide.get("/offices/demo/areas/99/door", 404).text


def test_the_sign_says_come_in_with_the_numbers(client: PageClient, capped: Cast) -> None:
    ticket = take(capped)
    a_rule(capped)
    page = client.get(f"{DOOR}/sign")
    assert "sign-go" in page.text
    assert number(ticket) in page.text
    assert "Sát khuẩn tay" in page.text


def test_the_sign_says_wait_when_the_room_is_full_and_where(client: PageClient, capped: Cast) -> None:
    an_area(capped)
    recount(capped.office, 2, "đếm", form())
    page = client.get(f"{DOOR}/sign")
    assert "sign-stop" in page.text
    assert "Khu vực B" in page.text


def test_who_is_outside_is_told_on_the_phone_where_to_wait(client: PageClient, capped: Cast) -> None:
    an_area(capped)
    tickets = [take(capped) for _ in range(5)]
    pages = [client.get(f"/t/{token_of(ticket)}").text for ticket in tickets]
    assert [("Mời chờ tại: Khu vực B" in page, "chờ bên ngoài" in page) for page in pages[2:]] == [
        (True, False), (True, False), (False, True),
    ]  # fmt: skip


def test_the_house_rules_stand_beside_come_in_on_phone_display_and_door(
    client: PageClient, guide: PageClient, capped: Cast
) -> None:
    a_rule(capped)
    ticket = take(capped)
    for page in (client.get(f"/t/{token_of(ticket)}"), client.get("/offices/demo/display"), guide.get(DOOR)):
        assert "Sát khuẩn tay" in page.text


def test_who_comes_in_at_an_area_that_is_none_is_told_so(guide: PageClient) -> None:
    sent = guide.post("/offices/demo/areas/99/door/walkins", csrf_token=guide.token(), change="x")
    assert sent.status == 404


def test_a_display_in_an_area_shows_the_areas_figures(client: PageClient, capped: Cast) -> None:
    area = an_area(capped)
    walk_in(capped.office, 1, form(), area)
    page = client.get(f"/offices/demo/areas/{area}/display")
    assert "Khu vực B" in page.text
    assert db.session.get_one(Area, area).cap == 2
