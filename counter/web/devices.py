"""The devices of an office: let in by their code, what each shows and offers, how each is, taken back (issue 5)."""

from flask import Blueprint, current_app, make_response, render_template, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response as BaseResponse

from counter import clock, version
from counter.access import Right, allow
from counter.actions import devices as verbs
from counter.actions import settings
from counter.errors import sentence, status_of
from counter.models import area as areas
from counter.models import device as devices
from counter.models import office as offices
from counter.models.device import DISPLAY, DOOR, KINDS, KIOSK, SIGN, Device
from counter.models.office import Office
from counter.web import entries, forms
from counter.web.guard import Answer, may_draw, refused
from counter.web.measures import Mistakes
from counter.web.page import asks_delete, say, see
from queues.errors import NotFound, Refused
from queues.pairing import typed

place = Blueprint("devices", __name__)

DEVICES = "/offices/<slug>/settings/devices"
ID = "int(max=2147483647)"
SILENT = 150
"""Seconds without a word from a device, which says every minute how it is, until it is shown as silent."""


@place.get(DEVICES)
@allow(Right.MANAGER)
def show(slug: str) -> str:
    """Every device, how it is, and a place for a new one."""
    return page(slug)


@place.post(DEVICES)
@allow(Right.MANAGER)
def add(slug: str) -> BaseResponse:
    """Give a place to the device that shows the code typed in."""
    office, mistakes = offices.by_slug(slug), Mistakes()
    code, kind = _code(mistakes), forms.text("kind")
    if kind not in KINDS:
        raise NotFound("kind")
    values = _values(office, kind, mistakes) | {"kind": kind}
    if code is None or mistakes:
        return make_response(page(slug, form="device", mistakes=mistakes), 422)
    verbs.add_device(office.id, values, code, forms.asked("office"))
    say(
        _("Kept. The device shows its own screen within a few seconds; if it goes on showing a code, compare the code.")
    )
    return see("devices.show", slug=slug)


@place.post(f"{DEVICES}/<{ID}:device_id>")
@allow(Right.MANAGER)
def change(slug: str, device_id: int) -> BaseResponse:
    """Change what a device shows; with `_method=DELETE` it is taken back."""
    office, mistakes, asked = offices.by_slug(slug), Mistakes(), forms.asked("office")
    if asks_delete():
        verbs.retire_device(office.id, device_id, asked)
        say(_("Taken back. It opens nothing any more."))
        return see("devices.show", slug=slug)
    values = _values(office, _own(office, device_id).kind, mistakes)
    if mistakes:
        return make_response(page(slug, form=f"device-{device_id}", mistakes=mistakes), 422)
    verbs.change_device(office.id, device_id, values, asked)
    say(_("Kept. The device shows it now."))
    return see("devices.show", slug=slug)


@place.post(f"{DEVICES}/<{ID}:device_id>/code")
@allow(Right.MANAGER)
def pair_anew(slug: str, device_id: int) -> BaseResponse:
    """Another machine takes this place."""
    office, mistakes = offices.by_slug(slug), Mistakes()
    code = _code(mistakes)
    if code is None:
        return make_response(page(slug, form=f"device-{device_id}-code", mistakes=mistakes), 422)
    verbs.pair_anew(office.id, _own(office, device_id).id, code, forms.asked("office"))
    say(_("Kept. The new device takes this place within a few seconds; the old one opens nothing any more."))
    return see("devices.show", slug=slug)


@place.post(f"{DEVICES}/<{ID}:device_id>/paper")
@allow(Right.MANAGER)
def paper_is_back(slug: str, device_id: int) -> BaseResponse:
    """Its printer prints again."""
    verbs.say_unprinted(_own(offices.by_slug(slug), device_id).id, None)
    return see("devices.show", slug=slug)


@place.post(f"{DEVICES}/rule")
@allow(Right.MANAGER)
def rule(slug: str) -> BaseResponse:
    """Whether only paired kiosks give tickets as kiosks."""
    values = {"paired_only": bool(request.form.get("paired_only"))}
    settings.set_office(offices.by_slug(slug).id, values, forms.asked("office"))
    say(_("Kept."))
    return see("devices.show", slug=slug)


def page(slug: str, *, form: str = "", mistakes: Mistakes | None = None, **more: object) -> str:
    """The page; a mistake is told at its field."""
    office = offices.by_slug(slug)
    return render_template(
        "settings/devices.html", office=office, devices=devices.of_office(office.id), local=clock.local,
        areas=areas.of_office(office.id), kinds=_kinds(), states=_states(office), form_sent=form,
        typed=request.form if form else {}, mistakes=mistakes or {}, pages=version.of_pages(_static()), **more,
    )  # fmt: skip


@place.errorhandler(Refused)
def say_refused(error: Refused) -> Answer:
    """Say it above the page."""
    if isinstance(error, NotFound) or not may_draw():
        return refused(error)
    slug = (request.view_args or {})["slug"]
    return make_response(page(slug, said=[("error", sentence(error))]), status_of(error))


def _code(mistakes: Mistakes) -> str | None:
    code = typed(forms.text("code", 20))
    if code is None:
        mistakes["code"] = _("That is no code of a device. Please compare the eight figures with its screen.")
    return code


def _values(office: Office, kind: str, mistakes: Mistakes) -> dict[str, object]:
    """Its name and place; for kiosks and displays the services ticked (all of them, or none: all, also later ones)."""
    ticked = [own.id for own in office.services if request.form.get(f"service_{own.id}")]
    chosen = ticked if kind in (KIOSK, DISPLAY) and len(ticked) not in (0, len(office.services)) else None
    return {
        "name": entries.line("name", 60, mistakes, _("Please give it a name, like “Kiosk at the entrance”.")),
        "area_id": forms.choice("area") if kind in (DISPLAY, DOOR) else None, "services": chosen,
        "chimes": not request.form.get("silent"), "ways": not request.form.get("no_ways"),
        "lines": not request.form.get("no_lines"),
    }  # fmt: skip


def _states(office: Office) -> dict[int, str]:
    """How each device is: waiting for its code to be taken, run out, here, silent."""
    now = clock.now()

    def state(own: Device) -> str:
        if own.paired_at is None:
            return "waiting" if own.code_until and own.code_until > now else "unpaired"
        seen = own.seen_at or own.paired_at
        return "here" if (now - seen).total_seconds() < SILENT else "silent"

    return {own.id: state(own) for own in devices.of_office(office.id)}


def _own(office: Office, device_id: int) -> Device:
    own = devices.by_id(device_id)
    if own is None or own.office_id != office.id:
        raise NotFound(str(device_id))
    return own


def _kinds() -> dict[str, str]:
    return {KIOSK: _("Kiosk"), DISPLAY: _("Lobby screen"), SIGN: _("Sign at the door"), DOOR: _("Door tablet")}


def _static() -> str:
    return str(current_app.static_folder)
