"""Five more minutes: others go first, the place is kept, a bounded number of times (R4; I7, I12, I16, I20, I26)."""

from datetime import timedelta

import pytest

from counter import clock
from counter.actions.call import begin, call_next, finish, miss
from counter.actions.clockwork import close_day, sweep
from counter.actions.door import enter, go_out
from counter.actions.minutes import defer, ready
from counter.actions.visit import leave
from counter.database import db
from counter.models.office import Office
from counter.models.snapshot import Snapshot
from counter.models.ticket import Ticket
from queues.errors import MoveRefused, NobodyWaits, NoMoreMinutes, NotAskedIn
from tests.actions.test_issue import take
from tests.actions.test_room import headcount, later, let_in
from tests.cast import MORNING, Cast, form, number, status


def called(cast: Cast, counter: int = 1) -> int:
    return int(call_next(cast.counters[counter], form())["ticket"])


def read(ticket: int) -> Ticket:
    db.session.rollback()
    db.session.expire_all()
    return db.session.get_one(Ticket, ticket)


def test_who_is_called_and_needs_more_minutes_frees_the_counter_and_the_next_goes_first(cast: Cast) -> None:
    first, second = take(cast), take(cast)
    called(cast)
    defer(first, form())
    assert (status(first), read(first).counter_id, read(first).deferrals) == ("waiting", None, 1)
    assert called(cast) == second


def test_nobody_is_called_while_all_need_more_minutes(cast: Cast) -> None:
    take(cast)
    defer(called(cast), form())
    with pytest.raises(NobodyWaits):
        called(cast)


def test_when_the_minutes_are_over_the_place_is_the_old_one(cast: Cast) -> None:
    first, second, third = take(cast), take(cast), take(cast)
    defer(called(cast), form())
    assert called(cast) == second
    begin(second, form())
    finish(second, form())
    with later(minutes=4, seconds=59):
        sweep()
        assert read(first).defer_until is not None
    with later(minutes=5):
        sweep()
        assert read(first).defer_until is None
        assert [called(cast, counter) for counter in (1, 2)] == [first, third]


def test_who_says_ready_is_next_at_once(cast: Cast) -> None:
    first, _second = take(cast), take(cast)
    defer(called(cast), form())
    ready(first, form())
    assert called(cast) == first


def test_who_is_ready_already_changes_nothing_by_saying_so(cast: Cast) -> None:
    ticket = take(cast)
    before = read(ticket).seq
    ready(ticket, form())
    assert read(ticket).seq == before
    leave(ticket, form())
    with pytest.raises(MoveRefused):
        ready(ticket, form())


def test_more_minutes_are_given_so_many_times_and_no_more(cast: Cast) -> None:
    ticket = take(cast)
    for _ in range(2):
        defer(called(cast), form())
        ready(ticket, form())
    called(cast)
    with pytest.raises(NoMoreMinutes):
        defer(ticket, form())
    assert (status(ticket), read(ticket).deferrals) == ("called", 2)


def test_an_office_may_give_no_more_minutes_at_all(cast: Cast) -> None:
    db.session.get_one(Office, cast.office).defer_bound = 0
    db.session.commit()
    take(cast)
    with pytest.raises(NoMoreMinutes):
        defer(called(cast), form())


def test_the_same_form_twice_counts_once(cast: Cast) -> None:
    ticket, asked = take(cast), form()
    called(cast)
    assert defer(ticket, asked) == defer(ticket, asked)
    assert read(ticket).deferrals == 1


def test_who_waits_or_is_served_needs_no_more_minutes(cast: Cast) -> None:
    ticket = take(cast)
    with pytest.raises(MoveRefused):
        defer(ticket, form())
    called(cast)
    begin(ticket, form())
    with pytest.raises(MoveRefused):
        defer(ticket, form())


def test_a_place_that_was_held_is_free_for_the_next(capped: Cast) -> None:
    tickets = [take(capped) for _ in range(3)]
    assert status(tickets[0]) == "admitted"
    defer(tickets[0], form())
    assert [status(ticket) for ticket in tickets] == ["waiting", "admitted", "admitted"]
    assert headcount(capped) == (0, 2)
    leave(tickets[1], form())
    with pytest.raises(NotAskedIn):
        let_in(capped, tickets[0])


def test_who_is_inside_stays_inside_and_keeps_the_place_in_the_room(capped: Cast) -> None:
    tickets = [take(capped) for _ in range(3)]
    let_in(capped, tickets[0])
    assert called(capped) == tickets[0]
    defer(tickets[0], form())
    assert (status(tickets[0]), status(tickets[2])) == ("inside", "waiting")
    assert headcount(capped) == (1, 1)


def test_who_was_called_from_outside_gives_the_room_back_and_is_asked_in_again_first(capped: Cast) -> None:
    db.session.get_one(Office, capped.office).cap = 1
    db.session.commit()
    first, second, third = take(capped), take(capped), take(capped)
    assert called(capped) == first
    defer(first, form())
    assert (status(first), status(second)) == ("waiting", "admitted")
    with later(minutes=5):
        sweep()  # The held place of the second lapses after three minutes: the third is before them now.
        assert status(first) == "admitted"
        assert status(third) == "waiting"


def test_who_went_out_after_the_call_and_needs_minutes_waits_outside(capped: Cast) -> None:
    ticket = take(capped)
    let_in(capped, ticket)
    called(capped)
    go_out(capped.office, number(ticket), form())
    defer(ticket, form())
    assert (status(ticket), headcount(capped)) == ("waiting", (0, 0))


def test_nobody_who_lets_others_go_first_is_counted_ahead(cast: Cast) -> None:
    tickets = [take(cast) for _ in range(3)]
    assert Snapshot(cast.office).ahead[tickets[2]] == 2
    defer(called(cast), form())
    ahead = Snapshot(cast.office).ahead
    assert [ahead[ticket] for ticket in tickets] == [0, 0, 1]


def test_a_missed_call_after_the_minutes_is_a_missed_call(cast: Cast) -> None:
    ticket = take(cast)
    defer(called(cast), form())
    ready(ticket, form())
    called(cast)
    miss(ticket, form())
    assert status(ticket) == "no_show"


def test_at_the_end_of_the_day_nobody_lets_others_go_first_any_more(cast: Cast) -> None:
    ticket = take(cast)
    defer(called(cast), form())
    close_day(cast.office, form())
    assert (status(ticket), read(ticket).defer_until) == ("expired", None)


# Somebody puts the clock.


@pytest.mark.parametrize("jump", [timedelta(hours=1), -timedelta(hours=1), timedelta(days=1), -timedelta(days=1)])
def test_a_clock_that_is_put_gives_the_minutes_once_more_and_costs_nobody_the_place(
    cast: Cast, jump: timedelta
) -> None:
    first, second = take(cast), take(cast)
    defer(called(cast), form())
    clock.move(jump)
    sweep()
    assert read(first).defer_until == clock.now() + timedelta(minutes=5)
    with later(minutes=5, seconds=1):
        sweep()
        assert read(first).defer_until is None
        assert [called(cast, counter) for counter in (1, 2)] == [first, second]


def test_a_machine_that_comes_up_with_a_clock_behind_lets_nobody_wait_for_a_day(cast: Cast) -> None:
    first = take(cast)
    defer(called(cast), form())
    with clock.at(MORNING - timedelta(days=1)):
        take(cast)
        assert read(first).defer_until == clock.now() + timedelta(minutes=5)


def test_who_has_come_in_by_scan_meanwhile_still_lets_others_go_first(cast: Cast) -> None:
    first, second = take(cast), take(cast)
    defer(called(cast), form())
    enter(cast.office, number(first), form())
    assert called(cast) == second
