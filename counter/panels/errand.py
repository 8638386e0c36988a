"""An errand before the ticket: its papers, the ways that fit it, and who helps (R4 to R8, R17).

What the catalogue does not say is empty here, and nothing is made of it.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from counter.models import office as offices
from counter.models import procedure as procedures
from counter.models import ways as ways_of
from counter.models.office import Office
from counter.models.snapshot import Snapshot
from counter.models.told import Contact, HelpPoint
from counter.models.words import Words
from counter.panels import texts
from counter.panels.common import Place, place
from counter.panels.kiosk import ServiceCard, card, is_open
from queues import online
from queues.online import Known

SHORT = 90
"""Letters of an errand's name where there is room for two lines."""


@dataclass(frozen=True)
class Way:
    """One way, and what is cheaper about it at this moment."""

    name: str
    offers: tuple[Words, ...]


@dataclass(frozen=True)
class Point:
    """Where else somebody helps. `waiting` and `open` are known of an office of this installation alone."""

    name: Words
    address: str
    hours: Words
    helps: Words
    map_url: str
    slug: str | None
    waiting: int | None
    open: bool | None


@dataclass(frozen=True)
class Before:
    """An errand, as it is shown before a ticket is taken for it. `tries`: it can be tried while waiting."""

    office: Place
    id: int
    name: Words
    short: Words
    fee: str
    days: str
    papers: tuple[str, ...]
    known: Known
    service: ServiceCard | None
    ways: tuple[Way, ...]
    tries: bool
    portal: Words
    page: str
    """Where it is done or looked up: its own page, else the office's portal; empty where neither opens."""
    people: tuple[Contact, ...]
    points: tuple[Point, ...]


@dataclass(frozen=True)
class Collecting:
    """A result to be collected, before a ticket is taken for it (R6)."""

    office: Place
    service: ServiceCard
    ways: tuple[Way, ...]
    portal: Words
    page: str
    people: tuple[Contact, ...]


def before(seen: Snapshot, procedure_id: int, where: str) -> Before:
    """The errand with all that helps to decide. `where`: kiosk or phone. Raises NotFound."""
    own = procedures.in_office(procedure_id, seen.id)
    office, known, ways = offices.by_id(seen.id), own.known, ways_of.of_errand(seen.id, own)
    service = seen.offered.get(own.service_id) if own.service_id is not None else None
    has_page = online.opens(known.url)
    return Before(
        office=place(seen), id=own.id, name=own.name, short=short(own.name), fee=own.fee, days=own.days,
        papers=tuple(own.papers), known=known, service=card(seen, service, procedure_id=own.id) if service else None,
        ways=_ways(seen, ways, where), tries=online.can_try(known), portal=office.portal,
        page=known.url if has_page else _portal(office),
        people=texts.whom_to_ask(seen, where, own.field),
        points=_points(seen) if online.HELP_POINT in ways else (),
    )  # fmt: skip


def collecting(seen: Snapshot, service_id: int, where: str) -> Collecting:
    """A service where results are collected, with return by post beside it."""
    office = offices.by_id(seen.id)
    return Collecting(
        place(seen), card(seen, seen.services[service_id]), _ways(seen, ways_of.of_collecting(seen.id), where),
        office.portal, _portal(office), texts.whom_to_ask(seen, where, ""),
    )  # fmt: skip


def short(name: Words, most: int = SHORT) -> Words:
    """A name cut at a word, so that it fits where there is little room."""
    return Words(*(_cut(text, most) for text in name))


def errand_of(seen: Snapshot, procedure_id: int | None) -> Words | None:
    """What a ticket was taken for, in short; None where nobody said."""
    own = seen.errands.get(procedure_id) if procedure_id is not None else None
    return short(own.name) if own else None


def _portal(office: Office) -> str:
    return office.portal_url if online.opens(office.portal_url) else ""


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 1].rsplit(" ", 1)[0].rstrip(" ,;.(–-") + "…"


def _ways(seen: Snapshot, names: Iterable[str], where: str) -> tuple[Way, ...]:
    valid = texts.offers(seen, where)
    return tuple(Way(name, tuple(offer.text for offer in valid if offer.way == name)) for name in names)


def _points(seen: Snapshot) -> tuple[Point, ...]:
    """An office does not send its visitors to itself."""
    return tuple(_point(one) for one in seen.help_points if one.at_office_id != seen.id)


def _point(own: HelpPoint) -> Point:
    there = Snapshot(own.at_office_id) if own.at_office_id is not None else None
    map_url = own.map_url if online.opens(own.map_url) else ""
    return Point(
        own.name, own.address, own.hours, own.helps, map_url, there.slug if there else None,
        len(there.in_line) if there else None, is_open(there) if there else None,
    )  # fmt: skip
