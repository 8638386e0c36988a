"""The life of a ticket: one table, move → from which statuses → to which.

Source: requirements R1, R2, R4, R16, R17; promises I6 (only moves of the table) and I10 (an end is an
end). `docs/ticket-life.md` is written from this table.
"""

from dataclasses import dataclass

from queues.errors import MoveRefused

WAITING, ADMITTED, INSIDE = "waiting", "admitted", "inside"
CALLED, SERVING, HELD = "called", "serving", "held"
DONE, NO_SHOW, LEFT, ONLINE, EXPIRED = "done", "no_show", "left", "online", "expired"

IN_LINE = (WAITING, ADMITTED, INSIDE)
"""Has a place in the line and may be called."""
AT_COUNTER = (CALLED, SERVING)
"""Takes up the one open place of a counter (I7)."""
OPEN = (*IN_LINE, *AT_COUNTER, HELD)
ENDED = (DONE, NO_SHOW, LEFT, ONLINE, EXPIRED)
STATUSES = (*OPEN, *ENDED)


@dataclass(frozen=True)
class Move:
    """One row of the table: who may make the ticket go from where to where."""

    name: str
    sources: tuple[str, ...]
    target: str
    who: str


TABLE: tuple[Move, ...] = (
    Move("issue", (), WAITING, "visitor, kiosk, staff"),
    Move("admit", (WAITING,), ADMITTED, "the rule, by itself"),
    Move("lapse", (ADMITTED,), WAITING, "the clock, the first time"),
    Move("enter", (ADMITTED, WAITING), INSIDE, "door guide, scan; by itself where nobody guards the door"),
    Move("call", IN_LINE, CALLED, "clerk"),
    Move("recall", (CALLED,), CALLED, "clerk"),
    Move("begin", (CALLED,), SERVING, "clerk"),
    Move("finish", (SERVING,), DONE, "clerk"),
    Move("miss", (CALLED,), NO_SHOW, "clerk"),
    Move("return", (NO_SHOW,), WAITING, "visitor, clerk; once"),
    Move("hold", (SERVING,), HELD, "clerk"),
    Move("resume", (HELD,), CALLED, "clerk"),
    Move("transfer", AT_COUNTER, WAITING, "clerk"),
    Move("rejoin", (HELD,), WAITING, "visitor, clerk: back with the papers, the place kept"),
    Move("defer", (ADMITTED, CALLED), WAITING, "visitor: five more minutes, a bounded number of times"),
    Move("leave", (*IN_LINE, HELD), LEFT, "visitor, door guide"),
    Move("divert", (*IN_LINE, CALLED, HELD), ONLINE, "visitor: done online"),
    Move("hand_over", (*IN_LINE, *AT_COUNTER, HELD), LEFT, "visitor, clerk: to another office, the time waited kept"),
    Move("expire", OPEN, EXPIRED, "the clock, the second time; day close"),
)
MOVES = {move.name: move for move in TABLE}


def after(name: str, status: str | None) -> str:
    """Return the status that the move leads to; `status` None means no ticket yet.

    Raises MoveRefused when the table has no such move from there (I6, I10).
    """
    move = MOVES[name]
    if status not in (move.sources or (None,)):
        raise MoveRefused(name, status or "nothing")
    return move.target


def has_ended(status: str) -> bool:
    """An end is an end (I10); only a missed visitor may come back, once, by the office's rule."""
    return status in ENDED
