"""Home: the offices of this installation, and how busy each is."""

from collections.abc import Callable
from dataclasses import dataclass

from counter.models import office as offices_of
from counter.models.snapshot import Snapshot
from counter.panels import texts
from counter.panels.common import Place, Room, place, room
from counter.panels.kiosk import is_open


@dataclass(frozen=True)
class OfficeCard:
    """How busy one office is."""

    office: Place
    waiting: int
    room: Room
    open: bool
    stops: tuple[texts.Stop, ...]


@dataclass(frozen=True)
class Offices:
    """The visitor's question at home: where is it less busy?"""

    offices: tuple[OfficeCard, ...]


@dataclass(frozen=True)
class Everything:
    """All offices at one moment. Their sequences only grow, and so does the sum."""

    snapshots: list[Snapshot]

    @property
    def seq(self) -> int:
        return sum(seen.seq for seen in self.snapshots)


def office_of() -> None:
    """The panel shows every office."""


def all_offices(read: Callable[[int], Snapshot] = Snapshot) -> Everything:
    """Read every office."""
    return Everything([read(office.id) for office in offices_of.every()])


def offices(seen: Everything) -> Offices:
    """Each office with the people inside and the tickets that wait."""
    return Offices(tuple(_card(one) for one in seen.snapshots))


def _card(seen: Snapshot) -> OfficeCard:
    return OfficeCard(place(seen), len(seen.in_line), room(seen), is_open(seen), texts.stops(seen))
