"""The ways that an office can name beside a ticket (R4 to R8)."""

from counter.models import contact as contacts
from counter.models import help_point as help_points
from counter.models.procedure import Procedure
from queues import online


def of_errand(office_id: int, own: Procedure) -> tuple[str, ...]:
    """The ways that fit an errand at this office, as the catalogue and the office's own lists say."""
    points = any(one.at_office_id != office_id for one in help_points.of_office(office_id))
    return online.ways(own.known, help_points=points, phone=_can_call(office_id, own.field))


def of_collecting(office_id: int) -> tuple[str, ...]:
    """The ways for somebody who only collects a result."""
    return online.to_collect(phone=_can_call(office_id))


def _can_call(office_id: int, field: str = "") -> bool:
    """Whether there is a number for this field, or one for everything."""
    wanted = ("", field.casefold().strip())
    return any(one.phone and one.field.casefold().strip() in wanted for one in contacts.of_office(office_id))
