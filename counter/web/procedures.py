"""The manager's pages about errands: one by one, and many at once (R5)."""

import re
from typing import Any

from flask import Blueprint, make_response, render_template, request
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response as BaseResponse

from counter.access import Right, allow
from counter.actions.procedures import set_many, set_procedure
from counter.models import catalogue as models
from counter.models import office as offices
from counter.models import procedure as procedures
from counter.models.office import Office
from counter.web import catalogue, forms
from counter.web.measures import Mistakes
from counter.web.page import say, see
from queues import cells
from queues.cells import Fault
from queues.letters import tidy
from queues.online import LEVELS

place = Blueprint("procedures", __name__)

MANY = f"{catalogue.ROOT}/many"
ONE = f"{catalogue.ROOT}/procedures/<int(max=2147483647):procedure_id>"
SAYS = {"yes": True, "no": False, "unknown": None}
TEXTS = {"name_en": 2000, "also": 1000, "fee": 2000, "days": 400, "url": 2000}
LONGEST_LIST, LONGEST_PAPERS = 60_000, 20_000


@place.get(MANY)
@allow(Right.MANAGER)
def choose(slug: str) -> str:
    """Set something of many errands at once: of a field, or of a pasted list of codes."""
    return _many(slug)


@place.post(MANY)
@allow(Right.MANAGER)
def set_them(slug: str) -> BaseResponse:
    """Set it; codes that the catalogue does not have are named."""
    office, mistakes = offices.by_slug(slug), Mistakes()
    chosen, foreign = _chosen(office, mistakes)
    values = _values(office)
    if not values:
        mistakes["values"] = _("Please choose what is to be set.")
    if mistakes:
        return make_response(_many(slug, mistakes), 422)
    done = set_many(office.id, chosen, values, forms.asked("office"))["set"]
    say(ngettext("Set for %(num)s errand.", "Set for %(num)s errands.", done))
    if foreign:
        say(_("Not in the catalogue: %(codes)s", codes=", ".join(foreign[:20])), "error")
    return see("procedures.choose", slug=slug)


@place.get(ONE)
@allow(Right.MANAGER)
def show(slug: str, procedure_id: int) -> str:
    """One errand, as visitors will see it."""
    return _one(slug, procedure_id)


@place.post(ONE)
@allow(Right.MANAGER)
def set_it(slug: str, procedure_id: int) -> BaseResponse:
    """Set what the file does not say, or says wrongly."""
    office, mistakes = offices.by_slug(slug), Mistakes()
    values = {**_values(office), **_texts(mistakes)}
    if mistakes:
        return make_response(_one(slug, procedure_id, mistakes), 422)
    set_procedure(office.id, procedure_id, values, forms.asked("office"))
    say(_("Set. The next import leaves it as it is."))
    return see("procedures.show", slug=slug, procedure_id=procedure_id)


def _many(slug: str, mistakes: Mistakes | None = None) -> str:
    office = offices.by_slug(slug)
    return render_template(
        "catalogue/many.html", office=office, fields=models.fields(office.id), mistakes=mistakes or {},
        typed=request.form or request.args, services={own.id: own for own in office.services},
    )  # fmt: skip


def _one(slug: str, procedure_id: int, mistakes: Mistakes | None = None) -> str:
    office = offices.by_slug(slug)
    return render_template(
        "catalogue/one.html", office=office, own=procedures.in_office(procedure_id, office.id),
        mistakes=mistakes or {}, typed=request.form,
    )  # fmt: skip


def _chosen(office: Office, mistakes: Mistakes) -> tuple[set[int], list[str]]:
    """The ids of those that were chosen, and the codes that the catalogue does not have."""
    field, pasted = forms.text("field"), forms.text("codes", LONGEST_LIST)
    if bool(field) == bool(pasted):
        mistakes["field"] = _("Please choose a field, or paste codes: one of them.")
        return set(), []
    whole = procedures.of_office(office.id)
    if field:
        return {own.id for own in whole if own.field == field}, []
    ids = {own.code: own.id for own in whole}
    codes = [_code(code) for code in re.split(r"[\s,;|]+", pasted) if code]
    return {ids[code] for code in codes if code in ids}, sorted({code for code in codes if code not in ids})


def _code(pasted: str) -> str:
    try:
        return cells.code_of(pasted)[0]
    except Fault:
        return pasted[:40]


def _values(office: Office) -> dict[str, Any]:
    """What is to be set; what was left as it is, is not among it."""
    values: dict[str, Any] = {}
    online, service, pinned = forms.text("online", 10), forms.text("service", 12), forms.text("pinned", 10)
    if online in (*LEVELS, "unknown"):
        values["online"] = None if online == "unknown" else online
    for name in ("online_payment", "post_in", "post_out"):
        if forms.text(name, 10) in SAYS:
            values[name] = SAYS[forms.text(name, 10)]
    if service:
        values["service_id"] = None if service == "none" else forms.number("service")
    if pinned in ("yes", "no"):
        values["pinned"] = pinned == "yes"
    return values


def _texts(mistakes: Mistakes) -> dict[str, Any]:
    values: dict[str, Any] = {
        name: tidy(forms.text(name, most))[0] for name, most in TEXTS.items() if name in request.form
    }
    if values.get("url") and not cells.url_of(values["url"], TEXTS["url"])[0]:
        mistakes["url"] = _("Please enter a whole address, like https://dichvucong.gov.vn")
    if "name_en" in values:
        values["name_en"] = values["name_en"] or None
    if "papers" in request.form:
        lines = re.split(r"[\r\n;]+", forms.text("papers", LONGEST_PAPERS))
        values["papers"] = [paper for paper in (tidy(line)[0] for line in lines) if paper]
    return values
