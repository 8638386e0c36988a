"""The door of the room, or of a waiting area: headcount and cap, who may come in, in and out."""

from collections.abc import Callable
from typing import Any, TypeVar

from flask import Blueprint, Response, jsonify, make_response, render_template, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response as BaseResponse

from counter.access import Right, allow
from counter.actions import door as guide
from counter.actions import headcount
from counter.errors import sentence, status_of
from counter.models import area as areas
from counter.models import office as offices
from counter.panels import DOOR, draw
from counter.panels.common import Place
from counter.panels.door import address_of
from counter.web import forms
from counter.web.guard import Answer, may_draw, refused
from counter.web.page import language, say
from queues.errors import NotAskedIn, NotFound, Refused

place = Blueprint("door", __name__)

DOORS = ("/offices/<slug>/door", "/offices/<slug>/areas/<int(max=2147483647):area_id>/door")
"""The room's door, and the door of one of its waiting areas."""


View = TypeVar("View", bound=Callable[..., Any])


def _at_doors(path: str, method: str) -> Callable[[View], View]:
    """A view at the same path of both kinds of door, for the guide."""

    def opened(view: View) -> View:
        for door in DOORS:
            place.add_url_rule(door + path, view_func=allow(Right.DOOR)(view), methods=[method])
        return view

    return opened


@_at_doors("", "GET")
def show(slug: str, area_id: int | None = None) -> str:
    """The door screen, live."""
    return _page(slug, area_id, [])


@_at_doors("/entries", "POST")
def entries(slug: str, area_id: int | None = None) -> BaseResponse:
    """Somebody comes in, or waits in the area from now on."""
    office_id, code, asked = offices.by_slug(slug).id, forms.text("code"), forms.asked("door")
    if area_id is None:
        answer = guide.enter(office_id, code, asked, people=forms.choice("people"))
    else:
        answer = guide.enter_area(office_id, area_id, code, asked)
    known = _("%(number)s is in the room already.", **answer)
    new = _("%(number)s has come in.", **answer)
    if area_id is not None:
        known, new = _("%(number)s waits here already.", **answer), _("%(number)s waits here now.", **answer)
    elif answer.get("waits"):
        new = _("%(number)s is back with the papers and in line again. Please wait outside until asked in.", **answer)
    return _told(slug, area_id, new if answer["changed"] else known, changed=answer["changed"])


@_at_doors("/exits", "POST")
def exits(slug: str, area_id: int | None = None) -> BaseResponse:
    """Somebody goes out."""
    answer = guide.go_out(offices.by_slug(slug).id, forms.text("code"), forms.asked("door"), area_id)
    known, new = _("%(number)s is not in the room.", **answer), _("%(number)s has gone out.", **answer)
    if area_id is not None:
        known, new = _("%(number)s does not wait here.", **answer), _("%(number)s has left the area.", **answer)
    return _told(slug, area_id, new if answer["changed"] else known, changed=answer["changed"])


@place.post("/offices/<slug>/door/admissions")
@allow(Right.DOOR)
def admissions(slug: str) -> BaseResponse:
    """Let this one in anyway: only if there is room, and with a reason."""
    answer = guide.let_in(offices.by_slug(slug).id, forms.text("code"), forms.text("why", 150), forms.asked("door"))
    known, new = _("%(number)s is in the room already.", **answer), _("%(number)s has come in.", **answer)
    return _told(slug, None, new if answer["changed"] else known, changed=answer["changed"])


@_at_doors("/walkins", "POST")
def walkins(slug: str, area_id: int | None = None) -> BaseResponse:
    """People without a ticket come in (+) or go out (−)."""
    people, act = forms.change("change")
    answer = getattr(headcount, act)(offices.by_slug(slug).id, people, forms.asked("door"), area_id)
    said = {
        ("walk_in", True): _("Without a ticket: %(people)s in.", **answer),
        ("walk_out", True): _("Without a ticket: %(people)s out.", **answer),
        ("walk_out", False): _("Nobody without a ticket is in the room."),
    }
    return _told(slug, area_id, said[act, answer["changed"]], changed=answer["changed"])


@_at_doors("/recounts", "POST")
def recounts(slug: str, area_id: int | None = None) -> BaseResponse:
    """The guide has counted the people."""
    office_id, people, why = offices.by_slug(slug).id, forms.number("people"), forms.text("why", 150)
    answer = headcount.recount(office_id, people, why, forms.asked("door"), area_id)
    same = answer["before"] == answer["after"]
    said = (
        _("Counted %(after)s: as on the list.", **answer)
        if same
        else _("Counted %(after)s; the list had %(before)s.", **answer)
    )
    return _told(slug, area_id, said, changed=not same)


@place.errorhandler(Refused)
def say_refused(error: Refused) -> Answer:
    """Say it at the door where it was asked."""
    if not may_draw():
        return refused(error)
    if _asked_by_scanner():
        needs_reason = isinstance(error, NotAskedIn)
        said = jsonify(said=sentence(error), kind="error", changed=False, reason=needs_reason)
        return make_response(said, status_of(error))
    args = request.view_args or {}
    try:
        page = _page(args["slug"], args.get("area_id"), [("error", sentence(error))], error)
    except NotFound:  # There is no such area: no door to say it at.
        return refused(error)
    return make_response(page, status_of(error))


@place.after_request
def allow_camera(response: Response) -> Response:
    """Tickets are scanned here, and nowhere else."""
    response.headers["Permissions-Policy"] = "camera=(self)"
    return response


def _told(slug: str, area_id: int | None, said: str, *, changed: bool) -> BaseResponse:
    """Say what has come of it: to the page's scanner in plain values, else on the page itself."""
    if _asked_by_scanner():
        return jsonify(said=said, kind="ok", changed=changed)
    say(said)
    return Response(status=303, headers={"Location": address_of(slug, area_id)})


def _asked_by_scanner() -> bool:
    return request.accept_mimetypes.best_match(["text/html", "application/json"]) == "application/json"


def _page(slug: str, area_id: int | None, said: list[tuple[str, str]], error: Refused | None = None) -> str:
    """The door; what was typed stays in the form that was refused."""
    office = offices.by_slug(slug)
    area = areas.in_office(area_id, office.id) if area_id is not None else None
    args = {"slug": slug} if area_id is None else {"slug": slug, "area_id": area_id}
    more: dict[str, object] = {"said": said} if said else {}
    return render_template(
        "door/show.html", office=Place(slug, office.name), area=area.name if area else None,
        address=address_of(slug, area_id), door=draw(DOOR, args, language()).html,
        typed=request.form if error else {}, refused=type(error).__name__ if error else "", **more,
    )  # fmt: skip
