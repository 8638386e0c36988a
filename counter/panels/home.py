"""Home: the offices of this installation, and how busy each is. Where is it less busy?"""

import re
from dataclasses import dataclass

from counter import clock
from counter.models import glance
from counter.models.glance import Everything, Glance
from counter.panels import texts
from counter.panels.common import Place, Room, figures
from counter.panels.kiosk import is_open
from queues.letters import fold

LONGEST = 60
"""Letters of a name that somebody looks for."""
FEW = 20
"""So many offices are shown at once: more than anybody reads, and a small page on a slow network (R20)."""
STEPS = (0, 1, 3, 6, 10, 20)
"""Turns waiting for each open counter, in steps: the order must not change under a finger with every ticket."""


@dataclass(frozen=True)
class OfficeCard:
    """How busy one office is."""

    office: Place
    address: str
    waiting: int
    room: Room
    open: bool
    stops: tuple[texts.Stop, ...]


@dataclass(frozen=True)
class Offices:
    """The visitor's question at home: where is it less busy? `more`: so many offices are not shown; `name`: what was
    looked for."""

    offices: tuple[OfficeCard, ...]
    more: int
    name: str


def office_of(name: str = "") -> None:
    """The panel shows every office."""


def all_offices() -> Everything:
    """Read every office, in a few questions."""
    return glance.everything(glance.utc_day(clock.now()))


def named(typed: str) -> str:
    """What was typed, as it stands in the panel's address: without marks, blanks and signs become one "-"."""
    return re.sub(r"[^a-z0-9]+", "-", fold(typed[:LONGEST])).strip("-")


def offices(seen: Everything, name: str = "") -> Offices:
    """The less busy offices first, those that are closed last; with a name those alone that are called so."""
    wanted = fold(name).split()
    found = [one for one in seen.offices if is_called(one, wanted)]
    cards = sorted(((is_open(one), one) for one in found), key=_busy)
    return Offices(tuple(_card(*one) for one in cards[:FEW]), max(len(cards) - FEW, 0), name)


def is_called(office: Glance, wanted: list[str]) -> bool:
    """Whether all these words, without marks, begin words of an office's name, address or short name."""
    if not wanted:
        return True
    said = fold(f"{office.name.vi} {office.name.en} {office.address} {office.slug}").split()
    return all(any(one.startswith(word) for one in said) for word in wanted)


def _busy(card: tuple[bool, Glance]) -> tuple[bool, int]:
    """Equally busy ones stay in the order of their names."""
    is_opened, own = card
    each = own.waiting / max(own.calling, 1)
    return not is_opened, sum(each > step for step in STEPS)


def _card(is_opened: bool, own: Glance) -> OfficeCard:
    here = Place(own.slug, own.name)
    return OfficeCard(here, own.address, own.waiting, figures(own.room), is_opened, texts.stops(own))
