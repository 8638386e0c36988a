"""Who is admitted next: what it does to counters and visitors, `make bench-admission`.

Mornings are simulated with the product's own rule (`queues/room.py`), on the same visitors for each way of admitting:

- first come: strictly in turn; a clerk, too, calls from outside only the very first (no desks, nobody is passed);
- slipping: admitted strictly in turn, but clerks call from outside whoever fits, with no bound on who is passed;
- fed: the rule as it is.

A morning is four hours of tickets and however long it takes until all have been served and have left. Whoever is
admitted walks in; clerks call a few seconds after they are free or somebody for them has come. Each row has as many
visitors as would fill LOAD of what its counters or its room can serve at best, whichever is less.
"""

import argparse
import random
from collections import Counter as Count
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from itertools import product
from math import exp, log, sqrt
from typing import Any

import simpy
from ground import percentile

from queues.feeding import lacking
from queues.order import Standing
from queues.room import BOUND, Desk, Room, next_admitted, next_called

CAPS, MORNINGS, LOAD, HOURS = (2, 3, 4, 6, 8, 12, 20), 150, 0.85, 4
SHARE, MINUTES, SPREAD = (0.60, 0.25, 0.10, 0.05), (6, 9, 15, 20), (0.5, 0.6, 0.6, 0.7)
"""Of four services: the share of visitors, the mean time at the counter, its spread (deviation over mean)."""
A, B, C, D = range(4)
COUNTERS = {
    "own": {
        3: ({A}, {B}, {C, D}),
        4: ({A}, {A}, {B}, {C, D}),
        5: ({A}, {A}, {B}, {C}, {D}),
        6: ({A}, {A}, {A}, {B}, {C}, {D}),
    },
    "mixed": {
        3: ({A, B}, {A, C}, {B, D}),
        4: ({A}, {A, B}, {B, C}, {A, D}),
        5: ({A}, {A, B}, {A, B}, {B, C}, {C, D}),
        6: ({A}, {A}, {A, B}, {B}, {C, D}, {A, B, C, D}),
    },
}
PARTY, PRIORITY, RATIO = (0.72, 0.21, 0.07), 0.10, 2
WALK, LEAVE, PRESS = (20, 60), (30, 90), 5
"""Seconds: to come in, to go out, until a clerk presses "call next"."""
WORSE, HALF = 1.05, 0.5


@dataclass(frozen=True)
class Way:
    """A way of admitting."""

    name: str
    feeds: bool
    bound: int


FIRST, SLIPPING = Way("first come", False, 0), Way("slipping", False, 10**9)


@dataclass(frozen=True)
class Visitor:
    """Comes at a second of the morning; walk, work and leave are seconds."""

    at: float
    service: int
    party: int
    priority: bool
    walk: float
    work: float
    leave: float


def busy(hour: float) -> float:
    """How many come at this hour, against other hours: most after the first hour."""
    return 0.55 + 1.35 * exp(-(((hour - 1) / 0.65) ** 2))


def visitors(chance: random.Random, per_second: float, cap: int) -> list[Visitor]:
    """A morning's visitors. A party larger than the room would come in two."""
    mean = sum(busy(HOURS * n / 1000) for n in range(1000)) / 1000
    most, at, coming = 2.0, 0.0, []
    while (at := at + chance.expovariate(per_second * most / mean)) < HOURS * 3600:
        if chance.random() * most < busy(at / 3600):
            coming.append(_visitor(chance, at, cap))
    return coming


def _visitor(chance: random.Random, at: float, cap: int) -> Visitor:
    service = chance.choices(range(4), SHARE)[0]
    sigma = sqrt(log(1 + SPREAD[service] ** 2))
    work = chance.lognormvariate(log(60 * MINUTES[service]) - sigma**2 / 2, sigma)
    party = min(chance.choices((1, 2, 3), PARTY)[0], cap)
    return Visitor(at, service, party, chance.random() < PRIORITY, chance.uniform(*WALK), work, chance.uniform(*LEAVE))


def most_served(counters: Sequence[set[int]], cap: int) -> float:
    """Visitors a second that the tightest set of counters, or the room, could serve if it were never idle."""
    best = cap / (sum(min(n, cap) * share for n, share in enumerate(PARTY, 1)) * (sum(WALK + LEAVE) / 2 + _work(15)))
    for services in range(1, 16):
        hands = sum(any(services >> service & 1 for service in own) for own in counters)
        best = min(best, hands / _work(services))
    return best


def _work(services: int) -> float:
    """Seconds of work that one visitor brings on average to these services (bits)."""
    return sum(60 * SHARE[n] * MINUTES[n] for n in range(4) if services >> n & 1)


class Morning:
    """One morning of one office."""

    def __init__(self, coming: Sequence[Visitor], counters: Sequence[set[int]], cap: int, way: Way) -> None:
        self.env, self.coming, self.cap, self.way = simpy.Environment(), coming, cap, way
        self.takes = [frozenset(own) for own in counters]
        self.free, self.streaks, self.streak = [True] * len(counters), [0] * len(counters), 0
        self.outside: dict[int, Standing] = {}
        self.present: dict[int, Standing] = {}
        self.walks: dict[int, Any] = {}
        self.parties: Count[tuple[int, int]] = Count()
        self.taken, self.since, self.left = 0, 0.0, 0
        self.idle = self.spare = 0.0
        self.waits: list[float] = []
        self.longest = 0
        self.changed = self.env.event()
        self.env.process(self._arrivals())
        for counter in range(len(counters)):
            self.env.process(self._clerk(counter))
        self.env.run(until=100 * 3600)
        assert self.left == len(coming), "somebody was never served"

    def _arrivals(self) -> Iterator[Any]:
        for n, one in enumerate(self.coming):
            yield self.env.timeout(one.at - self.env.now)
            self._note()
            self.outside[n] = Standing(n, one.service, n, sequence=n, priority=one.priority, party=one.party)
            self.parties[one.service, one.party] += 1
            self._settle()

    def _clerk(self, counter: int) -> Iterator[Any]:
        while True:
            yield self.env.timeout(PRESS)
            called = self._call(counter)
            if called is None:
                yield self.changed
                continue
            yield self.walks.pop(called)
            self.waits.append(self.env.now - self.coming[called].at)
            yield self.env.timeout(self.coming[called].work)
            self._note()
            self.free[counter] = True
            self.env.process(self._leave(called))
            self._settle()

    def _call(self, counter: int) -> int | None:
        own = [one for one in self.present.values() if one.service in self.takes[counter]]
        if self.taken < self.cap:
            own += [one for one in self.outside.values() if one.service in self.takes[counter]]
        pick = own and next_called(
            self._room(), own, RATIO, self.streaks[counter],
            waiting=self.outside.values(), admitted=self.streak, bound=self.way.bound,
        )  # fmt: skip
        if not pick:
            return None
        called = pick.standing
        self._note()
        self.streaks[counter] = self.streaks[counter] + 1 if called.priority else 0
        if called.ticket in self.outside:
            self._hold(called, pick.passing)
        del self.present[called.ticket]
        self.free[counter] = False
        self._settle()
        return called.ticket

    def _leave(self, n: int) -> Iterator[Any]:
        yield self.env.timeout(self.coming[n].leave)
        self._note()
        self.taken -= self.coming[n].party
        self.left += 1
        self._settle()

    def _settle(self) -> None:
        while self.outside and self.taken < self.cap:
            desks = [Desk(own, free) for own, free in zip(self.takes, self.free, strict=True)]
            pick = next_admitted(
                self._room(), self.outside.values(), RATIO, self.streak,
                present=self.present.values(), desks=desks if self.way.feeds else (), bound=self.way.bound,
            )  # fmt: skip
            if pick is None:
                break
            self.streak = self.streak + 1 if pick.standing.priority else 0
            self._hold(pick.standing, pick.passing)
        happened, self.changed = self.changed, self.env.event()
        happened.succeed()

    def _hold(self, one: Standing, passing: Sequence[Standing]) -> None:
        for passed in passing:
            self.outside[passed.ticket] = replace(passed, passed=passed.passed + 1)
        del self.outside[one.ticket]
        self.parties[one.service, one.party] -= 1
        self.longest = max(self.longest, one.passed)
        self.taken += one.party
        self.present[one.ticket] = replace(one, place_held=True)
        self.walks[one.ticket] = self.env.process(self._walk(one.ticket))

    def _walk(self, n: int) -> Iterator[Any]:
        yield self.env.timeout(self.coming[n].walk)
        if n in self.present:
            self.present[n] = replace(self.present[n], inside=True)

    def _room(self) -> Room:
        return Room(self.cap, 0, self.taken)

    def _note(self) -> None:
        """Before a change: how long it has been as it is now."""
        seconds, self.since = self.env.now - self.since, self.env.now
        if seconds and self.outside and any(self.free):
            self.idle += seconds * sum(self._smallest(own, self.parties) > 0 for own in self._free())
            self.spare += seconds * self._could_be_fed()

    def _could_be_fed(self) -> int:
        """How many of the idle counters the places would do for that stand free or are held by others who wait."""
        free, left = self._free(), self.parties.copy()
        _, alone = lacking([one.service for one in self.present.values()], free)
        places = self.cap - self.taken + sum(one.party for one in self.present.values())
        fed = 0
        for own in free:
            party = self._smallest(own, left)
            if party and party <= places and fed < alone:
                fed, places = fed + 1, places - party
                left[next(s for s in own if left[s, party]), party] -= 1
        return fed

    def _free(self) -> list[frozenset[int]]:
        return [own for own, free in zip(self.takes, self.free, strict=True) if free]

    def _smallest(self, own: frozenset[int], parties: Count[tuple[int, int]]) -> int:
        return next((n for n in (1, 2, 3) if any(parties[service, n] for service in own)), 0)


@dataclass(frozen=True)
class Row:
    """What one way of admitting came to: counter-minutes a morning, minutes of waiting, people."""

    idle: float
    spare: float
    mean: float
    slow: float
    longest: int


def measure(way: Way, counters: Sequence[set[int]], cap: int, mornings: int, load: float) -> Row:
    """So many mornings; the same visitors for each way."""
    days = []
    for n in range(mornings):
        coming = visitors(random.Random(f"{cap} {counters} {n}"), load * most_served(counters, cap), cap)
        days.append(Morning(coming, counters, cap, way))
    waits = [wait / 60 for day in days for wait in day.waits]
    idle, spare = (sum(getattr(day, what) for day in days) / 60 / mornings for what in ("idle", "spare"))
    return Row(idle, spare, sum(waits) / len(waits), percentile(waits, 95), max(day.longest for day in days))


HEAD = (
    f"{'':13}{'idle while somebody waits outside':>34} {'could have been fed':>20} "
    f"{'mean wait':>11} {'95 % wait less than':>24} {'passed':>9}  goals\n"
    f"counters  cap{'first':>8}{'slip':>7}{'fed':>7}{'ratio':>7} {'':>5}{'first':>8}{'fed':>7}{'ratio':>6}"
    f"{'first':>6}{'fed':>5} {'first':>7}{'slip':>6}{'fed':>6}{'ratio':>6} {'slip':>5}{'fed':>4}  slow idle fed"
)


def line(kind: str, n: int, cap: int, first: Row, slip: Row, fed: Row) -> tuple[str, list[bool | None]]:
    """A row of the table, and its goals: None where there is none."""
    slow, idle, spare = fed.slow / first.slow, _ratio(fed.idle, first.idle), _ratio(fed.spare, first.spare)
    tight = cap <= 2 * n
    goals = [slow <= WORSE, idle <= HALF if tight else None, spare <= HALF if tight else None]
    text = (
        f"{n} {kind:5} {cap:5}{first.idle:8.1f}{slip.idle:7.1f}{fed.idle:7.1f}{idle:7.2f} {'':>5}{first.spare:8.1f}"
        f"{fed.spare:7.1f}{spare:6.2f}{first.mean:6.1f}{fed.mean:5.1f} {first.slow:7.1f}{slip.slow:6.1f}{fed.slow:6.1f}"
        f"{slow:6.2f} {slip.longest:5}{fed.longest:4}  "
    )
    return text + " ".join({True: "yes ", False: "NO  ", None: "    "}[goal] for goal in goals), goals


def _ratio(ours: float, theirs: float) -> float:
    return ours / theirs if theirs else 1.0


def main() -> None:
    asked = argparse.ArgumentParser()
    asked.add_argument("--mornings", type=int, default=MORNINGS)
    asked.add_argument("--load", type=float, default=LOAD)
    asked.add_argument("--counters", type=int, nargs="*", default=[3, 4, 5, 6])
    asked.add_argument("--caps", type=int, nargs="*", default=CAPS)
    asked.add_argument("--bound", type=int, default=BOUND)
    args = asked.parse_args()
    ways = FIRST, SLIPPING, Way("fed", True, args.bound)
    offices = list(product(COUNTERS, args.counters, args.caps))
    print(HEAD)
    judged: list[list[bool | None]] = []
    with ProcessPoolExecutor() as cores:
        todo = [
            [cores.submit(measure, way, COUNTERS[kind][n], cap, args.mornings, args.load) for way in ways]
            for kind, n, cap in offices
        ]
        for (kind, n, cap), rows in zip(offices, todo, strict=True):
            text, goals = line(kind, n, cap, *(row.result() for row in rows))
            print(text.rstrip(), flush=True)
            judged.append(goals)
    each = [[goal for goal in goals if goal is not None] for goals in zip(*judged, strict=True)]
    names = ("95 % wait", "idle halved", "could have been fed halved")
    print("; ".join(f"{name}: {sum(goals)} of {len(goals)}" for name, goals in zip(names, each, strict=True)))
    print(f"goals: {sum(map(sum, each))} of {sum(map(len, each))} met")


if __name__ == "__main__":
    main()
