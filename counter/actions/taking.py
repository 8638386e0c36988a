"""Tickets by phone are counted, so that no script takes the whole day's numbers (issue 5)."""

from dataclasses import dataclass

from counter.actions.change import Change
from counter.models import taking as takings
from counter.models.office import Office
from queues.errors import NotHere, TooManyTaken
from queues.taking import ADDRESS, DAY, HOUR, PHONE, Bound, mark, reached


@dataclass(frozen=True)
class Taker:
    """A phone that asks for a ticket: its own secret, the network it asks from (empty where unknown), whether it has
    shown the lobby's code, and the key without which nobody can make a mark of it."""

    phone: str
    network: str
    here: bool
    key: bytes


def bounds_of(office: Office) -> tuple[Bound, ...]:
    """What the office has set, the phone's own first: that is what its owner understands."""
    return (
        Bound(PHONE, HOUR, office.phone_hour), Bound(PHONE, DAY, office.phone_day),
        Bound(ADDRESS, HOUR, office.address_hour), Bound(ADDRESS, DAY, office.address_day),
    )  # fmt: skip


def count(change: Change, taker: Taker | None) -> None:
    """Count the ticket that is about to be given, in its own transaction: a refusal counts nothing, and a form that
    comes twice is not asked again (I4). Without a taker (staff, a machine of the office) nobody counts. Raises NotHere,
    TooManyTaken."""
    if taker is None:
        return
    office = change.office
    if office.here_code and not taker.here:
        raise NotHere
    phone, address = (mark(taker.key, office.id, office.day, own) for own in (taker.phone, taker.network))
    over = reached(bounds_of(office), takings.taken(office.id, office.day, change.now, phone, address))
    if over is not None:
        raise TooManyTaken(over)
    takings.write(office_id=office.id, day=office.day, at=change.now, phone=phone, address=address)
