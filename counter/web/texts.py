"""The manager's page of what visitors are told: notices and offers, contacts, help points, the portal (R6 to R9)."""

from collections.abc import Callable
from typing import Any

from flask import Blueprint, make_response, render_template, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response as BaseResponse

from counter import clock
from counter.access import Right, allow
from counter.actions import texts
from counter.actions.perform import Answer, Asked
from counter.errors import sentence, status_of
from counter.models import notice as notices
from counter.models import office as offices
from counter.models import procedure as procedures
from counter.models.snapshot import Snapshot
from counter.models.words import Words
from counter.panels import texts as shown
from counter.web import entries, forms
from counter.web.guard import Answer as Refusal
from counter.web.guard import may_draw, refused
from counter.web.measures import Mistakes
from counter.web.page import asks_delete, say, see
from queues.errors import NotFound, Refused

place = Blueprint("texts", __name__)

TEXTS = "/offices/<slug>/settings/texts"
ID = "int(max=2147483647)"


@place.get(TEXTS)
@allow(Right.MANAGER)
def show(slug: str) -> str:
    """Everything that visitors are told, with its days and places."""
    return page(slug)


@place.post(f"{TEXTS}/notices")
@place.post(f"{TEXTS}/notices/<{ID}:own_id>")
@allow(Right.MANAGER)
def notice(slug: str, own_id: int | None = None) -> BaseResponse | str:
    """Show a text, change it, or take it away (`_method=DELETE`); `try` only shows how it looks."""
    mistakes: Mistakes = {}
    text = entries.words("text", 400, mistakes, _("Please write the text in Vietnamese."))
    days, where = entries.days("from_day", "to_day", mistakes), entries.places(mistakes)
    kind, way = forms.text("kind"), forms.text("way") or None
    if not asks_delete() and (kind not in notices.KINDS or way not in (None, *notices.OFFER_WAYS)):
        raise NotFound("kind")
    own = _own("notice", own_id)
    if not mistakes and forms.text("try"):
        return page(slug, form=own, tried=Words(text.vi, text.en or text.vi))

    def write(office_id: int, asked: Asked) -> Answer:
        return texts.write_notice(office_id, kind, text, days, asked, places=where, way=way, notice_id=own_id)

    return _answer(slug, "notice", own_id, mistakes, write)


@place.post(f"{TEXTS}/contacts")
@place.post(f"{TEXTS}/contacts/<{ID}:own_id>")
@allow(Right.MANAGER)
def contact(slug: str, own_id: int | None = None) -> BaseResponse | str:
    """Name somebody to ask, change it, or take it away (`_method=DELETE`)."""
    mistakes: Mistakes = {}
    name = entries.words("name", 120, mistakes, _("Please write the name of the person or the office."))
    hours = entries.words("hours", 120, mistakes)
    phone, email = entries.phone("phone", mistakes), entries.email("email", mistakes)
    if not phone and not email:
        mistakes.setdefault("phone", _("Please enter a phone number or an e-mail address: at least one."))
    row = {
        "name_vi": name.vi, "name_en": name.en, "hours_vi": hours.vi, "hours_en": hours.en, "phone": phone,
        "email": email, "field": entries.line("field", 200, mistakes),
    }  # fmt: skip
    return _answer(slug, "contact", own_id, mistakes, lambda o, asked: texts.write_contact(o, row, asked, own_id))


@place.post(f"{TEXTS}/points")
@place.post(f"{TEXTS}/points/<{ID}:own_id>")
@allow(Right.MANAGER)
def point(slug: str, own_id: int | None = None) -> BaseResponse | str:
    """Tell of a help point, change it, or take it away (`_method=DELETE`)."""
    mistakes: Mistakes = {}
    name = entries.words("name", 120, mistakes, _("Please write the name of the place."))
    hours, helps = entries.words("hours", 120, mistakes), entries.words("helps", 200, mistakes)
    row = {
        "name_vi": name.vi, "name_en": name.en, "hours_vi": hours.vi, "hours_en": hours.en, "helps_vi": helps.vi,
        "helps_en": helps.en, "map_url": entries.link("map_url", mistakes),
        "address": entries.line("address", 200, mistakes, _("Please write where it is.")),
    }  # fmt: skip
    at = forms.choice("at_office")
    return _answer(slug, "point", own_id, mistakes, lambda o, asked: texts.write_help_point(o, row, at, asked, own_id))


@place.post(f"{TEXTS}/portal")
@allow(Right.MANAGER)
def portal(slug: str) -> BaseResponse | str:
    """Set where people of this office file online."""
    mistakes: Mistakes = {}
    name = entries.words("portal", 120, mistakes, _("Please write the name of the portal."))
    url = entries.link("portal_url", mistakes, _("Please enter the address of the portal."))
    return _answer(slug, "portal", None, mistakes, lambda o, asked: texts.set_portal(o, name, url, asked))


def page(slug: str, *, form: str = "", mistakes: Mistakes | None = None, **more: Any) -> str:
    """The page; what was typed stays in the form that has a mistake, and the mistake is told at its field."""
    office = offices.by_slug(slug)
    seen = Snapshot(office.id)
    return render_template(
        "office/texts.html", office=office, kinds=notices.KINDS, places=notices.PLACES, offer_ways=notices.OFFER_WAYS,
        texts=seen.texts, contacts=seen.contacts, points=seen.help_points,
        others=[own for own in offices.every() if own.id != office.id],
        fields=procedures.fields(office.id), stops=seen.stops, seen=seen, as_told=shown.as_told,
        today=clock.today(office.timezone), form_sent=form, typed=request.form if form else {},
        mistakes=mistakes or {}, **more,
    )  # fmt: skip


@place.errorhandler(Refused)
def say_refused(error: Refused) -> Refusal:
    """Say it on the page where it was asked."""
    if not may_draw():
        return refused(error)
    said = [("error", sentence(error))]
    return make_response(page((request.view_args or {})["slug"], said=said), status_of(error))


def _answer(
    slug: str, what: str, own_id: int | None, mistakes: Mistakes, write: Callable[[int, Asked], Answer]
) -> BaseResponse:
    """Take away, or tell the mistakes, or write."""
    office_id, asked = offices.by_slug(slug).id, forms.asked("office")
    if asks_delete() and own_id is not None:
        texts.take_away(office_id, what, own_id, asked)
        say(_("Taken away: visitors no longer see it."))
    elif mistakes:
        return make_response(page(slug, form=_own(what, own_id), mistakes=mistakes), 422)
    else:
        write(office_id, asked)
        say(_("Kept. Visitors see it from its first day on.") if what == "notice" else _("Kept. Visitors see it now."))
    return see("texts.show", slug=slug)


def _own(what: str, own_id: int | None) -> str:
    """The name of a form on the page: of a new entry, or of one that stands."""
    return f"{what}-{own_id}" if own_id else what
