"""The door: headcount and cap, who may come in, in and out."""

from flask import Blueprint, Response, jsonify, make_response, render_template, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response as BaseResponse

from counter.access import Right, allow
from counter.actions.door import enter, go_out
from counter.errors import sentence, status_of
from counter.models import office as offices
from counter.panels import DOOR, draw
from counter.panels.common import Place
from counter.web import forms
from counter.web.guard import Answer, may_draw, refused
from counter.web.page import language, say, see
from queues.errors import Refused

place = Blueprint("door", __name__)


@place.get("/offices/<slug>/door")
@allow(Right.DOOR)
def show(slug: str) -> str:
    """The door screen, live."""
    return _page(slug, [])


@place.post("/offices/<slug>/door/entries")
@allow(Right.DOOR)
def entries(slug: str) -> BaseResponse:
    """Somebody comes in."""
    people = forms.choice("people")
    answer = enter(offices.by_slug(slug).id, forms.text("code"), forms.asked("door"), people=people)
    known, new = _("%(number)s is in the room already.", **answer), _("%(number)s has come in.", **answer)
    return _told(slug, new if answer["changed"] else known, changed=answer["changed"])


@place.post("/offices/<slug>/door/exits")
@allow(Right.DOOR)
def exits(slug: str) -> BaseResponse:
    """Somebody goes out."""
    answer = go_out(offices.by_slug(slug).id, forms.text("code"), forms.asked("door"))
    known, new = _("%(number)s is not in the room.", **answer), _("%(number)s has gone out.", **answer)
    return _told(slug, new if answer["changed"] else known, changed=answer["changed"])


@place.errorhandler(Refused)
def say_refused(error: Refused) -> Answer:
    """Say it at the door where it was asked."""
    if not may_draw():
        return refused(error)
    if _asked_by_scanner():
        return make_response(jsonify(said=sentence(error), kind="error", changed=False), status_of(error))
    said = [("error", sentence(error))]
    return make_response(_page((request.view_args or {})["slug"], said), status_of(error))


@place.after_request
def allow_camera(response: Response) -> Response:
    """Tickets are scanned here, and nowhere else."""
    response.headers["Permissions-Policy"] = "camera=(self)"
    return response


def _told(slug: str, said: str, *, changed: bool) -> BaseResponse:
    """Say what has come of it: to the page's scanner in plain values, else on the page itself."""
    if _asked_by_scanner():
        return jsonify(said=said, kind="ok", changed=changed)
    say(said)
    return see("door.show", slug=slug)


def _asked_by_scanner() -> bool:
    return request.accept_mimetypes.best_match(["text/html", "application/json"]) == "application/json"


def _page(slug: str, said: list[tuple[str, str]]) -> str:
    office = offices.by_slug(slug)
    panel = draw(DOOR, {"slug": slug}, language())
    more = {"said": said} if said else {}
    return render_template("door/show.html", office=Place(slug, office.name), door=panel.html, **more)
