"""The lines of an office and who takes them: services, priority classes, counters (issue 5)."""

from collections import Counter as Count

from flask import Blueprint, make_response, render_template, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response as BaseResponse

from counter.access import Right, allow
from counter.actions import settings
from counter.errors import sentence, status_of
from counter.models import counter as counters
from counter.models import office as offices
from counter.models import ticket as tickets
from counter.models.office import Office
from counter.models.service import COLLECT, INTAKE, ORIGINAL, Service
from counter.models.snapshot import Snapshot
from counter.panels import kiosk
from counter.web import entries, forms, measures
from counter.web.guard import Answer, may_draw, refused
from counter.web.measures import Mistakes
from counter.web.page import asks_delete, say, see
from queues.errors import NotFound, Refused, Taken
from queues.life import HELD, IN_LINE
from queues.numbering import LETTERS

place = Blueprint("lines", __name__)

SERVICES, COUNTERS = "/offices/<slug>/settings/services", "/offices/<slug>/settings/counters"
ID = "int(max=2147483647)"
MOST_NUMBER, MOST_A_DAY, MOST_COUNTERS = 900, 9999, 999


@place.get(SERVICES)
@allow(Right.MANAGER)
def services(slug: str) -> str:
    """The services and the priority classes."""
    return services_page(slug)


@place.post(SERVICES)
@place.post(f"{SERVICES}/<{ID}:own_id>")
@allow(Right.MANAGER)
def service(slug: str, own_id: int | None = None) -> BaseResponse:
    """Make a service, change one, or offer it no longer (`_method=DELETE`)."""
    office_id, asked = offices.by_slug(slug).id, forms.asked("office")
    if asks_delete() and own_id is not None:
        settings.retire_service(office_id, own_id, asked)
        say(_("Not offered any more. What was done in it stays in the books."))
        return see("lines.services", slug=slug)
    mistakes: Mistakes = {}
    values = _service(mistakes)
    if mistakes:
        return make_response(services_page(slug, form=_own("service", own_id), mistakes=mistakes), 422)
    settings.write_service(office_id, values, asked, own_id)
    new = _("The service is there. Now say at which counters it is taken.")
    say(new if own_id is None else _("Kept. All screens show it now."))
    return see("lines.services", slug=slug)


@place.post(f"{SERVICES}/classes")
@place.post(f"{SERVICES}/classes/<{ID}:own_id>")
@allow(Right.MANAGER)
def priority_class(slug: str, own_id: int | None = None) -> BaseResponse:
    """Make a priority class, change one, or give it no longer (`_method=DELETE`)."""
    office_id, asked = offices.by_slug(slug).id, forms.asked("office")
    if asks_delete() and own_id is not None:
        settings.retire_class(office_id, own_id, asked)
        say(_("Not offered any more. Who has such a ticket keeps the right to go first."))
        return see("lines.services", slug=slug)
    mistakes: Mistakes = {}
    name = entries.words("name", 80, mistakes, _("Please write who goes first."))
    if mistakes:
        return make_response(services_page(slug, form=_own("class", own_id), mistakes=mistakes), 422)
    settings.write_class(office_id, {"name_vi": name.vi, "name_en": name.en or name.vi}, asked, own_id)
    say(_("Kept. All screens show it now."))
    return see("lines.services", slug=slug)


@place.get(COUNTERS)
@allow(Right.MANAGER)
def desks(slug: str) -> str:
    """The counters and what each takes."""
    return counters_page(slug)


@place.post(COUNTERS)
@place.post(f"{COUNTERS}/<{ID}:own_id>")
@allow(Right.MANAGER)
def desk(slug: str, own_id: int | None = None) -> BaseResponse:
    """Make a counter, change one, or use it no longer (`_method=DELETE`)."""
    office, asked = offices.by_slug(slug), forms.asked("office")
    if asks_delete() and own_id is not None:
        settings.retire_counter(office.id, own_id, asked)
        say(_("Not used any more. Its clerks need another counter."))
        return see("lines.desks", slug=slug)
    mistakes: Mistakes = {}
    number = measures.within("number", 1, MOST_COUNTERS, mistakes)
    taken = tuple(own.id for own in office.services if request.form.get(f"service_{own.id}"))
    if mistakes:
        return make_response(counters_page(slug, form=_own("counter", own_id), mistakes=mistakes), 422)
    settings.write_counter(office.id, number, taken, asked, own_id)
    say(_("Kept. All screens show it now."))
    return see("lines.desks", slug=slug)


def services_page(slug: str, *, form: str = "", mistakes: Mistakes | None = None, **more: object) -> str:
    """The page of services; a mistake is told at its field."""
    office = offices.by_slug(slug)
    shown = kiosk.services(Snapshot(office.id), slug).services
    return render_template(
        "settings/services.html", office=office, cards={own.id: own for own in shown}, kinds=_kinds(),
        uncalled=uncalled(office),
        free=[letter for letter in LETTERS if letter not in {own.letter for own in office.services}],
        form_sent=form, typed=request.form if form else {}, mistakes=mistakes or {}, **more,
    )  # fmt: skip


def counters_page(slug: str, *, form: str = "", mistakes: Mistakes | None = None, **more: object) -> str:
    """The page of counters; a mistake is told at its field."""
    office = offices.by_slug(slug)
    own = counters.of_office(office.id)
    return render_template(
        "settings/counters.html", office=office, counters=own, uncalled=uncalled(office),
        next_number=max((one.number for one in own), default=0) + 1, form_sent=form,
        typed=request.form if form else {}, mistakes=mistakes or {}, **more,
    )  # fmt: skip


def uncalled(office: Office) -> list[tuple[Service, int]]:
    """The services for which somebody waits and that no counter takes, each with how many: nobody will call them."""
    taken = {service.id for own in counters.of_office(office.id) for service in own.services}
    waiting = Count(own.service_id for own in tickets.open_in(office.id) if own.status in (*IN_LINE, HELD))
    return [(own, waiting[own.id]) for own in office.services if waiting[own.id] and own.id not in taken]


@place.errorhandler(Refused)
def say_refused(error: Refused) -> Answer:
    """Say it at the field it is about, or above the page."""
    if isinstance(error, NotFound) or not may_draw():
        return refused(error)
    args = request.view_args or {}
    desk_asked = request.endpoint == "lines.desk"
    page, what = (counters_page, "counter") if desk_asked else (services_page, "service")
    if isinstance(error, Taken):
        mistakes = {error.field: sentence(error)}
        return make_response(
            page(args["slug"], form=_own(what, args.get("own_id")), mistakes=mistakes), status_of(error)
        )
    return make_response(page(args["slug"], said=[("error", sentence(error))]), status_of(error))


def _service(mistakes: Mistakes) -> dict[str, object]:
    name = entries.words("name", 120, mistakes, _("Please write the name of the service."))
    closed = entries.words("closed", 200, mistakes)
    letter, kind = forms.text("letter", 2).upper(), forms.text("kind")
    if letter not in LETTERS:
        mistakes["letter"] = _("Please choose one letter from A to Z.")
    if kind not in (INTAKE, COLLECT, ORIGINAL):
        raise NotFound("kind")
    return {
        "letter": letter, "name_vi": name.vi, "name_en": name.en or name.vi, "kind": kind,
        **measures.hours(mistakes),
        "first_number": measures.within("first_number", 1, MOST_NUMBER, mistakes),
        "day_quota": measures.at_most("day_quota", MOST_A_DAY, mistakes),
        "closed_vi": closed.vi or None, "closed_en": (closed.en or closed.vi) or None,
    }  # fmt: skip


def _kinds() -> dict[str, str]:
    return {
        INTAKE: _("Handing in files"),
        COLLECT: _("Collecting results"),
        ORIGINAL: _("Bringing originals of online files"),
    }


def _own(what: str, own_id: int | None) -> str:
    """The name of a form on the page: of a new entry, or of one that stands."""
    return f"{what}-{own_id}" if own_id else what
