"""Tickets by phone: how many one phone and one address may take, and whether only who is here (issue 5)."""

from flask import Blueprint, make_response, render_template, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response as BaseResponse

from counter.access import Right, allow
from counter.actions import settings
from counter.models import office as offices
from counter.web import forms, measures
from counter.web.measures import Mistakes
from counter.web.page import say, see
from queues.here import REMEMBERED

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
        if in_hour and in_day and in_day < in_hour and not {hour, day} & set(mistakes):
            mistakes[day] = _("A day has at least as many as an hour.")
        values |= {hour: in_hour, day: in_day}
    if mistakes:
        return make_response(_page(slug, form="phones", mistakes=mistakes), 422)
    values["here_code"] = bool(request.form.get("here_code"))
    settings.set_office(offices.by_slug(slug).id, values, forms.asked("office"))
    say(_("Kept. It holds from the next ticket on."))
    return see("phones.show", slug=slug)


def _page(slug: str, *, form: str = "", mistakes: Mistakes | None = None) -> str:
    return render_template(
        "settings/phones.html", office=offices.by_slug(slug), form_sent=form, typed=request.form if form else {},
        mistakes=mistakes or {}, minutes=int(REMEMBERED.total_seconds() // 60),
    )  # fmt: skip
