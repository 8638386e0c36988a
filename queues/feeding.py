"""Which counters have nobody, and who would feed them (R1: a counter that is open should not stand idle)."""

from collections.abc import Sequence

Takes = frozenset[int]
"""The services of one counter."""


def lacking(coming: Sequence[int], counters: Sequence[Takes]) -> tuple[set[int], int]:
    """Return the services of which one more would reach a counter that else has nobody, and how many such counters.

    `coming` are the services of those who wait for a call. Each goes to one counter, so that as many counters
    as possible have somebody; where not all can, the first in `counters` do.
    """
    going: dict[int, int] = {}
    services: set[int] = set()
    alone = 0
    for counter in range(len(counters)):
        asked: set[int] = set()
        if not _has_one(counter, coming, counters, going, asked):
            alone += 1
            services.update(*(counters[other] for other in asked))
    return services, alone


def _has_one(
    counter: int, coming: Sequence[int], counters: Sequence[Takes], going: dict[int, int], asked: set[int]
) -> bool:
    """Find one who comes for a counter; if need be another counter's, when that one can find somebody else."""
    asked.add(counter)
    for one, service in enumerate(coming):
        if service in counters[counter]:
            other = going.get(one)
            if other is None or (other not in asked and _has_one(other, coming, counters, going, asked)):
                going[one] = counter
                return True
    return False
