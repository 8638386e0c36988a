"""The day turns once, whoever notices first (I20, I26)."""

from datetime import timedelta

from counter import clock
from counter.actions.clockwork import sweep, turn_day
from counter.database import db
from counter.models.office import Office
from tests.actions.test_issue import take
from tests.cast import MORNING, Cast, status


def test_the_sweep_turns_the_day_when_nobody_is_left(cast: Cast) -> None:
    with clock.at(MORNING + timedelta(days=1)):
        sweep()
    db.session.expire_all()
    assert db.session.get_one(Office, cast.office).day == (MORNING + timedelta(days=1)).date()


def test_a_day_that_another_process_has_just_turned_is_not_turned_again(cast: Cast) -> None:
    with clock.at(MORNING + timedelta(days=1)):
        turn_day(cast.office)
        ticket = take(cast)
        turn_day(cast.office)
        assert status(ticket) == "waiting"
