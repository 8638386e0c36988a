"""Bars for a picture of figures: plain measures, drawn by a template. The figures stand in a table beside it."""

from collections.abc import Sequence
from dataclasses import dataclass

WIDE, GAP, HIGH = 10, 2, 100
"""Units of the picture: a column with its gap, the gap, the height."""


@dataclass(frozen=True)
class Bar:
    """A rectangle of the picture, from its top left corner; `kind` says which of the figures it shows."""

    kind: str
    x: int
    y: float
    width: int
    height: float


@dataclass(frozen=True)
class Columns:
    """A picture of `width` by HIGH units; its full height stands for `most`."""

    width: int
    most: int
    bars: tuple[Bar, ...]


def columns(values: Sequence[Sequence[tuple[str, int]]]) -> Columns:
    """One column a place, its figures on top of each other, the first at the bottom."""
    most = max((sum(figure for _kind, figure in column) for column in values), default=0)
    bars: list[Bar] = []
    for n, column in enumerate(values):
        top = float(HIGH)
        for kind, figure in column:
            height = HIGH * figure / most if most else 0
            top -= height
            if figure:
                bars.append(Bar(kind, n * WIDE + GAP // 2, round(top, 2), WIDE - GAP, round(height, 2)))
    return Columns(max(len(values), 1) * WIDE, most, tuple(bars))
