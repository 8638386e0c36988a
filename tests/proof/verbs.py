"""What people do in a rush: one verb a function, and the table that says how often at the door."""

import time
from collections.abc import Callable

from tests.proof.rush import Somebody

LONGEST_LINE = 60
"""Tickets that wait before the kiosks pause: an office that is full, and not a heap that only grows."""


def take(me: Somebody) -> None:
    """At the kiosk: a ticket for one of the services, for one to three people."""
    if me.rush.store.one("SELECT count(*) FROM ticket WHERE status = 'waiting'") > LONGEST_LINE:
        time.sleep(0.2)
        return
    service, party = str(me.random.choice(me.rush.services)), str(me.random.choice([1, 1, 1, 2, 3]))
    me.do("issue", "/offices/demo/tickets", service=service, party_size=party, place="kiosk")


def serve(me: Somebody) -> None:
    """At the desk: call, begin, finish; now and then call again, or nobody comes."""
    form = me.do("call", f"/counters/{me.counter}/calls")
    ticket = _ticket_called(me, form) if form else _ticket_left(me)
    if ticket is None:
        time.sleep(0.1)
        return
    if me.random.random() < 0.1:
        me.do("recall", f"/tickets/{ticket}/call")
    comes = me.random.random() < 0.9 and me.do("begin", f"/tickets/{ticket}/service")
    if not (comes and me.do("finish", f"/tickets/{ticket}/service", _method="DELETE")):
        me.do("miss", f"/tickets/{ticket}/absence")


def stand_at_the_door(me: Somebody) -> None:
    """At the door: any of the verbs below, by weight."""
    (verb,) = me.random.choices([verb for _weight, verb in AT_THE_DOOR], [weight for weight, _verb in AT_THE_DOOR])
    verb(me)


def manage(me: Somebody) -> None:
    """The manager: the cap goes up and down."""
    me.do("cap", "/offices/demo/settings/room/caps", people=str(me.random.randint(6, 16)), why="rush")
    time.sleep(0.5)


def let_in(me: Somebody) -> None:
    """Somebody for whom a place is held."""
    _scan(me, "entries", _COMING)


def let_out(me: Somebody) -> None:
    """Somebody who is done."""
    _scan(me, "exits", _DONE)


def let_out_for_a_moment(me: Somebody) -> None:
    """Somebody who is not done: comes back later, and the cap is checked again."""
    _scan(me, "exits", _INSIDE)


def scan_anybody(me: Somebody) -> None:
    """Somebody whose turn it is not, or who is inside already: refused, or nothing changes."""
    _scan(me, me.random.choice(["entries", "exits"]), _ANYBODY)


def let_in_anyway(me: Somebody) -> None:
    """Before their turn, with a reason; never above the cap."""
    _scan(me, "admissions", _ANYBODY, why="rush")


def count_one(me: Somebody) -> None:
    """Somebody without a ticket comes or goes."""
    me.do("walk", "/offices/demo/door/walkins", change=me.random.choice(["+1", "-1"]))


def count_all(me: Somebody) -> None:
    """The room is counted by eye; the count may be wrong, and is the truth from then on."""
    inside = me.rush.store.one(f"SELECT coalesce(sum(party), 0) FROM presence WHERE {_IN_THE_ROOM}")
    people = max(inside + me.random.choice([-2, -1, 0, 0, 1]), 0)
    me.do("recount", "/offices/demo/door/recounts", people=str(people), why="rush")


AT_THE_DOOR: tuple[tuple[int, Callable[[Somebody], None]], ...] = (
    (10, let_in),
    (10, let_out),
    (1, let_out_for_a_moment),
    (3, scan_anybody),
    (2, let_in_anyway),
    (3, count_one),
    (1, count_all),
)

_IN_THE_ROOM = "entered_at IS NOT NULL AND ended_at IS NULL AND area_id IS NULL"
_STAYS = "SELECT letter, number FROM ticket JOIN presence ON ticket_id = ticket.id WHERE ended_at IS NULL"
_COMING = f"{_STAYS} AND entered_at IS NULL ORDER BY presence.id LIMIT 12"
_DONE = f"{_STAYS} AND entered_at IS NOT NULL AND status IN ('done', 'left') ORDER BY presence.id LIMIT 12"
_INSIDE = f"{_STAYS} AND entered_at IS NOT NULL ORDER BY presence.id LIMIT 12"
_AT_COUNTER = "SELECT id FROM ticket WHERE counter_id = :counter AND status IN ('called', 'serving')"
_ANYBODY = "SELECT letter, number FROM ticket ORDER BY id DESC LIMIT 60"


def _scan(me: Somebody, what: str, sql: str, **more: str) -> None:
    found = me.rush.store.rows(sql)
    if not found:
        time.sleep(0.05)
        return
    letter, number = me.random.choice(found)
    me.do(what, f"/offices/demo/door/{what}", code=f"{letter}{number:03}", **more)


def _ticket_called(me: Somebody, form: str) -> int:
    """Whom this very form called, as its kept answer says."""
    return int(me.rush.store.answer(form)["ticket"])


def _ticket_left(me: Somebody) -> int | None:
    """The counter is busy: somebody else at it, or this very clerk before the pause. Now and then see to it."""
    if me.random.random() < 0.7:
        return None
    found = me.rush.store.rows(_AT_COUNTER, counter=me.counter)
    return found[0][0] if found else None
