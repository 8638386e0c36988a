"""The coordinator's page: how all offices are at this moment, in the order that is asked for (R18)."""

from flask import Blueprint, render_template, request

from counter.access import Right, allow, signed_in
from counter.models.staff import ADMINISTRATOR
from counter.panels import OVERVIEW, draw
from counter.panels.overview import ORDERS
from counter.web.page import language

place = Blueprint("overview", __name__)


@place.get("/overview")
@allow(Right.COORDINATOR)
def show() -> str:
    """Every office on one page. `by`: what they are ordered by."""
    by, own = request.args.get("by", ""), signed_in()
    panel = draw(OVERVIEW, {"by": by if by in ORDERS else ORDERS[0]}, language())
    return render_template(
        "overview/show.html", overview=panel.html, administers=own is not None and own.role == ADMINISTRATOR
    )
