"""Sign in and out, and choose a password. How tries are counted is `actions.signing`."""

import logging
from datetime import UTC
from urllib.parse import urlsplit

from flask import Blueprint, g, make_response, render_template, request, session
from flask_babel import gettext as _
from werkzeug.utils import redirect
from werkzeug.wrappers import Response as BaseResponse

from counter import access, clock, scrypt
from counter.access import Right, allow, home_of, signed_in
from counter.actions import signing
from counter.actions.people import choose_password, sign_out_elsewhere
from counter.actions.tries import Bucket
from counter.database import db
from counter.models import known_browser as browsers
from counter.models import office as offices
from counter.models import sign_in as sign_ins
from counter.models.sign_in import CODE, PASSWORD
from counter.models.staff import Staff
from counter.passwords import LONGEST, SHORTEST, weakness
from counter.sessions import still
from counter.web import browser, forms, waits
from counter.web.measures import Mistakes
from counter.web.page import asks_delete, say, see

log = logging.getLogger(__name__)
place = Blueprint("session", __name__)

SHOWN = 8
"""How many of one's own sign-ins are shown."""


@place.get("/session")
@allow(Right.ANYONE)
def show() -> str:
    """The form to sign in, with today's people of this computer; or who is signed in."""
    wanted = request.args.get("next", "")
    return page(wanted if _is_ours(wanted) else "")


@place.route("/session", methods=["POST", "DELETE"])
@allow(Right.ANYONE)
def create() -> BaseResponse:
    """Sign in; with DELETE, sign out."""
    if asks_delete():
        return _leave()
    tried = signing.who_signs_in(
        forms.text("username", 60), secret("password"), browser.known_as(), request.remote_addr or ""
    )
    wanted = forms.text("next") if _is_ours(forms.text("next")) else ""
    if tried.wait or tried.staff is None:  # Who was tried is not told: people type passwords into the wrong field.
        log.warning("sign-in refused", extra={"about": {"why": "too many tries" if tried.wait else "wrong"}})
    if tried.wait:
        return waits.answer(page(wanted, said=[("error", waits.too_many(tried.wait))]), tried.wait)
    if tried.staff is None:
        return make_response(page(wanted, said=[("error", _("Wrong user name or password."))]), 401)
    return enter(tried.staff, tried.how, tried.taken)


@place.post("/session/password")
@allow(Right.ANYONE)
def choose() -> BaseResponse:
    """Choose one's own password: first of all after a one-time code, or at any time."""
    staff = signed_in()
    if staff is None:
        return see("session.show")
    mistakes = {} if staff.one_time_until else wrong_proof(staff)
    mistakes = mistakes or _weakness(staff)
    if mistakes:
        return make_response(page("", mistakes=mistakes), 422)
    choose_password(staff.id, secret("password"), forms.asked("session"))
    answer = enter(db.session.get_one(Staff, staff.id))
    say(_("Your new password is kept. You are signed out everywhere else."))
    return answer


@place.post("/session/elsewhere")
@allow(Right.ANYONE)
def end_elsewhere() -> BaseResponse:
    """Sign out wherever else one is signed in; the present password is asked for (ASVS 7.5.2)."""
    staff = signed_in()
    if staff is None or staff.one_time_until is not None:
        return see("session.show")
    mistakes = wrong_proof(staff)
    if mistakes:
        return make_response(page("", mistakes=mistakes, form_sent="elsewhere"), 422)
    sign_out_elsewhere(staff.id, forms.asked("session"))
    answer = enter(db.session.get_one(Staff, staff.id))
    say(_("You are signed out everywhere else."))
    return answer


def wrong_proof(staff: Staff) -> Mistakes:
    """What is wrong with the present password, asked for again before what opens the account is changed."""
    tried = signing.proves(staff, secret("current"))
    if tried.staff is None:
        why = "too many tries" if tried.wait else "wrong"
        log.warning("proof refused", extra={"about": {"why": why, "staff": staff.id}})
    if tried.wait:
        return {"current": _("Too many wrong tries. Please wait %(time)s.", time=waits.how_long(tried.wait))}
    return {} if tried.staff else {"current": _("That is not your present password.")}


def enter(staff: Staff, how: str = PASSWORD, taken: list[Bucket] | None = None) -> BaseResponse:
    """Somebody is in: a new session, and the way to their work. Whoever was signed in here before is signed out."""
    before, last = access.who(), sign_ins.last_of(staff.id, 1)
    sign_in = signing.begin(staff, how, request.remote_addr or "", taken)
    if before:
        signing.end(before)
    _forget()
    log.info("signed in", extra={"about": {"staff": staff.id, "how": how}})
    session["staff"], session["epoch"], session["sign_in"] = sign_in.staff_id, sign_in.epoch, sign_in.key
    session["since"], session.permanent = sign_in.since.astimezone(UTC).timestamp(), True
    if how == CODE:
        return see("session.show")
    wanted, (endpoint, args) = forms.text("next"), home_of(staff)
    answer = redirect(wanted, 303) if _is_ours(wanted) else see(endpoint, **args)
    if how == PASSWORD:
        browser.remember(answer, staff.id)
        if endpoint != "desk.show":  # A desk is one screen that never scrolls; there it stands behind one's own name.
            _say_last(staff, last)
    return answer


def page(wanted: str = "", **more: object) -> str:
    """The page, for whoever is there: what was typed stays, but for secrets."""
    staff, here = signed_in(), browsers.of_today(browser.known_as(), clock.now())
    asked = forms.text("username", 60) or request.args.get("username", "")[:60]
    return render_template(
        "session/show.html", next=wanted, username=asked, other=bool(asked),
        here=[(own, by_pin) for own, by_pin in here if staff is None or own.id != staff.id],
        last=_last(staff) if staff else [], local=clock.local,
        zone=offices.by_id(staff.office_id).timezone if staff else "", may_have_pin=staff and staff.may_have_pin,
        **more,
    )  # fmt: skip


def _last(staff: Staff) -> list[tuple[sign_ins.SignIn, str]]:
    """Somebody's last sign-ins, each with where it stands: "here", "open" elsewhere, or "" when it has ended."""
    own, last = access.who(), sign_ins.last_of(staff.id, SHOWN)
    states = ["here" if own and one.key == own.key else "open" if still(one, staff) else "" for one in last]
    return list(zip(last, states, strict=True))


def secret(name: str) -> str:
    """A secret exactly as it was typed: never cut, and no blank left out (ASVS 6.2.8)."""
    return request.form.get(name, "")


def _leave() -> BaseResponse:
    """Signed out; where others of today are known, the next one only says who they are."""
    own = access.who()
    if own:
        signing.end(own)
    _forget()
    return see("session.show" if browsers.of_today(browser.known_as(), clock.now()) else "home.show")


def _weakness(staff: Staff) -> Mistakes:
    """What is wrong with the new password."""
    password = secret("password")
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
    if scrypt.is_it(staff.password_hash, password):
        return {"password": _("This is the one you have. Please choose another that nobody knows.")}
    return {} if password == secret("again") else {"again": _("That is not the same. Please type it once more.")}


def _say_last(staff: Staff, last: list[sign_ins.SignIn]) -> None:
    """When and from where one signed in before: who did not will wonder."""
    if last and last[0].how != CODE:  # That was this very person, a moment ago.
        at = clock.local(last[0].at, offices.by_id(staff.office_id).timezone)
        address = last[0].address or "–"
        say(_("You last signed in on %(time)s, from %(address)s.", time=f"{at:%d/%m/%Y %H:%M}", address=address))


def _forget() -> None:
    """A new session for a new person; the language stays with the browser."""
    lang = session.get("lang", "vi")
    session.clear()
    session["lang"] = lang
    g.pop("staff", None)  # Who is signed in is asked anew.


def _is_ours(address: str) -> bool:
    """Only a path on this very host: nobody is sent away by a forged link."""
    parts = urlsplit(address)
    return address.startswith("/") and not address.startswith(("//", "/\\")) and not parts.netloc
