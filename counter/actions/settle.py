"""What follows from a change by itself: held places run out, people have left, the next come in.

Runs at the end of every change, always inside the transaction that holds the office, so that a free place never
waits for somebody to notice it.
"""

from datetime import datetime, timedelta

from counter.actions.change import CLOCK, RULE, Change
from counter.actions.jumps import shorten
from counter.database import db
from counter.models import history, presence, ticket
from counter.models.presence import Presence
from counter.models.ticket import Ticket
from queues.order import one_behind, streak_of
from queues.room import Room, next_admitted


def settle(change: Change) -> None:
    """End what has run out, then let in whoever is next while there is room."""
    db.session.flush()
    room, late = presence.room_and_late(change.office.id, change.office.cap, change.now, _latest(change))
    if late:
        shorten(change.office, change.now)
        for due in presence.due(change.office.id, change.now):
            _run_out(change, due)
        room = presence.room_of(change.office.id, change.office.cap)
    while _admit_next(change, room):
        room = presence.room_of(change.office.id, change.office.cap)


def _latest(change: Change) -> datetime:
    """Until when a place that is held from now on is held."""
    return change.now + timedelta(seconds=change.office.hold_seconds)


def end(change: Change, stay: Presence, why: str) -> None:
    """A presence ends: the places are free again."""
    stay.ended_at, stay.end_why = change.now, why
    change.office.next_seq()
    db.session.flush()


def _run_out(change: Change, due: Presence) -> None:
    if due.entered_at:
        end(change, due, "auto_exit")
    else:
        end(change, due, "lapse")
        if due.ticket_id is not None:
            _lapse(change, ticket.by_id(due.ticket_id))
            db.session.flush()


def _lapse(change: Change, late: Ticket) -> None:
    """Who does not come in time goes one place behind, once; the second time the ticket expires."""
    if late.lapses:
        change.move(late, "expire", who=CLOCK, why="did not come in twice")
        return
    late.lapses += 1
    line = [standing for standing in ticket.line(change.office.id) if standing.status != "inside"]
    own = next(standing for standing in line if standing.ticket == late.id)
    late.rank, late.setback = one_behind(own, line)
    change.move(late, "lapse", who=CLOCK)


def _admit_next(change: Change, room: Room) -> bool:
    office = change.office
    if not room.free:  # Full, or no cap at all: nobody needs to be let in.
        return False
    waiting = [standing for standing in ticket.line(office.id) if standing.status == "waiting"]
    streak = streak_of(history.last_classes_admitted(office.id, office.ratio))
    pick = next_admitted(room, waiting, office.ratio, streak)
    if pick:
        _admit(change, ticket.by_id(pick.standing.ticket), pick.why)
    return pick is not None


def _admit(change: Change, coming: Ticket, why: str) -> None:
    held = hold(change, coming)
    held.hold_until = _latest(change)
    change.move(coming, "admit", who=RULE, why=why)
    if not change.office.guarded:
        come_in(change, coming, held)
    db.session.flush()


def hold(change: Change, coming: Ticket) -> Presence:
    """Hold a place in the room for a party. The caller has checked that there is room."""
    held = Presence(office_id=change.office.id, ticket_id=coming.id, party=coming.party, held_at=change.now)
    db.session.add(held)
    db.session.flush()
    return held


def come_in(change: Change, coming: Ticket, stay: Presence, why: str | None = None) -> None:
    """The party is in the room now."""
    stay.entered_at, stay.hold_until = change.now, None
    change.office.next_seq()
    if coming.status in ("waiting", "admitted"):
        change.move(coming, "enter", why=why)
    db.session.flush()
