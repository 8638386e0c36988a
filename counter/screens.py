"""Which of an office's own devices asks: by the cookie it was given when it was let in (decision 0022)."""

from flask import g, request

from counter.models import device as devices
from counter.models import office as offices
from counter.models.device import DOOR, KIOSK, Device

COOKIE = "luot_device"


def token() -> str:
    """The secret that came with the request, be it good or not; empty where none came."""
    return request.cookies.get(COOKIE, "")[:64]


def device() -> Device | None:
    """The device that asks; None for all others, and for one that has been taken back."""
    if "device" not in g:
        g.device = devices.by_token(token()) if token() else None
    return g.device  # type: ignore[no-any-return]


def kiosk_of(office_id: int) -> Device | None:
    """The paired kiosk of this office that asks; None for everybody else."""
    return _own(KIOSK, office_id)


def at_own_kiosk(slug: str) -> bool:
    """Whether a paired kiosk of this office asks."""
    return device() is not None and kiosk_of(offices.by_slug(slug).id) is not None


def is_door_of(slug: str) -> bool:
    """Whether a paired door tablet of this office asks."""
    return device() is not None and _own(DOOR, offices.by_slug(slug).id) is not None


def _own(kind: str, office_id: int) -> Device | None:
    own = device()
    return own if own is not None and (own.kind, own.office_id) == (kind, office_id) else None
