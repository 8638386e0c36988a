"""Counts and times, from a list of moves and from nothing else (I11).

Reports are computed from history, never from counters kept by hand.
"""

from collections import Counter
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from statistics import median
from typing import Any, NamedTuple

from queues.life import ONLINE


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


OFFERED, OPENED, TRIED, DONE, FAILED, BACK = "offered", "opened", "tried", "done", "failed", "back"
STEPS = (OFFERED, OPENED, TRIED, DONE, FAILED, BACK)
"""What came of an offered way, in the order in which it comes: shown, chosen, tried, done that way, did not work, came
back to the counter (R4, R14)."""
SENT = ("post", "online")
"""How a result goes back without anybody coming for it."""


class Step(NamedTuple):
    """One row of guidance. `ticket` None: the visitor took none; `moment` then tells visitors apart.

    `behind`: how many waited for the same service behind the visitor at that moment.
    """

    moment: Hashable
    day: date
    ticket: int | None
    procedure: int | None
    service: int | None
    step: str
    why: str | None = None
    behind: int | None = None


class Fate(NamedTuple):
    """What became of a ticket: where it stands, and how its result goes back."""

    status: str
    result_by: str | None = None


@dataclass(frozen=True)
class Saved:
    """What the other way has spared people, and what is not known of it.

    `visits`: done another way and not served at a counter. `results`: goes back by itself, nobody comes to collect it.
    `minutes`: in line, of all who waited behind. `untimed`: of the visits, those of whose service no time is known.
    `perhaps`: chose another way and took no ticket; what became of them is not known, so they are in no other figure.
    """

    visits: int
    results: int
    minutes: float
    untimed: int
    perhaps: int


def once(steps: Iterable[Step]) -> list[Step]:
    """Each step of a visitor once, the first: three ways shown to one visitor are one offer, not three."""
    first: dict[tuple[Hashable, str], Step] = {}
    for step in steps:
        first.setdefault((_visitor(step), step.step), step)
    return list(first.values())


def by(steps: Iterable[Step], field: str) -> dict[Any, Counter[str]]:
    """How many visitors came to each step, for each errand (`procedure`), `service`, `day` or reason (`why`)."""
    counts: dict[Any, Counter[str]] = {}
    for step in steps:
        counts.setdefault(getattr(step, field), Counter())[step.step] += 1
    return counts


def saved(
    steps: Iterable[Step], fates: Mapping[int, Fate], seconds: Mapping[int, float], counters: Mapping[int, int]
) -> Saved:
    """What was spared by all this. `seconds`: what serving one visitor of a service takes; `counters`: how many take
    it.

    Whoever gives up a place spares each of those behind the time of one service, shared among the counters that take
    it. A ticket counts once; chosen ("opened") alone counts for nothing. Where `seconds` knows no service, no minutes
    are claimed for it.
    """
    single = once(steps)
    done = [step for step in single if step.step == DONE and _stayed_away(step, fates)]
    timed = [(own, step) for step in done if (own := step.service) in seconds and step.ticket is not None]
    waited = sum((step.behind or 0) * seconds[own] / counters.get(own, 1) for own, step in timed if own is not None)
    away = {step.ticket for step in done}
    results = sum(1 for ticket, fate in fates.items() if fate.result_by in SENT and ticket not in away)
    chose = sum(1 for step in single if step.step == OPENED and step.ticket is None)
    return Saved(len(done), results, waited / 60, len(done) - len(timed), chose)


def middle(durations: Iterable[float]) -> float | None:
    """The duration in the middle: one that somebody forgot to end does not falsify it. None of none."""
    known = sorted(own for own in durations if own >= 0)
    return median(known) if known else None


def _visitor(step: Step) -> Hashable:
    return step.ticket or (step.moment, step.procedure, step.service)


def _stayed_away(step: Step, fates: Mapping[int, Fate]) -> bool:
    return step.ticket is None or (step.ticket in fates and fates[step.ticket].status == ONLINE)
