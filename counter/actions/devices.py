"""Devices of an office: given a place by the code they show, changed, paired anew, taken back (issue 5, decision 0022).

Whatever shuts a device out is told as a change of rights: its open line is cut at once.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from counter.actions.change import Change
from counter.actions.perform import Answer, Asked, perform
from counter.database import db, save
from counter.models import area as areas
from counter.models import device as devices
from counter.models import service as services
from counter.models.device import KINDS, Device
from queues.errors import NotFound

Values = Mapping[str, Any]
"""`name`, `kind` (of a new one), `area_id`, `services`, `chimes`, `ways`, `lines`."""
WAITS = timedelta(minutes=10)
"""How long a place waits for the device whose code was typed in."""


def add_device(office_id: int, values: Values, code: str, asked: Asked) -> Answer:
    """Give a place to the device that shows this code; returns {"device"}. Raises NotFound (kind, area, service)."""

    def work(change: Change) -> Answer:
        if values["kind"] not in KINDS:
            raise NotFound("kind")
        own = Device(office_id=office_id, kind=values["kind"])
        own.invite(code, change.now + WAITS)
        db.session.add(own)
        return _filled(change, own, values)

    return perform(office_id, asked, "add device", work)


def change_device(office_id: int, device_id: int, values: Values, asked: Asked) -> Answer:
    """Change a device's name, its place, or what it shows; live. Returns {"device"}. Raises NotFound."""
    return perform(
        office_id, asked, f"change device {device_id}",
        lambda change: _filled(change, _own(office_id, device_id), values),
    )  # fmt: skip


def pair_anew(office_id: int, device_id: int, code: str, asked: Asked) -> Answer:
    """Another machine takes this place with all its settings; the one before is shut out. Returns {"device"}."""

    def work(change: Change) -> Answer:
        own = _own(office_id, device_id)
        own.invite(code, change.now + WAITS)
        return _rights_changed(change, own)

    return perform(office_id, asked, f"pair anew {device_id}", work)


def retire_device(office_id: int, device_id: int, asked: Asked) -> Answer:
    """Take a device back: its cookie opens nothing any more. Returns {"device"}. Raises NotFound."""

    def work(change: Change) -> Answer:
        own = _own(office_id, device_id)
        own.retired = True
        own.shut_out()
        return _rights_changed(change, own)

    return perform(office_id, asked, f"retire device {device_id}", work)


def claim(codes: tuple[str, ...], now: datetime) -> tuple[Device, str] | None:
    """The device that shows one of these codes takes the place that waits for it: (device, its secret), or None."""
    waiting = devices.invited(codes, now)
    if waiting is None:
        return None
    told: list[tuple[Device, str]] = []

    def work(change: Change) -> Answer:
        own = devices.invited(codes, now)  # Another may have been quicker.
        if own is not None and own.office_id == change.office.id:
            told.append((own, own.pair(change.now)))
            _rights_changed(change, own)
        return {}

    perform(waiting.office_id, Asked(f"device {waiting.name}"[:60]), "claim", work)
    return told[0] if told else None


def say_unprinted(device_id: int, since: datetime | None) -> None:
    """Somebody at the kiosk says that no paper came (or the manager, with None, that it does again)."""

    def work() -> None:
        own = devices.by_id(device_id)
        if own is not None:
            own.unprinted = (own.unprinted or since) if since else None

    save(work)


def _filled(change: Change, own: Device, values: Values) -> Answer:
    if values["area_id"] is not None:
        areas.in_office(values["area_id"], change.office.id)
    chosen = values["services"]
    for service_id in chosen or ():
        services.in_office(service_id, change.office.id)
    own.name, own.area_id, own.services = values["name"], values["area_id"], chosen
    own.chimes, own.ways, own.lines = values["chimes"], values["ways"], values["lines"]
    change.office.next_seq()
    db.session.flush()
    return {"device": own.id}


def _rights_changed(change: Change, own: Device) -> Answer:
    change.told.rights = True
    change.office.next_seq()
    db.session.flush()
    return {"device": own.id}


def _own(office_id: int, device_id: int) -> Device:
    own = devices.by_id(device_id)
    if own is None or own.office_id != office_id:
        raise NotFound(str(device_id))
    return own
