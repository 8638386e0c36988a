"""A catalogue file on its way in: sent, its columns looked at, written behind the page, and what came of it (R5)."""

import logging
import threading
from contextlib import suppress

from flask import Blueprint, current_app, make_response, render_template, request
from flask_babel import gettext as _
from werkzeug.exceptions import RequestEntityTooLarge
from werkzeug.wrappers import Response as BaseResponse

from counter.access import Right, allow
from counter.actions import catalogue as importing
from counter.actions.catalogue import How
from counter.actions.perform import Asked
from counter.catalogue import words
from counter.catalogue.files import LARGEST
from counter.database import db
from counter.models import catalogue_import as imports
from counter.models import office as offices
from counter.models.catalogue_import import RUNNING, UPLOADED, CatalogueImport
from counter.web import catalogue, forms
from counter.web.guard import Answer
from counter.web.guard import show as show_error
from counter.web.measures import Mistakes
from counter.web.page import asks_delete, say, see
from queues.columns import COLUMNS, NEEDED
from queues.errors import Unreadable

place = Blueprint("importing", __name__)

IMPORTS = f"{catalogue.ROOT}/imports"
ONE = f"{IMPORTS}/<int(max=2147483647):import_id>"
ROOM_FOR_A_FORM = 64 * 1024
IN_HAND = 512 * 1024
"""Bytes of a form that stand in memory at a time; the file itself goes to the disk meanwhile."""
SWALLOWED = 96 * 1024 * 1024
"""Bytes of a file that is too large that are still taken from the line: a browser that is cut off while it sends shows
no sentence."""


@place.url_value_preprocessor
def make_room(endpoint: str | None, _values: object) -> None:
    """A catalogue is larger than any other form. Said before anything looks into the form."""
    if endpoint == "importing.upload":
        request.max_content_length = LARGEST + ROOM_FOR_A_FORM
        request.max_form_memory_size = IN_HAND


@place.errorhandler(413)
def too_large(_error: RequestEntityTooLarge) -> Answer:
    """Said in words, once the browser has sent it all."""
    let_pass()
    return show_error(413, words.of_file("too_large"))


def let_pass() -> None:
    """Take the rest of a file that is too large from the line, so that the browser comes to hear the sentence."""
    with suppress(OSError, ValueError):
        left = min(request.content_length or 0, SWALLOWED)
        stream = request.environ["wsgi.input"]
        while left > 0 and (taken := len(stream.read(min(left, 64 * 1024)))):
            left -= taken


@place.post(IMPORTS)
@allow(Right.MANAGER)
def upload(slug: str) -> BaseResponse:
    """Keep a file until its columns have been looked at."""
    sent = request.files.get("file")
    if sent is None or not sent.filename:
        return catalogue.refuse(slug, _("Please choose a file."))
    try:
        name = sent.filename.replace("\0", "")[:200]
        own = importing.upload(offices.by_slug(slug).id, name, sent.read(), forms.asked("office"))
    except Unreadable as error:
        return catalogue.refuse(slug, words.of_file(error.why))
    return see("importing.show", slug=slug, import_id=own["import"])


@place.get(ONE)
@allow(Right.MANAGER)
def show(slug: str, import_id: int) -> str:
    """Its columns, or how far it is, or what came of it."""
    return _page(slug, import_id)


@place.post(ONE)
@allow(Right.MANAGER)
def start(slug: str, import_id: int) -> BaseResponse:
    """Write it, with its columns as they are now (`_method=DELETE`: throw it away)."""
    office, asked = offices.by_slug(slug), forms.asked("office")
    own = imports.in_office(import_id, office.id)
    if asks_delete():
        importing.drop(office.id, import_id, asked)
        say(_("The file is thrown away. Nothing has been changed."))
        return see("catalogue.show", slug=slug)
    if own.status == UPLOADED:
        mistakes: Mistakes = {}
        columns = _columns(mistakes)
        if mistakes:
            return make_response(_page(slug, import_id, mistakes), 422)
        how = How(columns, whole=bool(forms.text("whole")), sure=bool(forms.text("sure")))
        importing.start(office.id, import_id, how, asked)
    _write_behind(office.id, import_id, asked)
    return see("importing.show", slug=slug, import_id=import_id)


def _page(slug: str, import_id: int, mistakes: Mistakes | None = None) -> str:
    office = offices.by_slug(slug)
    own = imports.in_office(import_id, office.id)
    looked = _look(own) if own.status == UPLOADED else {}
    return render_template(
        "catalogue/import.html", office=office, own=own, running=own.status == RUNNING, report=own.report,
        mistakes=mistakes or {}, names=words.of_columns(), refused=words.of_refused, notes=words.of_notes,
        why=words.of_file, typed=request.form, **looked,
    )  # fmt: skip


def _look(own: CatalogueImport) -> dict[str, object]:
    """The columns as they were understood, or as they were chosen before, beside the first rows."""
    seen = own.columns
    understood = {at: name for name, at in seen["columns"].items()}
    chosen = [request.form.get(f"column-{at}", understood.get(at, "")) for at in range(len(seen["head"]))]
    return {"head": seen["head"], "rows": seen["rows"], "chosen": chosen, "total": seen["total"]}


def _columns(mistakes: Mistakes) -> dict[str, int]:
    """Which column is what, as chosen. Each may be only one thing, and code and name must be there."""
    columns: dict[str, int] = {}
    for at in range(100):
        name = forms.text(f"column-{at}", 20)
        if name in columns:
            mistakes[f"column-{at}"] = _("Another column is this already.")
        elif name in COLUMNS:
            columns[name] = at
    if not set(NEEDED) <= set(columns):
        mistakes["columns"] = _("Please say which column has the code and which the name.")
    return columns


def _write_behind(office_id: int, import_id: int, asked: Asked) -> None:
    """Write it while the page already shows how far it is. Cut off by a restart, it goes on when it is asked to."""
    app = current_app._get_current_object()  # type: ignore[attr-defined]

    def work() -> None:
        with app.app_context():
            try:
                importing.run(office_id, import_id, asked)
            except Exception:
                logging.getLogger(__name__).exception("the import stopped; it goes on when it is asked to")
            finally:
                db.session.remove()

    threading.Thread(target=work, name=f"import {import_id}", daemon=True).start()
