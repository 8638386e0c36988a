"""Sign in and out. Tries are throttled by address and account, so that no stranger locks the owner out."""

from urllib.parse import urlsplit

from flask import Blueprint, Response, make_response, render_template, request, session
from flask_babel import gettext as _
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address
from werkzeug.utils import redirect
from werkzeug.wrappers import Response as BaseResponse

from counter.access import Right, allow, home_of
from counter.models.staff import Staff, who_signs_in
from counter.web import forms
from counter.web.page import asks_delete, see

place = Blueprint("session", __name__)
limiter = Limiter(get_remote_address, storage_uri="memory://")


def _address_and_account() -> str:
    return f"{get_remote_address()} {forms.text('username').lower()}"


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
    staff = who_signs_in(forms.text("username", 60), forms.text("password"))
    if staff is None:
        return make_response(_page(forms.text("next"), said=[("error", _("Wrong user name or password."))]), 401)
    return _enter(staff)


def _enter(staff: Staff) -> BaseResponse:
    _forget()
    session["staff"], session.permanent = staff.id, True
    wanted = forms.text("next")
    endpoint, args = home_of(staff)
    return redirect(wanted, 303) if _is_ours(wanted) else see(endpoint, **args)


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
