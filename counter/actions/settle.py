"""What follows from a change by itself: held places run out, people have left, the next come in.

Runs at the end of every change, always inside the transaction that holds the office, so that a free place never
waits for somebody to notice it.
"""

from datetime import datetime, timedelta

from counter.actions.change import CLOCK, RULE, Change
from counter.actions.jumps import shorten
from counter.database import db
from counter.models import counter as counters
from counter.models import history, other_way, presence, ticket
from counter.models.office import Office
from counter.models.presence import Presence
from counter.models.ticket import Ticket
from queues.life import WAITING
from queues.order import Pick, one_behind, streak_of
from queues.room import Desk, Room, next_admitted


def settle(change: Change) -> None:
    """End what has run out, let in whoever is next while there is room, and have the room counted in time."""
    db.session.flush()
    _end_minutes(change)
    room, late = presence.room_and_late(change.office.id, change.office.cap, change.now, _latest(change))
    if late:
        shorten(change.office, change.now)
        for due in presence.due(change.office.id, change.now):
            _run_out(change, due, room)
        room = presence.room_of(change.office.id, change.office.cap)
    while _admit_next(change, room):
        room = presence.room_of(change.office.id, change.office.cap)
    _ask_for_a_count(change, room)


def _latest(change: Change) -> datetime:
    """Until when a place that is held from now on is held."""
    return change.now + timedelta(seconds=change.office.hold_seconds)


def _end_minutes(change: Change) -> None:
    """Who let others go first for some minutes stands in the line again, where they stood. Nobody does so for longer
    than the office says: the machine may have come up with a clock behind the last."""
    latest = change.now + timedelta(seconds=change.office.defer_seconds)
    for late in other_way.deferred(change.office.id):
        if late.defer_until and not change.now < late.defer_until <= latest:
            change.touch(late)
            late.defer_until = None if late.defer_until <= change.now else latest
            db.session.flush()


def give_up_place(change: Change, ticket_id: int) -> None:
    """The ticket has ended: a place that was held is free at once, who is inside still has to walk out."""
    stay = presence.of_ticket(ticket_id)
    if stay and not stay.entered_at:
        end(change, stay, "left")
    will_go(change, ticket_id)


def end(change: Change, stay: Presence, why: str) -> None:
    """A presence ends: the places are free again."""
    stay.ended_at, stay.end_why = change.now, why
    change.office.next_seq()
    db.session.flush()


def will_go(change: Change, ticket_id: int) -> None:
    """The errand is over: who is still in the room or in an area leaves by itself after the office's set time."""
    for stay in (presence.of_ticket(ticket_id), presence.in_area(ticket_id)):
        if stay and stay.entered_at:
            stay.exit_due = change.now + timedelta(seconds=change.office.exit_seconds)
    db.session.flush()


def count_again_later(change: Change) -> None:
    """The room has just been counted, or has just begun to fill: the next count is due after the set time."""
    change.office.count_due = change.now + timedelta(seconds=change.office.count_seconds)
    change.office.count_asked = False


def _ask_for_a_count(change: Change, room: Room) -> None:
    """Every hour the guide is asked to count: scans are missed, and only eyes see it. An empty room needs none."""
    office = change.office
    if not office.counts or not room.inside:
        office.count_due, office.count_asked = None, False
    elif office.count_due is None:
        count_again_later(change)
    elif not office.count_asked and office.count_due <= change.now:
        office.count_asked = True
        office.next_seq()


def _run_out(change: Change, due: Presence, room: Room) -> None:
    if due.entered_at:
        end(change, due, "auto_exit")
    elif room.cap is not None and room.inside + due.party > room.cap:  # They may be at the door: held a while longer.
        due.hold_until = change.now + timedelta(seconds=change.office.hold_seconds)
        change.office.next_seq()
    else:
        end(change, due, "lapse")
        if due.ticket_id is not None:  # Only a ticket has a place held.
            _lapse(change, ticket.by_id(due.ticket_id))
            db.session.flush()


def _lapse(change: Change, late: Ticket) -> None:
    """Who does not come in time goes one place behind, once; the second time the ticket expires."""
    if late.lapses:
        change.move(late, "expire", who=CLOCK, why="did not come in twice")
        will_go(change, late.id)
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
    line = ticket.line(office.id)
    pick = next_admitted(
        room, [standing for standing in line if standing.status == WAITING], office.ratio, admit_streak(office),
        present=[standing for standing in line if standing.place_held], desks=_desks(office), bound=office.pass_bound,
    )  # fmt: skip
    if pick:
        pass_by(pick)
        _admit(change, ticket.by_id(pick.standing.ticket), pick.why)
    return pick is not None


def admit_streak(office: Office) -> int:
    """How many of priority classes were let in last, in a row."""
    return streak_of(history.last_classes_admitted(office.id, office.ratio))


def pass_by(pick: Pick) -> None:
    """Write down who has been passed once more, so that nobody is passed beyond the bound."""
    if pick.passing:
        ticket.pass_by(standing.ticket for standing in pick.passing)


def _desks(office: Office) -> list[Desk]:
    """The open counters, and whether they are free."""
    busy = ticket.busy_counters(office.id)
    return [Desk(services, counter not in busy) for counter, services in counters.open_services(office.id).items()]


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
    """The party is in the room now, and no longer in a waiting area."""
    before = presence.in_area(coming.id)
    if before:
        end(change, before, "moved in")
    stay.entered_at, stay.hold_until = change.now, None
    change.office.next_seq()
    if coming.status in ("waiting", "admitted"):
        change.move(coming, "enter", why=why)
    db.session.flush()
