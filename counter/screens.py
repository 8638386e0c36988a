"""Which of an office's own devices asks: by the cookie it was given when it was let in (decision 0022)."""

from flask import current_app, g, request

from counter.models import device as devices
from counter.models import office as offices
from counter.models.device import DISPLAY, DOOR, KIOSK, SIGN, Device

COOKIE = "luot_device"


def cookie() -> str:
    """The name of the cookie with a device's secret; over TLS one that browsers bind to this very host."""
    return f"__Host-{COOKIE}" if current_app.config["SESSION_COOKIE_SECURE"] else COOKIE


def token() -> str:
    """The secret that came with the request, be it good or not; empty where none came."""
    return request.cookies.get(cookie(), "")[:64]


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


def is_in_lobby_of(slug: str) -> bool:
    """Whether a lobby screen or sign of this office asks; where screens need not be paired, every browser is one."""
    office, own = offices.by_slug(slug), device()
    return not office.paired_only or (own is not None and is_lobby(own, office.id))


def is_lobby(own: Device, office_id: int) -> bool:
    """Whether a device is a lobby screen or sign of this office."""
    return own.kind in (DISPLAY, SIGN) and own.office_id == office_id


def _own(kind: str, office_id: int) -> Device | None:
    own = device()
    return own if own is not None and (own.kind, own.office_id) == (kind, office_id) else None
