"""What is counted for whoever watches the machine, in the form that Prometheus reads; each server counts for itself.

Reports for the office are made from the history, never from these: they begin at nought with every start.
"""

import logging
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import takewhile
from typing import Any

from prometheus_client import (
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    ProcessCollector,
    disable_created_metrics,
    generate_latest,
)

from counter.database import Told
from queues import life
from queues.errors import Refused

MINUTES = (1, 2, 5, 10, 15, 20, 30, 45, 60, 90, 120, 180)
LONGEST_WORD = 12

disable_created_metrics()  # type: ignore[no-untyped-call]  # When a figure began is the same for all: when the server did.
_kept = CollectorRegistry()
ISSUED = Counter("luot_tickets_issued", "Tickets that were taken", registry=_kept)
ENDED = Counter("luot_tickets_ended", "Tickets that ended, by how", ["end"], registry=_kept)
WAITED = Histogram(
    "luot_wait_seconds", "From the ticket to its call", buckets=[60 * one for one in MINUTES], registry=_kept
)
ACTIONS = Histogram(
    "luot_action_seconds", "What a change took, from asking for the office until it was saved", ["action"],
    buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10), registry=_kept,
)  # fmt: skip
REFUSED = Counter("luot_actions_refused", "Changes that the rules refused", ["action", "why"], registry=_kept)
REQUESTS = Counter("luot_requests", "Answers, by status", ["status"], registry=_kept)
ERRORS = Counter("luot_errors", "Warnings and errors in the log, by what they say", ["kind"], registry=_kept)
ProcessCollector(registry=_kept)


def told(told: Told) -> None:
    """A change has been saved: count its moves."""
    for move, target, age in told.moved:
        if move == "issue":
            ISSUED.inc()
        if move == "call":
            WAITED.observe(max(age, 0))  # The clock may have been put back meanwhile.
        if life.has_ended(target):
            ENDED.labels(target).inc()


@contextmanager
def action(errand: str) -> Iterator[None]:
    """Time a change, also one that fails; count what the rules refuse."""
    began, name = time.perf_counter(), name_of(errand)
    try:
        yield
    except Refused as error:
        REFUSED.labels(name, type(error).__name__).inc()
        raise
    finally:
        ACTIONS.labels(name).observe(time.perf_counter() - began)


def name_of(errand: str) -> str:
    """What was asked for, without what it was asked about: "call 41" is a call."""
    words = takewhile(lambda word: word.isalpha() and word.islower() and len(word) <= LONGEST_WORD, errand.split())
    return " ".join(words)


class Counted(logging.Handler):
    """Counts what is logged, by the text as it stands in the program: without what it is about."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)

    def emit(self, record: logging.LogRecord) -> None:
        """Count one."""
        ERRORS.labels(str(record.msg)[:80]).inc()


Figures = dict[str, tuple[str, Iterable[tuple[dict[str, str], float]]]]
"""Name → (what it is, its values as they are now, each with what it is about)."""


def as_text(figures: Figures) -> bytes:
    """All that was counted, and these figures of the present moment."""
    now = CollectorRegistry()
    for name, (said, values) in figures.items():
        own: Any = None
        for about, value in values:
            own = own or Gauge(name, said, list(about), registry=now)
            (own.labels(**about) if about else own).set(value)
    return generate_latest(_kept) + generate_latest(now)
