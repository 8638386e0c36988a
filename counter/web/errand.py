"""What somebody came for, before the ticket: the papers, the other ways, and the list to take along (R4 to R7)."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

from flask import Blueprint, render_template, request, url_for
from markupsafe import Markup
from werkzeug.wrappers import Response as BaseResponse

from counter import qr
from counter.access import Right, allow
from counter.actions.errand import open_return, open_way
from counter.models import office as offices
from counter.models import procedure as procedures
from counter.models.service import COLLECT
from counter.models.snapshot import Snapshot
from counter.models.words import Words
from counter.panels import errand as errands
from counter.panels.errand import Before, Collecting
from counter.web import forms
from counter.web.limits import at_most
from counter.web.page import language, public_address, see
from queues import online
from queues.errors import NotFound

place = Blueprint("errand", __name__)

WAYS = at_most(100, timedelta(seconds=0.5))
"""Each is kept; a family at one phone, and a village behind one address, choose less."""

ID = "int(max=2147483647)"
PAGES = {"kiosk": "kiosk.show", "phone": "kiosk.phone"}


@dataclass(frozen=True)
class Carried:
    """What the last question before the ticket keeps of the errand."""

    id: int
    name: Words
    papers: str | None
    trying: bool

    @property
    def query(self) -> str:
        """The same in an address."""
        return _query(procedure=self.id, papers=self.papers, trying="1" if self.trying else None)

    @property
    def back(self) -> str:
        """One step back: the ways of the errand."""
        return _query(procedure=self.id, papers=self.papers)


@place.get(f"/offices/<slug>/errands/<{ID}:procedure_id>")
@allow(Right.ANYONE)
def show(slug: str, procedure_id: int) -> str:
    """The list to take along, for any phone: papers, fee, days, ways, whom to ask."""
    view = errands.before(Snapshot(offices.by_slug(slug).id), procedure_id, "phone")
    return _draw("list", view, phone=True)


@place.post(f"/offices/<slug>/errands/<{ID}:procedure_id>/ways")
@allow(Right.ANYONE)
@WAYS
def choose(slug: str, procedure_id: int) -> BaseResponse:
    """Choose another way, without a ticket; then see how it is done."""
    way, where = forms.text("way", 12), _where()
    open_way(offices.by_slug(slug).id, procedure_id, way, forms.asked(where), where)
    return see(PAGES[where], slug=slug, procedure=procedure_id, papers=papers_said(), way=way)


@place.post(f"/offices/<slug>/services/<{ID}:service_id>/ways")
@allow(Right.ANYONE)
@WAYS
def send(slug: str, service_id: int) -> BaseResponse:
    """Have a result sent instead of collecting it, without a ticket; then see how it is done."""
    way, where = forms.text("way", 12), _where()
    open_return(offices.by_slug(slug).id, service_id, way, forms.asked(where), where)
    return see(PAGES[where], slug=slug, service=service_id, way=way)


def before_ticket(seen: Snapshot, *, phone: bool) -> str | None:
    """The page before the last question, if one is asked for; None when it is time for the question itself."""
    asked = request.args
    if asked.get("ticket"):
        return None
    if "procedure" in asked:
        return _errand(seen, _number(asked["procedure"]), phone=phone)
    service = seen.offered.get(asked.get("service", type=int) or 0)
    return _collect(seen, service.id, phone=phone) if service and service.kind == COLLECT else None


def carried(seen: Snapshot, service_id: int) -> Carried | None:
    """The errand that the page or the form names, if this service takes it; else the ticket carries none."""
    try:
        own = procedures.in_office(_number(request.values.get("procedure", "")), seen.id)
    except NotFound:
        return None
    if own.service_id != service_id:
        return None
    trying = request.values.get("trying") == "1" and online.can_try(own.known)
    return Carried(own.id, errands.short(own.name), papers_said(), trying)


def papers_said() -> str | None:
    """What the visitor has said of the papers: all, some, or nothing yet."""
    said = request.values.get("papers")
    return said if said in online.PAPERS else None


def _errand(seen: Snapshot, procedure_id: int, *, phone: bool) -> str:
    """The papers first, if any are known; then the ways; then how the chosen one is done."""
    view = errands.before(seen, procedure_id, "phone" if phone else "kiosk")
    if "way" in request.args:
        return _draw("way", view, phone=phone, way=_way(view))
    return _draw("errand" if view.papers and not papers_said() else "ways", view, phone=phone)


def _collect(seen: Snapshot, service_id: int, *, phone: bool) -> str:
    view = errands.collecting(seen, service_id, "phone" if phone else "kiosk")
    if "way" in request.args:
        return _draw("way", view, phone=phone, way=_way(view))
    return _draw("collect", view, phone=phone)


def _draw(name: str, view: Before | Collecting, *, phone: bool, **more: Any) -> str:
    slug = view.office.slug
    to = _to(url_for(PAGES["phone" if phone else "kiosk"], slug=slug))
    return render_template(
        f"kiosk/{name}.html", office=view.office, view=view, phone=phone, to=to, papers=papers_said(),
        own_address=_own_address(), code=_code, **more,
    )  # fmt: skip


def _to(page: str) -> Callable[..., str]:
    """Addresses of this page with other answers."""
    return lambda **said: f"{page}?{_query(**said)}"


def _query(**said: object) -> str:
    """Answers as they stand in an address; those that are None are left out."""
    return urlencode({name: value for name, value in said.items() if value is not None})


def _code(address: str = "", procedure_id: int | None = None, slug: str = "") -> Markup:
    """A QR code of an address, or of the list to take along."""
    if procedure_id is not None:
        lang = language()
        path = url_for("errand.show", slug=slug, procedure_id=procedure_id, lang=lang if lang != "vi" else None)
        address = public_address(path)
    return Markup(qr.svg(address))


def _way(view: Before | Collecting) -> errands.Way:
    found = next((way for way in view.ways if way.name == request.args["way"]), None)
    if found is None:
        raise NotFound("way")
    return found


def _own_address() -> str:
    kept = {name: value for name, value in request.args.items() if name != "lang"}
    return f"{request.path}?{urlencode(kept)}" if kept else request.path


def _where() -> str:
    return "kiosk" if request.form.get("place") == "kiosk" else "phone"


def _number(text: str) -> int:
    if not text.isascii() or not text.isdigit() or len(text) > 10 or int(text) > forms.LARGEST:
        raise NotFound("procedure")
    return int(text)
