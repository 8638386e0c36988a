"""On to another office with the time waited: the visitor's own choice on the phone, or the clerk's (R7)."""

from dataclasses import replace

from flask import Blueprint, make_response, render_template, request, url_for
from flask_babel import force_locale
from flask_babel import gettext as _
from markupsafe import Markup
from werkzeug.wrappers import Response as BaseResponse

from counter import qr
from counter.access import Right, allow
from counter.actions.hand_over import hand_over
from counter.errors import sentence, status_of
from counter.models import office as offices
from counter.models import other_way
from counter.models import ticket as tickets
from counter.models.snapshot import Snapshot
from counter.models.ticket import Ticket
from counter.panels import TURN, draw, elsewhere
from counter.web import forms, pocket, taking
from counter.web.guard import Answer, may_draw, refused
from counter.web.kiosk import remember
from counter.web.page import language, public_address, see
from queues.errors import NotFound, Refused
from queues.life import AT_COUNTER, IN_LINE

place = Blueprint("elsewhere", __name__)

TICKET = "/tickets/<int(max=2147483647):ticket_id>"


@place.get("/t/<token>/elsewhere")
@allow(Right.ANYONE)
def show(token: str) -> str:
    """Where else it can be done, and how many wait there."""
    pocket.speak()
    return _page(tickets.by_token(token), [])


@place.post("/t/<token>/elsewhere")
@allow(Right.ANYONE)
def go(token: str) -> BaseResponse:
    """Go on there: the new ticket opens on the same phone."""
    pocket.speak()
    new = _handed(tickets.by_token(token), "phone", counted=True)
    remember(new)
    return see("pocket.show", token=new)


@place.get(f"{TICKET}/elsewhere")
@allow(Right.SERVED)
def choose(ticket_id: int) -> str:
    """The same for the clerk, whose visitor is to go on elsewhere."""
    return _page(tickets.by_id(ticket_id), [])


@place.post(f"{TICKET}/elsewhere")
@allow(Right.SERVED)
def send(ticket_id: int) -> BaseResponse:
    """Hand the visitor over; then the new ticket on paper."""
    _handed(tickets.by_id(ticket_id), "desk")
    return see("elsewhere.slip", ticket_id=ticket_id)


@place.get(f"{TICKET}/slip")
@allow(Right.SERVED)
def slip(ticket_id: int) -> str:
    """The ticket of the other office, to print for a visitor without a phone."""
    old, new = tickets.by_id(ticket_id), other_way.handed_to(ticket_id)
    if new is None:
        raise NotFound("slip")
    there = offices.by_id(new.office_id)
    address = public_address(url_for("pocket.show", token=new.token))
    with force_locale(new.lang):  # It is for the visitor to read.
        return render_template(
            "desk/slip.html", office=offices.by_id(old.office_id), there=there, ticket=new, back=old.counter_id,
            qr=Markup(qr.svg(address)), address=address,
        )  # fmt: skip


@place.errorhandler(Refused)
def say_refused(error: Refused) -> Answer:
    """Say it where the office was chosen, with the offices as they are now."""
    if isinstance(error, NotFound) or not may_draw():
        return refused(error)
    args = request.view_args or {}
    ticket = tickets.by_token(args["token"]) if "token" in args else tickets.by_id(args["ticket_id"])
    return make_response(_page(ticket, [("error", sentence(error))]), status_of(error))


def _handed(ticket: Ticket, by: str, *, counted: bool = False) -> str:
    """Hand over as the form says; returns the new ticket's token. Only to an office that this one names; what a phone
    takes so is counted there like any other of its tickets, but for the lobby's code: its owner is still on the way."""
    there = offices.by_id(forms.number("office"))
    if other_way.handed_to(ticket.id) is None and not elsewhere.is_named(Snapshot(ticket.office_id), there.id):
        raise NotFound("office")
    own = taking.taker(there, at_kiosk=False) if counted else None
    answer = hand_over(
        ticket.id, there.id, forms.number("service"), forms.asked(by), replace(own, here=True) if own else None
    )
    return str(answer["token"])


def _page(ticket: Ticket, said: list[tuple[str, str]]) -> str:
    seen = Snapshot(ticket.office_id)
    by_clerk = "ticket_id" in (request.view_args or {})
    back = (f"/counters/{ticket.counter_id}" if ticket.counter_id else "/") if by_clerk else f"/t/{ticket.token}"
    more = {"said": said} if said else {}
    turn = None if by_clerk else draw(TURN, {"token": ticket.token}, language(), seen).html
    return render_template(
        "pocket/elsewhere.html", office=offices.by_id(ticket.office_id), ticket=ticket, by_clerk=by_clerk, back=back,
        others=elsewhere.others(seen, elsewhere.code_of(ticket.procedure_id)),
        turn=turn, may_go=ticket.status in (*IN_LINE, *AT_COUNTER), title=_("Go on at another office"), **more,
    )  # fmt: skip
