"""Home: the offices, how busy each is, and the way to one's own screen."""

from flask import Blueprint, render_template, request, url_for
from flask_babel import gettext as _

from counter.access import Right, allow, signed_in
from counter.models import counter as counters
from counter.models import office as offices
from counter.models.glance import Everything
from counter.models.staff import ADMINISTRATOR, CLERK, COORDINATOR, Staff
from counter.panels import OFFICES, draw
from counter.panels.home import FEW, LONGEST, all_offices, named
from counter.web.page import language

place = Blueprint("home", __name__)


@place.get("/")
@allow(Right.ANYONE)
def show() -> str:
    """The less busy offices of this installation, or those that are called as somebody has typed."""
    staff, seen = signed_in(), all_offices()
    typed = request.args.get("q", "").replace("\0", "").strip()[:LONGEST]
    name = named(typed)
    panel = draw(OFFICES, {"name": name} if name else {}, language(), seen)
    return render_template(
        "home/show.html", offices=panel.html, links=_links(staff) if staff else [], typed=typed, all=_by_name(seen),
        unseated=staff is not None and staff.role == CLERK and staff.counter_id is None,
    )  # fmt: skip


def _by_name(seen: Everything) -> list[tuple[str, str, str]]:
    """Every office by name, where there are more than are shown: address and both names."""
    if len(seen.offices) <= FEW:
        return []
    return [(url_for("display.show", slug=one.slug), *one.name) for one in seen.offices]


def _links(staff: Staff) -> list[tuple[str, str]]:
    """The screens that somebody may open."""
    slug = offices.by_id(staff.office_id).slug
    over_all = [(_("All offices at a glance"), url_for("overview.show"))]
    if staff.role == COORDINATOR:
        return over_all
    shared = [(_("Kiosk"), url_for("kiosk.show", slug=slug)), (_("Display"), url_for("display.show", slug=slug))]
    door = [] if staff.role == CLERK else [(_("Door"), url_for("door.show", slug=slug))]
    administers = staff.role == ADMINISTRATOR
    every = [*over_all, (_("Offices and their files"), url_for("administration.show"))] if administers else []
    return [*_desks(staff), *door, *shared, *_managing(staff, slug), *every]


def _managing(staff: Staff, slug: str) -> list[tuple[str, str]]:
    if not staff.manages:
        return []
    places = {
        "settings.index": _("Settings"), "office.show": _("Room"), "catalogue.show": _("Catalogue"),
        "texts.show": _("Texts"), "reports.show": _("What came of it"), "paper.show": _("Poster and leaflet"),
        "audit.show": _("What was changed"),
    }  # fmt: skip
    return [(words, url_for(place, slug=slug)) for place, words in places.items()]


def _desks(staff: Staff) -> list[tuple[str, str]]:
    own = [c for c in counters.of_office(staff.office_id) if staff.manages or c.id == staff.counter_id]
    return [(_("Counter %(number)d", number=c.number), url_for("desk.show", counter_id=c.id)) for c in own]
