"""A ticket by phone: whose it is counted as, and whether the phone is here (issue 5)."""

from flask import Blueprint, Response, current_app, request, session, url_for
from flask_babel import gettext as _
from markupsafe import Markup

from counter import clock, qr
from counter.access import Forbidden, Right, SignInFirst, allow, check, signed_in
from counter.actions.taking import Taker
from counter.models import office as offices
from counter.models.office import Office
from counter.panels import HERE, draw
from counter.screens import at_own_kiosk
from counter.web import forms
from counter.web.page import language, public_address, say
from queues.errors import NotFound
from queues.here import REMEMBERED, code_of, is_right, minute_of
from queues.taking import is_counted, network

place = Blueprint("taking", __name__)

LONGEST_CODE = 20


@place.get("/offices/<slug>/display/here.svg")
@allow(Right.LOBBY)
def code(slug: str) -> Response:
    """The code of this minute to scan: it opens the tickets, and says that the phone is here."""
    office = offices.by_slug(slug)
    if not office.here_code:
        raise NotFound("code")
    now = code_of(office.here_secret, minute_of(clock.now()))
    address = public_address(url_for("kiosk.phone", slug=slug, here=now))
    return Response(qr.svg(address), mimetype="image/svg+xml")


def shown_here(slug: str) -> Markup:
    """The code's panel for a screen in the lobby; nothing for a browser that may not know it."""
    try:
        check(Right.LOBBY, {"slug": slug})
    except (SignInFirst, Forbidden, NotFound):
        return Markup()
    return draw(HERE, {"slug": slug}, language()).html


def taker(office: Office, *, at_kiosk: bool) -> Taker | None:
    """Who asks, as they are counted; None for staff and at a machine of the office. A code in the form is heeded."""
    if not _is_counted(office, at_kiosk=at_kiosk):
        return None
    heed(office, forms.text("here", LONGEST_CODE))
    key = str(current_app.secret_key).encode()
    return Taker(str(session.get("csrf_token", "")), network(request.remote_addr or ""), is_here(office), key)


def asks_code(office: Office, *, at_kiosk: bool) -> bool:
    """Whether the last question before the ticket asks for the code."""
    return office.here_code and _is_counted(office, at_kiosk=at_kiosk) and not is_here(office)


def heed(office: Office, typed: str) -> bool:
    """Remember for a while that this phone has shown the code, if it is right; returns whether it was."""
    now = clock.now()
    right = office.here_code and is_right(office.here_secret, minute_of(now), typed)
    if right:
        session["here"] = [office.id, int((now + REMEMBERED).timestamp())]
    return right


def heed_scan(office: Office) -> None:
    """The same for the code in the address; one that has been on the screen before is told to be old."""
    typed = request.args.get("here", "")[:LONGEST_CODE]
    if typed and office.here_code and not heed(office, typed) and not is_here(office):
        say(_("This code is no longer the one on the screen. Please scan it once more."), "error")


def is_here(office: Office) -> bool:
    """Whether this phone has shown the office's code a short while ago."""
    own, until = session.get("here") or (None, 0)
    return bool(own == office.id and 0 < until - clock.now().timestamp() <= REMEMBERED.total_seconds())


def _is_counted(office: Office, *, at_kiosk: bool) -> bool:
    own = signed_in()
    return is_counted(
        staff=own is not None and own.office_id == office.id, own_kiosk=at_own_kiosk(office.slug),
        says_kiosk=at_kiosk, paired_only=office.paired_only,
    )  # fmt: skip
