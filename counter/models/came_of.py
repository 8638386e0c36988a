"""What came of the offered ways in some days: read once, counted by the rules (R4, R14)."""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from counter.models import counter as counters
from counter.models import guidance, history
from counter.models import procedure as procedures
from counter.models import service as services
from counter.models import ticket as tickets
from counter.models.office import Office
from counter.models.words import Words
from queues import tally
from queues.tally import FAILED, Saved

Counts = Counter[str]
"""Step → visitors."""


@dataclass(frozen=True)
class Group:
    """The visitors of one errand or one service. `name` None: they said none."""

    name: Words | None
    counts: Counts


@dataclass(frozen=True)
class CameOf:
    """The figures of some days; groups with most visitors first, days in order."""

    first: date
    last: date
    total: Counts
    errands: tuple[Group, ...]
    services: tuple[Group, ...]
    days: tuple[tuple[date, Counts], ...]
    whys: tuple[tuple[str, int], ...]
    saved: Saved


def came_of(office: Office, first: date, last: date) -> CameOf:
    """Count what came of the offered ways on these days, both included."""
    steps = guidance.steps(office.id, first, last)
    single = tally.once(steps)
    by_errand, by_service = tally.by(single, "procedure"), tally.by(single, "service")
    named = procedures.by_ids({own for own in by_errand if own is not None})
    return CameOf(
        first, last, Counter(step.step for step in single),
        _groups(by_errand, {own.id: own.name for own in named.values()}),
        _groups(by_service, {own.id: own.name for own in services.all_of_office(office.id)}),
        tuple(sorted(tally.by(single, "day").items())),
        tuple(Counter(step.why for step in single if step.step == FAILED and step.why).most_common()),
        _saved(office.id, first, last, steps),
    )  # fmt: skip


def _saved(office_id: int, first: date, last: date, steps: list[tally.Step]) -> Saved:
    taken = Counter(service for _counter, service in counters.services_of_office(office_id))
    seconds = history.seconds_of_service(office_id, first, last)
    return tally.saved(steps, tickets.fates(office_id, first, last), seconds, taken)


def _groups(counts: dict[int | None, Counts], names: dict[int, Words]) -> tuple[Group, ...]:
    groups = [Group(names.get(own) if own is not None else None, found) for own, found in counts.items()]
    return tuple(sorted(groups, key=lambda group: (-group.counts.total(), group.name or Words("", ""))))
