"""The lobby's wall, in the room or in a waiting area."""

from flask import Blueprint, render_template

from counter.access import Right, allow
from counter.models import office as offices
from counter.models.device import DISPLAY
from counter.panels import BOARD, draw
from counter.panels.common import Place
from counter.screens import device
from counter.web.page import language

place = Blueprint("display", __name__)


@place.get("/offices/<slug>/display")
@place.get("/offices/<slug>/areas/<int(max=2147483647):area_id>/display")
@allow(Right.ANYONE)
def show(slug: str, area_id: int | None = None) -> str:
    """Who goes where, live."""
    office, own = offices.by_slug(slug), device()
    args: dict[str, object] = {"slug": slug} if area_id is None else {"slug": slug, "area_id": area_id}
    if own is not None and own.kind == DISPLAY and own.office_id == office.id:
        args = {"device_id": own.id}
    panel = draw(BOARD, args, language())
    return render_template("display/show.html", office=Place(slug, office.name), board=panel.html)
