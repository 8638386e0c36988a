"""Where a visitor waits: in the room, in an extra waiting area, or outside (R3, documents 000 §5 and 001 §2).

A place in a waiting area is not reserved: who comes first in the line is told to wait there, as many as there is
room for, and the area's own cap is checked when somebody comes in.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from queues.order import Standing


@dataclass(frozen=True)
class Area:
    """An extra waiting area with its free places, in people."""

    id: int
    free: int


def where_to_wait(line: Iterable[Standing], areas: Iterable[Area], there: Mapping[int, int]) -> dict[int, int]:
    """Return ticket → area for all who should wait in one; who is not in the answer waits outside.

    `line` is in the order in which it will be taken, `there` says who stands in which area already. A party too
    large for what is left does not keep a smaller one behind it from a place to wait: nobody's turn depends on it.
    """
    left = {area.id: area.free for area in areas}
    told: dict[int, int] = {}
    for standing in line:
        if standing.ticket in there:
            told[standing.ticket] = there[standing.ticket]
            continue
        area = next((one for one, free in left.items() if free >= standing.party), None)
        if area is not None:
            told[standing.ticket] = area
            left[area] -= standing.party
    return told
