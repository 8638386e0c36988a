"""The coordinator's question: how are all offices at this moment (R18)?"""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from counter import clock
from counter.models.glance import Everything, Glance
from counter.models.words import Words
from counter.panels.common import Place, Room, figures
from counter.panels.kiosk import is_open, why_not

ORDERS = ("name", "waiting", "longest", "room", "counters", "closed")
"""What the offices may be ordered by."""


@dataclass(frozen=True)
class Row:
    """One office. `longest`: minutes that the first in line has waited; `closed`: why, in a sentence, if it is;
    `full`: people in the room or expected there, in percent of the cap."""

    office: Place
    waiting: int
    longest: int | None
    room: Room
    full: int | None
    counters: int
    calling: int
    closed: Words | None


@dataclass(frozen=True)
class Overview:
    """All offices, and all of them together."""

    by: str
    rows: tuple[Row, ...]
    waiting: int
    inside: int
    longest: int | None
    counters: int
    calling: int
    closed: int


def office_of(by: str = "name") -> None:
    """The panel shows every office."""


def overview(seen: Everything, by: str = "name") -> Overview:
    """Every office, in one of ORDERS: what needs somebody's eye comes first."""
    rows = [_row(one) for one in seen.offices]
    return Overview(
        by=by, rows=tuple(sorted(rows, key=_ORDER[by])),
        waiting=sum(row.waiting for row in rows), inside=sum(row.room.inside for row in rows),
        longest=max((row.longest for row in rows if row.longest is not None), default=None),
        counters=sum(row.counters for row in rows), calling=sum(row.calling for row in rows),
        closed=sum(row.closed is not None for row in rows),
    )  # fmt: skip


def _row(own: Glance) -> Row:
    room = figures(own.room)
    full = 100 * own.room.taken // room.cap if room.cap else None
    longest = max(int((clock.now() - own.since).total_seconds()) // 60, 0) if own.since else None
    here = Place(own.slug, own.name)
    return Row(here, own.waiting, longest, room, full, own.counters, own.calling, _closed(own))


def _closed(own: Glance) -> Words | None:
    """Why an office takes no tickets: what holds for most of its services."""
    if is_open(own):
        return None
    reasons = Counter(why for service in own.offered.values() if (why := why_not(own, service)))
    return reasons.most_common(1)[0][0] if reasons else Words("", "")


_ORDER: dict[str, Callable[[Row], Any]] = {
    "name": lambda row: 0,
    "waiting": lambda row: -row.waiting,
    "longest": lambda row: -(row.longest if row.longest is not None else -1),
    "room": lambda row: -(row.full if row.full is not None else -1),
    "counters": lambda row: row.calling,
    "closed": lambda row: row.closed is None,
}
