"""A suspension from tomorrow to the fourteenth day, with two exceptions; texts that begin and end (R6, R9, R12)."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select

from counter import clock
from counter.actions.call import begin, call_next, finish
from counter.actions.issue import issue
from counter.actions.suspension import Terms, Urgent, lift, suspend
from counter.actions.texts import (
    set_portal,
    take_away,
    tell_all,
    tell_all_no_longer,
    write_contact,
    write_help_point,
    write_notice,
)
from counter.database import db
from counter.models import procedure as procedures
from counter.models.contact import Contact
from counter.models.help_point import HelpPoint
from counter.models.history import History
from counter.models.notice import HOUSE_RULE, NOTICE, OFFER, Notice
from counter.models.office import Office
from counter.models.procedure import Procedure
from counter.models.snapshot import Snapshot
from counter.models.suspension import Suspension, SuspensionException
from counter.models.ticket import Ticket
from counter.models.words import Words
from counter.panels import texts
from counter.panels.kiosk import is_open, urgent_errands
from queues.errors import NotFound, ServiceClosed, Suspended
from queues.window import Days
from tests.actions.test_issue import take
from tests.cast import MORNING, Cast, an_office, form, status

TOMORROW = MORNING.date() + timedelta(days=1)
FOURTEENTH = TOMORROW + timedelta(days=13)
WHY = Words("Phòng, chống dịch theo Công văn 12", "Against the epidemic, by letter 12")
ZONES = ["Asia/Ho_Chi_Minh", "Pacific/Kiritimati", "America/Los_Angeles"]
"""Seven hours ahead of UTC, fourteen ahead, eight behind: there the date at the office is not the date in UTC."""


def a_procedure(cast: Cast, code: str = "2.000635", letter: str = "A") -> int:
    new = Procedure(office_id=cast.office, code=code, name_vi="Đăng ký khai tử", service_id=cast.services[letter])
    own = procedures.by_code(cast.office, code) or new
    db.session.add(own)
    db.session.commit()
    return own.id


def terms(cast: Cast, **other: object) -> Terms:
    """Two exceptions: one of the catalogue, one in words, both by service A."""
    civil = cast.services["A"]
    urgent = (
        Urgent(civil, Words("Đăng ký khai tử", "Register a death"), a_procedure(cast)),
        Urgent(civil, Words("Người bệnh cần giấy tờ để nhập viện", "A patient who needs papers for hospital")),
    )
    plain: dict[str, object] = {"days": Days(TOMORROW, FOURTEENTH), "services": None, "why": WHY, "call": "0218 3855"}
    return Terms(**{**plain, "urgent": urgent, **other})  # type: ignore[arg-type]


def exceptions() -> list[int]:
    db.session.rollback()
    return list(db.session.scalars(select(SuspensionException.id).order_by(SuspensionException.id)))


def noon(day: date, zone: str = "Asia/Ho_Chi_Minh") -> datetime:
    return datetime(day.year, day.month, day.day, 12, tzinfo=ZoneInfo(zone)).astimezone(UTC)


def midnight(day: date, zone: str) -> datetime:
    """When the day begins at the office."""
    return datetime(day.year, day.month, day.day, tzinfo=ZoneInfo(zone)).astimezone(UTC)


def seen(cast: Cast) -> Snapshot:
    db.session.rollback()
    db.session.expire_all()
    return Snapshot(cast.office)


@pytest.mark.parametrize("n", range(16))
def test_on_each_day_of_the_suspension_only_the_two_exceptions_are_taken(cast: Cast, n: int) -> None:
    suspend(cast.office, terms(cast), form())
    with clock.at(noon(MORNING.date() + timedelta(days=n))):
        if 1 <= n <= 14:
            with pytest.raises(Suspended) as refusal:
                take(cast, "B")
            assert (refusal.value.until, refusal.value.why, refusal.value.call) == (FOURTEENTH, WHY, "0218 3855")
            with pytest.raises(ServiceClosed):
                take(cast, "A")
        else:
            assert take(cast, "B")
        assert [status(take(cast, "A", exception_id=one)) for one in exceptions()] == ["waiting"] * 2


@pytest.mark.parametrize("zone", ZONES)
def test_a_suspension_begins_and_ends_at_the_offices_own_midnight(cast: Cast, zone: str) -> None:
    db.session.get_one(Office, cast.office).timezone = zone
    db.session.commit()
    suspend(cast.office, terms(cast), form())
    second = timedelta(seconds=1)
    for moment, is_taken in [
        (midnight(TOMORROW, zone) - second, True), (midnight(TOMORROW, zone), False),
        (midnight(FOURTEENTH + timedelta(days=1), zone) - second, False),
        (midnight(FOURTEENTH + timedelta(days=1), zone), True),
    ]:  # fmt: skip
        with clock.at(moment):
            assert (texts.stopped(seen(cast), cast.services["B"]) is None) is is_taken, moment
            if is_taken:
                take(cast, "B")
            else:
                with pytest.raises(Suspended):
                    take(cast, "B")


def test_it_begins_at_midnight_though_the_offices_day_has_not_turned(cast: Cast) -> None:
    suspend(cast.office, terms(cast), form())
    waiting = take(cast)
    with clock.at(midnight(TOMORROW, "Asia/Ho_Chi_Minh")):
        with pytest.raises(Suspended):
            take(cast)
        assert db.session.get_one(Office, cast.office).day == MORNING.date(), "somebody waits still"
        call_next(cast.counters[1], form())
        begin(waiting, form())
        finish(waiting, form())
    assert status(waiting) == "done", "who has a ticket already is served"


@pytest.mark.parametrize("zone", ZONES)
def test_texts_begin_and_end_on_their_days_at_the_office(cast: Cast, zone: str) -> None:
    db.session.get_one(Office, cast.office).timezone = zone
    db.session.commit()
    days = Days(TOMORROW, FOURTEENTH)
    write_notice(cast.office, NOTICE, Words("Nghỉ lễ", "Holiday"), days, form(), places=("kiosk",))
    write_notice(cast.office, OFFER, Words("Miễn cước", "Postage free"), days, form(), way="post_out")
    write_notice(cast.office, HOUSE_RULE, Words("Đeo khẩu trang", "Wear a mask"), days, form())
    second, after = timedelta(seconds=1), midnight(FOURTEENTH + timedelta(days=1), zone)
    for moment, count in [
        (midnight(TOMORROW, zone) - second, 0), (midnight(TOMORROW, zone), 1), (after - second, 1), (after, 0),
    ]:  # fmt: skip
        with clock.at(moment):
            own = seen(cast)
            told = (len(texts.notices(own, "kiosk")), len(texts.offers(own, "kiosk")), len(texts.rules(own)))
            assert told == (count, count, count), moment
            assert not texts.notices(own, "phone"), "of the kiosk alone"


def test_the_history_keeps_by_which_exception_a_ticket_was_given(cast: Cast) -> None:
    suspend(cast.office, terms(cast), form())
    with clock.at(noon(TOMORROW)):
        first, second = (take(cast, "A", exception_id=one) for one in exceptions())
    why = [db.session.scalars(select(History.why).where(History.ticket_id == one)).one() for one in (first, second)]
    assert why == ["exception: Đăng ký khai tử", "exception: Người bệnh cần giấy tờ để nhập viện"]
    assert db.session.get_one(Ticket, first).procedure_id is not None
    assert db.session.get_one(Ticket, second).procedure_id is None


def test_a_day_without_a_suspension_keeps_no_exception(cast: Cast) -> None:
    suspend(cast.office, terms(cast), form())
    ticket = take(cast, "A", exception_id=exceptions()[0])
    assert db.session.scalars(select(History.why).where(History.ticket_id == ticket)).one() is None


def test_an_exception_opens_no_other_service(cast: Cast) -> None:
    suspend(cast.office, terms(cast), form())
    with clock.at(noon(TOMORROW)), pytest.raises(Suspended):
        take(cast, "B", exception_id=exceptions()[0])


def test_an_exception_of_another_office_opens_nothing_here(cast: Cast) -> None:
    other = an_office("other")
    suspend(cast.office, terms(cast, urgent=()), form())
    suspend(other.office, terms(other), form())
    with clock.at(noon(TOMORROW)), pytest.raises(Suspended):
        take(cast, "A", exception_id=exceptions()[0])


def test_a_suspension_of_one_service_leaves_the_others_open(cast: Cast) -> None:
    suspend(cast.office, terms(cast, services=(cast.services["B"],)), form())
    with clock.at(noon(TOMORROW)):
        assert take(cast, "A")
        with pytest.raises(Suspended):
            take(cast, "B")


def test_the_kiosk_is_open_for_exceptions_alone(cast: Cast) -> None:
    suspend(cast.office, terms(cast), form())
    with clock.at(noon(TOMORROW)):
        assert [own.letter for own in urgent_errands(seen(cast))] == ["A", "A"]
        assert is_open(seen(cast))
    lift(cast.office, db.session.scalars(select(Suspension.id)).one(), form())
    suspend(cast.office, terms(cast, urgent=()), form())
    with clock.at(noon(TOMORROW)):
        assert not is_open(seen(cast))


def test_it_is_announced_from_two_weeks_before(cast: Cast) -> None:
    suspend(cast.office, terms(cast), form())
    for days, is_told in [(-14, False), (-13, True), (0, True), (14, True), (15, False)]:
        with clock.at(noon(MORNING.date() + timedelta(days=days))):
            assert bool(texts.stops(seen(cast))) is is_told, days


def test_a_changed_suspension_keeps_the_exceptions_that_stay(cast: Cast) -> None:
    whole = terms(cast)
    own = int(suspend(cast.office, whole, form())["suspension"])
    before = exceptions()
    suspend(cast.office, Terms(Days(TOMORROW, TOMORROW), None, WHY, "", whole.urgent[1:]), form(), own)
    assert exceptions() == before[1:], "a kiosk may be showing it at this moment"
    with clock.at(noon(TOMORROW + timedelta(days=1))):
        assert take(cast, "B")


def test_a_suspension_that_is_taken_back_stops_nothing(cast: Cast) -> None:
    own = int(suspend(cast.office, terms(cast), form())["suspension"])
    lift(cast.office, own, form())
    assert lift(cast.office, own, form())["suspension"] == own, "gone already"
    with clock.at(noon(TOMORROW)):
        assert take(cast, "B")
    assert exceptions() == []


def test_what_belongs_to_another_office_is_not_found(cast: Cast) -> None:
    other = an_office("other")
    own = int(suspend(cast.office, terms(cast), form())["suspension"])
    text = int(write_notice(cast.office, NOTICE, Words("Nghỉ", ""), Days(), form())["notice"])
    with pytest.raises(NotFound):
        suspend(other.office, terms(other, urgent=()), form(), own)
    with pytest.raises(NotFound):
        suspend(other.office, terms(other, services=(cast.services["A"],), urgent=()), form())
    with pytest.raises(NotFound):
        write_notice(other.office, NOTICE, Words("Khác", ""), Days(), form(), notice_id=text)
    take_away(other.office, "notice", text, form())
    lift(other.office, own, form())
    assert (db.session.query(Notice).count(), db.session.query(Suspension).count()) == (1, 1)


def test_a_text_of_the_province_is_shown_at_every_office_and_no_office_changes_it(cast: Cast) -> None:
    other = an_office("other")
    before = seen(cast).seq
    own = tell_all(NOTICE, Words("Toàn tỉnh", "All of the province"), Days(), (), form())
    assert [texts.notices(seen(office), "kiosk") for office in (cast, other)] == [
        (Words("Toàn tỉnh", "All of the province"),)
    ] * 2
    assert seen(cast).seq > before, "so that screens draw it"
    take_away(cast.office, "notice", own, form())
    assert texts.notices(seen(cast), "kiosk")
    tell_all_no_longer(own, form())
    assert not texts.notices(seen(cast), "kiosk")
    mine = int(write_notice(cast.office, NOTICE, Words("Nghỉ", ""), Days(), form())["notice"])
    with pytest.raises(NotFound):
        tell_all_no_longer(mine, form())


CONTACT = {
    "name_vi": "Bà Hà", "name_en": "", "phone": "0218 1", "email": "", "field": "Hộ tịch", "hours_vi": "",
    "hours_en": "",
}  # fmt: skip


def test_who_is_asked_about_a_field_comes_before_who_is_asked_about_everything(cast: Cast) -> None:
    write_contact(cast.office, CONTACT | {"name_vi": "Tổng đài", "field": ""}, form())
    own = int(write_contact(cast.office, CONTACT, form())["contact"])
    write_contact(cast.office, CONTACT | {"name_vi": "Ông Nam", "field": "Đất đai"}, form())
    assert [one.name.vi for one in texts.whom_to_ask(seen(cast), "phone", "hộ tịch")] == ["Bà Hà", "Tổng đài"]
    assert db.session.get_one(Contact, own).name_en == "Bà Hà"
    write_contact(cast.office, CONTACT | {"phone": "0218 2"}, form(), own)
    assert [one.phone for one in texts.whom_to_ask(seen(cast), "phone", "Hộ tịch")] == ["0218 2", "0218 1"]


def test_a_help_point_may_be_an_office_of_this_installation(cast: Cast) -> None:
    other = an_office("other")
    row = dict.fromkeys(
        ("name_vi", "name_en", "address", "hours_vi", "hours_en", "map_url", "helps_vi", "helps_en"), "x"
    )
    own = int(write_help_point(cast.office, row, other.office, form())["point"])
    assert db.session.get_one(HelpPoint, own).at_office_id == other.office
    with pytest.raises(NotFound):
        write_help_point(cast.office, row, 999, form())


def test_the_portal_is_a_setting(cast: Cast) -> None:
    set_portal(cast.office, Words("Cổng tỉnh", ""), "https://dvc.example.vn", form())
    own = seen(cast)
    assert (own.portal, own.portal_url) == (Words("Cổng tỉnh", "Cổng tỉnh"), "https://dvc.example.vn")


def test_the_same_form_suspends_once(cast: Cast) -> None:
    asked, same = form(), terms(cast)
    assert suspend(cast.office, same, asked) == suspend(cast.office, same, asked)
    assert db.session.query(Suspension).count() == 1


def test_an_urgent_ticket_still_needs_an_open_counter(cast: Cast) -> None:
    closed = Urgent(cast.services["C"], Words("Sập nhà", "A collapsed house"))
    suspend(cast.office, terms(cast, urgent=(closed,)), form())
    with clock.at(noon(TOMORROW)):
        assert urgent_errands(seen(cast)) == ()
        with pytest.raises(ServiceClosed):
            issue(cast.office, cast.services["C"], form(), exception_id=exceptions()[0])
