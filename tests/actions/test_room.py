"""The room in its simple form (R1, R2, R13; I15 to I20)."""

from datetime import timedelta

import pytest

from counter import clock
from counter.actions.call import begin, call_next, finish, miss
from counter.actions.clockwork import close_day, sweep, tick
from counter.actions.door import enter, go_out
from counter.actions.room import set_cap
from counter.actions.visit import leave
from counter.database import db
from counter.models.office import Office
from counter.models.presence import Presence, room_of
from counter.models.ticket import Ticket
from queues.errors import MoveRefused, NobodyWaits, NotFound, RoomFull
from tests.actions.test_issue import take
from tests.cast import MORNING, Cast, an_office, form, number, status


def headcount(cast: Cast) -> tuple[int, int]:
    """(inside, expected) in people."""
    db.session.rollback()
    room = room_of(cast.office, None)
    return room.inside, room.expected


def let_in(cast: Cast, ticket: int) -> None:
    enter(cast.office, number(ticket), form())


def later(**by: float) -> object:
    return clock.at(MORNING + timedelta(**by))


def test_the_next_in_line_is_asked_in_while_there_is_room(capped: Cast) -> None:
    tickets = [take(capped) for _ in range(3)]
    assert [status(ticket) for ticket in tickets] == ["admitted", "admitted", "waiting"]
    assert headcount(capped) == (0, 2)


def test_companions_count(capped: Cast) -> None:
    pair, single = take(capped, party=2), take(capped)
    assert (status(pair), status(single)) == ("admitted", "waiting")


def test_a_place_that_becomes_free_goes_to_the_next(capped: Cast) -> None:
    first, second, third = (take(capped) for _ in range(3))
    let_in(capped, first)
    go_out(capped.office, number(first), form())
    assert [status(second), status(third)] == ["admitted", "admitted"]


def test_a_second_scan_changes_nothing(capped: Cast) -> None:
    ticket = take(capped)
    answers = [enter(capped.office, number(ticket), form()) for _ in range(2)]
    assert [answer["changed"] for answer in answers] == [True, False]
    assert headcount(capped) == (1, 0)
    go_out(capped.office, number(ticket), form())
    assert go_out(capped.office, number(ticket), form())["changed"] is False


def test_the_guide_cannot_let_in_more_than_the_cap(capped: Cast) -> None:
    tickets = [take(capped) for _ in range(3)]
    with pytest.raises(RoomFull):
        let_in(capped, tickets[2])
    assert headcount(capped) == (0, 2)


def test_coming_back_checks_the_cap_again(capped: Cast) -> None:
    first, *_others = [take(capped) for _ in range(4)]
    let_in(capped, first)
    go_out(capped.office, number(first), form())
    with pytest.raises(RoomFull):
        let_in(capped, first)


def test_who_steps_out_keeps_the_place_in_line(capped: Cast) -> None:
    ticket = take(capped)
    let_in(capped, ticket)
    go_out(capped.office, number(ticket), form())
    assert call_next(capped.counters[1], form())["ticket"] == ticket
    assert headcount(capped) == (0, 1)


def test_who_does_not_come_in_time_goes_one_place_behind_and_then_expires(capped: Cast) -> None:
    set_cap(capped.office, 1, form())
    late, second = take(capped), take(capped)
    with later(seconds=179):
        tick(capped.office)
        assert status(late) == "admitted"
    with later(seconds=181):
        tick(capped.office)
        assert (status(late), status(second)) == ("waiting", "admitted")
        leave(second, form())
        assert status(late) == "admitted"
    with later(seconds=400):
        tick(capped.office)
        assert status(late) == "expired"
    assert headcount(capped) == (0, 0)


def test_the_sweep_finds_what_is_due_by_itself(capped: Cast) -> None:
    ticket = take(capped)
    with later(minutes=4):
        sweep()
        sweep()
    assert status(ticket) == "admitted", "alone in line, the place is held again"
    with later(minutes=8):
        sweep()
    assert status(ticket) == "expired"


def test_a_free_counter_calls_straight_from_outside(capped: Cast) -> None:
    ticket = take(capped)
    assert call_next(capped.counters[1], form())["ticket"] == ticket
    assert headcount(capped) == (0, 1)
    with later(minutes=30):
        tick(capped.office)
    assert status(ticket) == "called", "the clerk waits; the clock does not take the place away"
    begin(ticket, form())
    assert headcount(capped) == (1, 0)


def test_nobody_is_called_from_outside_into_a_full_room(capped: Cast) -> None:
    land = [take(capped, "B") for _ in range(2)]
    for ticket in land:
        let_in(capped, ticket)
    take(capped, "A")
    with pytest.raises(NobodyWaits):
        call_next(capped.counters[1], form())


def test_who_went_out_after_the_call_and_is_back_is_counted_again(capped: Cast) -> None:
    ticket = take(capped)
    let_in(capped, ticket)
    call_next(capped.counters[1], form())
    go_out(capped.office, number(ticket), form())
    begin(ticket, form())
    assert headcount(capped) == (1, 0)


def test_who_is_back_after_the_place_went_to_others_waits_for_room(capped: Cast) -> None:
    ticket = take(capped)
    let_in(capped, ticket)
    call_next(capped.counters[1], form())
    go_out(capped.office, number(ticket), form())
    for _ in range(2):
        take(capped)
    with pytest.raises(RoomFull):
        begin(ticket, form())


def test_who_is_finished_leaves_by_itself_after_the_set_time(capped: Cast) -> None:
    ticket = take(capped)
    call_next(capped.counters[1], form())
    begin(ticket, form())
    finish(ticket, form())
    assert headcount(capped) == (1, 0)
    with later(minutes=10):
        tick(capped.office)
    assert headcount(capped) == (0, 0)


def test_a_missed_visitor_leaves_no_ghost(capped: Cast) -> None:
    ticket = take(capped)
    call_next(capped.counters[1], form())
    miss(ticket, form())
    assert headcount(capped) == (0, 0)


def test_a_lowered_cap_throws_nobody_out_and_lets_nobody_in(capped: Cast) -> None:
    first, second, third = (take(capped) for _ in range(3))
    let_in(capped, first)
    let_in(capped, second)
    set_cap(capped.office, 1, form())
    assert headcount(capped) == (2, 0)
    go_out(capped.office, number(first), form())
    assert status(third) == "waiting"
    go_out(capped.office, number(second), form())
    assert status(third) == "admitted"


def test_a_raised_cap_lets_the_next_in_at_once(capped: Cast) -> None:
    tickets = [take(capped) for _ in range(3)]
    set_cap(capped.office, 3, form())
    assert status(tickets[2]) == "admitted"


def test_where_nobody_guards_the_door_people_come_in_by_themselves(capped: Cast) -> None:
    db.session.get_one(Office, capped.office).guarded = False
    db.session.commit()
    assert status(take(capped)) == "inside"
    assert headcount(capped) == (1, 0)


def test_an_office_without_a_cap_skips_the_door(cast: Cast) -> None:
    ticket = take(cast)
    assert status(ticket) == "waiting"
    assert call_next(cast.counters[1], form())["ticket"] == ticket


def test_a_scanned_address_opens_the_door_as_a_typed_number_does(capped: Cast) -> None:
    ticket = take(capped)
    token = db.session.get_one(Ticket, ticket).token
    assert enter(capped.office, f"https://mot-cua.example/t/{token}?lang=en", form())["changed"]


def test_a_ticket_of_another_office_does_not_open_this_door(capped: Cast) -> None:
    other = an_office("other", cap=5)
    token = db.session.get_one(Ticket, take(other)).token
    with pytest.raises(NotFound):
        enter(capped.office, token, form())


def test_a_ticket_that_has_ended_does_not_let_anybody_in(capped: Cast) -> None:
    ticket = take(capped)
    leave(ticket, form())
    with pytest.raises(MoveRefused):
        let_in(capped, ticket)


def test_closing_the_day_empties_the_room(capped: Cast) -> None:
    inside, expected = take(capped), take(capped)
    let_in(capped, inside)
    close_day(capped.office, form())
    assert headcount(capped) == (0, 0)
    assert [status(inside), status(expected)] == ["expired", "expired"]
    assert db.session.query(Presence).filter_by(end_why="day_close").count() == 2
