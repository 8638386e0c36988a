"""A kiosk, display, sign or door tablet: which office it belongs to, what it shows, and how it is."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, String, select
from sqlalchemy.orm import Mapped, mapped_column

from counter.database import db
from counter.models.base import Model
from counter.models.words import Moment

KIOSK, DISPLAY, SIGN, DOOR = "kiosk", "display", "sign", "door"
KINDS = (KIOSK, DISPLAY, SIGN, DOOR)
HEARD = 50
"""Seconds: a device says every minute how it is; what comes more often without news is not written down."""


class Device(Model):
    """`code` is what the manager typed in, until the device that shows it comes for its secret (`code_until`); of the
    secret only its digest is kept. `services` are those it offers (kiosk) or calls (display); None: all. `chimes`,
    `ways` (other ways and notices) and `lines` (how many wait) are for displays.

    `seen_at`, `version`, `sound` and `unprinted` (since when its paper is said not to come) are how it is.
    """

    __tablename__ = "device"

    id: Mapped[int] = mapped_column(primary_key=True)
    office_id: Mapped[int] = mapped_column(ForeignKey("office.id"), index=True)
    area_id: Mapped[int | None] = mapped_column(ForeignKey("area.id"))
    kind: Mapped[str] = mapped_column(String(8))
    name: Mapped[str] = mapped_column(String(60))
    services: Mapped[list[int] | None] = mapped_column(JSON(none_as_null=True))
    chimes: Mapped[bool] = mapped_column(default=True)
    ways: Mapped[bool] = mapped_column(default=True)
    lines: Mapped[bool] = mapped_column(default=True)
    code: Mapped[str | None] = mapped_column(String(8))
    code_until: Mapped[datetime | None] = mapped_column(Moment)
    token_hash: Mapped[str | None] = mapped_column(String(64), unique=True)
    paired_at: Mapped[datetime | None] = mapped_column(Moment)
    seen_at: Mapped[datetime | None] = mapped_column(Moment)
    version: Mapped[str | None] = mapped_column(String(20))
    sound: Mapped[bool | None]
    unprinted: Mapped[datetime | None] = mapped_column(Moment)
    retired: Mapped[bool] = mapped_column(default=False)

    def invite(self, code: str, until: datetime) -> None:
        """Wait for the device that shows this code; whatever had this place before is shut out."""
        self.code, self.code_until, self.token_hash = code, until, None
        self.paired_at = self.seen_at = self.version = self.sound = self.unprinted = None

    def pair(self, now: datetime) -> str:
        """Give the device its secret of 192 bits, told once; only its digest is kept."""
        token = secrets.token_urlsafe(24)
        self.token_hash, self.paired_at, self.code, self.code_until = digest(token), now, None, None
        return token

    def is_news(self, now: datetime, version: str, sound: bool | None) -> bool:
        """Whether what a device says of itself is worth a write: it is new, or it was last heard of a while ago."""
        recent = self.seen_at is not None and (now - self.seen_at).total_seconds() < HEARD
        return not recent or (self.version, self.sound) != (version, sound)

    def shut_out(self) -> None:
        """It opens nothing any more, from this moment on."""
        self.token_hash = self.code = self.code_until = None


@dataclass(frozen=True)
class Shown:
    """What a device shows, as plain values."""

    id: int
    kind: str
    area_id: int | None
    services: tuple[int, ...] | None
    chimes: bool
    ways: bool
    lines: bool


def by_token(token: str) -> Device | None:
    """The device that this secret belongs to; None once it has been taken back."""
    found = db.session.scalar(select(Device).where(Device.token_hash == digest(token)))
    return found if found and not found.retired else None


def by_id(device_id: int) -> Device | None:
    """The device in use with this id."""
    found = db.session.get(Device, device_id)
    return found if found and not found.retired else None


def invited(codes: tuple[str, ...], now: datetime) -> Device | None:
    """The place that waits for a device showing one of these codes."""
    waiting = Device.code.in_(codes), Device.code_until > now, Device.retired.is_(False)
    return db.session.scalar(select(Device).where(*waiting).order_by(Device.id.desc()))


def of_office(office_id: int) -> list[Device]:
    """The devices in use, by kind and name."""
    own = select(Device).where(Device.office_id == office_id, Device.retired.is_(False))
    return list(db.session.scalars(own.order_by(Device.kind, Device.name, Device.id)))


def shown(office_id: int) -> dict[int, Shown]:
    """What each device of an office shows."""
    return {own.id: _shown(own) for own in of_office(office_id)}


def heard(device_id: int, now: datetime, version: str, sound: bool | None) -> None:
    """Write down how a device says it is."""
    own = by_id(device_id)
    if own is not None:
        own.seen_at, own.version, own.sound = now, version, sound


def digest(token: str) -> str:
    """What is kept of a secret."""
    return hashlib.sha256(token.encode()).hexdigest()


def _shown(own: Device) -> Shown:
    services: Any = None if own.services is None else tuple(own.services)
    return Shown(own.id, own.kind, own.area_id, services, own.chimes, own.ways, own.lines)
