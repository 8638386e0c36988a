"""A quick change of clerk at a shared computer: today's people as buttons, and a PIN for each (issue 5)."""

import logging

from flask import Blueprint, make_response, render_template
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response as BaseResponse

from counter import clock, pins, scrypt
from counter.access import Right, SignInFirst, allow, signed_in
from counter.actions.pins import close_here, set_pin, try_pin
from counter.models import known_browser as browsers
from counter.models.sign_in import PIN
from counter.models.staff import Staff
from counter.web import browser, forms
from counter.web.measures import Mistakes
from counter.web.page import asks_delete, only_delete, say, see
from counter.web.session import enter, page, secret, wrong_proof
from queues.errors import NotFound

log = logging.getLogger(__name__)
place = Blueprint("pin", __name__)

ID = "int(max=2147483647)"


@place.get(f"/session/people/<{ID}:staff_id>")
@allow(Right.ANYONE)
def show(staff_id: int) -> str:
    """Somebody of today, at this computer alone: their PIN is asked for."""
    return _page(_here(staff_id))


@place.post(f"/session/people/<{ID}:staff_id>")
@allow(Right.ANYONE)
def create(staff_id: int) -> BaseResponse:
    """Change to somebody by their PIN."""
    own = _here(staff_id)
    username = own.username
    opened = try_pin(browser.known_as(), staff_id, secret("pin").strip())
    if opened.staff is not None:
        return enter(opened.staff, PIN)
    log.warning("PIN refused", extra={"about": {"why": "wrong" if opened.left else "too often", "staff": staff_id}})
    if not opened.left:
        say(_("Wrong PIN, too often. Please sign in with your password."), "error")
        return see("session.show", username=username)
    wrong = _("Wrong PIN.")
    left = ngettext("%(num)s try is left.", "%(num)s tries are left.", opened.left)
    return make_response(_page(_here(staff_id), mistakes={"pin": f"{wrong} {left}"}), 401)


@place.route("/session/people", methods=["POST", "DELETE"])
@allow(Right.ANYONE)
def close() -> BaseResponse:
    """Nobody's PIN opens anything here any more, until they have signed in with their password (`_method=DELETE`)."""
    only_delete()
    close_here(browser.known_as())
    say(_("The names are off this computer. Everybody signs in with a password again."))
    return see("session.show")


@place.post("/session/pin")
@allow(Right.ANYONE)
def choose() -> BaseResponse:
    """Choose one's own PIN, or with `_method=DELETE` have none any more."""
    staff = signed_in()
    if staff is None or staff.one_time_until is not None:
        raise SignInFirst
    if not staff.may_have_pin:
        raise NotFound("pin")
    mistakes = {} if asks_delete() else _mistakes(staff)
    mistakes = mistakes or wrong_proof(staff)
    if mistakes:
        return make_response(page("", mistakes=mistakes, form_sent="pin"), 422)
    set_pin(staff.id, None if asks_delete() else scrypt.keep(secret("pin").strip()), forms.asked("session"))
    kept = _("Your PIN is kept. It is good at computers where you have signed in with your password that day.")
    say(_("You have no PIN any more.") if asks_delete() else kept)
    return see("session.show")


def _here(staff_id: int) -> Staff:
    """Who is one of today's people of this computer, with a PIN. Raises NotFound: a stranger learns of nobody."""
    today = browsers.of_today(browser.known_as(), clock.now())
    own = next((one for one, by_pin in today if by_pin and one.id == staff_id), None)
    if own is None:
        raise NotFound(str(staff_id))
    return own


def _page(own: Staff, mistakes: Mistakes | None = None) -> str:
    return render_template("session/pin.html", own=own, mistakes=mistakes or {}, most=pins.MOST)


def _mistakes(staff: Staff) -> Mistakes:
    sentences = {
        "shape": _("From 4 to 6 figures, please."),
        "easy": _("This is easily guessed: no dates or years, no rows like 1234, no two figures alone."),
    }
    why = pins.weakness(secret("pin").strip(), staff.username)
    if why:
        return {"pin": sentences[why]}
    same = secret("pin") == secret("pin_again")
    return {} if same else {"pin_again": _("That is not the same. Please type it once more.")}
