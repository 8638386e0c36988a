"""The lobby's wall."""

from flask import Blueprint, render_template

from counter.access import Right, allow
from counter.models import office as offices
from counter.panels import BOARD, draw
from counter.panels.common import Place
from counter.web.page import language

place = Blueprint("display", __name__)


@place.get("/offices/<slug>/display")
@allow(Right.ANYONE)
def show(slug: str) -> str:
    """Who goes where, live."""
    office = offices.by_slug(slug)
    panel = draw(BOARD, {"slug": slug}, language())
    return render_template("display/show.html", office=Place(slug, office.name), board=panel.html)
