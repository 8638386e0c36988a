"""Clock: put forward and back by an hour, a day, a year; midnight, leap day, year's end, summer time (I26).

For each moment in a visitor's life the clock on the wall is put forward or back while the steady clock goes on, the
sweep runs as the server runs it, a crowd goes on for a while, and the clock is put right again. At both jumps nothing
may happen at all: every ticket stands where it stood, the line is in the same order, nobody's place is taken away, the
office's day is the same and the next number is the next. Held places then still run out, in their own time and not
later. In the evening all go home: the day turns if its date is over, once, and never back. On days with a strange
midnight or hour a crowd lives through it. Every promise is checked throughout, and that no figure on any screen and no
rest of any time that is waited for is negative.

What is left out: a jump during which the program did not run. It has no witness, and what was held then runs out by
the new clock (put back, a place is held in full once more). A wrong date that stands for ten minutes over an empty
office is believed. Sign-in ends by the clock on the wall. The histories' own times follow the clock on the wall, so
whoever works out how long something took must not trust a difference of two of them to be positive.
"""

from collections.abc import Callable
from datetime import date, timedelta

from counter import clock
from counter.actions import clockwork, jumps
from counter.database import db
from counter.models import office as offices
from counter.models import presence
from counter.models import ticket as tickets
from queues.order import in_order
from tests.cast import MORNING
from tests.new_process import as_in_a_new_process
from tests.proof import figures
from tests.proof.crowd import Crowd
from tests.proof.figures import Figures
from tests.proof.moments import STAGES, all_go_home
from tests.proof.nothing_negative import check
from tests.proof.opened import a_crowd
from tests.proof.strange_days import GROUNDS, Ground

HOUR, DAY, YEAR = timedelta(hours=1), timedelta(days=1), timedelta(days=365)
JUMPS = (HOUR, -HOUR, DAY, -DAY, YEAR)
STEPS, FEW_STEPS = 14, 2


def prove(full: bool) -> Figures:
    """Each jump at each moment of a visitor's life, and each strange day."""
    result = Figures("clock: jumps, midnight, leap day, summer time")
    chosen = JUMPS if full else (DAY,)
    for jump in chosen:
        for stage in STAGES:
            _trial(result, f"{jump} {stage}", lambda s=stage, j=jump: jumps_at(s, j, full))
    for ground in GROUNDS:
        _trial(result, ground.name, lambda g=ground: lived_through(g, full))
        for jump in JUMPS if full else ():
            _trial(result, f"{ground.name} {jump}", lambda g=ground, j=jump: jumps_on(g, j))
    return result


def jumps_at(stage: str, jump: timedelta, full: bool = False) -> int:
    """A visitor at a moment of life, the clock put and put right; returns how many forms were answered."""
    with a_crowd(len(stage), MORNING, cap=None if stage == "issued" else 2) as crowd:
        STAGES[stage](crowd)
        return _there_and_back(crowd, jump, STEPS if full else FEW_STEPS)


def jumps_on(ground: Ground, jump: timedelta) -> int:
    """The same on a strange day, with a crowd."""
    with a_crowd(jump.days, ground.utc, timezone=ground.zone) as crowd:
        _live(crowd, STEPS)
        return _there_and_back(crowd, jump, STEPS)


def lived_through(ground: Ground, full: bool = False) -> int:
    """A crowd goes on while the strange moment comes and goes, and then all go home."""
    with a_crowd(3, ground.utc, timezone=ground.zone) as crowd:
        crowd.take("A")
        day = _day(crowd)
        _live(crowd, 3 * (STEPS if full else FEW_STEPS))
        crowd.pass_time(120)
        if tickets.count_open(crowd.cast.office):
            crowd.by_itself(clockwork.sweep)
            assert _day(crowd) == day, "the day turned while people wait"
        _evening(crowd)
        return len(crowd.sent)


def _there_and_back(crowd: Crowd, jump: timedelta, steps: int) -> int:
    _jump(crowd, jump)
    _next_number_is_next(crowd)
    _live(crowd, steps)
    _jump(crowd, -jump)
    _next_number_is_next(crowd)
    _live(crowd, steps)
    _held_places_run_out(crowd)
    _evening(crowd)
    return len(crowd.sent)


def _jump(crowd: Crowd, by: timedelta) -> None:
    """Put the clock: nothing happens."""
    crowd.by_itself(clockwork.sweep)
    before = _as_it_stands(crowd)
    clock.move(by)
    crowd.wait_anew()
    for _sweep in range(2):
        crowd.by_itself(clockwork.sweep)
        assert _as_it_stands(crowd) == before, f"something happened by itself: {before} → {_as_it_stands(crowd)}"
    check(crowd)
    office = offices.by_id(crowd.cast.office)
    for stay in presence.open_in(office.id):
        for until, seconds in ((stay.hold_until, office.hold_seconds), (stay.exit_due, office.exit_seconds)):
            assert until is None or until - clock.now() == timedelta(seconds=seconds), "not held in full once more"


def _next_number_is_next(crowd: Crowd) -> None:
    last, day = _last_number(crowd), _day(crowd)
    ticket = crowd.take("A")
    assert ticket is not None
    assert (tickets.by_id(ticket).number, tickets.by_id(ticket).day) == (last + 1, day), "the numbers do not go on"


def _live(crowd: Crowd, steps: int) -> None:
    """A crowd for a while, the sweep between its steps."""
    for _step in range(steps):
        day = _day(crowd)
        crowd.step()
        crowd.check()
        crowd.by_itself(clockwork.sweep)
        assert _day(crowd) >= day, "the day went back"
        check(crowd)


def _held_places_run_out(crowd: Crowd) -> None:
    """Nobody's place is held for ever: in its own time it has run out, or was held again for the next time."""
    office = offices.by_id(crowd.cast.office)
    held = {stay.id for stay in presence.open_in(office.id) if stay.hold_until}
    crowd.pass_time(office.hold_seconds + 1)
    crowd.by_itself(clockwork.sweep)
    assert not held & {stay.id for stay in presence.open_in(office.id)}, "a held place does not run out"
    check(crowd)


def _evening(crowd: Crowd) -> None:
    """All go home; the day turns if its date is over, once."""
    day = _day(crowd)
    all_go_home(crowd)
    crowd.pass_time(jumps.STILL.total_seconds())
    crowd.by_itself(clockwork.sweep)
    turned, today = _day(crowd), clock.today(offices.by_id(crowd.cast.office).timezone)
    assert turned == max(day, today), f"{day} became {turned} on {today}"
    crowd.by_itself(clockwork.sweep)
    assert _day(crowd) == turned
    _next_number_is_next(crowd)
    check(crowd)


def _as_it_stands(crowd: Crowd) -> object:
    """Every ticket's status, the line in its order, who has a place, and the day."""
    statuses = {t.printed: t.status for t in crowd.world.tickets}
    line = [standing.ticket for standing in in_order(tickets.line(crowd.cast.office))]
    places = [(stay.ticket_id, stay.inside) for stay in presence.open_in(crowd.cast.office)]
    return statuses, line, places, _day(crowd)


def _day(crowd: Crowd) -> date:
    db.session.rollback()
    db.session.expire_all()
    return offices.by_id(crowd.cast.office).day


def _last_number(crowd: Crowd) -> int:
    today = [t.number for t in crowd.world.tickets if t.letter == "A" and t.day == _day(crowd)]
    return max(today, default=0)


def _trial(result: Figures, name: str, run: Callable[[], int]) -> None:
    result.trials += 1
    as_in_a_new_process()
    try:
        result.operations += run()
    except Exception as error:  # Every fault is counted, whatever it is.
        result.violations.append(f"{name}: {type(error).__name__}: {error}")
    finally:
        as_in_a_new_process()


if __name__ == "__main__":
    figures.main(prove)
