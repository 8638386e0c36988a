"""The manager's page about the room: its cap and where it comes from."""

from flask import Blueprint, make_response, render_template, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response as BaseResponse

from counter import clock
from counter.access import Right, allow
from counter.actions.room import From, set_cap
from counter.errors import sentence, status_of
from counter.models import area as areas
from counter.models import cap as caps
from counter.models import counter as counters
from counter.models import notice as notices
from counter.models import office as offices
from counter.models.notice import HOUSE_RULE
from counter.web import forms, measures
from counter.web.guard import Answer, may_draw, refused
from counter.web.measures import Mistakes
from counter.web.page import say, see
from queues.errors import Refused
from queues.space import DISTANCE_PRESETS, PEOPLE_PRESETS, Space, cap_of

place = Blueprint("office", __name__)

CAPS_SHOWN = 10


@place.get("/offices/<slug>/settings/room")
@allow(Right.MANAGER)
def show(slug: str) -> str:
    """The room, its areas, its counters and its house rules."""
    return page(slug)


@place.post("/offices/<slug>/settings/room/caps")
@allow(Right.MANAGER)
def caps_set(slug: str) -> BaseResponse | str:
    """Set a cap as a number, or have it worked out; `try` only shows what would come of it."""
    mistakes: Mistakes = {}
    cap, day = _cap(mistakes), measures.day("from_day", mistakes)
    if mistakes:
        return make_response(page(slug, form="cap", mistakes=mistakes), 422)
    if forms.text("try"):
        return page(slug, form="cap", worked_out=cap_of(cap) if isinstance(cap, Space) else cap)
    when = From(day, forms.text("why", 150) or None)
    answer = set_cap(offices.by_slug(slug).id, cap, forms.asked("office"), forms.choice("area"), when)
    people = _("The cap is %(cap)s people.", **answer) if answer["cap"] is not None else _("There is no cap now.")
    say(people if answer["in_force"] else _("Noted. It comes into force on the day you have set."))
    return see("office.show", slug=slug)


def page(slug: str, *, form: str = "", mistakes: Mistakes | None = None, **more: object) -> str:
    """The page; what was typed stays in the form that has a mistake, and the mistake is told at its field."""
    office = offices.by_slug(slug)
    return render_template(
        "office/room.html", office=office, areas=areas.of_office(office.id), counters=counters.of_office(office.id),
        rules=notices.of_office(office.id, HOUSE_RULE), caps=caps.newest(office.id, CAPS_SHOWN),
        people_presets=PEOPLE_PRESETS, distance_presets=DISTANCE_PRESETS, today=office.day, local=clock.local,
        form_sent=form, typed=request.form if form else {}, mistakes=mistakes or {}, **more,
    )  # fmt: skip


@place.errorhandler(Refused)
def say_refused(error: Refused) -> Answer:
    """Say it on the page where it was asked."""
    if not may_draw():
        return refused(error)
    said = [("error", sentence(error))]
    return make_response(page((request.view_args or {})["slug"], said=said), status_of(error))


def _cap(mistakes: Mistakes) -> int | Space | None:
    """The cap from the form: measured, or a number of people, or empty for none. An area always has one."""
    if forms.text("kind") == "measured":
        return measures.space(mistakes)
    people = measures.people("people", mistakes)
    if people is None and forms.text("area"):
        mistakes.setdefault("people", _("Please enter how many people may wait there."))
    return people
