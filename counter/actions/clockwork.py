"""What the clock does by itself: run out, and turn the day."""

import time
from datetime import timedelta

from counter import clock
from counter.actions.change import CLOCK, Change
from counter.actions.jumps import heed, is_still
from counter.actions.perform import Answer, Asked, perform
from counter.actions.settle import end
from counter.models import history, presence
from counter.models import office as offices
from counter.models import ticket as tickets
from counter.models.office import Office
from queues.numbering import day_turns

_seen: dict[int, tuple[int, float]] = {}
"""Office → its sequence and the process's own steady clock when that was first seen."""


def sweep() -> None:
    """Look after every office once: what has run out, and whose day is over. Called every few seconds."""
    due = presence.offices_with_due(clock.now())
    for office in offices.every():
        heed(office.id)
        if _day_is_over(office):
            close_day(office.id, Asked(CLOCK))
        elif office.id in due:
            tick(office.id)


def tick(office_id: int) -> Answer:
    """Let the clock do what is due in an office: held places run out, people have left, the next come in."""
    return perform(office_id, Asked(CLOCK), "tick", lambda change: {})


def close_day(office_id: int, asked: Asked) -> Answer:
    """End every open ticket and every presence (I20), and begin the office's next day with number one."""

    def work(change: Change) -> Answer:
        for stay in presence.open_in(office_id):
            end(change, stay, "day_close")
        for ticket in tickets.open_in(office_id):
            change.move(ticket, "expire", why="day close")
        change.office.day = max(change.office.day, clock.today(change.office.timezone))
        change.office.next_seq()
        return {"day": change.office.day.isoformat()}

    return perform(office_id, asked, "close day", work)


def _day_is_over(office: Office) -> bool:
    anyone = tickets.count_open(office.id) + len(presence.open_in(office.id)) > 0
    return is_still() and day_turns(office.day, clock.today(office.timezone), anyone=anyone, quiet=_quiet(office))


def _quiet(office: Office) -> timedelta:
    """For how long nothing has happened, by the steady clock: the wall clock may have jumped (I26).

    Only what happened before this process began is judged by the wall clock; there is no other witness.
    """
    seq, since = _seen.get(office.id, (-1, 0.0))
    if seq != office.seq:
        before = timedelta(0) if office.id in _seen else clock.now() - (history.last_at(office.id) or clock.now())
        since = time.monotonic() - max(before.total_seconds(), 0)  # Less than nothing: it has been put back meanwhile.
        _seen[office.id] = (office.seq, since)
    return timedelta(seconds=time.monotonic() - since)
