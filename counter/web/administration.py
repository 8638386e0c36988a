"""The administrator's page: every office, a new one from nothing, a sample, a file or another office, and who sees or
sets all of them (R18)."""

from flask import Blueprint, make_response, render_template, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response as BaseResponse

from counter.access import Right, allow
from counter.actions import offices as making
from counter.errors import sentence, status_of
from counter.models import office as offices
from counter.models import staff as accounts
from counter.models.office import SLUG
from counter.models.office_file import plain_of
from counter.models.staff import ADMINISTRATOR, COORDINATOR
from counter.models.words import Words
from counter.officefile.mistakes import BadFile
from counter.officefile.reading import Plain
from counter.web import entries, file_words, forms, office_file
from counter.web.guard import Answer, may_draw, refused
from counter.web.measures import Mistakes
from counter.web.page import say, see
from counter.web.people import names_of_roles
from queues.errors import Refused, Taken
from queues.letters import fold

place = Blueprint("administration", __name__)
place.register_error_handler(413, office_file.too_large)


@place.get("/administration")
@allow(Right.ADMINISTRATOR)
def show() -> str:
    """Every office, by name. `copy`: which one the new office is to be made from."""
    return page()


@place.post("/administration")
@allow(Right.ADMINISTRATOR)
def make() -> BaseResponse:
    """Make an office."""
    mistakes: Mistakes = {}
    slug = forms.text("slug", 60).lower()
    if not SLUG.fullmatch(slug):
        mistakes["slug"] = _("From 1 to 40 of a–z, 0–9 and hyphen, without Vietnamese marks.")
    try:
        plain = _begun_from()
    except BadFile as error:
        return make_response(page("new", mistakes, in_file=file_words.in_words(error.mistakes)), 422)
    name = _name(plain, mistakes)
    if mistakes:
        return make_response(page("new", mistakes), 422)
    making.make_office(slug, name, forms.asked("office"), plain or {})
    say(_("The office is there. Please look through its settings, and let its people in."))
    return see("settings.index", slug=slug)


def page(form: str = "", mistakes: Mistakes | None = None, **more: object) -> str:
    """The page; a mistake is told at its field, what is wrong with a file with its place in it."""
    every = sorted(offices.every(), key=lambda own: fold(own.name_vi))
    begin = [("", _("Nothing: I set everything myself")), *office_file.samples()]
    begin += [(f"copy:{own.slug}", _("Copy of %(name)s", name=own.name_vi)) for own in every]
    wanted = request.args.get("copy", "")
    return render_template(
        "administration/show.html", offices=every, begin=begin, form_sent=form, typed=request.form if form else {},
        mistakes=mistakes or {}, over_all=accounts.with_roles((ADMINISTRATOR, COORDINATOR)), roles=names_of_roles(),
        homes={own.id: own for own in every}, copy=f"copy:{wanted}" if wanted else "", **more,
    )  # fmt: skip


@place.errorhandler(Refused)
def say_refused(error: Refused) -> Answer:
    """Said at the field it is about, or above the page."""
    if not may_draw():
        return refused(error)
    if isinstance(error, Taken):
        return make_response(page("new", {error.field: sentence(error)}), status_of(error))
    return make_response(page("new", said=[("error", sentence(error))]), status_of(error))


def _begun_from() -> Plain | None:
    """What the new office begins as: a file, a sample, another office, or nothing (None). Raises BadFile, NotFound."""
    copied = forms.text("from", 60).partition("copy:")[2]
    sent = request.files.get("file")
    if copied and not (sent and sent.filename):
        return plain_of(offices.by_slug(copied).id, catalogue=bool(request.form.get("catalogue")))
    return office_file.chosen()


def _name(plain: Plain | None, mistakes: Mistakes) -> Words:
    """As it was typed; a file brings a name of its own."""
    brought = plain is not None and bool(request.files.get("file"))
    need = "" if brought else _("Please write the name of the office.")
    name = entries.words("name", 120, mistakes, need)
    return name if name.vi or plain is None else Words(**plain["office"]["name"])
