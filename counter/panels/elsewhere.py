"""The other offices of this installation where somebody may go on, and how busy each is at this moment (R7)."""

from dataclasses import dataclass

from counter.models import procedure as procedures
from counter.models.seen import Seen
from counter.models.snapshot import Snapshot
from counter.models.told import HelpPoint
from counter.models.words import Words
from counter.panels.kiosk import ServiceCard, card
from queues.life import IN_LINE


@dataclass(frozen=True)
class Elsewhere:
    """Another office that helps. `services`: those that take this visitor now; none while it is closed."""

    office_id: int
    name: Words
    address: str
    hours: Words
    waiting: int
    services: tuple[ServiceCard, ...]


def may_go(seen: Snapshot, ticket: Seen) -> bool:
    """Whether a visitor who waits may go on at another office."""
    return ticket.status in IN_LINE and has_others(seen)


def has_others(seen: Snapshot) -> bool:
    """Whether the office names another one of the installation as a place that helps."""
    return any(_is_other(seen, point) for point in seen.help_points)


def is_named(seen: Snapshot, office_id: int) -> bool:
    """Whether the office names this other one as a place that helps."""
    return any(_is_other(seen, point) and point.at_office_id == office_id for point in seen.help_points)


def others(seen: Snapshot, ticket_code: str | None) -> tuple[Elsewhere, ...]:
    """The other offices, the least busy first. `ticket_code`: the errand's code, if it is known what for."""
    found = [_there(point, point.at_office_id, ticket_code) for point in seen.help_points if _is_other(seen, point)]
    return tuple(sorted(found, key=lambda one: (not one.services, one.waiting)))


def code_of(procedure_id: int | None) -> str | None:
    """An errand's code, by which another office knows it too."""
    own = procedures.by_ids({procedure_id}).get(procedure_id) if procedure_id is not None else None
    return own.code if own else None


def _is_other(seen: Snapshot, point: HelpPoint) -> bool:
    return point.at_office_id not in (None, seen.id)


def _there(point: HelpPoint, office_id: int | None, code: str | None) -> Elsewhere:
    there = Snapshot(office_id or 0)
    own = procedures.by_code(there.id, code) if code else None
    known = own if own and not own.retired and own.service_id in there.offered else None
    wanted = [there.offered[known.service_id]] if known and known.service_id else list(there.offered.values())
    cards = [card(there, service, procedure_id=known.id if known else None) for service in wanted]
    return Elsewhere(
        there.id, point.name, point.address, point.hours, len(there.in_line),
        tuple(one for one in cards if one.closed is None),
    )  # fmt: skip
