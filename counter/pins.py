"""What a PIN must be: four to six figures that somebody at the next desk would not try first."""

import re
from datetime import date
from itertools import pairwise

LEAST, MOST = 4, 6
SHAPE = re.compile(f"[0-9]{{{LEAST},{MOST}}}")
BORN_FROM, BORN_TO = 1930, 2030
OFTEN = frozenset(
    {"2580", "0852", "1379", "1397", "3690", "6868", "8686", "7979", "9779", "159357", "147258", "142536"}
)
"""Ways over the keys, and the lucky figures that people here like."""


def weakness(pin: str, username: str = "") -> str | None:
    """Why a PIN is refused: shape, or easy (one or two figures over and over, a row, a date, a year, what stands in the
    user name); None for a good one."""
    if not SHAPE.fullmatch(pin):
        return "shape"
    easy = pin in OFTEN or pin in username or _repeats(pin) or _is_row(pin) or _is_date(pin)
    return "easy" if easy else None


def _repeats(pin: str) -> bool:
    """1111, 1212, 123123, 1122, 2111."""
    halves = any(pin == pin[:size] * (len(pin) // size) for size in (1, 2, 3) if len(pin) % size == 0)
    return halves or len(set(pin)) <= 2


def _is_row(pin: str) -> bool:
    """1234, 9876, 2468, 7890."""
    steps = {(int(after) - int(before)) % 10 for before, after in pairwise(pin)}
    return len(steps) == 1


def _is_date(pin: str) -> bool:
    """A year, a day and a month (or the other way round), with a year of two figures, or of four and a month."""
    if len(pin) == 4:
        return BORN_FROM <= int(pin) <= BORN_TO or _is_day(pin[:2], pin[2:]) or _is_day(pin[2:], pin[:2])
    if len(pin) == 5:
        return False
    days = ((pin[:2], pin[2:4]), (pin[2:4], pin[:2]), (pin[4:], pin[2:4]))
    years = ((pin[2:], pin[:2]), (pin[:4], pin[4:]))
    months = any(BORN_FROM <= int(year) <= BORN_TO and 1 <= int(month) <= 12 for year, month in years)
    return months or any(_is_day(day, month) for day, month in days)


def _is_day(day: str, month: str) -> bool:
    try:
        date(2000, int(month), int(day))
    except ValueError:
        return False
    return True
