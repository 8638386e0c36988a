"""Offices made from files and copied, read all at once, and who may set all of them (issue 5, R18)."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from sqlalchemy import event, select

from counter import clock
from counter.actions import house, people, settings, suspension, texts
from counter.actions.call import call_next
from counter.actions.offices import fill_office, make_office
from counter.actions.perform import Asked
from counter.actions.room import set_cap
from counter.actions.suspension import Terms
from counter.actions.undo import undo
from counter.database import db
from counter.models import glance, notice
from counter.models import office as offices
from counter.models import service as services
from counter.models.audit import Audit
from counter.models.glance import Glance
from counter.models.office import Office
from counter.models.office_file import plain_of
from counter.models.procedure import Procedure
from counter.models.service import Service
from counter.models.snapshot import Snapshot
from counter.models.staff import ADMINISTRATOR, COORDINATOR, MANAGER, ROLES
from counter.models.words import Words
from counter.officefile import fields
from counter.officefile.reading import Plain, read, written
from counter.officefile.samples import SAMPLES, sample
from counter.panels import kiosk
from queues.errors import CannotUndo, LastAdministrator, LastManager, NotEmpty, OnlyAdministrators, Taken
from queues.space import Space
from queues.window import Days
from tests.actions.test_issue import take
from tests.cast import MORNING, Cast, an_office, form, hire

NEW = Words("Một cửa xã mới", "New desk")


def everything() -> dict[int, Glance]:
    db.session.rollback()
    db.session.expire_all()
    return {one.id: one for one in glance.everything(glance.utc_day(clock.now())).offices}


def rich(cast: Cast) -> Plain:
    """The cast's office with something in every part of its file."""
    set_cap(cast.office, Space(seats=12, staff=2), form())
    house.add_area(cast.office, Words("Hiên", "Porch"), 5, form())
    holiday = {"day": date(2026, 12, 25), "name_vi": "Nghỉ", "name_en": "Off"}
    settings.write_holiday(cast.office, holiday, form())
    texts.write_notice(
        cast.office, notice.OFFER, Words("Giảm", "Off"), Days(None, date(2027, 1, 1)), form(), way="online"
    )
    contact = {name: "" for name in ("field", "phone", "email", "hours_vi", "hours_en")}
    texts.write_contact(cast.office, contact | {"name_vi": "Chị An", "name_en": "", "phone": "0200"}, form())
    point = {name: "" for name in ("address", "hours_vi", "hours_en", "map_url", "helps_vi", "helps_en")}
    texts.write_help_point(cast.office, point | {"name_vi": "Nhà văn hóa", "name_en": ""}, cast.office, form())
    own = Procedure(office_id=cast.office, code="1.1", name_vi="Khai sinh", papers=["Tờ khai"], online="full")
    own.service_id = cast.services["A"]
    db.session.add(own)
    db.session.commit()
    return plain_of(cast.office)


def made(plain: Plain, slug: str = "moi") -> int:
    return int(make_office(slug, NEW, form(), plain)["office"])


def test_what_is_taken_along_makes_an_office_that_is_set_alike(cast: Cast) -> None:
    plain = rich(cast)
    again = plain_of(made(read(written(plain))))
    assert again["office"].pop("name") == {"vi": NEW.vi, "en": NEW.en}
    plain["office"].pop("name")
    assert again == plain
    assert all(plain[part] for part in fields.LISTS)


@pytest.mark.parametrize("name", SAMPLES)
def test_a_sample_makes_an_office_that_works(app: object, now: None, name: str) -> None:
    office = made(sample(name))
    kinds = {own.id: own for own in services.all_of_office(office)}
    seen = Snapshot(office)
    assert kiosk.is_open(seen) and len(seen.offered) == len(kinds)
    assert plain_of(office) | {"office": {}} == sample(name) | {"office": {}}


def test_the_catalogue_comes_along_or_stays(cast: Cast) -> None:
    rich(cast)
    with_it, without = made(plain_of(cast.office)), made(plain_of(cast.office, catalogue=False), "khac")
    codes = [
        list(db.session.scalars(select(Procedure.code).where(Procedure.office_id == own))) for own in (with_it, without)
    ]
    assert codes == [["1.1"], []]


def test_no_people_no_tickets_and_no_secrets_come_along(cast: Cast) -> None:
    take(cast)
    said = written(rich(cast)).decode()
    assert not any(word in said for word in ("quanly", "scrypt", "token", "A001", "ticket"))


def test_an_empty_office_is_filled_and_keeps_its_name(cast: Cast) -> None:
    office = made({})
    fill_office(office, sample("commune"), form())
    assert offices.by_id(office).name == NEW and len(Snapshot(office).offered) == 9


def test_an_office_that_is_set_up_is_not_filled(cast: Cast) -> None:
    with pytest.raises(NotEmpty):
        fill_office(cast.office, sample("commune"), form())
    assert len(Snapshot(cast.office).offered) == 3


def test_the_same_form_twice_makes_one_office(cast: Cast) -> None:
    asked, plain = form(), rich(cast)
    first, second = (make_office("moi", NEW, asked, plain)["office"] for _ in range(2))
    assert first == second
    assert db.session.query(Procedure).filter_by(office_id=first).count() == 1


def test_a_short_name_is_given_once(cast: Cast) -> None:
    with pytest.raises(Taken):
        make_office("demo", NEW, form())
    assert db.session.query(Office).count() == 1


def test_what_a_file_sets_is_in_the_audit(cast: Cast) -> None:
    office = int(make_office("moi", NEW, Asked("administrator lan", "one", "10.0.0.7"), sample("commune"))["office"])
    entries = list(db.session.scalars(select(Audit).where(Audit.chain == office)))
    told = {entry.what for entry in entries}
    assert {
        "office",
        "service",
        "priority_class",
        "counter",
        "area",
        "cap_rule",
        "holiday",
        "notice",
        "contact",
    } <= told
    assert {(entry.who, entry.address) for entry in entries} == {("administrator lan", "10.0.0.7")}


def test_what_a_file_has_set_is_taken_back_part_by_part_but_never_the_office(cast: Cast) -> None:
    office = made(sample("commune"))
    newest_first = select(Audit).where(Audit.chain == office).order_by(Audit.number.desc())
    entries = {entry.what: entry.number for entry in db.session.scalars(newest_first)}  # The first of each is left.
    for what in ("notice", "holiday", "counter"):
        undo(office, entries[what], form())
    assert len(plain_of(office)["counters"]) == len(sample("commune")["counters"]) - 1
    with pytest.raises(CannotUndo):
        undo(office, entries["office"], form())


# --- all offices at once ---------------------------------------------------------------------------------------


def test_a_glance_says_what_a_snapshot_says(cast: Cast) -> None:
    other, third = an_office("xa", cap=2), an_office("huyen")
    for office, letter in ((cast, "A"), (other, "A"), (other, "B"), (other, "A")):
        take(office, letter)
    call_next(other.counters[1], form())
    settings.retire_counter(third.office, third.counters[3], form())
    seen = everything()
    for office in (cast, other, third):
        snapshot, own = Snapshot(office.office), seen[office.office]
        assert own.waiting == len(snapshot.in_line) and own.room == snapshot.room
        assert own.counters == len(snapshot.counters)
        assert own.calling == sum(counter.open for counter in snapshot.counters.values())
        assert dict(own.offered) == snapshot.offered and kiosk.is_open(own) == kiosk.is_open(snapshot)
    assert seen[third.office].since is None and seen[other.office].since == MORNING


def shut_by_a_holiday(cast: Cast) -> None:
    settings.write_holiday(cast.office, {"day": date(2026, 11, 23), "name_vi": "Lễ", "name_en": "Day"}, form())


def shut_by_the_weekday(cast: Cast) -> None:
    settings.set_office(cast.office, {"weekdays": "7"}, form())


def shut_by_a_suspension(cast: Cast) -> None:
    terms = Terms(Days(date(2026, 11, 23), date(2026, 12, 7)), None, Words("Lũ", "Flood"), "")
    suspension.suspend(cast.office, terms, form())


def shut_by_a_quota(cast: Cast) -> None:
    for own in (cast.services["A"], cast.services["B"]):
        db.session.get_one(Service, own).day_quota = 1
    db.session.commit()
    take(cast, "A"), take(cast, "B")


@pytest.mark.parametrize("shut", [shut_by_a_holiday, shut_by_the_weekday, shut_by_a_suspension, shut_by_a_quota])
def test_a_glance_knows_that_an_office_is_closed(cast: Cast, shut: Callable[[Cast], None]) -> None:
    assert kiosk.is_open(everything()[cast.office])
    shut(cast)
    own = everything()[cast.office]
    assert not kiosk.is_open(own)
    service = next(one for one in own.offered.values() if one.letter == "A")
    snapshot = Snapshot(cast.office)
    assert kiosk.why_not(own, service) == kiosk.card(snapshot, snapshot.offered[service.id]).closed


def test_all_offices_are_read_in_few_questions(cast: Cast) -> None:
    for n in range(5):
        an_office(f"xa-{n}")
    asked: list[str] = []

    def hear(_connection: object, _cursor: object, statement: str, *_more: object) -> None:
        asked.append(statement)

    event.listen(db.engine, "before_cursor_execute", hear)
    assert len(everything()) == 6
    event.remove(db.engine, "before_cursor_execute", hear)
    assert 0 < len([own for own in asked if own.lstrip().startswith("SELECT")]) <= 10


# --- who may set all of them -----------------------------------------------------------------------------------


def values(role: str, username: str = "lan") -> dict[str, object]:
    return {"name": "Lan", "role": role, "counter_id": None, "username": username}


@pytest.mark.parametrize("role", [COORDINATOR, ADMINISTRATOR])
def test_a_manager_makes_nobody_more_than_a_manager(cast: Cast, role: str) -> None:
    guide = hire(cast.office, "guide", "minh")
    with pytest.raises(OnlyAdministrators):
        people.add_person(cast.office, values(role), "code", MORNING + timedelta(days=1), form())
    with pytest.raises(OnlyAdministrators):
        people.change_person(cast.office, guide, values(role), form())


def test_a_manager_changes_nobody_who_is_more(cast: Cast) -> None:
    own, until = hire(cast.office, ADMINISTRATOR, "quantri"), MORNING + timedelta(days=1)
    for change in (
        lambda: people.change_person(cast.office, own, values(MANAGER), form()),
        lambda: people.give_code(cast.office, own, "code", until, form()),
        lambda: people.sign_out(cast.office, own, form()),
        lambda: people.retire_person(cast.office, own, form()),
    ):
        with pytest.raises(OnlyAdministrators):
            change()


def test_the_last_administrator_stays(cast: Cast) -> None:
    own, until = hire(cast.office, ADMINISTRATOR, "quantri"), MORNING + timedelta(days=1)
    people.add_person(cast.office, values(ADMINISTRATOR), "code", until, form(), ROLES)  # Has chosen no password yet.
    for change in (
        lambda: people.change_person(cast.office, own, values(MANAGER), form(), ROLES),
        lambda: people.give_code(cast.office, own, "code", until, form(), ROLES),
        lambda: people.retire_person(cast.office, own, form(), ROLES),
    ):
        with pytest.raises(LastAdministrator):
            change()
    hire(an_office("xa").office, ADMINISTRATOR, "quantri-2")
    people.retire_person(cast.office, own, form(), ROLES)


def test_where_there_is_an_administrator_an_office_needs_no_manager(cast: Cast) -> None:
    other = an_office("xa")
    managers = [hire(office.office, MANAGER, f"m-{office.slug}") for office in (cast, other)]
    for office in (cast, other):
        first = next(
            one for one in people.accounts.of_office(office.office) if one.role == MANAGER and one.id not in managers
        )
        people.retire_person(office.office, first.id, form())
    with pytest.raises(LastManager):
        people.retire_person(cast.office, managers[0], form())
    hire(other.office, ADMINISTRATOR, "quantri")
    people.retire_person(cast.office, managers[0], form())
