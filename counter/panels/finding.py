"""The way from "what have you come for?" to an errand: what was found, and what most people come for."""

from collections.abc import Iterable
from dataclasses import dataclass

from counter.models import finding
from counter.models.office import Office
from counter.models.seen import Errand
from counter.models.snapshot import Snapshot
from counter.models.words import Words

FREQUENT = 4
"""Frequent errands that a kiosk has room for beside its services."""


@dataclass(frozen=True)
class Hit:
    """An errand to choose. `letter`: of the service that takes it here, if one does."""

    id: int
    name: Words
    field: str
    letter: str | None


def hits(office: Office, typed: str) -> tuple[Hit, ...]:
    """The office's errands that answer what somebody has typed, best first."""
    return _hits(finding.find(office.id, typed), {own.id: own.letter for own in office.services})


def frequent(seen: Snapshot) -> tuple[Hit, ...]:
    """What most people come for."""
    letters = {own.id: own.letter for own in seen.services.values()}
    return _hits(finding.frequent(seen.id, seen.day, FREQUENT), letters)


def _hits(errands: Iterable[Errand], letters: dict[int, str]) -> tuple[Hit, ...]:
    return tuple(Hit(own.id, own.name, own.field, letters.get(own.service_id or 0)) for own in errands)
