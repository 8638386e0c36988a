"""Who is really there: people without a ticket, counts by eye, counters at the door (R1, R2; I15, I16, I20, I21)."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from counter import clock
from counter.actions.call import begin, call_next, finish
from counter.actions.clockwork import close_day, sweep
from counter.actions.door import enter
from counter.actions.headcount import counted_by_sensor, recount, walk_in, walk_out
from counter.actions.perform import Asked
from counter.database import db
from counter.models.office import Office
from counter.models.recount import Recount
from counter.models.sensor import Sensor
from queues.errors import ReasonNeeded, RoomFull, TooMany
from tests.actions.test_issue import take
from tests.actions.test_room import headcount, let_in
from tests.cast import MORNING, Cast, form, number, status


def office(cast: Cast) -> Office:
    db.session.rollback()
    db.session.expire_all()
    return db.session.get_one(Office, cast.office)


def a_sensor(cast: Cast) -> int:
    sensor = Sensor(office_id=cast.office, name="cửa chính")
    sensor.new_token()
    db.session.add(sensor)
    db.session.commit()
    return sensor.id


def drift(cast: Cast, sensor_id: int) -> int:
    inside, _expected = headcount(cast)
    db.session.expire_all()
    return db.session.get_one(Sensor, sensor_id).inside - inside


def test_people_without_a_ticket_take_places_like_others(capped: Cast) -> None:
    walk_in(capped.office, 1, form())
    assert headcount(capped) == (1, 0)
    assert [status(ticket) for ticket in (take(capped), take(capped))] == ["admitted", "waiting"]


def test_nobody_without_a_ticket_comes_into_a_full_room(capped: Cast) -> None:
    take(capped, party=2)
    with pytest.raises(RoomFull):
        walk_in(capped.office, 1, form())


def test_when_people_without_a_ticket_go_out_the_next_is_asked_in(capped: Cast) -> None:
    walk_in(capped.office, 2, form())
    ticket = take(capped)
    assert walk_out(capped.office, 1, form()) == {"people": 1, "changed": True}
    assert (headcount(capped), status(ticket)) == ((1, 1), "admitted")


def test_no_more_go_out_than_are_there(capped: Cast) -> None:
    let_in(capped, take(capped))
    walk_in(capped.office, 1, form())
    assert walk_out(capped.office, 5, form())["people"] == 1
    assert walk_out(capped.office, 1, form())["changed"] is False
    assert headcount(capped) == (1, 0)


def test_the_same_press_sent_twice_counts_once(capped: Cast) -> None:
    press = form()
    assert walk_in(capped.office, 1, press) == walk_in(capped.office, 1, press)
    assert headcount(capped) == (1, 0)


def test_a_recount_writes_before_after_who_and_why(capped: Cast) -> None:
    let_in(capped, take(capped))
    recount(capped.office, 5, "đếm lại lúc 9 giờ", Asked("guide huongdan", "count-1"))
    kept = db.session.scalars(select(Recount)).one()
    assert (kept.before, kept.after, kept.who, kept.why) == (1, 5, "guide huongdan", "đếm lại lúc 9 giờ")
    assert headcount(capped) == (5, 0)


def test_a_recount_that_differs_needs_a_reason_and_one_that_agrees_does_not(capped: Cast) -> None:
    with pytest.raises(ReasonNeeded):
        recount(capped.office, 1, "", form())
    assert recount(capped.office, 0, "", form()) == {"before": 0, "after": 0}


def test_a_recount_over_the_cap_throws_nobody_out_and_lets_nobody_in(capped: Cast) -> None:
    recount(capped.office, 4, "đông hơn", form())
    ticket = take(capped)
    assert (headcount(capped), status(ticket)) == ((4, 0), "waiting")


def test_a_smaller_count_takes_off_first_who_is_finished_and_lets_the_next_in(capped: Cast) -> None:
    done, waits = take(capped), take(capped)
    for ticket in (done, waits):
        let_in(capped, ticket)
    call_next(capped.counters[1], form())
    begin(done, form())
    finish(done, form())
    coming = take(capped)
    recount(capped.office, 1, "một người đã ra", form())
    assert (headcount(capped), status(waits), status(coming)) == ((1, 1), "inside", "admitted")


def test_who_was_counted_out_keeps_the_place_in_line(capped: Cast) -> None:
    ticket = take(capped)
    let_in(capped, ticket)
    recount(capped.office, 0, "phòng trống", form())
    assert headcount(capped) == (0, 0)
    assert call_next(capped.counters[1], form())["ticket"] == ticket


@pytest.mark.parametrize("people", [-1, 10_000])
def test_a_number_that_no_room_holds_is_refused(capped: Cast, people: int) -> None:
    with pytest.raises(TooMany):
        recount(capped.office, people, "x", form())
    with pytest.raises(TooMany):
        walk_in(capped.office, people, form())


def test_every_hour_the_guide_is_asked_to_count_while_somebody_is_inside(capped: Cast) -> None:
    let_in(capped, take(capped))
    assert office(capped).count_asked is False
    with clock.at(MORNING + timedelta(minutes=61)):
        sweep()
        assert office(capped).count_asked is True
        recount(capped.office, 1, "", form())
        assert office(capped).count_asked is False
        sweep()
        assert office(capped).count_asked is False


def test_an_empty_room_is_not_counted(capped: Cast) -> None:
    with clock.at(MORNING + timedelta(hours=5)):
        sweep()
    assert office(capped).count_asked is False


def test_closing_the_day_sends_home_people_without_a_ticket_too(capped: Cast) -> None:
    walk_in(capped.office, 2, form())
    close_day(capped.office, form())
    assert headcount(capped) == (0, 0)


def test_drift_between_the_counter_at_the_door_and_the_list_is_known_and_not_acted_on(capped: Cast) -> None:
    sensor = a_sensor(capped)
    counted_by_sensor(sensor, 1, 3, 1)
    assert (headcount(capped), drift(capped, sensor)) == ((0, 0), 2)


def test_a_message_that_comes_twice_or_late_changes_nothing(capped: Cast) -> None:
    sensor = a_sensor(capped)
    told = [counted_by_sensor(sensor, *message)["changed"] for message in [(5, 4, 1), (5, 4, 1), (3, 2, 0), (6, 5, 1)]]
    assert told == [True, False, False, True]
    assert drift(capped, sensor) == 4


def test_a_lost_message_is_made_good_by_the_next_since_totals_are_told(capped: Cast) -> None:
    sensor = a_sensor(capped)
    for message in [(1, 1, 0), (4, 7, 2)]:
        counted_by_sensor(sensor, *message)
    assert drift(capped, sensor) == 5


def test_a_counter_that_has_begun_anew_goes_on_from_what_it_knew(capped: Cast) -> None:
    sensor = a_sensor(capped)
    for message in [(10, 8, 3), (11, 1, 0)]:
        counted_by_sensor(sensor, *message)
    assert drift(capped, sensor) == 6


def test_a_counter_that_has_gone_mad_does_no_harm(capped: Cast) -> None:
    sensor = a_sensor(capped)
    for sequence in range(1, 5):
        counted_by_sensor(sensor, sequence, 2**31 - 1 - sequence, 0)
    assert drift(capped, sensor) == 999_999


def test_after_a_recount_the_drift_begins_at_none(capped: Cast) -> None:
    sensor = a_sensor(capped)
    counted_by_sensor(sensor, 1, 9, 2)
    recount(capped.office, 2, "đếm bằng mắt", form())
    assert drift(capped, sensor) == 0
    counted_by_sensor(sensor, 2, 10, 2)
    assert drift(capped, sensor) == 1


def test_a_party_that_is_larger_than_its_ticket_takes_as_many_places(capped: Cast) -> None:
    ticket = take(capped)
    enter(capped.office, number(ticket), form(), people=2)
    assert headcount(capped) == (2, 0)
    other = take(capped)
    assert status(other) == "waiting"


def test_companions_who_come_later_are_added_only_if_there_is_room(capped: Cast) -> None:
    first, second = take(capped), take(capped)
    let_in(capped, first)
    with pytest.raises(RoomFull):
        enter(capped.office, number(first), form(), people=2)
    assert (headcount(capped), status(second)) == ((1, 1), "admitted")
