"""The phone, continued: what a visitor does about the errand while waiting (R4)."""

from collections.abc import Callable

from flask import Blueprint, g, make_response, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response as BaseResponse

from counter.access import Right, allow
from counter.actions import minutes, online
from counter.actions.perform import Answer, Asked
from counter.models import ticket as tickets
from counter.web import forms, pocket
from counter.web.page import asks_delete, say, see
from queues.errors import Refused

place = Blueprint("online", __name__)
place.before_request(pocket.speak)
place.register_error_handler(Refused, pocket.say_refused)

LONGEST_FILE_NUMBER = 40


@place.post("/t/<token>/attempt")
@allow(Right.ANYONE)
def attempt(token: str) -> BaseResponse:
    """I am trying online; the place in line is kept."""
    return _done(token, online.try_online, _("Your place in line is kept while you try."))


@place.post("/t/<token>/diversion")
@allow(Right.ANYONE)
def diversion(token: str) -> BaseResponse:
    """Done online: the place is given up."""
    number = forms.text("file_number", LONGEST_FILE_NUMBER + 1)
    if len(number) > LONGEST_FILE_NUMBER:
        g.typed, g.mistake = request.form, _("A file number has at most %(most)s signs.", most=LONGEST_FILE_NUMBER)
        return make_response(pocket.page(token, [("error", g.mistake)]), 422)
    return _done(token, lambda ticket, asked: online.done_online(ticket, number or None, asked))


@place.post("/t/<token>/failure")
@allow(Right.ANYONE)
def failure(token: str) -> BaseResponse:
    """It did not work, and why: back as before."""
    why = forms.text("why", 20)
    said = _("Thank you for saying so. Your place in line is kept; the clerk will see why it did not work.")
    return _done(token, lambda ticket, asked: online.failed(ticket, why, asked), said)


@place.post("/t/<token>/minutes")
@allow(Right.ANYONE)
def more_minutes(token: str) -> BaseResponse:
    """I am called, or asked in, and need some more minutes."""
    return _done(token, minutes.defer)


@place.post("/t/<token>/ready")
@allow(Right.ANYONE)
def ready(token: str) -> BaseResponse:
    """I am ready before the minutes are over."""
    return _done(token, minutes.ready)


@place.post("/t/<token>/help")
@allow(Right.ANYONE)
def ask_help(token: str) -> BaseResponse:
    """Somebody who helps is wanted; with `_method=DELETE`, no longer."""
    if asks_delete():
        return _done(token, online.help_given)
    return _done(token, online.ask_help, _("Somebody will come to you. Please stay where you are."))


def _done(token: str, act: Callable[[int, Asked], Answer], said: str = "") -> BaseResponse:
    act(tickets.by_token(token).id, forms.asked("phone"))
    if said:
        say(said)
    return see("pocket.show", token=token)
