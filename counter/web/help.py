"""The helpers' list: who needs somebody to do it online with them?"""

from flask import Blueprint, make_response, render_template, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response as BaseResponse

from counter.access import Right, allow
from counter.actions.online import help_given
from counter.errors import sentence, status_of
from counter.models import office as offices
from counter.models import ticket as tickets
from counter.panels import HELP, draw
from counter.panels.common import Place
from counter.web import forms
from counter.web.guard import Answer, may_draw, refused
from counter.web.page import language, only_delete, say, see
from queues.errors import NotFound, Refused

place = Blueprint("help", __name__)


@place.get("/offices/<slug>/help")
@allow(Right.DOOR)
def show(slug: str) -> str:
    """The list, live."""
    return _page(slug, [])


@place.post("/offices/<slug>/help/<int(max=2147483647):ticket_id>")
@allow(Right.DOOR)
def done(slug: str, ticket_id: int) -> BaseResponse:
    """Done helping this visitor (`_method=DELETE`)."""
    only_delete()
    ticket = tickets.by_id(ticket_id)
    if ticket.office_id != offices.by_slug(slug).id:
        raise NotFound(str(ticket_id))
    help_given(ticket_id, forms.asked("door"))
    say(_("%(number)s has been helped.", number=ticket.printed))
    return see("help.show", slug=slug)


@place.errorhandler(Refused)
def say_refused(error: Refused) -> Answer:
    """Say it on the list, as it is now."""
    args = request.view_args or {}
    if not may_draw():
        return refused(error)
    return make_response(_page(args["slug"], [("error", sentence(error))]), status_of(error))


def _page(slug: str, said: list[tuple[str, str]]) -> str:
    office = offices.by_slug(slug)
    more: dict[str, object] = {"said": said} if said else {}
    panel = draw(HELP, {"slug": slug}, language())
    return render_template("help/show.html", office=Place(slug, office.name), help=panel.html, **more)
