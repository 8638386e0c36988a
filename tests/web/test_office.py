"""The manager's page about the room (R1, R3, R11, R13)."""

import pytest
from flask import Flask

from counter.actions.house import add_area
from counter.database import db
from counter.models.area import Area
from counter.models.cap import CapRule
from counter.models.counter import Counter
from counter.models.notice import Notice
from counter.models.office import Office
from counter.models.words import Words
from tests.cast import Cast, an_office, form
from tests.pages import Page, PageClient

ROOM = "/offices/demo/settings/room"
MEASURES = {"kind": "measured", "usable": "48,5", "share": "70", "distance": "2", "seats": "12", "staff": "3"}


@pytest.fixture
def manager(app: Flask, capped: Cast) -> PageClient:
    manager = PageClient(app)
    manager.sign_in("quanly")
    return manager


def set_cap(manager: PageClient, **fields: str) -> Page:
    return manager.send(manager.get(ROOM).form("/caps"), **fields)


def cap(cast: Cast) -> int | None:
    db.session.rollback()
    db.session.expire_all()
    return db.session.get_one(Office, cast.office).cap


def wrong(page: Page) -> str:
    return " ".join(" ".join(node.itertext()) for node in page.all('//*[@class="wrong"]'))


def test_a_number_that_was_decided(manager: PageClient, capped: Cast) -> None:
    page = set_cap(manager, people="10", why="Công văn 12")
    assert "10" in page.said()
    assert cap(capped) == 10
    assert "Công văn 12" in page.text
    assert "Quản lý bộ phận quanly" in page.text


def test_an_empty_number_means_no_limit(manager: PageClient, capped: Cast) -> None:
    set_cap(manager, people="")
    assert cap(capped) is None


def test_worked_out_from_the_room_with_its_measures_kept(manager: PageClient, capped: Cast) -> None:
    page = set_cap(manager, **MEASURES)
    assert cap(capped) == 5
    assert "48.5 m²" in page.text


def test_work_it_out_first_shows_the_result_and_sets_nothing(manager: PageClient, capped: Cast) -> None:
    page = set_cap(manager, **MEASURES, **{"try": "1"})
    assert "Kết quả: 5 người" in page.text
    assert page.form("/caps").fields["usable"] == "48,5"
    assert cap(capped) == 2
    assert db.session.query(CapRule).count() == 0


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"people": "nhiều"}, "số nguyên"),
        ({"people": "-1"}, "số nguyên"),
        ({"kind": "measured"}, "ít nhất một"),
        ({**MEASURES, "share": "140"}, "Tỷ lệ"),
        ({**MEASURES, "distance": "0"}, "Khoảng cách"),
        ({**MEASURES, "usable": "NaN"}, "ví dụ 12,5"),
        ({**MEASURES, "usable": "1e9"}, "ví dụ 12,5"),
        ({"people": "5", "from_day": "32/13/2026"}, "25/12/2026"),
    ],
)
def test_a_mistake_is_told_at_its_field_and_nothing_typed_is_lost(
    manager: PageClient, capped: Cast, fields: dict[str, str], said: str
) -> None:
    page = set_cap(manager, **fields)
    assert page.status == 422
    assert said in wrong(page)
    kept = page.form("/caps").fields
    assert all(kept.get(name) == value for name, value in fields.items())
    assert cap(capped) == 2


def test_a_cap_from_a_later_day_is_shown_as_to_come(manager: PageClient, capped: Cast) -> None:
    page = set_cap(manager, people="7", from_day="25/12/2026")
    assert cap(capped) == 2
    assert "chưa áp dụng" in page.text
    assert "25/12/2026" in page.text


def test_an_area_is_opened_gets_another_cap_and_is_closed(manager: PageClient, capped: Cast) -> None:
    page = manager.send(manager.get(ROOM).form("/areas"), name_vi="Khu vực B", name_en="Area B", cap="8")
    area = db.session.query(Area).one()
    assert (area.cap, "Khu vực B" in page.text) == (8, True)
    set_cap(manager, people="6", area=str(area.id))
    db.session.rollback()
    db.session.expire_all()
    assert db.session.query(Area).one().cap == 6
    page = manager.send(manager.get(ROOM).form(f"/areas/{area.id}", delete=True))
    db.session.rollback()
    db.session.expire_all()
    assert db.session.query(Area).one().retired


def test_an_area_needs_a_name_and_a_number(manager: PageClient, capped: Cast) -> None:
    page = manager.send(manager.get(ROOM).form("/areas"), name_vi="", cap="")
    assert page.status == 422
    assert "đặt tên" in wrong(page) and "số người được chờ" in wrong(page)
    assert db.session.query(Area).count() == 0


def test_how_many_may_stand_at_a_counter(manager: PageClient, capped: Cast) -> None:
    counter = capped.counters[1]
    manager.send(manager.get(ROOM).form(f"/counters/{counter}"), people="1")
    db.session.rollback()
    db.session.expire_all()
    assert db.session.get_one(Counter, counter).people == 1


def test_a_house_rule_is_written_and_taken_away(manager: PageClient, capped: Cast) -> None:
    page = manager.send(
        manager.get(ROOM).form("/rules"), text_vi="Đeo khẩu trang", from_day="2026-11-01", to_day="2026-12-31"
    )
    assert "Từ 01/11/2026 đến 31/12/2026" in page.text
    notice = db.session.query(Notice).one()
    assert notice.text_en == "Đeo khẩu trang", "without an English text the Vietnamese stands for both"
    manager.send(manager.get(ROOM).form(f"/rules/{notice.id}", delete=True))
    db.session.rollback()
    assert db.session.query(Notice).count() == 0


def test_a_rule_whose_last_day_is_before_the_first_is_not_kept(manager: PageClient, capped: Cast) -> None:
    page = manager.send(
        manager.get(ROOM).form("/rules"), text_vi="Đeo khẩu trang", from_day="2026-11-02", to_day="2026-11-01"
    )
    assert (page.status, "ở trước" in wrong(page)) == (422, True)
    assert page.form("/rules").fields["text_vi"] == "Đeo khẩu trang"


def test_only_the_manager_of_the_office_may_change_it(app: Flask, manager: PageClient, capped: Cast) -> None:
    other = an_office("other")
    area = int(add_area(other.office, Words("Khu vực C", "Area C"), 2, form())["area"])
    guide = PageClient(app)
    guide.sign_in("huongdan")
    assert guide.open(ROOM).status_code == 403
    assert manager.open("/offices/other/settings/room").status_code == 404
    token = {"csrf_token": manager.token(), "people": "1"}
    assert manager.post(f"{ROOM}/counters/{other.counters[1]}", **token).status == 404
    assert manager.post(f"{ROOM}/areas/{area}", **token, _method="DELETE").status == 404
    assert manager.post(f"{ROOM}/caps", **token, area=str(area)).status == 404
