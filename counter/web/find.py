"""The search for an errand, at the kiosk and on a visitor's own phone: one page, of which htmx takes the hits."""

from datetime import timedelta

from flask import Blueprint, render_template, request

from counter.access import Right, allow
from counter.models import office as offices
from counter.panels import finding
from counter.panels.common import Place
from counter.web.limits import at_most
from queues.folding import LONGEST

place = Blueprint("find", __name__)


@place.get("/offices/<slug>/errands")
@allow(Right.ANYONE)
@at_most(200, timedelta(seconds=0.1), while_typing=True)
def show(slug: str) -> str:
    """What answers `?q=`; with `?place=kiosk` on the kiosk's own page."""
    office = offices.by_slug(slug)
    typed = request.args.get("q", "").replace("\0", "").strip()[:LONGEST]
    return render_template(
        "kiosk/find.html", office=Place(office.slug, office.name), typed=typed, hits=finding.hits(office, typed),
        phone=request.args.get("place") != "kiosk",
    )  # fmt: skip
