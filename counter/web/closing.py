"""At the desk: papers to fetch and back, another service's line, and the list of papers to take along."""

from flask import Blueprint, g, render_template, request, url_for
from flask_babel import force_locale
from flask_babel import gettext as _
from markupsafe import Markup
from werkzeug.wrappers import Response as BaseResponse

from counter import qr
from counter.access import Right, allow
from counter.actions import closing as clerk
from counter.errors import sentence
from counter.models import counter as counters
from counter.models import office as offices
from counter.models import service as services
from counter.models import ticket as tickets
from counter.web import desk, forms
from counter.web.guard import Answer
from counter.web.page import public_address, say, see
from queues.closing import LONGEST_PAPER, MOST_PAPERS
from queues.errors import NotFound, PapersNotNamed, Refused

place = Blueprint("closing", __name__)
place.register_error_handler(Refused, desk.say_refused)


TICKET = "/tickets/<int(max=2147483647):ticket_id>"


@place.errorhandler(PapersNotNamed)
def say_at_the_papers(error: PapersNotNamed) -> Answer:
    """Where the papers are named, as well as at the top of the desk."""
    g.mistake = sentence(error)
    return desk.say_refused(error)


@place.post(f"{TICKET}/hold")
@allow(Right.TICKET)
def hold(ticket_id: int) -> BaseResponse:
    """Papers are missing: these."""
    clerk.put_on_hold(ticket_id, _papers(), forms.asked("desk"))
    say(_("%(number)s has been sent for papers; the place is kept.", number=tickets.by_id(ticket_id).printed))
    return desk.back(ticket_id)


@place.post(f"{TICKET}/resume")
@allow(Right.TICKET)
def resume(ticket_id: int) -> BaseResponse:
    """Call back whom this counter has sent for papers."""
    clerk.resume(ticket_id, forms.asked("desk"))
    return desk.back(ticket_id)


@place.post(f"{TICKET}/transfer")
@allow(Right.TICKET)
def transfer(ticket_id: int) -> BaseResponse:
    """To the line of another service of the office."""
    ticket = tickets.by_id(ticket_id)
    number, counter_id = ticket.printed, ticket.counter_id
    clerk.transfer(ticket_id, service := forms.number("service"), forms.asked("desk"))
    letter = services.in_office(service, ticket.office_id).letter
    say(_("%(number)s stands in line for %(letter)s now; the time waited is kept.", number=number, letter=letter))
    return see("desk.show", counter_id=counter_id) if counter_id else desk.back(ticket_id)


@place.get(f"{TICKET}/papers")
@allow(Right.SERVED)
def papers(ticket_id: int) -> str:
    """The missing papers on paper, for a visitor without a phone."""
    ticket = tickets.by_id(ticket_id)
    if not ticket.missing:
        raise NotFound("papers")
    address = public_address(url_for("pocket.show", token=ticket.token))
    counter = counters.by_id(ticket.counter_id).number if ticket.counter_id else None
    with force_locale(ticket.lang):  # It is for the visitor to read.
        return render_template(
            "desk/papers.html", office=offices.by_id(ticket.office_id), ticket=ticket, counter=counter,
            back=ticket.counter_id, qr=Markup(qr.svg(address)), address=address,
        )  # fmt: skip


def _papers() -> list[str]:
    """Those that were ticked, then those that were written, one a line."""
    ticked = request.form.getlist("missing")[:MOST_PAPERS]
    return [*(one.replace("\0", "") for one in ticked), *forms.text("more", MOST_PAPERS * LONGEST_PAPER).splitlines()]
