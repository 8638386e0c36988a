"""The first page of a new installation, at the machine itself: with the code of its log, somebody makes the office and
the account that manages it. As long as there is no account; then it is gone."""

import logging
import secrets
from contextlib import suppress
from datetime import timedelta
from hashlib import sha256

from flask import Blueprint, Flask, current_app, make_response, render_template, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response as BaseResponse

from counter import machine
from counter.access import Right, allow
from counter.actions import first_run
from counter.actions import tries as taken
from counter.actions.first_run import First, NotFirst
from counter.errors import DATABASE_AWAY
from counter.models import staff as accounts
from counter.passwords import LONGEST, SHORTEST, code_as_typed, one_time_code
from counter.web import forms, waits
from counter.web.measures import Mistakes
from counter.web.page import say, see
from counter.web.session import enter, secret
from queues.tries import Rate

place = Blueprint("first_run", __name__)
log = logging.getLogger(__name__)

FIELDS = ("name_vi", "name_en", "slug", "username")
GUESSES = [("first run", Rate(5, timedelta(seconds=30)))]
WHO = "first run"


def announce(app: Flask) -> None:
    """Write the code into the log where there is no account yet. For the server's start."""
    with app.app_context(), suppress(*DATABASE_AWAY):
        if not accounts.is_any():
            _kept_code()


@place.before_app_request
def lead() -> BaseResponse | None:
    """Where there is no account, whoever sits at the machine is led here, and others are told how it stands."""
    if request.endpoint not in ("home.show", "session.show") or _is_set_up():
        return None
    if machine.is_asked_here():
        return see("first_run.show")
    return make_response(render_template("first_run/waiting.html"))


@place.get("/first-run")
@allow(Right.FIRST_RUN)
def show() -> str:
    """The form."""
    _kept_code()
    return _page({})


@place.post("/first-run")
@allow(Right.FIRST_RUN)
def create() -> BaseResponse:
    """Make the office and its manager, who is signed in with it."""
    first, mistakes = _typed(), {}
    if wait := taken.take(GUESSES):
        mistakes["code"] = _("Too many wrong tries. Please wait %(time)s.", time=waits.how_long(wait))
        return waits.answer(_page(mistakes), wait)
    if not secrets.compare_digest(_kept_code(), _digest(code_as_typed(secret("code")))):
        mistakes["code"] = _("That is not the code of the log. The last one written there is good.")
    else:  # Who knows it may take as many tries as a good password needs.
        taken.was_no_guess(GUESSES)
    mistakes |= _in_words({**first_run.mistakes(first), **first_run.taken(first)})
    if secret("password") != secret("again"):
        mistakes.setdefault("again", _("That is not the same. Please type it once more."))
    return make_response(_page(mistakes), 422) if mistakes else _made(first)


def _made(first: First) -> BaseResponse:
    try:
        manager = first_run.set_up(first, WHO, request.remote_addr or "", only_first=True)
    except NotFirst:
        return see("session.show")
    current_app.extensions.pop("first_run", None)
    own = accounts.by_id(manager)
    assert own is not None
    answer = enter(own)
    say(_("Your office is there. Now tell it what it offers, at which counters, and who works there."))
    answer.headers["Location"] = f"/offices/{first.slug}/settings"
    return answer


def _is_set_up() -> bool:
    """Whether there is an account. Once there was one, nobody asks again."""
    own = current_app.extensions
    own["is_set_up"] = own.get("is_set_up") or accounts.is_any()
    return bool(own["is_set_up"])


def _kept_code() -> str:
    """The digest of the code; where there is none yet, a new one is written into the log. Kept in memory alone."""
    own = current_app.extensions
    if "first_run" not in own:
        code = one_time_code()
        own["first_run"] = _digest(code)
        log.warning("no account yet: open /first-run at this machine; its code is %s", code)
    return str(own["first_run"])


def _digest(code: str) -> str:
    return sha256(code.encode()).hexdigest()


def _typed() -> First:
    own = {name: forms.text(name) for name in FIELDS}
    return First(**own, password=secret("password"))


def _page(mistakes: Mistakes) -> str:
    typed = {name: request.form.get(name, "") for name in (*FIELDS, "code")}
    return render_template("first_run/show.html", mistakes=mistakes, typed=typed)


def _in_words(mistakes: dict[str, str]) -> Mistakes:
    sentences = {
        "length": _("Please fill this in, and not too long."),
        "letters": _("Only a–z, 0–9 and hyphen, without Vietnamese marks."),
        "username": _("From 2 to 40 of a–z, 0–9, dot, hyphen, without Vietnamese marks."),
        "taken": _("There is one already. Please choose another."),
        "short": _(
            "Please use at least %(least)s characters. Three or four words are easy to remember.", least=SHORTEST
        ),
        "long": _("Please use at most %(most)s characters.", most=LONGEST),
        "easy": _("This is easily guessed. Please use other words, or more of them."),
    }
    return {field: sentences[why] for field, why in mistakes.items()}
