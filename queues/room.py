"""Who may enter, and how many places are free.

Source: R1 and R2 (documents 000 §5 and 001 §2: the number of people in the one-stop room is controlled),
R13 (any cap, two included). Promises I15 to I17: headcount is the set of those present, inside plus
expected never passes the cap by an admission, and a lowered cap throws nobody out.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from queues.errors import RoomFull
from queues.order import Pick, Standing, interleaved


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

    def check(self, party: int) -> None:
        """Raise RoomFull unless the party fits (I16, I19)."""
        if not self.fits(party):
            raise RoomFull(party, self.free or 0)


def next_admitted(room: Room, waiting: Iterable[Standing], ratio: int, streak: int) -> Pick | None:
    """Return who is let in now, or None.

    Strictly the next in line: a small party does not slip past a large one that waits for enough places.
    Only a party larger than the whole cap (it was lowered meanwhile) is passed over, or it would stop
    the line for good. Without a cap nobody needs to be let in.
    """
    if room.cap is None:
        return None
    possible = [standing for standing in waiting if standing.party <= room.cap]
    head = next(interleaved(possible, ratio, streak), None)
    return head if head and room.fits(head.standing.party) else None


def next_called(room: Room, candidates: Iterable[Standing], ratio: int, streak: int) -> Pick | None:
    """Return whom a free counter calls: first those inside, else straight from outside if there is room.

    A visitor whose place is held already needs no further room.
    """
    line = list(candidates)
    within = [standing for standing in line if standing.inside]
    outside = [standing for standing in line if standing.place_held or room.fits(standing.party)]
    return next(interleaved(within or outside, ratio, streak), None)
