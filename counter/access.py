"""Who may do what. Closed unless opened by name: a route or a panel without a right opens for nobody.

The same check guards an address and the open line to the same panel (promise I25, R18).
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any, TypeVar

from flask import g, request, session

from counter import screens
from counter.models import counter as counters
from counter.models import office as offices
from counter.models import sensor as sensors
from counter.models import staff as accounts
from counter.models import ticket as tickets
from counter.models.staff import ADMINISTRATOR, CLERK, COORDINATOR, GUIDE, Staff
from queues.errors import NotFound


class Right(Enum):
    """What opens a place. ANYONE also means: whoever holds the ticket's token."""

    ANYONE = "anyone"
    DOOR = "guides, managers and door tablets of the office"
    COUNTER = "the clerk of this counter, and managers of its office"
    MANAGER = "managers of the office"
    SENSOR = "a people counter of the office, by its token"
    TICKET = "the clerk at whose counter the ticket is, and managers of its office"
    SERVED = "the clerk who has called the ticket to their counter, and managers of its office"
    COORDINATOR = "coordinators and administrators, over all offices"
    ADMINISTRATOR = "administrators, in all offices"


class SignInFirst(Exception):
    """Nobody is signed in, and the place is not open to all."""


class Forbidden(Exception):
    """Signed in, but this place belongs to somebody else."""


View = TypeVar("View", bound=Callable[..., Any])


def allow(right: Right) -> Callable[[View], View]:
    """Open a view by name."""

    def opened(view: View) -> View:
        view.right = right  # type: ignore[attr-defined]
        return view

    return opened


@dataclass(frozen=True)
class Who:
    """Whose session it is, as plain values that can be judged again later."""

    staff_id: int
    epoch: int

    def staff(self) -> Staff | None:
        """The member of staff, unless the session has ended since."""
        staff = accounts.by_id(self.staff_id)
        return staff if staff and not staff.retired and self.epoch == staff.epoch else None


def who() -> Who | None:
    """Whose session came with the request, be it good or not."""
    return Who(session["staff"], session.get("epoch", -1)) if session.get("staff") else None


def signed_in() -> Staff | None:
    """The member of staff whose session this is; None also where it has been ended from elsewhere."""
    if "staff" not in g:
        own = who()
        g.staff = own.staff() if own else None
    return g.staff  # type: ignore[no-any-return]


def check(right: Right | None, args: Mapping[str, Any]) -> None:
    """Let in or refuse: SignInFirst, Forbidden, or NotFound for what belongs to another office."""
    if right is Right.ANYONE:
        return
    if right is None:
        raise Forbidden
    if right is Right.SENSOR:
        return _check_sensor(args)
    if right is Right.DOOR and screens.is_door_of(args["slug"]):
        return
    staff = signed_in()
    if staff is None or staff.one_time_until is not None:  # With a one-time code a password is chosen, nothing else.
        raise SignInFirst
    if not _CHECKS[right](staff, args):
        raise Forbidden


def home_of(staff: Staff) -> tuple[str, dict[str, Any]]:
    """Where somebody's work begins: (endpoint, its arguments)."""
    if staff.role == CLERK and staff.counter_id:
        return "desk.show", {"counter_id": staff.counter_id}
    if staff.role == GUIDE:
        return "door.show", {"slug": offices.by_id(staff.office_id).slug}
    if staff.role == COORDINATOR:
        return "overview.show", {}
    return "home.show", {}


def sensor_id() -> int:
    """The people counter whose token came with the request. Raises SignInFirst."""
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    sensor = sensors.by_token(token.strip()) if scheme.lower() == "bearer" else None
    if sensor is None:
        raise SignInFirst
    return sensor.id


def _check_sensor(args: Mapping[str, Any]) -> None:
    if sensors.by_id(sensor_id()).office_id != offices.by_slug(args["slug"]).id:
        raise NotFound(args["slug"])


def _may_manage(staff: Staff, args: Mapping[str, Any]) -> bool:
    _same_office(staff, offices.by_slug(args["slug"]).id)
    return staff.manages


def _may_guard(staff: Staff, args: Mapping[str, Any]) -> bool:
    _same_office(staff, offices.by_slug(args["slug"]).id)
    return staff.role == GUIDE or staff.manages


def _may_serve(staff: Staff, args: Mapping[str, Any]) -> bool:
    _same_office(staff, counters.by_id(args["counter_id"]).office_id)
    return _sits_at(staff, args["counter_id"])


def _may_handle(staff: Staff, args: Mapping[str, Any]) -> bool:
    ticket = tickets.by_id(args["ticket_id"])
    _same_office(staff, ticket.office_id)
    return _sits_at(staff, ticket.counter_id)


def _has_served(staff: Staff, args: Mapping[str, Any]) -> bool:
    """What shows a ticket's secret address is for who has stood before this clerk, and nobody still in line."""
    ticket = tickets.by_id(args["ticket_id"])
    _same_office(staff, ticket.office_id)
    return staff.manages or (ticket.counter_id is not None and _sits_at(staff, ticket.counter_id))


def _sits_at(staff: Staff, counter_id: int | None) -> bool:
    """A ticket that no counter has called is nobody else's: the rules refuse the move, not the door."""
    if staff.manages:
        return True
    return staff.role == CLERK and counter_id in (None, staff.counter_id)


def _may_oversee(staff: Staff, _args: Mapping[str, Any]) -> bool:
    return staff.role in (COORDINATOR, ADMINISTRATOR)


def _may_administer(staff: Staff, _args: Mapping[str, Any]) -> bool:
    return staff.role == ADMINISTRATOR


def _same_office(staff: Staff, office_id: int) -> None:
    """Another office does not exist for anybody but an administrator."""
    if staff.office_id != office_id and staff.role != ADMINISTRATOR:
        raise NotFound(str(office_id))


_CHECKS: dict[Right, Callable[[Staff, Mapping[str, Any]], bool]] = {
    Right.DOOR: _may_guard,
    Right.MANAGER: _may_manage,
    Right.COUNTER: _may_serve,
    Right.TICKET: _may_handle,
    Right.SERVED: _has_served,
    Right.COORDINATOR: _may_oversee,
    Right.ADMINISTRATOR: _may_administer,
}
