"""Who is next, and who stands where in the line.

First come, first served within a class, by sequence and never by a clock (I12). Between the classes
k to 1: after k priority tickets in a row a regular one is taken, so that nobody starves (I13). The
priority classes themselves are R20; the complaints about starving regulars that k to 1 answers are in
`docs/decisions/0004`.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from queues.life import IN_LINE

FIRST = "first"
"""Simply the first in the line."""
PRIORITY = "priority"
"""Went ahead of earlier regular tickets by right of its class."""
REGULARS_TURN = "regulars_turn"
"""A regular ticket that goes ahead of a waiting priority ticket, since k of those went before."""
FEEDS = "feeds"
"""Went ahead because a counter that is free would else have nobody."""
HANDED_OVER = -2_000_000_000
"""Where the setbacks of those begin who come from another office: below nought, and the longer they wait the lower."""


@dataclass(frozen=True)
class Standing:
    """A ticket in the line, as the order sees it.

    `rank` is the place: at first the ticket's own sequence. Who is set back shares the rank of the
    one now in front, with a larger `setback`. `party` counts the visitor and companions.
    """

    ticket: int
    service: int
    rank: int
    setback: int = 0
    sequence: int = 0
    priority: bool = False
    party: int = 1
    status: str = "waiting"
    inside: bool = False
    """Stands in the room (a presence that has begun and has not ended)."""
    place_held: bool = False
    """Has a place in the room already: inside, or expected."""
    passed: int = 0
    """How many have been let in or called from outside ahead of this one, although it came first. Those who
    went ahead by the k to 1 of the classes are not counted."""
    deferred: bool = False
    """Has asked for some more minutes: keeps the place, and lets others go first meanwhile."""

    @property
    def key(self) -> tuple[int, int, int]:
        return (self.rank, self.setback, self.sequence)


@dataclass(frozen=True)
class Pick:
    """Who is next, and why (every exception to first come first served carries its reason, I13)."""

    standing: Standing
    why: str
    passing: tuple[Standing, ...] = ()
    """Those outside who would have been let in first: each has been passed once more by this."""


def in_order(line: Iterable[Standing]) -> list[Standing]:
    """Sort by place in the line, whatever the class."""
    return sorted(line, key=lambda standing: standing.key)


def ready(line: Iterable[Standing]) -> list[Standing]:
    """Those whose turn may come now. Who asked for more minutes may be passed by anybody, in order, until the minutes
    are over or they say that they are ready; then they stand where they stood (R4)."""
    return [standing for standing in line if not standing.deferred]


def next_of(line: Iterable[Standing], ratio: int, streak: int) -> Pick | None:
    """Return who is next, or None if nobody is in the line.

    `ratio` is k: how many priority tickets may go before a regular one. `streak` is how many have gone
    in a row just before.
    """
    return next(interleaved(line, ratio, streak), None)


def interleaved(line: Iterable[Standing], ratio: int, streak: int) -> Iterator[Pick]:
    """Yield the whole line in the order in which it will be taken."""
    standings = in_order(line)
    priority = [standing for standing in standings if standing.priority]
    regular = [standing for standing in standings if not standing.priority]
    p = r = 0
    while p < len(priority) or r < len(regular):
        if r == len(regular) or (p < len(priority) and streak < max(ratio, 1)):
            ahead = r < len(regular) and regular[r].key < priority[p].key
            yield Pick(priority[p], PRIORITY if ahead else FIRST)
            p, streak = p + 1, streak + 1
        else:
            ahead = p < len(priority) and priority[p].key < regular[r].key
            yield Pick(regular[r], REGULARS_TURN if ahead else FIRST)
            r, streak = r + 1, 0


def streak_of(classes: Iterable[bool]) -> int:
    """How many priority tickets in a row were taken last; newest first, True for priority."""
    streak = 0
    for is_priority in classes:
        if not is_priority:
            break
        streak += 1
    return streak


def for_counter(line: Iterable[Standing], services: Iterable[int]) -> list[Standing]:
    """Those whom a counter with these services may call (I14), now."""
    own = set(services)
    return [standing for standing in ready(line) if standing.service in own]


def one_behind(standing: Standing, line: Sequence[Standing]) -> tuple[int, int]:
    """Return (rank, setback) one place further back among those of the same class.

    Used when a held place lapses or a missed visitor comes back: one other ticket goes first, not more.
    """
    others = in_order(ready(line))  # Who lets others go first would not go first.
    behind = [other for other in others if other.priority == standing.priority and other.key > standing.key]
    if not behind:
        return standing.rank, standing.setback
    return behind[0].rank, behind[0].setback + 1


def places_ahead(line: Iterable[Standing], ratio: int, streak: int) -> dict[int, int]:
    """For each ticket, how many of its own service will be taken before it.

    Who lets others go first is before nobody; and is told how many are before the place that is kept.
    """
    standings = list(line)
    theirs = {standing.ticket for standing in standings if standing.deferred}
    kept = _before(interleaved(standings, ratio, streak), uncounted=theirs) if theirs else {}
    return kept | _before(interleaved(ready(standings), ratio, streak), uncounted=set())


def how_many_behind(own: Standing, line: Iterable[Standing], ratio: int, streak: int) -> int:
    """How many of the same service will be taken after this one; all of them, when it stands in the line no more."""
    same = [standing for standing in line if standing.service == own.service and standing.ticket != own.ticket]
    if own.status not in IN_LINE:
        return len(same)
    return len(same) - places_ahead([*same, replace(own, deferred=False)], ratio, streak)[own.ticket]


def place_by_wait(came: int, others: Iterable[Standing], sequence: int) -> tuple[int, int]:
    """Return (rank, setback) for who comes from another office with the time waited kept (R7). `others` are all whose
    ticket is open there.

    `came` is the first ticket's number in the whole installation, which grows with every ticket taken anywhere: no
    clock is asked (I12). They stand right before the first who came later, wherever that was; if nobody did, at the
    end, at their own `sequence`. Who has been set back stays behind the one they were set back behind.
    """
    later = (standing for standing in in_order(others) if standing.setback <= 0 and _came(standing) > came)
    before = next(later, None)
    return (before.rank if before else sequence), HANDED_OVER + came


def _came(standing: Standing) -> int:
    """The number of the first ticket of a visitor, here or where they came from."""
    return standing.setback - HANDED_OVER if standing.setback < 0 else standing.ticket


def _before(order: Iterable[Pick], uncounted: set[int]) -> dict[int, int]:
    ahead: dict[int, int] = {}
    seen: dict[int, int] = {}
    for standing in (pick.standing for pick in order):
        ahead[standing.ticket] = seen.get(standing.service, 0)
        seen[standing.service] = ahead[standing.ticket] + (standing.ticket not in uncounted)
    return ahead
