"""What a count of the room says about the list of those present (I15, I21).

The count is right and the list is mended. Who is taken off it is the one most likely to have left: first those
whose errand is over, then people without a ticket, then who waits, and last who stands at a counter.
"""

from collections.abc import Iterable
from dataclasses import dataclass

GONE, NAMELESS, WAITS, CALLED, SERVED = range(5)
"""How sure it is that somebody is still there, from least to most."""


@dataclass(frozen=True)
class Stay:
    """An open presence: a party of people who are in the room as far as the list knows. `since` orders them."""

    presence: int
    people: int
    sureness: int
    since: int


@dataclass(frozen=True)
class Correction:
    """What makes the list agree with the count: who is taken off (presence → people who remain), who is added."""

    remain: dict[int, int]
    strangers: int = 0


def correction(present: Iterable[Stay], counted: int) -> Correction:
    """Return what is to change so that the list has `counted` people."""
    likely_gone = sorted(present, key=lambda stay: (stay.sureness, stay.since))
    surplus = sum(stay.people for stay in likely_gone) - counted
    remain: dict[int, int] = {}
    for stay in likely_gone:
        off = min(stay.people, max(surplus, 0))
        if off:
            remain[stay.presence] = stay.people - off
        surplus -= off
    return Correction(remain, strangers=max(-surplus, 0))


def drift(sensed: int, listed: int) -> int:
    """How many more people a counter at the door has seen stay than the list has; shown, never acted on."""
    return sensed - listed
