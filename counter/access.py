"""Who may do what. Closed unless opened by name: a route or a panel without a right opens for nobody.

The same check guards an address and the open line to the same panel (promise I25, R18).
"""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from enum import Enum
from typing import Any, TypeVar

from flask import g, request, session

from counter import machine, sessions
from counter.models import counter as counters
from counter.models import office as offices
from counter.models import sensor as sensors
from counter.models import staff as accounts
from counter.models import ticket as tickets
from counter.models.staff import CLERK, GUIDE, MANAGER, Staff
from counter.sessions import Who as Who
from queues.errors import NotFound


class Right(Enum):
    """What opens a place. ANYONE also means: whoever holds the ticket's token."""

    ANYONE = "anyone"
    DOOR = "guides and managers of the office"
    COUNTER = "the clerk of this counter, and managers of its office"
    MANAGER = "managers of the office"
    SENSOR = "a people counter of the office, by its token"
    TICKET = "the clerk at whose counter the ticket is, and managers of its office"
    SERVED = "the clerk who has called the ticket to their counter, and managers of its office"
    FIRST_RUN = "whoever sits at the machine itself, while there is no account"


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
    """The sign-in that the cookie names, whether or not it still holds; or the one given as `g.who`, where an open line
    is judged again."""
    if "who" in g:
        return g.who  # type: ignore[no-any-return]
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
    if right is Right.SENSOR:
        return _check_sensor(args)
    if right is Right.FIRST_RUN:
        return _check_first_run()
    staff = signed_in()
    if (
        staff is None or staff.one_time_until is not None
    ):  # With a one-time code a password is chosen, and nothing else.
        raise SignInFirst
    if not _CHECKS[right](staff, args):
        raise Forbidden


def home_of(staff: Staff) -> tuple[str, dict[str, Any]]:
    """Where somebody's work begins: (endpoint, its arguments)."""
    if staff.role == CLERK and staff.counter_id:
        return "desk.show", {"counter_id": staff.counter_id}
    if staff.role == GUIDE:
        return "door.show", {"slug": offices.by_id(staff.office_id).slug}
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


def _check_first_run() -> None:
    if not machine.is_asked_here() or accounts.is_any():
        raise NotFound("first run")


def _may_manage(staff: Staff, args: Mapping[str, Any]) -> bool:
    _same_office(staff, offices.by_slug(args["slug"]).id)
    return staff.role == MANAGER


def _may_guard(staff: Staff, args: Mapping[str, Any]) -> bool:
    _same_office(staff, offices.by_slug(args["slug"]).id)
    return staff.role in (GUIDE, MANAGER)


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
    return staff.role == MANAGER or (ticket.counter_id is not None and _sits_at(staff, ticket.counter_id))


def _sits_at(staff: Staff, counter_id: int | None) -> bool:
    """A ticket that no counter has called is nobody else's: the rules refuse the move, not the door."""
    if staff.role == MANAGER:
        return True
    return staff.role == CLERK and counter_id in (None, staff.counter_id)


def _same_office(staff: Staff, office_id: int) -> None:
    if staff.office_id != office_id:
        raise NotFound(str(office_id))


_CHECKS: dict[Right, Callable[[Staff, Mapping[str, Any]], bool]] = {
    Right.DOOR: _may_guard,
    Right.MANAGER: _may_manage,
    Right.COUNTER: _may_serve,
    Right.TICKET: _may_handle,
    Right.SERVED: _has_served,
}
