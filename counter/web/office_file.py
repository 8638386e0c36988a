"""The office as one file: taken along, and an office in which nothing is set yet filled from one, or from a sample."""

from flask import Blueprint, Response, make_response, render_template, request
from flask_babel import gettext as _
from werkzeug.exceptions import RequestEntityTooLarge
from werkzeug.wrappers import Response as BaseResponse

from counter.access import Right, allow
from counter.actions import offices as making
from counter.errors import sentence, status_of
from counter.models import office as offices
from counter.models.office_file import is_empty, plain_of
from counter.officefile.mistakes import BadFile, Mistake
from counter.officefile.reading import LARGEST, Plain, read, written
from counter.officefile.samples import SAMPLES, sample
from counter.web import file_words, forms, importing
from counter.web.guard import Answer, may_draw, refused
from counter.web.guard import show as show_error
from counter.web.page import say, see
from queues.errors import NotFound, Refused

place = Blueprint("office_file", __name__)

FILE = "/offices/<slug>/settings/file"
UPLOADS = ("office_file.fill", "administration.make")


@place.app_url_value_preprocessor
def make_room(endpoint: str | None, _values: object) -> None:
    """A file is larger than any other form. Said before anything looks into the form."""
    if endpoint in UPLOADS:
        request.max_content_length = LARGEST + importing.ROOM_FOR_A_FORM
        request.max_form_memory_size = importing.IN_HAND


@place.errorhandler(413)
def too_large(_error: RequestEntityTooLarge) -> Answer:
    """Said in words, once the browser has sent it all."""
    importing.let_pass()
    [(_where, words)] = file_words.in_words([Mistake("", "too_large", {"most": LARGEST // 1024 // 1024})])
    return show_error(413, words)


@place.get(FILE)
@allow(Right.MANAGER)
def show(slug: str) -> str:
    """Take along, or fill."""
    return page(slug)


@place.get(f"{FILE}.json")
@allow(Right.MANAGER)
def download(slug: str) -> Response:
    """The file; with `?catalogue=no` without the catalogue."""
    office = offices.by_slug(slug)
    body = written(plain_of(office.id, catalogue=request.args.get("catalogue") != "no"))
    name = f"{slug}-{office.day}.json"
    head = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(body, mimetype="application/json", headers=head)


@place.post(FILE)
@allow(Right.MANAGER)
def fill(slug: str) -> BaseResponse:
    """Set an office in which nothing is set yet from a sample or a file."""
    office_id = offices.by_slug(slug).id
    try:
        plain = chosen()
    except BadFile as error:
        return make_response(page(slug, in_file=file_words.in_words(error.mistakes)), 422)
    if plain is None:
        return make_response(page(slug, said=[("error", _("Please choose a sample or a file."))]), 422)
    making.fill_office(office_id, plain, forms.asked("office"))
    say(_("Everything of the file is set. Please look through it, and give each clerk a counter."))
    return see("settings.index", slug=slug)


def chosen() -> Plain | None:
    """The file that was sent, or the sample that was chosen; None for neither. Raises BadFile."""
    sent = request.files.get("file")
    if sent is not None and sent.filename:
        with sent.stream as body:
            return read(body.read())
    name = forms.text("from", 60).partition("sample:")[2]
    if name and name not in SAMPLES:
        raise NotFound(name)
    return sample(name) if name else None


def samples() -> list[tuple[str, str]]:
    """What can be chosen, and in words."""
    words = {"commune": _("Sample: a commune’s one-stop desk"), "province": _("Sample: a province’s service centre")}
    return [(f"sample:{name}", words[name]) for name in SAMPLES]


def page(slug: str, **more: object) -> str:
    """The page; what is wrong with a file is told with its place in it."""
    office = offices.by_slug(slug)
    return render_template(
        "settings/file.html", office=office, empty=is_empty(office), samples=samples(), form_sent="", typed={},
        mistakes={}, **more,
    )  # fmt: skip


@place.errorhandler(Refused)
def say_refused(error: Refused) -> Answer:
    """Said above the page."""
    if isinstance(error, NotFound) or not may_draw():
        return refused(error)
    return make_response(page((request.view_args or {})["slug"], said=[("error", sentence(error))]), status_of(error))
