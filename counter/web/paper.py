"""Paper: a poster and a leaflet to print, for anyone; and the manager's page about them (R8, R9)."""

from datetime import timedelta
from urllib.parse import urlsplit

from flask import Blueprint, Response, render_template, request, url_for

from counter.access import Right, allow
from counter.models import office as offices
from counter.panels import LANGUAGES
from counter.paper.content import Sheet, sheet_of
from counter.web.limits import at_most
from counter.web.page import bilingual, public_address
from queues.errors import NotFound

place = Blueprint("paper", __name__)

ONLY_HERE = ("localhost", "127.", "0.0.0.0", "::1")
"""Where an address begins so, no phone opens it."""


@place.get("/offices/<slug>/paper/poster.pdf")
@allow(Right.ANYONE)
@at_most(60, timedelta(seconds=1))
def poster_pdf(slug: str) -> Response:
    """The poster, `?size=a4` or a3, the large language as `?lang=` says. Raises NotFound for another size."""
    from counter.paper.sheet import PAPERS, poster  # Read when first drawn: it would be a tenth of every start.

    size = request.args.get("size", "a4").lower()
    if size not in PAPERS:
        raise NotFound(size)
    return _pdf(poster(_sheet(slug), size), f"{slug}-poster-{size}.pdf")


@place.get("/offices/<slug>/paper/leaflet.pdf")
@allow(Right.ANYONE)
@at_most(60, timedelta(seconds=1))
def leaflet_pdf(slug: str) -> Response:
    """The leaflet, A5, the large language as `?lang=` says."""
    from counter.paper.sheet import leaflet

    return _pdf(leaflet(_sheet(slug)), f"{slug}-leaflet.pdf")


@place.get("/offices/<slug>/settings/paper")
@allow(Right.MANAGER)
def show(slug: str) -> str:
    """What there is to print, and what stands on it today."""
    office, sheet = offices.by_slug(slug), _sheet(slug)
    host = urlsplit(sheet.home).hostname or ""
    return render_template("office/paper.html", office=office, sheet=sheet, only_here=host.startswith(ONLY_HERE))


def _sheet(slug: str) -> Sheet:
    """Vietnamese is large unless the address asks for English: paper hangs for all."""
    lang = request.args.get("lang", "vi")
    home = public_address(url_for("kiosk.phone", slug=slug))
    return sheet_of(offices.by_slug(slug), home, lang if lang in LANGUAGES else "vi", bilingual)


def _pdf(drawn: bytes, name: str) -> Response:
    """Shown in the browser, from where it is printed or kept."""
    return Response(drawn, mimetype="application/pdf", headers={"Content-Disposition": f'inline; filename="{name}"'})
