"""Somebody must go on to be able to set an office, and the installation."""

from counter.models import staff as accounts
from counter.models.staff import ADMINISTRATOR, MANAGER, MANAGING, Staff
from queues.errors import LastAdministrator, LastManager


def check_another(own: Staff, becomes: str = "") -> None:
    """Raise LastAdministrator or LastManager where nobody is left to set the installation, or the office, when this one
    goes or `becomes` something else. Whose code may run out is no help."""
    if own.role not in MANAGING:
        return
    administrators = [one for one in accounts.administrators_held() if one != own.id]
    if own.role == ADMINISTRATOR and not administrators:
        raise LastAdministrator
    theirs = [one for one in accounts.of_office(own.office_id) if one.role == MANAGER and one.one_time_until is None]
    left = bool(administrators) or any(one.id != own.id for one in theirs)
    if own.role == MANAGER and becomes != ADMINISTRATOR and not left:
        raise LastManager
