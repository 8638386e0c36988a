"""Who may enter, and how many places are free.

Source: R1 and R2 (documents 000 §5 and 001 §2: the number of people in the one-stop room is controlled),
R13 (any cap, two included). Promises I15 to I17: headcount is the set of those present, inside plus
expected never passes the cap by an admission, and a lowered cap throws nobody out.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from queues.errors import RoomFull
from queues.feeding import Takes, lacking
from queues.order import FEEDS, Pick, Standing, interleaved, ready

BOUND = 10
"""How many later ones may be let in ahead of one person, as long as the office sets nothing else. Measured in
`bench/admission.py`; the reasons are in `docs/decisions/0011`."""


@dataclass(frozen=True)
class Room:
    """The room at one moment, in people; companions count. `cap` None: the office sets no cap."""

    cap: int | None
    inside: int
    expected: int
    """People for whom a place is held and who have not come in yet."""

    @property
    def taken(self) -> int:
        return self.inside + self.expected

    @property
    def free(self) -> int | None:
        """Free places, never negative; None without a cap."""
        return None if self.cap is None else max(self.cap - self.taken, 0)

    @property
    def over(self) -> int:
        """How many more people than the cap allows (after it was lowered, I17)."""
        return 0 if self.cap is None else max(self.taken - self.cap, 0)

    def fits(self, party: int) -> bool:
        """Whether a party that has no place yet could be given one."""
        return self.free is None or party <= self.free

    def check_entry(self, party: int) -> None:
        """Raise RoomFull if a party whose place is held would bring those inside over the cap (I17): the cap was
        lowered, or the room counted, after the place was given."""
        if self.cap is not None and self.inside + party > self.cap:
            raise RoomFull(party, max(self.cap - self.inside, 0))

    def check(self, party: int) -> None:
        """Raise RoomFull unless the party fits (I16, I19)."""
        if not self.fits(party):
            raise RoomFull(party, self.free or 0)


@dataclass(frozen=True)
class Desk:
    """An open counter: the services it takes, and whether nobody is called or served there now."""

    services: frozenset[int]
    free: bool


def next_admitted(
    room: Room,
    waiting: Iterable[Standing],
    ratio: int,
    streak: int,
    *,
    present: Iterable[Standing] = (),
    desks: Sequence[Desk] = (),
    bound: int = BOUND,
) -> Pick | None:
    """Return who is let in now, or None. `waiting` are outside, `present` hold a place and wait for a call.

    In turn; but who feeds a free counter goes ahead, past nobody who has been passed `bound` times. Without
    `desks` (the open counters) strictly in turn. Only a party larger than the whole cap (it was lowered
    meanwhile) is passed over, or it would stop the line for good. Without a cap nobody needs to be let in.
    Who asked for more minutes is neither let in nor in anybody's way.
    """
    if not room.free or not (line := _may_be_next(room, waiting, ratio, streak, bound)):
        return None
    coming = [standing.service for standing in ready(present)]
    free, busy = ([desk.services for desk in desks if desk.free is is_free] for is_free in (True, False))
    fed = _feeding(room, line, coming, free)
    return fed or (line[0] if _may_wait_inside(room, line[0].standing, coming, free + busy, bound) else None)


def next_called(
    room: Room,
    candidates: Iterable[Standing],
    ratio: int,
    streak: int,
    *,
    waiting: Iterable[Standing] | None = None,
    admitted: int = 0,
    bound: int = BOUND,
) -> Pick | None:
    """Return whom a free counter calls: first those inside, else straight from outside if there is room.

    Whose place is held needs no further room. From outside one may go ahead of others in `waiting` (all outside;
    `admitted`: their streak) within `bound`; here a small party also of a large one that does not fit.
    """
    own = ready(candidates)
    within = [standing for standing in own if standing.inside]
    outside = [standing for standing in own if not standing.place_held] if waiting is None else waiting
    line = _may_be_next(room, outside, ratio, admitted, bound)
    places = {pick.standing.ticket: at for at, pick in enumerate(line) if _fits(room, pick)}
    possible = [standing for standing in own if standing.place_held or standing.ticket in places]
    pick = next(interleaved(within or possible, ratio, streak), None)
    if pick is None or pick.standing.place_held or room.cap is None:
        return pick
    return _taken(line, places[pick.standing.ticket])


def _may_be_next(room: Room, waiting: Iterable[Standing], ratio: int, streak: int, bound: int) -> list[Pick]:
    """The line outside, up to and including the first who must not be passed again."""
    possible = [standing for standing in ready(waiting) if room.cap is None or standing.party <= room.cap]
    line: list[Pick] = []
    for pick in interleaved(possible, ratio, streak):
        line.append(pick)
        if room.cap is not None and pick.standing.passed >= bound:
            break
    return line


def _feeding(room: Room, line: Sequence[Pick], coming: Sequence[int], free: Sequence[Takes]) -> Pick | None:
    """Who goes to a free counter for which nobody is coming yet."""
    idle, _ = lacking(coming, free)
    fed = [at for at in _firsts(line) if line[at].standing.service in idle and _fits(room, line[at])]
    return _taken(line, fed[0]) if fed else None


def _firsts(line: Sequence[Pick]) -> list[int]:
    """Where the first of each service and class stands: among themselves the order never changes."""
    first: dict[tuple[int, bool], int] = {}
    for at, pick in enumerate(line):
        first.setdefault((pick.standing.service, pick.standing.priority), at)
    return list(first.values())


def _taken(line: Sequence[Pick], at: int) -> Pick:
    """The pick at this place of the line, with all whom it passes."""
    passing = tuple(pick.standing for pick in line[:at])
    return replace(line[at], why=FEEDS, passing=passing) if passing else line[at]


def _may_wait_inside(room: Room, head: Standing, coming: Sequence[int], counters: Sequence[Takes], bound: int) -> bool:
    """Whether the next in line is let in although no free counter waits for it.

    Yes if it is the next one for a busy counter that has nobody after. Else it leaves a place for each counter that
    has nobody; but not once it has been passed `bound` times, nor while nobody else waits inside: then
    no call would ever make room.
    """
    soon, alone = lacking(coming, counters)
    urgent = head.service in soon or head.passed >= bound or not coming
    return room.fits(head.party if urgent else head.party + alone)


def _fits(room: Room, pick: Pick) -> bool:
    return room.fits(pick.standing.party)
