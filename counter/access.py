"""Who may do what. Closed unless opened by name: a route or a panel without a right opens for nobody.

The same check guards an address and the open line to the same panel (promise I25, R18). docs/rights.md is written from
the table here.
"""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from enum import Enum
from typing import Any, TypeVar

from flask import g, request, session

from counter import machine, screens, sessions
from counter.models import counter as counters
from counter.models import office as offices
from counter.models import sensor as sensors
from counter.models import staff as accounts
from counter.models import ticket as tickets
from counter.models.device import Device
from counter.models.staff import ADMINISTRATOR, CLERK, COORDINATOR, GUIDE, MANAGER, Staff
from counter.sessions import Who
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
    LOBBY = "the office's lobby screens and signs; as long as it does not ask them to be paired, anyone"
    COORDINATOR = "coordinators and administrators, over all offices"
    ADMINISTRATOR = "administrators, in all offices"
    FIRST_RUN = "whoever sits at the machine itself, while there is no account"
    METRICS = "a program on this very machine, or with METRICS_TOKEN"


class Reach(Enum):
    """How far a role's right goes. What belongs to another office does not exist for who has no reach there."""

    COUNTER = "at one's own counter"
    OFFICE = "in one's own office"
    ALL = "in all offices"


_MANAGING = {MANAGER: Reach.OFFICE, ADMINISTRATOR: Reach.ALL}
_DESK, _DOOR = {CLERK: Reach.COUNTER, **_MANAGING}, {GUIDE: Reach.OFFICE, **_MANAGING}
OPENS: dict[Right, dict[str, Reach]] = {
    Right.DOOR: _DOOR,
    Right.LOBBY: _DOOR,
    Right.COUNTER: _DESK,
    Right.TICKET: _DESK,
    Right.SERVED: _DESK,
    Right.MANAGER: _MANAGING,
    Right.COORDINATOR: {COORDINATOR: Reach.ALL, ADMINISTRATOR: Reach.ALL},
    Right.ADMINISTRATOR: {ADMINISTRATOR: Reach.ALL},
}
"""The one table of rights and roles; a role that is not named has none."""


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


def who() -> Who | None:
    """The sign-in that the cookie names, whether or not it still holds."""
    if not session.get("sign_in"):
        return None
    since = datetime.fromtimestamp(session["since"], UTC)
    return Who(session["staff"], session["epoch"], session["sign_in"], since)


def signed_in() -> Staff | None:
    """The member of staff whose session this is; None also where it has ended (`sessions.holds`)."""
    if "staff" not in g:
        g.staff = sessions.holds(who())
    return g.staff  # type: ignore[no-any-return]


def note_use() -> None:
    """Whoever is signed in has done something: the sign-in lasts on."""
    own = who() if signed_in() else None
    if own:
        sessions.use(own)


def check(right: Right | None, args: Mapping[str, Any]) -> None:
    """Let in or refuse: SignInFirst, Forbidden, or NotFound for what belongs to another office."""
    if right is Right.ANYONE:
        return
    if right is None:
        raise Forbidden
    if right in _WITHOUT_ROLE:
        return _WITHOUT_ROLE[right](args)
    if right in _BY_DEVICE and _BY_DEVICE[right](args["slug"]):
        return
    staff = signed_in()
    if staff is None or staff.one_time_until is not None:  # With a one-time code a password is chosen, nothing else.
        raise SignInFirst
    _check_reach(staff, right, args)


def is_let_into_lobby(office_id: int, staff: Staff | None, own: Device | None) -> bool:
    """Whether somebody, or a device, may see what the office keeps for its own screens (`Right.LOBBY`)."""
    if own is not None and screens.is_lobby(own, office_id):
        return True
    reach = OPENS[Right.LOBBY].get(staff.role) if staff and staff.one_time_until is None else None
    return reach is Reach.ALL or (reach is Reach.OFFICE and staff is not None and staff.office_id == office_id)


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


def _check_reach(staff: Staff, right: Right, args: Mapping[str, Any]) -> None:
    reach = OPENS[right].get(staff.role)
    office_id, counter_id = _place_of(right, args)
    if reach is not Reach.ALL and office_id not in (None, staff.office_id):
        raise NotFound(str(office_id))
    if reach is None or (reach is Reach.COUNTER and not _sits_there(staff, right, counter_id)):
        raise Forbidden


def _place_of(right: Right, args: Mapping[str, Any]) -> tuple[int | None, int | None]:
    """The office, and for a desk the counter, that is asked for. Raises NotFound."""
    if right is Right.COUNTER:
        return counters.by_id(args["counter_id"]).office_id, args["counter_id"]
    if right in (Right.TICKET, Right.SERVED):
        ticket = tickets.by_id(args["ticket_id"])
        return ticket.office_id, ticket.counter_id
    return (offices.by_slug(args["slug"]).id if "slug" in args else None), None


def _sits_there(staff: Staff, right: Right, counter_id: int | None) -> bool:
    """A ticket that no counter has called is nobody else's: the rules refuse the move, not the door. But what shows its
    secret address is for who has stood before this clerk, and nobody still in line."""
    return counter_id == staff.counter_id if counter_id is not None else right is Right.TICKET


def _check_sensor(args: Mapping[str, Any]) -> None:
    if sensors.by_id(sensor_id()).office_id != offices.by_slug(args["slug"]).id:
        raise NotFound(args["slug"])


def _check_first_run(_args: Mapping[str, Any]) -> None:
    if not machine.is_asked_here() or accounts.is_any():
        raise NotFound("first run")


def _check_monitor(_args: Mapping[str, Any]) -> None:
    if not machine.may_monitor():
        raise Forbidden


_WITHOUT_ROLE: dict[Right, Callable[[Mapping[str, Any]], None]] = {
    Right.SENSOR: _check_sensor,
    Right.FIRST_RUN: _check_first_run,
    Right.METRICS: _check_monitor,
}
"""Opened by what comes with the request, or where it comes from."""
_BY_DEVICE: dict[Right, Callable[[str], bool]] = {Right.DOOR: screens.is_door_of, Right.LOBBY: screens.is_in_lobby_of}
"""Opened by a device of the office, too, without anybody signed in."""
