"""The manager sees what was changed, by whom, from where; finds it, takes it back, takes it along."""

import csv
from io import BytesIO, StringIO
from itertools import product

import pytest
from flask import Flask
from openpyxl import load_workbook
from sqlalchemy import update

from counter.actions import house, procedures, room, texts
from counter.actions.headcount import recount
from counter.actions.perform import Asked
from counter.actions.settings import set_office
from counter.database import db
from counter.models import sealed
from counter.models.audit import Audit
from counter.models.counter import Counter
from counter.models.notice import NOTICE
from counter.models.procedure import Procedure
from counter.models.words import Words
from queues.window import Days
from tests.cast import Cast, an_office, form
from tests.pages import Page, PageClient

AUDIT = "/offices/demo/settings/audit"


@pytest.fixture
def manager(app: Flask, cast: Cast) -> PageClient:
    manager = PageClient(app)
    manager.sign_in("quanly")
    return manager


def part(page: Page, own: str) -> str:
    return " ".join(" ".join(page.all(f'//*[@id="{own}"]')[0].itertext()).split())


def has(page: Page, own: str) -> bool:
    return bool(page.all(f'//*[@id="{own}"]'))


def checked(manager: PageClient) -> str:
    return part(manager.get(f"{AUDIT}?check=1"), "checked")


def text_is_written(cast: Cast, vi: str = "Nghỉ lễ", who: str = "manager quanly") -> None:
    asked = Asked(who, form().operation, "10.0.0.7")
    texts.write_notice(cast.office, NOTICE, Words(vi, ""), Days(), asked)


def test_an_entry_says_who_when_from_where_before_and_after(manager: PageClient, cast: Cast) -> None:
    house.set_people_at(cast.counters[1], 1, Asked("manager quanly", "one", "10.0.0.7"))
    page = manager.get(AUDIT)
    entry = part(page, "entry-1")
    for said in ("Quầy 1", "Quản lý bộ phận quanly", "10.0.0.7", "23/11/2026 08:41", "Số người", "2", "1"):
        assert said in entry


def test_what_is_set_on_a_page_is_written_down_with_its_address(manager: PageClient, cast: Cast) -> None:
    manager.send(manager.get("/offices/demo/settings/room").form("/caps"), people="7", why="Công văn 12")
    entry = part(manager.get(AUDIT), "entry-1")
    assert "127.0.0.1" in entry and "Công văn 12" in entry and "Giới hạn" in entry


def test_a_cap_says_what_it_was_before(manager: PageClient, cast: Cast) -> None:
    for people in (20, 12):
        room.set_cap(cast.office, people, form())
    assert "Số người 20 → 12" in part(manager.get(AUDIT), "entry-2")


def test_one_press_takes_it_back(manager: PageClient, cast: Cast) -> None:
    house.set_people_at(cast.counters[1], 1, form())
    page = manager.send(manager.get(AUDIT).form("/1/undo"))
    assert db.session.get_one(Counter, cast.counters[1]).people == 2
    assert "Hoàn tác mục 1" in part(page, "entry-2")
    assert not page.has_form("/1/undo")


def test_what_was_changed_again_since_is_told_and_stays(manager: PageClient, cast: Cast) -> None:
    house.set_people_at(cast.counters[1], 1, form())
    house.set_people_at(cast.counters[1], 3, form())
    page = manager.send(manager.get(AUDIT).form("/1/undo"))
    assert "sau đó" in page.said()
    assert db.session.get_one(Counter, cast.counters[1]).people == 3


def test_what_has_no_way_back_has_no_button(manager: PageClient, cast: Cast) -> None:
    recount(cast.office, 3, "Đếm lại", form())
    assert not manager.get(AUDIT).has_form("/undo")


def test_many_errands_are_counted_not_listed(manager: PageClient, cast: Cast) -> None:
    own = [Procedure(office_id=cast.office, code=f"1.{n}", name_vi=f"Thủ tục {n}") for n in range(3)]
    db.session.add_all(own)
    db.session.commit()
    procedures.set_many(cast.office, [one.id for one in own], {"level": "full"}, form())
    assert "3 thủ tục" in part(manager.get(AUDIT), "entry-1")


@pytest.mark.parametrize(
    ("asked", "shown"),
    [
        ("what=notice", {2}), ("who=LAN", {2}), ("first=2026-11-24", set()), ("last=2026-11-22", set()),
        ("first=23/11/2026&last=2026-11-23", {1, 2, 3}), ("older=3", {1, 2}), ("what=nonsense", {1, 2, 3}),
        ("older=x", {1, 2, 3}), ("who=%25", set()),
    ],
)  # fmt: skip
def test_it_is_found_by_what_who_and_when(manager: PageClient, cast: Cast, asked: str, shown: set[int]) -> None:
    room.set_cap(cast.office, 7, form("manager quanly"))
    text_is_written(cast, who="manager lan")
    room.set_cap(cast.office, 8, form("manager quanly"))
    page = manager.get(f"{AUDIT}?{asked}")
    assert {n for n in (1, 2, 3) if has(page, f"entry-{n}")} == shown


def test_a_day_that_is_none_is_told_at_its_field(manager: PageClient) -> None:
    page = manager.get(f"{AUDIT}?first=32/13/2026", status=422)
    assert has(page, "first-wrong")


def test_fifty_are_shown_and_the_older_ones_are_a_press_away(manager: PageClient, cast: Cast) -> None:
    for n in range(53):
        text_is_written(cast, f"Thông báo {n}")
    page = manager.get(AUDIT)
    assert has(page, "entry-53") and has(page, "entry-4") and not has(page, "entry-3")
    older = manager.get(str(page.all("//a[contains(@href, 'older=4')]/@href")[0]))
    assert has(older, "entry-3") and not has(older, "entry-4")


def test_it_is_taken_along_without_a_formula(manager: PageClient, cast: Cast) -> None:
    text_is_written(cast, "=1+1")
    rows = list(csv.reader(StringIO(manager.get(f"{AUDIT}.csv").response.data.decode("utf-8-sig"))))
    assert rows[1][:4] == ["1", "23/11/2026 08:41:00", "Quản lý bộ phận quanly", "10.0.0.7"]
    sheet = load_workbook(BytesIO(manager.open(f"{AUDIT}.xlsx").data)).active
    assert sheet and "=1+1" in str(sheet.cell(2, 7).value) and sheet.cell(2, 7).data_type == "s"


@pytest.mark.parametrize(("at_most", "taken"), [(20_000, [7, 6, 5, 4, 3, 2, 1]), (5, [7, 6, 5, 4, 3])])
def test_a_long_list_is_taken_along_whole_newest_first_and_others_are_served_in_between(
    manager: PageClient, cast: Cast, monkeypatch: pytest.MonkeyPatch, at_most: int, taken: list[int]
) -> None:
    for n in range(7):
        text_is_written(cast, f"Thông báo {n}")
    served: list[float] = []
    monkeypatch.setattr("counter.sheets.time.sleep", served.append)
    monkeypatch.setattr("counter.web.audit.AT_A_TIME", 3)
    monkeypatch.setattr("counter.web.audit.TAKEN_ALONG", at_most)
    rows = csv.reader(StringIO(manager.open(f"{AUDIT}.csv").data.decode("utf-8-sig")))
    assert [int(row[0]) for row in rows if row[0].isdigit()] == taken
    assert len(served) >= len(taken)


def test_an_altered_entry_is_found_by_the_check(manager: PageClient, cast: Cast) -> None:
    text_is_written(cast), text_is_written(cast)
    assert "không thiếu" in checked(manager)
    db.session.execute(update(Audit).where(Audit.number == 1).values(who="manager khac"))
    db.session.commit()
    assert "Mục 1" in checked(manager)


def test_the_command_says_which_entry_was_altered(app: Flask, cast: Cast) -> None:
    an_office("xa")
    text_is_written(cast), text_is_written(cast)
    assert app.test_cli_runner().invoke(args=["audit-check"]).exit_code == 0
    db.session.execute(update(Audit).where(Audit.number == 2).values(why="khác"))
    db.session.commit()
    done = app.test_cli_runner().invoke(args=["audit-check"])
    assert done.exit_code == 1 and "demo: 2 entries, entry 2" in done.output


def test_another_offices_manager_sees_nothing_of_it(app: Flask, cast: Cast) -> None:
    an_office("xa")
    stranger = PageClient(app)
    stranger.sign_in("quanly-xa")
    stranger.get(AUDIT, status=404)


@pytest.mark.parametrize(
    ("column", "written"),
    [
        *product(("after", "before"), ("x", '{"a": NaN}', "[1]", '"text"', '{"weekdays": "99"}', b"\x00\xff", 7)),
        *product(("at", "address", "who", "what", "why", "undoes", "which"), ("x", b"\x00\xff")),
    ],
)
def test_an_entry_that_is_no_entry_any_more_is_found_and_stops_nothing(
    manager: PageClient, cast: Cast, column: str, written: object
) -> None:
    for ratio in (3, 4, 5):
        set_office(cast.office, {"ratio": ratio}, form())
    db.session.execute(db.text(f"UPDATE audit SET {column} = :own WHERE number = 2"), {"own": written})
    db.session.commit()
    assert sealed.first_broken(cast.office) == 2
    page = manager.get(f"{AUDIT}?check")
    assert [page.all(f'//*[@id="entry-{number}"]') != [] for number in (1, 2, 3)] == [True] * 3
    for kind in ("csv", "xlsx"):
        assert manager.open(f"{AUDIT}.{kind}").status_code == 200


def test_behind_entries_that_nobody_can_read_the_older_ones_are_still_there(manager: PageClient, cast: Cast) -> None:
    for ratio in range(1, 71):
        set_office(cast.office, {"ratio": ratio}, form())
    db.session.execute(db.text("UPDATE audit SET after = 'x' WHERE number > 5"))
    db.session.commit()
    page = manager.get(AUDIT)
    page = manager.get(str(page.all('//a[contains(@href, "older=")]/@href')[0]))
    assert has(page, "entry-1") and "Không đọc được mục này" in page.text
    rows = list(csv.reader(StringIO(manager.open(f"{AUDIT}.csv").get_data(as_text=True))))
    assert len(rows) == 71
