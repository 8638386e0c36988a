"""Tickets by phone: how many one phone and one address may take, and whether only who is here (issue 5)."""

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
from queues.errors import ChangedMeanwhile
from queues.here import REMEMBERED
from queues.taking import belong

place = Blueprint("phones", __name__)

PHONES = "/offices/<slug>/settings/phones"
BOUNDS = (("phone_hour", "phone_day"), ("address_hour", "address_day"))
MOST = 9999


@place.get(PHONES)
@allow(Right.MANAGER)
def show(slug: str) -> str:
    """How tickets are taken by phone."""
    return _page(slug)


@place.post(PHONES)
@allow(Right.MANAGER)
def change(slug: str) -> BaseResponse:
    """Set it."""
    mistakes: Mistakes = {}
    values: dict[str, object] = {}
    for hour, day in BOUNDS:
        in_hour, in_day = (measures.at_most(name, MOST, mistakes) for name in (hour, day))
        if not belong(in_hour, in_day) and not {hour, day} & set(mistakes):
            mistakes[day] = _("A day has at least as many as an hour.")
        values |= {hour: in_hour, day: in_day}
    if mistakes:
        return make_response(_page(slug, form="phones", mistakes=mistakes), 422)
    values["here_code"] = bool(request.form.get("here_code"))
    settings.set_office(offices.by_slug(slug).id, values, forms.asked("office"))
    say(_("Kept. It holds from the next ticket on."))
    return see("phones.show", slug=slug)


@place.errorhandler(ChangedMeanwhile)
def say_changed(error: ChangedMeanwhile) -> BaseResponse:
    """Say it above the page, which is as it stands now."""
    slug = (request.view_args or {})["slug"]
    return make_response(_page(slug, said=[("error", sentence(error))]), status_of(error))


def _page(slug: str, *, form: str = "", mistakes: Mistakes | None = None, **more: object) -> str:
    return render_template(
        "settings/phones.html", office=offices.by_slug(slug), form_sent=form, typed=request.form if form else {},
        mistakes=mistakes or {}, minutes=int(REMEMBERED.total_seconds() // 60), **more,
    )  # fmt: skip
