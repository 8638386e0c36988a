"""Sign in and out. Tries are throttled by address and account, so that no stranger locks the owner out."""

from contextlib import suppress
from urllib.parse import urlsplit

from flask import Blueprint, Response, make_response, render_template, request, session
from flask_babel import gettext as _
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address
from werkzeug.utils import redirect
from werkzeug.wrappers import Response as BaseResponse

from counter import clock
from counter.access import Right, allow, home_of, signed_in
from counter.actions.people import choose_password
from counter.database import db, save
from counter.errors import DATABASE_AWAY
from counter.models.staff import Staff, who_signs_in
from counter.passwords import LONGEST, SHORTEST, weakness
from counter.web import forms
from counter.web.measures import Mistakes
from counter.web.page import asks_delete, say, see

place = Blueprint("session", __name__)
limiter = Limiter(get_remote_address, storage_uri="memory://")


def _address_and_account() -> str:
    return f"{get_remote_address()} {forms.text('username').lower()}"


def _account() -> str:
    return f"account {session.get('staff')}"


def _failed(response: Response) -> bool:
    return response.status_code == 401


@place.get("/session")
@allow(Right.ANYONE)
def show() -> str:
    """The form to sign in, or who is signed in."""
    wanted = request.args.get("next", "")
    return _page(wanted if _is_ours(wanted) else "")


@place.route("/session", methods=["POST", "DELETE"])
@allow(Right.ANYONE)
@limiter.limit("10 per minute", key_func=_address_and_account, deduct_when=_failed)
@limiter.limit("60 per minute", deduct_when=_failed)
def create() -> BaseResponse:
    """Sign in; with DELETE, sign out."""
    if asks_delete():
        _forget()
        return see("home.show")
    staff = who_signs_in(forms.text("username", 60), forms.text("password"), clock.now())
    if staff is None:
        return make_response(_page(forms.text("next"), said=[("error", _("Wrong user name or password."))]), 401)
    return _enter(staff)


@place.post("/session/password")
@allow(Right.ANYONE)
@limiter.limit("10 per minute", key_func=_account)
def choose() -> BaseResponse:
    """Choose one's own password: first of all after a one-time code, or at any time."""
    staff = signed_in()
    if staff is None:
        return see("session.show")
    mistakes = _weakness(staff)
    if mistakes:
        return make_response(_page("", mistakes=mistakes), 422)
    choose_password(staff.id, _secret("password"), forms.asked("session"))
    answer = _enter(db.session.get_one(Staff, staff.id))
    say(_("Your new password is kept. You are signed out everywhere else."))
    return answer


def _weakness(staff: Staff) -> Mistakes:
    """What is wrong with the old or the new password. The old one is asked for, unless it was a code that let in."""
    password = _secret("password")
    if staff.one_time_until is None and not staff.has_password(_secret("current")):
        return {"current": _("That is not your present password.")}
    sentences = {
        "short": _(
            "Please use at least %(least)s characters. Three or four words are easy to remember.", least=SHORTEST
        ),
        "long": _("Please use at most %(most)s characters.", most=LONGEST),
        "easy": _("This is easily guessed. Please use other words, or more of them."),
    }
    why = weakness(password, staff.username, staff.name)
    if why:
        return {"password": sentences[why]}
    if staff.has_password(password):
        return {"password": _("This is the one you have. Please choose another that nobody knows.")}
    return {} if password == _secret("again") else {"again": _("That is not the same. Please type it once more.")}


def _secret(name: str) -> str:
    """A password as it was typed, blanks at its ends left out; never cut: what is too long is said to be."""
    return request.form.get(name, "").strip()


def _enter(staff: Staff) -> BaseResponse:
    _forget()
    session["staff"], session["epoch"], session.permanent = staff.id, staff.epoch, True
    if staff.one_time_until:
        return see("session.show")
    with suppress(*DATABASE_AWAY):  # Nobody is kept out because this can't be noted.
        save(lambda: _note_sign_in(staff.id))
    wanted = forms.text("next")
    endpoint, args = home_of(staff)
    return redirect(wanted, 303) if _is_ours(wanted) else see(endpoint, **args)


def _note_sign_in(staff_id: int) -> None:
    db.session.get_one(Staff, staff_id).last_sign_in = clock.now()


def _forget() -> None:
    """A new session for a new person; the language stays with the browser."""
    lang = session.get("lang", "vi")
    session.clear()
    session["lang"] = lang


def _is_ours(address: str) -> bool:
    """Only a path on this very host: nobody is sent away by a forged link."""
    parts = urlsplit(address)
    return address.startswith("/") and not address.startswith(("//", "/\\")) and not parts.netloc


def _page(wanted: str, **more: object) -> str:
    return render_template("session/show.html", next=wanted, username=forms.text("username", 60), **more)
