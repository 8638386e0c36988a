"""The sign beside the door: come in, or wait? Read from ten metres."""

from dataclasses import dataclass

from counter.models.snapshot import Snapshot
from counter.models.words import Words
from counter.panels import texts
from counter.panels.common import Coming, Place, Zone, areas, coming, place, zone

GO, STOP = "go", "stop"


@dataclass(frozen=True)
class Sign:
    """`state` is go or stop. `coming`: only these, where the free places are theirs."""

    office: Place
    state: str
    zone: Zone
    coming: tuple[Coming, ...]
    areas: tuple[Zone, ...]
    """Where else to wait, with free places."""
    rules: tuple[Words, ...]
    stops: tuple[texts.Stop, ...]


def sign(seen: Snapshot, slug: str) -> Sign:
    """Go while somebody has been asked in or places are free, stop else."""
    here, asked = zone(seen, None), coming(seen)
    free = here.room.cap is None or bool(here.room.free)
    state = GO if (asked or free) and not here.room.over else STOP
    free_areas = tuple(area for area in areas(seen) if area.room.free)
    return Sign(place(seen), state, here, asked, free_areas, texts.rules(seen), texts.stops(seen))
