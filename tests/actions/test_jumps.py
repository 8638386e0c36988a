"""When somebody puts the clock: held places, those who are done, and the office's day (I26)."""

from datetime import timedelta

import pytest

from counter import clock
from counter.actions.call import begin, call_next, finish
from counter.actions.clockwork import sweep, tick
from counter.actions.room import set_cap
from counter.database import db
from counter.models import office as offices
from counter.models.presence import of_ticket
from queues.errors import CounterBusy
from tests.actions.test_issue import take
from tests.actions.test_room import headcount, later
from tests.cast import MORNING, Cast, form, status

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.mark.parametrize("jump", [HOUR, -HOUR, DAY, -DAY])
def test_nobody_loses_a_held_place_and_none_is_held_longer(capped: Cast, jump: timedelta) -> None:
    set_cap(capped.office, 1, form())
    ticket, second = take(capped), take(capped)
    with later(seconds=100):
        clock.move(jump)
        sweep()
        assert status(ticket) == "admitted"
    with later(seconds=100 + 179):
        sweep()
        assert status(ticket) == "admitted", "held in full once more"
    with later(seconds=100 + 181):
        sweep()
        assert (status(ticket), status(second)) == ("waiting", "admitted")


def test_whoever_acts_before_the_sweep_does_not_take_a_place_away(capped: Cast) -> None:
    ticket = take(capped)
    clock.move(HOUR)
    take(capped)
    assert status(ticket) == "admitted"


def test_who_is_done_has_the_time_to_go_once_more(capped: Cast) -> None:
    ticket = take(capped)
    call_next(capped.counters[1], form())
    begin(ticket, form())
    finish(ticket, form())
    clock.move(-DAY)
    sweep()
    with later(minutes=9):
        sweep()
        assert headcount(capped) == (1, 0)
    with later(minutes=11):
        sweep()
    assert headcount(capped) == (0, 0)


def test_a_refused_errand_does_not_undo_it(capped: Cast) -> None:
    ticket = take(capped)
    call_next(capped.counters[1], form())
    other = take(capped)
    clock.move(HOUR)
    with pytest.raises(CounterBusy):
        call_next(capped.counters[1], form())
    assert (status(ticket), status(other)) == ("called", "admitted")
    tick(capped.office)
    assert status(other) == "admitted"


def test_a_machine_that_comes_up_with_a_clock_behind_holds_no_place_for_a_day(capped: Cast) -> None:
    ticket = take(capped)
    with clock.at(MORNING - DAY):
        take(capped)
        stay = of_ticket(ticket)
        assert stay is not None
        assert stay.hold_until == clock.now() + timedelta(minutes=3)


def test_a_wrong_date_that_is_soon_put_right_turns_no_day(cast: Cast) -> None:
    clock.move(DAY)
    sweep()
    with later(minutes=9):
        sweep()
        clock.move(-DAY)
        sweep()
    with later(minutes=30):
        sweep()
    assert day(cast) == MORNING.date()


def test_a_date_that_stays_is_believed(cast: Cast) -> None:
    clock.move(DAY)
    sweep()
    assert day(cast) == MORNING.date()
    with later(minutes=10):
        sweep()
    assert day(cast) == (MORNING + DAY).date()


def day(cast: Cast) -> object:
    db.session.rollback()
    db.session.expire_all()
    return offices.by_id(cast.office).day
