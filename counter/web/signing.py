"""When sign-ins end at an office: not used for a while, and at the end of the shift."""

from flask import Blueprint, make_response, render_template, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response as BaseResponse

from counter.access import Right, allow
from counter.actions import settings
from counter.errors import sentence, status_of
from counter.models import office as offices
from counter.web import forms, measures
from counter.web.measures import Mistakes
from counter.web.page import say, see
from queues import shift
from queues.errors import ChangedMeanwhile

place = Blueprint("signing", __name__)

SIGNING = "/offices/<slug>/settings/sign-ins"
LEAST, MOST = 5, 240
"""Minutes. Less would sign out a clerk who explains something; more is no end."""


@place.get(SIGNING)
@allow(Right.MANAGER)
def show(slug: str) -> str:
    """When they end."""
    return _page(slug)


@place.post(SIGNING)
@allow(Right.MANAGER)
def change(slug: str) -> BaseResponse:
    """Set when. Whoever is signed in is judged by it at once."""
    mistakes: Mistakes = {}
    values = {
        "idle_minutes": measures.within("idle_minutes", LEAST, MOST, mistakes),
        "shift_end": measures.hour("shift_end", mistakes),
    }
    if mistakes:
        return make_response(_page(slug, mistakes), 422)
    settings.set_office(offices.by_slug(slug).id, values, forms.asked("office"))
    say(_("Kept. It holds for everybody at once."))
    return see("signing.show", slug=slug)


@place.errorhandler(ChangedMeanwhile)
def say_changed(error: ChangedMeanwhile) -> BaseResponse:
    """Say it above the page, which is as it stands now."""
    slug = (request.view_args or {})["slug"]
    return make_response(_page(slug, said=[("error", sentence(error))]), status_of(error))


def _page(slug: str, mistakes: Mistakes | None = None, **more: object) -> str:
    office = offices.by_slug(slug)
    return render_template(
        "settings/signing.html", office=office, mistakes=mistakes or {}, form_sent="signing" if mistakes else "",
        typed=request.form if mistakes else {}, unless_set=shift.unless_set(office.closes), least=LEAST, most=MOST,
        hours=int(shift.LONGEST.total_seconds() // 3600), **more,
    )  # fmt: skip
