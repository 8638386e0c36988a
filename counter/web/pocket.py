"""The phone: when is it my turn?"""

from contextlib import suppress

from flask import Blueprint, Response, g, make_response, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.exceptions import MethodNotAllowed
from werkzeug.wrappers import Response as BaseResponse

from counter import qr
from counter.access import Right, allow
from counter.actions.closing import rejoin
from counter.actions.visit import come_back, leave
from counter.errors import sentence, status_of
from counter.models import ticket as tickets
from counter.models.snapshot import Snapshot
from counter.panels import TURN, draw, pocket
from counter.web import forms
from counter.web.guard import Answer as Answered
from counter.web.guard import may_draw, refused
from counter.web.guard import show as show_page
from counter.web.page import asks_delete, language, public_address, see
from queues.errors import NotFound, Refused

place = Blueprint("pocket", __name__)


def speak() -> None:
    """Whatever is said, refusals too, is in the language of the ticket."""
    token = str((request.view_args or {}).get("token", ""))
    with suppress(NotFound):  # The place itself says that there is no such ticket.
        g.own_language = tickets.by_token(token).lang


def say_refused(error: Refused) -> Answered:
    """Say it on the visitor's own page, as it is now; an address that opens nothing any more, in its own words."""
    if isinstance(error, NotFound) and str(error) == "token":
        return show_page(404, _("This visit is over, or the address is not whole. You can take a new ticket any time."))
    if isinstance(error, NotFound) or not may_draw():
        return refused(error)
    token = str((request.view_args or {}).get("token", ""))
    return make_response(page(token, [("error", sentence(error))]), status_of(error))


place.before_request(speak)
place.register_error_handler(Refused, say_refused)


@place.get("/t/<token>")
@allow(Right.ANYONE)
def show(token: str) -> str:
    """One's own ticket, live."""
    return page(token, [])


@place.route("/t/<token>", methods=["POST", "DELETE"])
@allow(Right.ANYONE)
def give_up(token: str) -> BaseResponse:
    """Give the ticket up (`_method=DELETE`)."""
    if not asks_delete():
        raise MethodNotAllowed(valid_methods=["GET", "DELETE"])
    leave(tickets.by_token(token).id, forms.asked("phone"))
    return see("pocket.show", token=token)


@place.post("/t/<token>/return")
@allow(Right.ANYONE)
def back(token: str) -> BaseResponse:
    """I missed the call, and I am here now."""
    come_back(tickets.by_token(token).id, forms.asked("phone"))
    return see("pocket.show", token=token)


@place.post("/t/<token>/rejoin")
@allow(Right.ANYONE)
def back_with_papers(token: str) -> BaseResponse:
    """I was sent for papers, and I am back with them."""
    rejoin(tickets.by_token(token).id, forms.asked("phone"))
    return see("pocket.show", token=token)


@place.get("/t/<token>/qr.svg")
@allow(Right.ANYONE)
def code(token: str) -> Response:
    """The ticket's address as a QR code."""
    tickets.by_token(token)
    address = public_address(url_for("pocket.show", token=token))
    return Response(qr.svg(address), mimetype="image/svg+xml")


def page(token: str, said: list[tuple[str, str]]) -> str:
    """The visitor's page, with what is to be said to them now."""
    ticket = tickets.by_token(token)
    seen = Snapshot(ticket.office_id)
    turn = pocket.turn(seen, token)
    panel = draw(TURN, {"token": token}, language(), seen)
    more = {"said": said} if said else {}
    return render_template("pocket/show.html", office=turn.office, turn=turn, turn_panel=panel.html, **more)
