"""Counts and times, from a list of moves and from nothing else (I11).

Reports are computed from history, never from counters kept by hand.
"""

from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple


class Moved(NamedTuple):
    """One row of history: which ticket went to which status."""

    sequence: int
    ticket: int
    move: str
    target: str


def standing(moves: Iterable[Moved]) -> Counter[str]:
    """How many tickets stand at each status after all these moves."""
    last: dict[int, str] = {}
    for moved in sorted(moves):
        last[moved.ticket] = moved.target
    return Counter(last.values())


def issued(moves: Iterable[Moved]) -> int:
    """How many tickets have been taken."""
    return sum(1 for moved in moves if moved.move == "issue")
