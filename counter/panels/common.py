"""Values that several screens show in the same form.

Values are plain: equal values draw the same panel, so the open line compares values and does not draw again what
the watchers already have. Times are the office's local time as the screen prints them ("08:41"). People are
counted with their companions.
"""

from dataclasses import dataclass
from datetime import datetime

from counter import clock
from counter.models import device as devices
from counter.models import office as offices
from counter.models.device import Shown
from counter.models.seen import Seen
from counter.models.snapshot import Snapshot
from counter.models.words import Words
from queues.errors import NotFound
from queues.room import Room as Figures


@dataclass(frozen=True)
class Place:
    """The office a screen stands in."""

    slug: str
    name: Words


@dataclass(frozen=True)
class Room:
    """The room in figures: people, companions counted. `cap` None means no cap is set."""

    cap: int | None
    inside: int
    held: int
    free: int | None
    over: int
    """How many more people are inside or expected than the cap allows (after it was lowered)."""


@dataclass(frozen=True)
class Zone:
    """The room (`id` and `name` None) or an extra waiting area, with its figures."""

    id: int | None
    name: Words | None
    room: Room


@dataclass(frozen=True)
class Line:
    """How many wait for one service."""

    letter: str
    name: Words
    waiting: int


@dataclass(frozen=True)
class Coming:
    """A visitor for whom a place in the room is held."""

    number: str
    letter: str
    party: int
    until: str
    until_at: int | None
    """The same moment in seconds since 1970, for the page to show who is overdue."""
    counter: int | None
    """Called straight from outside to this counter; else None."""
    ticket_id: int
    stamp: str


def office_of(slug: str = "", area_id: int | None = None, device_id: int | None = None) -> int:
    """The office that a panel's address names, or to which its device belongs. Raises NotFound."""
    if device_id is None:
        return offices.by_slug(slug).id
    own = devices.by_id(device_id)
    if own is None:
        raise NotFound(str(device_id))
    return own.office_id


def shown_by(seen: Snapshot, device_id: int | None) -> Shown | None:
    """What a device shows; None for a screen that is none. Raises NotFound for one that was taken back."""
    if device_id is not None and device_id not in seen.devices:
        raise NotFound(str(device_id))
    return seen.devices[device_id] if device_id is not None else None


def place(seen: Snapshot) -> Place:
    """The office a screen stands in."""
    return Place(seen.slug, seen.name)


def room(seen: Snapshot) -> Room:
    """The room's figures; nothing is worked out here that the rule has not."""
    return figures(seen.room)


def zone(seen: Snapshot, area_id: int | None) -> Zone:
    """The room or one of its waiting areas. Raises NotFound for an area that is not there, or not any more."""
    found = seen.zones.get(area_id)
    if found is None:
        raise NotFound(str(area_id))
    return Zone(found.id, found.name, figures(found.room))


def areas(seen: Snapshot) -> tuple[Zone, ...]:
    """The extra waiting areas."""
    return tuple(zone(seen, area_id) for area_id in seen.zones if area_id is not None)


def lines(seen: Snapshot, services: tuple[int, ...] | None = None) -> tuple[Line, ...]:
    """How many wait for each service, or for those that a counter takes."""
    own = [service for service in seen.offered.values() if services is None or service.id in services]
    return tuple(Line(service.letter, service.name, seen.waiting_for[service.id]) for service in own)


def coming(seen: Snapshot) -> tuple[Coming, ...]:
    """For whom a place is held: asked to come in, or called straight from outside."""
    expected = [ticket for ticket in seen.tickets.values() if ticket.presence_id and not ticket.inside]
    expected.sort(key=lambda ticket: ticket.presence_id or 0)
    return tuple(
        Coming(
            ticket.printed, ticket.letter, ticket.party, at(seen, ticket.hold_until), _seconds(ticket.hold_until),
            seen.number_of(ticket.counter_id), ticket.id, ticket.stamp,
        )
        for ticket in expected
    )  # fmt: skip


def priority_of(seen: Snapshot, ticket: Seen) -> Words | None:
    """The ticket's priority class by name, or None for a regular one."""
    return seen.classes.get(ticket.priority_class_id) if ticket.priority_class_id else None


def figures(room: Figures) -> Room:
    """A room's figures as screens show them."""
    return Room(room.cap, room.inside, room.expected, room.free, room.over)


def at(seen: Snapshot, moment: datetime | None) -> str:
    """A moment as the office's clocks show it; empty for none."""
    return clock.printed(moment, seen.timezone) if moment else ""


def _seconds(moment: datetime | None) -> int | None:
    return int(moment.timestamp()) if moment else None
