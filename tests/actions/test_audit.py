"""Every change of the settings and every exception is written down and sealed, and is taken back by one press."""

from collections.abc import Callable
from datetime import date, time

import pytest
from sqlalchemy import Executable, delete, select, update

from counter import clock
from counter.actions import house, procedures, room, suspension, texts
from counter.actions.door import let_in
from counter.actions.headcount import recount
from counter.actions.perform import Asked
from counter.actions.suspension import Terms
from counter.actions.undo import undo
from counter.database import db
from counter.models import audited, sealed
from counter.models.area import Area
from counter.models.audit import Audit, AuditEnd
from counter.models.contact import Contact
from counter.models.counter import Counter
from counter.models.notice import HOUSE_RULE, Notice
from counter.models.office import Office
from counter.models.procedure import Procedure
from counter.models.staff import Staff
from counter.models.words import Words
from queues.errors import CannotUndo, ChangedSince, NotFound
from queues.window import Days
from tests.actions.test_issue import take
from tests.cast import Cast, an_office, form, number

HANDS, ALWAYS = Words("Rửa tay", "Wash hands"), Days()


def entries(cast: Cast) -> list[Audit]:
    return list(db.session.scalars(select(Audit).where(Audit.chain == cast.office).order_by(Audit.number)))


def last(cast: Cast) -> Audit:
    return entries(cast)[-1]


def told(entry: Audit) -> tuple[object, ...]:
    return entry.what, entry.which, entry.before, entry.after


def rule(cast: Cast, text: Words = HANDS, own: int | None = None, days: Days = ALWAYS) -> int:
    return int(texts.write_notice(cast.office, HOUSE_RULE, text, days, form(), notice_id=own)["notice"])


def back(cast: Cast, of: int | None = None) -> None:
    undo(cast.office, of or last(cast).number, form())


def test_an_entry_says_who_when_and_from_where(cast: Cast) -> None:
    house.set_people_at(cast.counters[1], 1, Asked("manager lan", "one", "10.0.0.7"))
    entry = last(cast)
    assert (entry.who, entry.address, entry.number) == ("manager lan", "10.0.0.7", 1)
    assert told(entry) == ("counter", cast.counters[1], {"people": 2}, {"people": 1})


def test_the_same_form_twice_is_one_entry(cast: Cast) -> None:
    asked = form()
    for _ in range(2):
        house.set_people_at(cast.counters[1], 1, asked)
    assert len(entries(cast)) == 1


def test_what_changes_nothing_leaves_no_entry(cast: Cast) -> None:
    house.set_people_at(cast.counters[1], 2, form())
    assert entries(cast) == []


def test_what_is_refused_leaves_no_entry(cast: Cast) -> None:
    with pytest.raises(NotFound):
        rule(cast, own=99)
    assert entries(cast) == []


def test_the_days_work_leaves_no_entry(cast: Cast) -> None:
    take(cast)
    assert entries(cast) == []


def test_what_is_made_changed_and_taken_away_says_what_it_was_and_is(cast: Cast) -> None:
    own = rule(cast, days=Days(date(2026, 11, 23), None))
    rule(cast, Words("Đeo khẩu trang", "Wear a mask"), own, Days(date(2026, 11, 23), None))
    texts.take_away(cast.office, "notice", own, form())
    made, changed, gone = entries(cast)
    assert made.before is None and made.after and made.after["from_day"] == "2026-11-23"
    assert changed.before == {"text_vi": "Rửa tay", "text_en": "Wash hands"}
    assert changed.after == {"text_vi": "Đeo khẩu trang", "text_en": "Wear a mask"}
    assert gone.after is None and gone.before and gone.before["text_vi"] == "Đeo khẩu trang"


def test_a_cap_an_area_the_portal_and_a_suspension_are_written_down(cast: Cast) -> None:
    room.set_cap(cast.office, 7, form())
    area = house.add_area(cast.office, Words("Hiên", "Porch"), 5, form())["area"]
    texts.set_portal(cast.office, Words("Cổng", "Portal"), "https://example.vn", form())
    terms = Terms(Days(date(2026, 11, 24), date(2026, 12, 7)), None, Words("Dịch", "Flood"), "1900")
    suspension.suspend(cast.office, terms, form())
    assert [(own.what, own.which) for own in entries(cast)][1] == ("area", area)
    assert [own.what for own in entries(cast)] == ["cap_rule", "area", "office", "suspension"]


def test_an_exception_to_the_order_is_written_down_with_its_reason(capped: Cast) -> None:
    take(capped), take(capped)
    third = take(capped)
    db.session.get_one(Office, capped.office).cap = 3
    db.session.commit()
    let_in(capped.office, number(third), "Cụ bà mệt", form("guide mai"))
    entry = last(capped)
    assert (entry.what, entry.which, entry.who, entry.why) == ("let_in", third, "guide mai", "Cụ bà mệt")


def test_a_recount_is_written_down(capped: Cast) -> None:
    recount(capped.office, 1, "Khách không lấy số", form())
    assert (last(capped).what, last(capped).after) == (
        "recount", {"area_id": None, "before": 0, "after": 1, "why": "Khách không lấy số"},
    )  # fmt: skip


BEFORE = {"level": {"1.1": "", "1.2": ""}, "by_hand": {"1.1": [], "1.2": []}}


def test_the_levels_of_many_errands_are_one_entry_with_each_as_it_stood(cast: Cast) -> None:
    ids = errands(cast, "1.1", "1.2")
    procedures.set_many(cast.office, ids, {"level": "full"}, form())
    assert told(last(cast)) == ("procedure", None, BEFORE, {"level": "full"})


def errands(cast: Cast, *codes: str) -> list[int]:
    own = [Procedure(office_id=cast.office, code=code, name_vi=f"Thủ tục {code}") for code in codes]
    db.session.add_all(own)
    db.session.commit()
    return [one.id for one in own]


def test_every_office_has_a_chain_of_its_own(cast: Cast) -> None:
    other = an_office("xa")
    rule(cast), rule(other), rule(cast)
    assert [own.number for own in entries(cast)] == [1, 2]
    assert [own.number for own in entries(other)] == [1]


def test_a_chain_as_it_was_written_is_whole(cast: Cast) -> None:
    for _ in range(3):
        rule(cast)
    assert sealed.first_broken(cast.office) is None


@pytest.mark.parametrize(
    "tamper",
    [
        update(Audit).where(Audit.number == 2).values(who="nobody"),
        update(Audit).where(Audit.number == 2).values(after={"text_vi": "khác"}),
        update(Audit).where(Audit.number == 2).values(number=9),
        delete(Audit).where(Audit.number == 2),
        delete(Audit).where(Audit.number > 1),
        update(AuditEnd).values(length=2),
        delete(AuditEnd),
    ],
    ids=["who", "after", "number", "one out", "the end off", "length", "no end"],
)
def test_whatever_is_changed_in_the_table_is_found(cast: Cast, tamper: Executable) -> None:
    for _ in range(3):
        rule(cast)
    db.session.execute(tamper)
    db.session.commit()
    assert sealed.first_broken(cast.office) is not None


def test_secrets_are_not_in_it(cast: Cast) -> None:
    own = db.session.scalars(select(Staff)).first()
    assert own
    with audited.by("admin", clock.now()):
        own.set_password("mot-hai-ba-bon-nam")
        db.session.commit()
    entry = last(cast)
    assert told(entry) == ("staff", own.id, {"password_hash": "…"}, {"password_hash": "…"})


# --- taking back --------------------------------------------------------------------------------------------


def test_what_was_changed_is_as_before(cast: Cast) -> None:
    own = rule(cast, days=Days(date(2026, 11, 23), date(2026, 11, 30)))
    rule(cast, Words("Khác", "Other"), own)
    back(cast)
    assert db.session.get_one(Notice, own).text == HANDS
    assert db.session.get_one(Notice, own).days == Days(date(2026, 11, 23), date(2026, 11, 30))


def test_what_was_made_is_gone_and_what_was_taken_away_is_there_again(cast: Cast) -> None:
    rule(cast, days=Days(date(2026, 11, 23), None))
    back(cast)
    assert db.session.scalars(select(Notice)).all() == []
    back(cast)  # the taking back is taken back
    again = db.session.scalars(select(Notice)).one()
    assert (again.text, again.from_day, again.office_id) == (HANDS, date(2026, 11, 23), cast.office)


def test_taking_back_is_an_entry_that_says_so(cast: Cast) -> None:
    rule(cast)
    back(cast)
    assert (last(cast).undoes, last(cast).number) == (1, 2)
    assert sealed.first_broken(cast.office) is None


def test_taken_back_twice_changes_nothing_more(cast: Cast) -> None:
    house.set_people_at(cast.counters[1], 1, form())
    back(cast, 1)
    back(cast, 1)
    assert len(entries(cast)) == 2
    assert db.session.get_one(Counter, cast.counters[1]).people == 2


def test_what_was_changed_again_since_is_not_taken_back(cast: Cast) -> None:
    house.set_people_at(cast.counters[1], 1, form())
    house.set_people_at(cast.counters[1], 3, form())
    with pytest.raises(ChangedSince):
        back(cast, 1)
    assert db.session.get_one(Counter, cast.counters[1]).people == 3


def test_a_cap_goes_back_to_the_one_before(cast: Cast) -> None:
    for people in (7, 3):
        room.set_cap(cast.office, people, form())
    back(cast)
    assert db.session.get_one(Office, cast.office).cap == 7


def test_the_first_cap_taken_back_is_no_cap(cast: Cast) -> None:
    room.set_cap(cast.office, 7, form())
    back(cast)
    assert db.session.get_one(Office, cast.office).cap is None


def test_a_cap_of_a_day_to_come_never_comes_into_force(cast: Cast) -> None:
    room.set_cap(cast.office, 7, form())
    room.set_cap(cast.office, 3, form(), when=room.From(date(2026, 11, 24)))
    back(cast)
    assert db.session.get_one(Office, cast.office).cap == 7
    assert last(cast).after is None


def test_an_area_that_was_opened_is_closed(cast: Cast) -> None:
    area = house.add_area(cast.office, Words("Hiên", "Porch"), 5, form())["area"]
    back(cast)
    assert db.session.get_one(Area, area).retired


def test_levels_of_many_errands_go_back_to_what_each_was(cast: Cast) -> None:
    first, second = errands(cast, "1.1", "1.2")
    procedures.set_many(cast.office, [first], {"level": "partial"}, form())
    procedures.set_many(cast.office, [first, second], {"level": "full"}, form())
    back(cast)
    db.session.expire_all()
    one, other = (db.session.get_one(Procedure, own) for own in (first, second))
    assert (one.level, one.by_hand, other.level, other.by_hand) == ("partial", ["level"], "", [])


def test_what_was_set_by_hand_since_stays_set_by_hand(cast: Cast) -> None:
    (own,) = errands(cast, "1.1")
    procedures.set_many(cast.office, [own], {"level": "full"}, form())
    procedures.set_procedure(cast.office, own, {"fee": "Miễn phí"}, form())
    back(cast, 1)
    db.session.expire_all()
    one = db.session.get_one(Procedure, own)
    assert (one.level, one.fee, one.by_hand) == ("", "Miễn phí", ["fee"])


def test_caps_are_taken_back_one_after_the_other(cast: Cast) -> None:
    for people in (20, 12):
        room.set_cap(cast.office, people, form())
    back(cast, 2)
    back(cast, 1)
    assert db.session.get_one(Office, cast.office).cap is None


def test_a_suspension_that_is_lifted_says_what_it_was(cast: Cast) -> None:
    urgent = suspension.Urgent(cast.services["A"], Words("Khai tử", "Death"))
    terms = Terms(Days(date(2026, 11, 24), date(2026, 12, 7)), None, Words("Lũ", "Flood"), "1900", (urgent,))
    own = suspension.suspend(cast.office, terms, form())["suspension"]
    suspension.lift(cast.office, own, form())
    gone = last(cast)
    assert gone.after is None and gone.before and gone.before["exceptions"] == ["Khai tử"]


def test_what_has_no_way_back_says_so(capped: Cast) -> None:
    recount(capped.office, 1, "Khách không lấy số", form())
    with pytest.raises(CannotUndo):
        back(capped)


def test_nobody_takes_back_what_is_another_offices(cast: Cast) -> None:
    rule(cast)
    with pytest.raises(NotFound):
        undo(an_office("xa").office, 1, form())


def test_hours_and_days_come_back_as_what_they_were(cast: Cast) -> None:
    office = db.session.get_one(Office, cast.office)
    office.opens = time(7, 30)
    db.session.commit()
    change(lambda: setattr(office, "opens", time(8, 0)))
    back(cast)
    assert db.session.get_one(Office, cast.office).opens == time(7, 30)


def change(what: Callable[[], None]) -> None:
    with audited.by("manager", clock.now()):
        what()
        db.session.commit()


def test_a_contact_keeps_all_its_lines(cast: Cast) -> None:
    row = {name: f"{name}!" for name in ("name_vi", "name_en", "hours_vi", "hours_en", "phone", "email", "field")}
    texts.write_contact(cast.office, row, form())
    back(cast)
    back(cast)
    own = db.session.scalars(select(Contact)).one()
    assert {name: getattr(own, name) for name in row} == row
