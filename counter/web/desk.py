"""The desk: call next, call again, begin, finish, not here."""

from flask import Blueprint, make_response, render_template, request
from werkzeug.wrappers import Response as BaseResponse

from counter.access import Right, allow, signed_in
from counter.actions import call as clerk
from counter.errors import sentence, status_of
from counter.models import counter as counters
from counter.models import ticket as tickets
from counter.models.snapshot import Snapshot
from counter.panels import DESK, draw
from counter.panels.common import place as place_of
from counter.web import forms
from counter.web.guard import Answer, may_draw, refused
from counter.web.page import asks_delete, language, see
from queues.closing import Closing
from queues.errors import Refused

place = Blueprint("desk", __name__)


@place.get("/counters/<int(max=2147483647):counter_id>")
@allow(Right.COUNTER)
def show(counter_id: int) -> str:
    """A counter's desk, live."""
    return _page(counter_id, [])


@place.post("/counters/<int(max=2147483647):counter_id>/calls")
@allow(Right.COUNTER)
def call(counter_id: int) -> BaseResponse:
    """Call the next visitor."""
    clerk.call_next(counter_id, forms.asked("desk"))
    return see("desk.show", counter_id=counter_id)


@place.post("/counters/<int(max=2147483647):counter_id>/pause")
@allow(Right.COUNTER)
def pause(counter_id: int) -> BaseResponse:
    """Pause: nobody is let in for this counter until it calls again."""
    clerk.pause(counter_id, forms.asked("desk"))
    return see("desk.show", counter_id=counter_id)


@place.post("/tickets/<int(max=2147483647):ticket_id>/call")
@allow(Right.TICKET)
def call_again(ticket_id: int) -> BaseResponse:
    """Say the call again."""
    clerk.call_again(ticket_id, forms.asked("desk"))
    return back(ticket_id)


@place.route("/tickets/<int(max=2147483647):ticket_id>/service", methods=["POST", "DELETE"])
@allow(Right.TICKET)
def service(ticket_id: int) -> BaseResponse:
    """Begin to serve; with DELETE, finish, and say what came of it if the clerk likes."""
    if asks_delete():
        clerk.finish(ticket_id, forms.asked("desk"), Closing(forms.word("outcome"), forms.word("result_by")))
    else:
        clerk.begin(ticket_id, forms.asked("desk"))
    return back(ticket_id)


@place.post("/tickets/<int(max=2147483647):ticket_id>/absence")
@allow(Right.TICKET)
def absence(ticket_id: int) -> BaseResponse:
    """The visitor is not here."""
    clerk.miss(ticket_id, forms.asked("desk"))
    return back(ticket_id)


def back(ticket_id: int) -> BaseResponse:
    """To the counter of the ticket; of an old form whose ticket has gone back into the line, to one's own."""
    counter_id = tickets.by_id(ticket_id).counter_id or _counter_asked()
    return see("desk.show", counter_id=counter_id) if counter_id else see("home.show")


@place.errorhandler(Refused)
def say_refused(error: Refused) -> Answer:
    """Say it on the desk where it was asked, with the desk as it is now."""
    counter_id = _counter_asked()
    if counter_id is None or not may_draw():
        return refused(error)
    return make_response(_page(counter_id, [("error", sentence(error))]), status_of(error))


def _counter_asked() -> int | None:
    """The counter that the refused form came from: the ticket's, else the clerk's own."""
    args, staff = request.view_args or {}, signed_in()
    own = staff.counter_id if staff else None
    try:
        counter_id = args.get("counter_id") or tickets.by_id(args["ticket_id"]).counter_id or own
        return counters.by_id(counter_id).id if counter_id else None
    except Refused:
        return own


def _page(counter_id: int, said: list[tuple[str, str]]) -> str:
    counter = counters.by_id(counter_id)
    seen = Snapshot(counter.office_id)
    panel = draw(DESK, {"counter_id": counter_id}, language(), seen)
    office = place_of(seen)
    more = {"said": said} if said else {}
    return render_template("desk/show.html", office=office, desk=panel.html, counter=counter.number, **more)
