"""Extra waiting areas, caps and where they come from, who is let in before their turn (R1, R3, R13; I13, I16, I17)."""

from datetime import timedelta
from decimal import Decimal

import pytest
from sqlalchemy import select

from counter import clock
from counter.actions.call import begin, call_next, finish, miss, pause
from counter.actions.clockwork import close_day, tick
from counter.actions.door import enter, enter_area, go_out, let_in
from counter.actions.house import add_area, retire_area, set_people_at
from counter.actions.perform import Asked
from counter.actions.room import From, set_cap
from counter.actions.visit import come_back, leave
from counter.database import db
from counter.models.area import Area
from counter.models.cap import CapRule
from counter.models.counter import Counter
from counter.models.history import History
from counter.models.office import Office
from counter.models.presence import in_area, room_of
from counter.models.ticket import Ticket
from counter.models.words import Words
from queues.errors import CounterBusy, MoveRefused, NotAskedIn, NotFound, ReasonNeeded, RoomFull, TooMany
from queues.space import Space
from tests.actions.test_issue import take
from tests.actions.test_room import headcount
from tests.cast import MORNING, Cast, an_office, form, number, status


def an_area(cast: Cast, cap: int = 2) -> int:
    return int(add_area(cast.office, Words("Khu vực B", "Area B"), cap, form())["area"])


def in_the_area(cast: Cast, area: int) -> int:
    db.session.rollback()
    return room_of(cast.office, None, area).inside


def wait_there(cast: Cast, area: int, ticket: int) -> None:
    enter_area(cast.office, area, number(ticket), form())


def cap_of(cast: Cast) -> int | None:
    db.session.rollback()
    db.session.expire_all()
    return db.session.get_one(Office, cast.office).cap


def test_an_area_has_a_cap_of_its_own(capped: Cast) -> None:
    area = an_area(capped, cap=1)
    tickets = [take(capped) for _ in range(4)]
    wait_there(capped, area, tickets[2])
    with pytest.raises(RoomFull):
        wait_there(capped, area, tickets[3])
    assert (headcount(capped), in_the_area(capped, area)) == ((0, 2), 1)


def test_a_second_scan_at_the_area_changes_nothing(capped: Cast) -> None:
    area, ticket = an_area(capped), take(capped)
    wait_there(capped, area, ticket)
    assert enter_area(capped.office, area, number(ticket), form())["changed"] is False
    assert in_the_area(capped, area) == 1


def test_who_is_asked_in_stands_in_the_area_until_they_come(capped: Cast) -> None:
    area = an_area(capped)
    set_cap(capped.office, 1, form())
    first, second = take(capped), take(capped)
    wait_there(capped, area, second)
    enter(capped.office, number(first), form())
    go_out(capped.office, number(first), form())
    assert (status(second), in_the_area(capped, area), headcount(capped)) == ("admitted", 1, (0, 1))
    enter(capped.office, number(second), form())
    assert (in_the_area(capped, area), headcount(capped)) == (0, (1, 0))


def test_who_moves_to_another_area_is_counted_there(capped: Cast) -> None:
    one, other, ticket = an_area(capped), an_area(capped), take(capped)
    wait_there(capped, one, ticket)
    wait_there(capped, other, ticket)
    assert (in_the_area(capped, one), in_the_area(capped, other)) == (0, 1)


def test_who_goes_from_the_room_to_an_area_stands_in_the_area_alone(capped: Cast) -> None:
    area, ticket = an_area(capped), take(capped)
    enter(capped.office, number(ticket), form())
    wait_there(capped, area, ticket)
    assert (in_the_area(capped, area), headcount(capped)) == (1, (0, 0))
    enter(capped.office, number(ticket), form())
    assert (in_the_area(capped, area), headcount(capped)) == (0, (1, 0))


def test_who_goes_out_of_the_area_keeps_the_turn(capped: Cast) -> None:
    area, ticket = an_area(capped), take(capped)
    wait_there(capped, area, ticket)
    assert go_out(capped.office, number(ticket), form(), area)["changed"]
    assert (in_the_area(capped, area), status(ticket)) == (0, "admitted")


def test_who_gives_up_the_ticket_leaves_the_area_by_itself(capped: Cast) -> None:
    area, ticket = an_area(capped), take(capped)
    wait_there(capped, area, ticket)
    leave(ticket, form())
    with clock.at(MORNING + timedelta(minutes=10)):
        tick(capped.office)
    assert in_the_area(capped, area) == 0


def test_who_was_missed_and_is_back_may_stay_in_the_area(capped: Cast) -> None:
    area, ticket = an_area(capped), take(capped)
    wait_there(capped, area, ticket)
    call_next(capped.counters[1], form())
    miss(ticket, form())
    come_back(ticket, form())
    with clock.at(MORNING + timedelta(minutes=2)):
        tick(capped.office)
    there = in_area(ticket)
    assert there is not None
    assert there.exit_due is None


def test_an_area_that_is_closed_is_empty_and_takes_nobody(capped: Cast) -> None:
    area, ticket = an_area(capped), take(capped)
    wait_there(capped, area, ticket)
    retire_area(capped.office, area, form())
    assert in_the_area(capped, area) == 0
    with pytest.raises(NotFound):
        wait_there(capped, area, ticket)


def test_an_area_of_another_office_is_not_found(capped: Cast) -> None:
    other = an_office("other")
    with pytest.raises(NotFound):
        wait_there(capped, an_area(other), take(capped))


def test_closing_the_day_empties_the_areas_too(capped: Cast) -> None:
    area, ticket = an_area(capped), take(capped)
    wait_there(capped, area, ticket)
    close_day(capped.office, form())
    assert in_the_area(capped, area) == 0


def test_a_cap_that_was_worked_out_keeps_what_it_was_worked_out_from(cast: Cast) -> None:
    space = Space(usable=Decimal("48.5"), share=Decimal("0.7"), distance=Decimal(2), seats=12, staff=3)
    assert set_cap(cast.office, space, Asked("manager quanly", "cap-1"), when=From(why="quyết định 12"))["cap"] == 5
    kept = db.session.scalars(select(CapRule)).one()
    assert (kept.people, kept.who, kept.why, kept.from_day) == (5, "manager quanly", "quyết định 12", MORNING.date())
    assert kept.inputs == {"usable": "48.5", "share": "0.7", "distance": "2", "seats": 12, "preset": None, "staff": 3}
    assert cap_of(cast) == 5


def test_a_cap_from_a_later_day_comes_into_force_when_that_day_begins(capped: Cast) -> None:
    tomorrow = MORNING.date() + timedelta(days=1)
    assert set_cap(capped.office, 7, form(), when=From(tomorrow))["in_force"] is False
    assert cap_of(capped) == 2
    with clock.at(MORNING + timedelta(days=1)):
        close_day(capped.office, form())
    assert cap_of(capped) == 7


def test_of_two_caps_whose_day_has_come_the_later_day_holds(capped: Cast) -> None:
    day = MORNING.date()
    set_cap(capped.office, 9, form(), when=From(day + timedelta(days=2)))
    set_cap(capped.office, 4, form(), when=From(day + timedelta(days=1)))
    with clock.at(MORNING + timedelta(days=3)):
        close_day(capped.office, form())
    assert cap_of(capped) == 9


def test_an_area_takes_a_new_cap(capped: Cast) -> None:
    area = an_area(capped)
    set_cap(capped.office, 5, form(), area)
    db.session.expire_all()
    assert db.session.get_one(Area, area).cap == 5
    assert cap_of(capped) == 2


def test_a_cap_that_no_room_has_is_refused(capped: Cast) -> None:
    with pytest.raises(TooMany):
        set_cap(capped.office, 10_000, form())


def test_nobody_slips_in_before_their_turn(capped: Cast) -> None:
    take(capped, party=2)
    set_cap(capped.office, 3, form())
    take(capped, party=2)
    small = take(capped)
    with pytest.raises(NotAskedIn):
        enter(capped.office, number(small), form())


def test_the_guide_may_let_one_in_anyway_with_a_reason_that_is_kept(capped: Cast) -> None:
    take(capped, party=2)
    set_cap(capped.office, 3, form())
    take(capped, party=2)
    small = take(capped)
    with pytest.raises(ReasonNeeded):
        let_in(capped.office, number(small), "", form())
    let_in(capped.office, number(small), "người già yếu", Asked("guide huongdan", "let-1"))
    row = db.session.scalars(select(History).where(History.ticket_id == small, History.move == "enter")).one()
    assert (row.who, row.why, status(small)) == ("guide huongdan", "người già yếu", "inside")


def test_a_reason_does_not_make_room(capped: Cast) -> None:
    take(capped, party=2)
    late = take(capped)
    with pytest.raises(RoomFull):
        let_in(capped.office, number(late), "rất gấp", form())


def test_a_ticket_that_has_ended_is_not_let_in_for_any_reason(capped: Cast) -> None:
    ticket = take(capped)
    leave(ticket, form())
    with pytest.raises(MoveRefused):
        let_in(capped.office, number(ticket), "rất gấp", form())


def test_a_counter_is_open_from_its_first_call_until_it_pauses(cast: Cast) -> None:
    counter, ticket = cast.counters[1], take(cast)
    assert db.session.get_one(Counter, counter).open is False
    call_next(counter, form())
    db.session.expire_all()
    assert db.session.get_one(Counter, counter).open is True
    with pytest.raises(CounterBusy):
        pause(counter, form())
    begin(ticket, form())
    finish(ticket, form())
    pause(counter, form())
    db.session.expire_all()
    assert db.session.get_one(Counter, counter).open is False


def test_how_many_may_stand_at_a_counter_is_set_within_reason(cast: Cast) -> None:
    assert db.session.get_one(Counter, cast.counters[1]).people == 2
    set_people_at(cast.counters[1], 1, form())
    db.session.expire_all()
    assert db.session.get_one(Counter, cast.counters[1]).people == 1
    with pytest.raises(TooMany):
        set_people_at(cast.counters[1], 0, form())


def busy_at(cast: Cast, counter: int, letter: str) -> int:
    """A visitor whom a counter serves, so that the counter is open and busy."""
    ticket = take(cast, letter)
    assert call_next(cast.counters[counter], form())["ticket"] == ticket
    begin(ticket, form())
    return ticket


def passed(ticket: int) -> int:
    db.session.rollback()
    db.session.expire_all()
    return db.session.get_one(Ticket, ticket).passed


def test_a_free_counter_gets_its_visitor_before_others_wait_for_a_busy_one(capped: Cast) -> None:
    land = busy_at(capped, 3, "B")
    finish(land, form())
    civil = busy_at(capped, 1, "A")
    first, second = take(capped, "A"), take(capped, "B")
    assert (status(first), status(second)) == ("waiting", "waiting"), "the room is full"
    go_out(capped.office, number(land), form())
    assert (status(first), status(second)) == ("waiting", "admitted"), "counter 3 stands idle, counter 1 is busy"
    assert (passed(first), passed(second), status(civil)) == (1, 0, "serving")
    why = db.session.scalars(select(History.why).where(History.ticket_id == second, History.move == "admit")).one()
    assert why == "feeds"


def test_who_has_been_passed_as_often_as_the_bound_allows_comes_next(capped: Cast) -> None:
    db.session.get_one(Office, capped.office).pass_bound = 0
    db.session.commit()
    land = busy_at(capped, 3, "B")
    finish(land, form())
    busy_at(capped, 1, "A")
    first, second = take(capped, "A"), take(capped, "B")
    go_out(capped.office, number(land), form())
    assert (status(first), status(second)) == ("admitted", "waiting")


def test_nobody_is_let_in_for_the_sake_of_a_counter_that_pauses(capped: Cast) -> None:
    land = busy_at(capped, 3, "B")
    finish(land, form())
    pause(capped.counters[3], form())
    busy_at(capped, 1, "A")
    first, second = take(capped, "A"), take(capped, "B")
    go_out(capped.office, number(land), form())
    assert (status(first), status(second)) == ("admitted", "waiting")


def test_whose_place_is_held_does_not_come_in_over_a_lowered_cap_and_does_not_lose_the_place(capped: Cast) -> None:
    first, second = take(capped), take(capped)
    enter(capped.office, number(first), form())
    set_cap(capped.office, 1, form())
    with pytest.raises(RoomFull):
        enter(capped.office, number(second), form())
    with clock.at(MORNING + timedelta(minutes=5)):
        tick(capped.office)
        assert status(second) == "admitted", "the room kept them out, so the time does not run"
        go_out(capped.office, number(first), form())
        enter(capped.office, number(second), form())
    assert headcount(capped) == (1, 0)
