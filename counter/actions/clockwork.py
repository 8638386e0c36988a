"""What the clock does by itself: run out, and turn the day."""

import time
from datetime import timedelta

from counter import clock
from counter.actions.change import CLOCK, Change
from counter.actions.hand_over import finish_hand_overs
from counter.actions.jumps import heed, is_still
from counter.actions.perform import Answer, Asked, perform
from counter.actions.room import bring_into_force
from counter.actions.settle import end
from counter.models import counter as counters
from counter.models import history, other_way, presence
from counter.models import office as offices
from counter.models import ticket as tickets
from counter.models.office import Office
from queues.numbering import day_turns

_seen: dict[int, tuple[int, float]] = {}
"""Office → its sequence and the process's own steady clock when that was first seen."""


def sweep() -> None:
    """Look after every office once: what has run out, and whose day is over. Called every few seconds."""
    now = clock.now()
    due = presence.offices_with_due(now) | offices.with_count_due(now) | other_way.offices_with_minutes_over(now)
    for office in offices.every():
        heed(office.id)
        if _day_is_over(office):
            turn_day(office.id)
        elif office.id in due:
            tick(office.id)
    finish_hand_overs()


def tick(office_id: int) -> Answer:
    """Let the clock do what is due in an office: held places run out, people have left, the next come in."""
    return perform(office_id, Asked(CLOCK), "tick", lambda change: {})


def turn_day(office_id: int) -> Answer:
    """Close the day if it is over. Judged again inside the change: another process may have turned it just now, and
    whoever has taken a ticket of the new day keeps it."""

    def work(change: Change) -> Answer:
        return _close(change) if _day_is_over(change.office) else {}

    return perform(office_id, Asked(CLOCK), "turn day", work)


def close_day(office_id: int, asked: Asked) -> Answer:
    """End every open ticket and every presence (I20), and begin the office's next day with number one."""
    return perform(office_id, asked, "close day", _close)


def _close(change: Change) -> Answer:
    office = change.office
    for stay in presence.open_in(office.id):
        end(change, stay, "day_close")
    for ticket in tickets.open_in(office.id):
        change.move(ticket, "expire", why="day close")
    for counter in counters.of_office(office.id):
        counter.open = False
    office.day = max(office.day, clock.today(office.timezone))
    office.next_seq()
    bring_into_force(change)
    return {"day": office.day.isoformat()}


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
