"""The way from "what have you come for?" to an errand: what was found, and what most people come for."""

from collections.abc import Iterable
from dataclasses import dataclass

from counter.models import finding
from counter.models.office import Office
from counter.models.seen import Errand
from counter.models.service import COLLECT, ORIGINAL
from counter.models.snapshot import Snapshot
from counter.models.words import Words
from counter.panels.kiosk import ServiceCard, card


@dataclass(frozen=True)
class Hit:
    """An errand to choose. `letter`: of the service that takes it here, if one does."""

    id: int
    name: Words
    field: str
    letter: str | None


@dataclass(frozen=True)
class Start:
    """What stands at the kiosk's start before the services: frequent errands, and the two short ways (R6, R17)."""

    frequent: tuple[Hit, ...]
    collect: ServiceCard | None
    original: ServiceCard | None


def hits(office: Office, typed: str) -> tuple[Hit, ...]:
    """The office's errands that answer what somebody has typed, best first."""
    return _hits(finding.find(office.id, typed), {own.id: own.letter for own in office.services})


def start(seen: Snapshot) -> Start:
    """What most people come for, and the short ways that this office has and that are open."""
    letters = {own.id: own.letter for own in seen.services.values()}
    return Start(_hits(finding.frequent(seen.id, seen.day), letters), _open(seen, COLLECT), _open(seen, ORIGINAL))


def _hits(errands: Iterable[Errand], letters: dict[int, str]) -> tuple[Hit, ...]:
    return tuple(Hit(own.id, own.name, own.field, letters.get(own.service_id or 0)) for own in errands)


def _open(seen: Snapshot, kind: str) -> ServiceCard | None:
    cards = (card(seen, own) for own in seen.services.values() if own.kind == kind)
    return next((own for own in cards if own.closed is None), None)
