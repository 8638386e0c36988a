"""At a device that has just been set up: the code that the manager types in, then its own screen."""

import secrets
from datetime import timedelta

from flask import Blueprint, current_app, make_response, render_template, request
from werkzeug.wrappers import Response as BaseResponse

from counter import clock
from counter.access import Right, allow
from counter.actions.devices import claim
from counter.models import office as offices
from counter.models.device import DISPLAY, DOOR, KIOSK, SIGN, Device
from counter.screens import cookie, device, token
from counter.web.limits import at_most
from counter.web.page import see
from queues.errors import NotFound
from queues.pairing import codes, spaced

place = Blueprint("pairing", __name__)

LASTS = 400 * 24 * 3600
"""Seconds; the most that browsers keep a cookie. It begins anew whenever the device comes here."""
LOOKS_EVERY = 3
"""Seconds between two looks of a waiting device."""
_SCREENS = {KIOSK: "kiosk.show", DISPLAY: "display.show", SIGN: "sign.show", DOOR: "door.show"}


@place.get("/device")
@allow(Right.ANYONE)
@at_most(300, timedelta(seconds=0.2))
def show() -> BaseResponse:
    """The device's own screen; while it has none, the code that lets it in."""
    own = device()
    if own is not None:
        return _kept(_its_screen(own), token())
    secret = token() or secrets.token_urlsafe(24)
    own_codes = codes(_key(), secret, clock.now().timestamp())
    paired = claim(own_codes, clock.now())
    if paired is not None:
        return _kept(_its_screen(paired[0]), paired[1])
    html = render_template("device/show.html", code=spaced(own_codes[0]), every=LOOKS_EVERY, office=_office())
    return _kept(make_response(html), secret)


def _its_screen(own: Device) -> BaseResponse:
    slug = offices.by_id(own.office_id).slug
    if own.area_id is not None and own.kind in (DISPLAY, DOOR):
        return see(_SCREENS[own.kind], slug=slug, area_id=own.area_id)
    return see(_SCREENS[own.kind], slug=slug)


def _kept(answer: BaseResponse, secret: str) -> BaseResponse:
    """The device keeps its secret. No script reads it, no other site sends it."""
    secure = current_app.config["SESSION_COOKIE_SECURE"]
    answer.set_cookie(cookie(), secret, max_age=LASTS, httponly=True, samesite="Lax", secure=secure)
    return answer


def _key() -> bytes:
    return str(current_app.config["SECRET_KEY"]).encode()


def _office() -> str | None:
    """The office whose kiosk was asked for, for somebody who stands there with a phone."""
    try:
        return offices.by_slug(request.args.get("office", "")).slug
    except NotFound:
        return None
