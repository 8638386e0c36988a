"""What is printed on a ticket, and when the numbers begin again.

A number is unique in its office, series and day, without gaps, and later tickets have higher numbers
(I1, I2, I5). The day is the office's own: it turns when the office closes its day, never because a clock
jumped (I26), and never backwards.
"""

import re
from datetime import date, timedelta

LETTERS = tuple("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
"""What a series may begin with: read alike by everybody, spoken alike on every screen."""
QUIET_BEFORE_NEW_DAY = timedelta(hours=3)
"""So long nothing must have happened before forgotten tickets of an earlier day are closed by themselves."""

_PRINTED = re.compile(r"([A-Z])[ -]?0*([1-9][0-9]{0,5})")


def printed(letter: str, number: int) -> str:
    """A012: the letter of the service and at least three figures."""
    return f"{letter}{number:03d}"


def understood(typed: str) -> tuple[str, int] | None:
    """Read a number as people type it ("a12", "A 012", "A-012"); None if it is not one."""
    match = _PRINTED.fullmatch(typed.strip().upper())
    return (match[1], int(match[2])) if match else None


def day_turns(day: date, today: date, *, anyone: bool, quiet: timedelta) -> bool:
    """Whether the office's day is over.

    `today` is the office's local date, `anyone` whether a ticket is open or someone is in the room, `quiet`
    for how long nothing has happened there.
    """
    return today > day and (not anyone or quiet >= QUIET_BEFORE_NEW_DAY)
