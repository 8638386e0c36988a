"""What a manager sets about the office: hours and holidays, services, classes, counters, numbers (issue 5)."""

from datetime import date, time, timedelta

import pytest
from sqlalchemy import select

from counter import clock
from counter.actions import settings
from counter.actions.call import begin, call_next, finish, miss
from counter.actions.clockwork import sweep
from counter.actions.undo import undo
from counter.actions.visit import come_back
from counter.database import db
from counter.models.audit import Audit
from counter.models.counter import Counter
from counter.models.office import Office
from counter.models.service import PriorityClass, Service
from counter.models.snapshot import Snapshot
from counter.models.staff import Staff
from counter.panels.kiosk import services as offered
from queues.errors import ChangedSince, NotFound, ServiceClosed, StillOpen, Taken
from tests.actions.test_issue import take
from tests.cast import MORNING, Cast, an_office, form, number

TODAY, TOMORROW = MORNING.date(), MORNING.date() + timedelta(days=1)


def office(cast: Cast) -> Office:
    return db.session.get_one(Office, cast.office)


def service(cast: Cast, letter: str) -> Service:
    return db.session.get_one(Service, cast.services[letter])


def of_office(cast: Cast, **values: object) -> None:
    settings.set_office(cast.office, values, form())


def of_service(cast: Cast, which: str, /, **values: object) -> None:
    settings.write_service(cast.office, values, form(), cast.services[which])


def closed(cast: Cast, letter: str = "A") -> str:
    cards = {card.letter: card for card in offered(Snapshot(cast.office), cast.slug).services}
    words = cards[letter].closed
    return words.vi if words else ""


def letters(cast: Cast) -> set[str]:
    return {card.letter for card in offered(Snapshot(cast.office), cast.slug).services}


def back(cast: Cast) -> None:
    last = db.session.scalars(select(Audit).where(Audit.chain == cast.office).order_by(Audit.number.desc())).first()
    assert last
    undo(cast.office, last.number, form())


# --- days and hours -----------------------------------------------------------------------------------------


def test_outside_its_hours_the_office_gives_no_tickets(cast: Cast) -> None:
    of_office(cast, opens=time(9, 0), closes=time(17, 0))
    assert closed(cast) == "Tiếp nhận từ 09:00 đến 17:00."
    with pytest.raises(ServiceClosed):
        take(cast)


def test_on_a_holiday_no_tickets_are_given_and_its_name_is_told(cast: Cast) -> None:
    settings.write_holiday(cast.office, {"day": TODAY, "name_vi": "Giỗ Tổ", "name_en": "Hùng Kings"}, form())
    assert "Giỗ Tổ" in closed(cast)
    with pytest.raises(ServiceClosed):
        take(cast)
    with clock.at(MORNING + timedelta(days=1)):
        assert closed(cast) == ""


def test_a_holiday_taken_back_is_a_day_like_any_other(cast: Cast) -> None:
    answer = settings.write_holiday(cast.office, {"day": TODAY, "name_vi": "Nghỉ", "name_en": "Off"}, form())
    settings.drop_holiday(cast.office, answer["holiday"], form())
    assert closed(cast) == ""
    take(cast)


def test_a_day_is_a_holiday_once(cast: Cast) -> None:
    values = {"day": TODAY, "name_vi": "Nghỉ", "name_en": "Off"}
    settings.write_holiday(cast.office, values, form())
    with pytest.raises(Taken):
        settings.write_holiday(cast.office, values, form())


@pytest.mark.parametrize(("weekdays", "open_on_monday"), [("12345", True), ("67", False), ("1", True)])
def test_only_on_its_days_of_the_week(cast: Cast, weekdays: str, open_on_monday: bool) -> None:
    of_office(cast, weekdays=weekdays)
    assert (closed(cast) == "") is open_on_monday


# --- numbers ------------------------------------------------------------------------------------------------


def test_numbers_begin_where_the_office_says(cast: Cast) -> None:
    of_service(cast, "A", first_number=101)
    assert [number(take(cast)), number(take(cast)), number(take(cast, "B"))] == ["A101", "A102", "B001"]


def test_as_many_tickets_as_the_day_has_and_no_more(cast: Cast) -> None:
    of_service(cast, "A", day_quota=2)
    take(cast), take(cast)
    assert closed(cast) == "Hôm nay đã phát hết số."
    with pytest.raises(ServiceClosed):
        take(cast)
    take(cast, "B")


def serve_next(cast: Cast, counter: int = 1) -> None:
    ticket = call_next(cast.counters[counter], form())["ticket"]
    begin(ticket, form())
    finish(ticket, form())


@pytest.mark.parametrize(("daily", "number_tomorrow"), [(True, "A001"), (False, "A003")])
def test_numbers_begin_anew_each_day_or_go_on(cast: Cast, daily: bool, number_tomorrow: str) -> None:
    of_office(cast, restart_daily=daily)
    for _ in range(2):
        take(cast)
        serve_next(cast)
    with clock.at(MORNING + timedelta(days=1)):
        sweep()
        db.session.expire_all()
        assert office(cast).day == TOMORROW
        assert number(take(cast)) == number_tomorrow


# --- services, classes, counters ----------------------------------------------------------------------------


NEW = {"letter": "D", "name_vi": "Lao động", "name_en": "Labour"}


def test_a_new_service_stands_last_and_waits_for_a_counter(cast: Cast) -> None:
    own = settings.write_service(cast.office, NEW, form())["service"]
    assert letters(cast) == {"A", "B", "C", "D"} and closed(cast, "D")
    settings.write_counter(cast.office, 1, (cast.services["A"], own), form(), cast.counters[1])
    assert closed(cast, "D") == ""


def test_two_services_in_use_never_share_a_letter(cast: Cast) -> None:
    with pytest.raises(Taken):
        settings.write_service(cast.office, NEW | {"letter": "A"}, form())
    with pytest.raises(Taken):
        of_service(cast, "B", letter="A")
    of_service(cast, "A", letter="A", name_vi="Hộ tịch, chứng thực")


def test_who_waits_keeps_the_number_when_the_letter_changes(cast: Cast) -> None:
    ticket = take(cast)
    of_service(cast, "A", letter="X")
    assert number(ticket) == "A001" and number(take(cast)) == "X001"


def test_a_service_is_retired_once_nobody_waits_for_it(cast: Cast) -> None:
    take(cast)
    with pytest.raises(StillOpen):
        settings.retire_service(cast.office, cast.services["A"], form())
    serve_next(cast)
    settings.retire_service(cast.office, cast.services["A"], form())
    assert letters(cast) == {"B", "C"}
    with pytest.raises(NotFound):
        take(cast)


def test_what_was_done_in_a_retired_service_can_still_be_read(cast: Cast) -> None:
    ticket = take(cast)
    serve_next(cast)
    settings.retire_service(cast.office, cast.services["A"], form())
    assert Snapshot(cast.office).services[cast.services["A"]].name.vi == "Hộ tịch"
    assert number(ticket) == "A001"


def test_the_letter_of_a_retired_service_is_free_and_its_numbers_go_on(cast: Cast) -> None:
    take(cast)
    serve_next(cast)
    settings.retire_service(cast.office, cast.services["A"], form())
    own = settings.write_service(cast.office, NEW | {"letter": "A"}, form())["service"]
    settings.write_counter(cast.office, 1, (own,), form(), cast.counters[1])
    cast.services["A"] = own
    assert number(take(cast)) == "A002"


def test_a_class_no_longer_given_keeps_its_right_for_who_has_it(cast: Cast) -> None:
    elderly = take(cast, priority_class_id=cast.classes[0])
    settings.retire_class(cast.office, cast.classes[0], form())
    with pytest.raises(NotFound):
        take(cast, priority_class_id=cast.classes[0])
    seen = Snapshot(cast.office)
    assert seen.classes_offered == {} and seen.classes[cast.classes[0]].vi == "Người cao tuổi"
    assert seen.tickets[elderly].priority_class_id == cast.classes[0]


def test_a_new_counter_calls_for_its_services(cast: Cast) -> None:
    own = settings.write_counter(cast.office, 9, (cast.services["C"],), form())["counter"]
    ticket = take(cast, "C")
    assert call_next(own, form())["ticket"] == ticket


def test_two_counters_in_use_never_share_a_number(cast: Cast) -> None:
    with pytest.raises(Taken):
        settings.write_counter(cast.office, 1, (), form())


def test_a_counter_is_not_retired_while_somebody_is_at_it(cast: Cast) -> None:
    take(cast)
    call_next(cast.counters[1], form())
    with pytest.raises(StillOpen):
        settings.retire_counter(cast.office, cast.counters[1], form())


def test_the_clerks_of_a_retired_counter_sit_nowhere(cast: Cast) -> None:
    clerk = db.session.scalars(select(Staff).where(Staff.counter_id == cast.counters[1])).first()
    assert clerk
    settings.retire_counter(cast.office, cast.counters[1], form())
    assert db.session.get_one(Staff, clerk.id).counter_id is None
    with pytest.raises(NotFound):
        call_next(cast.counters[1], form())


@pytest.mark.parametrize("change", ["service", "class", "counter"])
def test_nothing_of_another_office_is_changed(cast: Cast, change: str) -> None:
    other = an_office("xa")
    verbs = {
        "service": lambda: settings.write_service(cast.office, NEW, form(), other.services["A"]),
        "class": lambda: settings.retire_class(cast.office, other.classes[0], form()),
        "counter": lambda: settings.write_counter(cast.office, 9, (), form(), other.counters[1]),
    }
    with pytest.raises(NotFound):
        verbs[change]()


def test_a_counter_takes_no_service_of_another_office(cast: Cast) -> None:
    with pytest.raises(NotFound):
        settings.write_counter(cast.office, 9, (an_office("xa").services["A"],), form())


# --- taken back ---------------------------------------------------------------------------------------------


def test_a_new_service_taken_back_is_retired(cast: Cast) -> None:
    settings.write_service(cast.office, NEW, form())
    back(cast)
    assert letters(cast) == {"A", "B", "C"}


def test_a_new_service_for_which_somebody_waits_stays(cast: Cast) -> None:
    own = settings.write_service(cast.office, NEW, form())["service"]
    settings.write_counter(cast.office, 9, (own,), form())
    cast.services["D"] = own
    take(cast, "D")
    with pytest.raises(StillOpen):
        undo(cast.office, 1, form())


def test_a_retired_service_is_offered_again(cast: Cast) -> None:
    settings.retire_service(cast.office, cast.services["B"], form())
    back(cast)
    assert letters(cast) == {"A", "B", "C"}


def test_a_retired_service_whose_letter_is_taken_stays_retired(cast: Cast) -> None:
    settings.retire_service(cast.office, cast.services["B"], form())
    settings.write_service(cast.office, NEW | {"letter": "B"}, form())
    with pytest.raises(ChangedSince):
        undo(cast.office, 1, form())


def test_the_services_of_a_counter_come_back(cast: Cast) -> None:
    settings.write_counter(cast.office, 1, (cast.services["B"],), form(), cast.counters[1])
    back(cast)
    assert [one.letter for one in db.session.get_one(Counter, cast.counters[1]).services] == ["A"]


def test_a_service_added_to_others_is_taken_off_again(cast: Cast) -> None:
    settings.write_counter(cast.office, 3, (cast.services["B"], cast.services["C"]), form(), cast.counters[3])
    settings.write_counter(cast.office, 3, tuple(cast.services.values()), form(), cast.counters[3])
    back(cast)
    assert [one.letter for one in db.session.get_one(Counter, cast.counters[3]).services] == ["B", "C"]


def test_services_come_back_under_their_new_letter_or_not_at_all(cast: Cast) -> None:
    settings.write_counter(cast.office, 1, (cast.services["B"],), form(), cast.counters[1])
    of_service(cast, "A", letter="X")
    undo(cast.office, 1, form())
    assert [one.letter for one in db.session.get_one(Counter, cast.counters[1]).services] == ["X"]
    settings.write_counter(cast.office, 1, (cast.services["B"],), form(), cast.counters[1])
    settings.retire_service(cast.office, cast.services["A"], form())
    with pytest.raises(ChangedSince):
        undo(cast.office, 4, form())


def test_who_missed_the_call_does_not_come_back_into_a_retired_service(cast: Cast) -> None:
    ticket = take(cast)
    call_next(cast.counters[1], form())
    miss(ticket, form())
    settings.retire_service(cast.office, cast.services["A"], form())
    with pytest.raises(ServiceClosed):
        come_back(ticket, form())


def test_the_number_of_a_retired_counter_is_still_told(cast: Cast) -> None:
    settings.retire_counter(cast.office, cast.counters[2], form())
    assert Snapshot(cast.office).number_of(cast.counters[2]) == 2


def test_hours_and_a_holiday_come_back(cast: Cast) -> None:
    of_office(cast, opens=time(9, 0))
    back(cast)
    assert office(cast).opens is None
    settings.write_holiday(cast.office, {"day": date(2027, 1, 1), "name_vi": "Tết", "name_en": "New Year"}, form())
    back(cast)
    assert Snapshot(cast.office).holidays == {}


def test_a_class_taken_back_is_given_no_longer(cast: Cast) -> None:
    settings.write_class(cast.office, {"name_vi": "Thương binh", "name_en": "War invalids"}, form())
    back(cast)
    assert [own.name_vi for own in office(cast).classes] == ["Người cao tuổi"]
    assert db.session.scalars(select(PriorityClass)).all()[-1].retired
