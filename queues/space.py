"""How many people a space may hold, worked out from what can be measured.

Source: R1 (the competent authority sets the number), R3 (safe distance), R13 (no more than two at one spot);
documents 000 §5, 001 §2 and 004 §5 c, d of 2020 and 2021. The presets are those of the Prime Minister's Directives of
2020 that these documents carry out: 15/CT-TTg (20 in a room, 10 outside, 2 m), 16/CT-TTg (2 people, 2 m), 19/CT-TTg
(1 m). They are policy, not law: offered, never imposed.
"""

import re
from dataclasses import dataclass
from decimal import Decimal

from queues.errors import SpaceNotUnderstood

GATHERING, MEETING, PAIR = 20, 10, 2
"""People who might be together: in a room, outside of workplaces, at one spot (R13)."""
PEOPLE_PRESETS = (GATHERING, MEETING, PAIR)
WIDE, NEAR = Decimal(2), Decimal(1)
"""Metres between two people."""
FIGURE = re.compile(r"[0-9]{1,7}(\.[0-9]{1,12})?")
CLOSEST = Decimal("0.1")
"""Metres; nobody means less by a distance."""
DISTANCE_PRESETS = (WIDE, NEAR)


@dataclass(frozen=True)
class Space:
    """What was measured. Areas in square metres, distances in metres, the rest in people; None: does not bind."""

    usable: Decimal | None = None
    """Floor that people can stand on."""
    share: Decimal = Decimal(1)
    """The part of it that visitors may use, above 0 and at most 1."""
    distance: Decimal = WIDE
    seats: int | None = None
    preset: int | None = None
    staff: int = 0
    """Members of staff in the same space: they count, and they are there already."""


def figure_of(text: str) -> Decimal | None:
    """A figure as somebody writes it, with a point: 12.5; None for anything else. No powers of ten: what they make of
    a small distance takes a machine minutes to work out."""
    return Decimal(text) if FIGURE.fullmatch(text) else None


def cap_of(space: Space) -> int:
    """Return floor(min(usable × share / distance², seats, preset)) − staff: people, never below zero.

    Raises SpaceNotUnderstood when nothing was given that binds, or a figure that no room has.
    """
    _check(space)
    bounds: list[Decimal] = [Decimal(people) for people in (space.seats, space.preset) if people is not None]
    if space.usable is not None:
        bounds.append(space.usable * space.share / space.distance**2)
    return max(int(min(bounds)) - space.staff, 0)


def _check(space: Space) -> None:
    if space.usable is None and space.seats is None and space.preset is None:
        raise SpaceNotUnderstood("usable")
    if space.usable is not None and space.usable <= 0:
        raise SpaceNotUnderstood("usable")
    if not 0 < space.share <= 1:
        raise SpaceNotUnderstood("share")
    if space.distance < CLOSEST:
        raise SpaceNotUnderstood("distance")
    for name in ("seats", "preset", "staff"):
        if (getattr(space, name) or 0) < 0:
            raise SpaceNotUnderstood(name)
