"""Home: the offices, how busy each is, and the way to one's own screen."""

from flask import Blueprint, render_template, url_for
from flask_babel import gettext as _

from counter.access import Right, allow, signed_in
from counter.models import counter as counters
from counter.models import office as offices
from counter.models.staff import CLERK, MANAGER, Staff
from counter.panels import OFFICES, draw
from counter.web.page import language

place = Blueprint("home", __name__)


@place.get("/")
@allow(Right.ANYONE)
def show() -> str:
    """All offices of this installation."""
    staff = signed_in()
    panel = draw(OFFICES, {}, language())
    return render_template("home/show.html", offices=panel.html, links=_links(staff) if staff else [])


def _links(staff: Staff) -> list[tuple[str, str]]:
    """The screens that somebody may open."""
    slug = offices.by_id(staff.office_id).slug
    shared = [(_("Kiosk"), url_for("kiosk.show", slug=slug)), (_("Display"), url_for("display.show", slug=slug))]
    door = [] if staff.role == CLERK else [(_("Door"), url_for("door.show", slug=slug))]
    return [*_desks(staff), *door, *shared, *_managing(staff, slug)]


def _managing(staff: Staff, slug: str) -> list[tuple[str, str]]:
    if staff.role != MANAGER:
        return []
    places = {
        "settings.index": _("Settings"), "office.show": _("Room"), "catalogue.show": _("Catalogue"),
        "texts.show": _("Texts"), "reports.show": _("What came of it"), "paper.show": _("Poster and leaflet"),
        "audit.show": _("What was changed"),
    }  # fmt: skip
    return [(words, url_for(place, slug=slug)) for place, words in places.items()]


def _desks(staff: Staff) -> list[tuple[str, str]]:
    own = [c for c in counters.of_office(staff.office_id) if staff.role == MANAGER or c.id == staff.counter_id]
    return [(_("Counter %(number)d", number=c.number), url_for("desk.show", counter_id=c.id)) for c in own]
