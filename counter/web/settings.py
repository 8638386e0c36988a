"""What an office is: its name, its days and hours, the rules of its line. And the way to every other setting."""

from functools import cache
from zoneinfo import available_timezones

from flask import Blueprint, make_response, render_template, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response as BaseResponse

from counter import clock
from counter.access import Right, allow
from counter.actions import settings
from counter.errors import sentence, status_of
from counter.models import counter as counters
from counter.models import holiday as holidays
from counter.models import office as offices
from counter.models.office import Office
from counter.web import entries, forms, measures, night
from counter.web.guard import Answer, may_draw, refused
from counter.web.measures import Mistakes
from counter.web.page import only_delete, say, see
from queues.errors import Refused, Taken
from queues.window import WHOLE_WEEK

place = Blueprint("settings", __name__)

SETTINGS = "/offices/<slug>/settings"
ID = "int(max=2147483647)"
MOST_MINUTES = 600
COLUMNS = (
    "name_vi", "name_en", "timezone", "address", "opens", "closes", "weekdays", "party_max", "ratio", "pass_bound",
    "defer_bound", "hold_seconds", "exit_seconds", "count_seconds", "defer_seconds", "guarded", "restart_daily",
)  # fmt: skip
"""What of the office the page sets. Other pages set other columns of it."""
IN_SECONDS = ("hold_seconds", "exit_seconds", "count_seconds", "defer_seconds")


@place.get(SETTINGS)
@allow(Right.MANAGER)
def index(slug: str) -> str:
    """Every page of settings, each with how it stands."""
    office = offices.by_slug(slug)
    own, backup = counters.of_office(office.id), night.standing(office.timezone)
    return render_template("settings/index.html", office=office, counters=own, night=backup)


@place.get(f"{SETTINGS}/office")
@allow(Right.MANAGER)
def show(slug: str) -> str:
    """The office itself."""
    return page(slug)


@place.post(f"{SETTINGS}/office")
@allow(Right.MANAGER)
def change(slug: str) -> BaseResponse:
    """Set them."""
    mistakes: Mistakes = {}
    values = _identity(mistakes) | _days(mistakes) | _rules(offices.by_slug(slug), mistakes)
    if mistakes:
        return make_response(page(slug, form="office", mistakes=mistakes), 422)
    settings.set_office(offices.by_slug(slug).id, values, forms.asked("office"))
    say(_("Kept. All screens show it now."))
    return see("settings.show", slug=slug)


@place.post(f"{SETTINGS}/office/holidays")
@allow(Right.MANAGER)
def add_holiday(slug: str) -> BaseResponse:
    """Close the office on a day."""
    mistakes: Mistakes = {}
    name = entries.words("name", 120, mistakes, _("Please say what holiday it is."))
    day = measures.day("day", mistakes)
    if day is None:
        mistakes.setdefault("day", _("Please choose the day."))
    elif day < clock.today(offices.by_slug(slug).timezone):
        mistakes["day"] = _("This day is over. Please check the year.")
    if mistakes:
        return make_response(page(slug, form="holiday", mistakes=mistakes), 422)
    values = {"day": day, "name_vi": name.vi, "name_en": name.en or name.vi}
    settings.write_holiday(offices.by_slug(slug).id, values, forms.asked("office"))
    say(_("Kept. No tickets are given on that day."))
    return see("settings.show", slug=slug)


@place.post(f"{SETTINGS}/office/holidays/<{ID}:holiday_id>")
@allow(Right.MANAGER)
def drop_holiday(slug: str, holiday_id: int) -> BaseResponse:
    """Work on that day after all (`_method=DELETE`)."""
    only_delete()
    settings.drop_holiday(offices.by_slug(slug).id, holiday_id, forms.asked("office"))
    say(_("Taken away. The office works on that day."))
    return see("settings.show", slug=slug)


def page(slug: str, *, form: str = "", mistakes: Mistakes | None = None, **more: object) -> str:
    """The page; what was typed stays in the form that has a mistake, and the mistake is told at its field."""
    office = offices.by_slug(slug)
    today = clock.today(office.timezone)
    to_come = [own for own in holidays.of_office(office.id) if own.day >= today]
    return render_template(
        "settings/office.html", office=office, own_columns=COLUMNS, holidays=to_come, week=_week(),
        zones=_zones(), form_sent=form, typed=request.form if form else {},
        mistakes=mistakes or {}, **more,
    )  # fmt: skip


@place.errorhandler(Refused)
def say_refused(error: Refused) -> Answer:
    """Say it at the field it is about, or above the page."""
    if not may_draw():
        return refused(error)
    slug = (request.view_args or {})["slug"]
    if isinstance(error, Taken):
        mistakes = {error.field: _("%(day)s is on the list already.", day=error.value)}
        return make_response(page(slug, form="holiday", mistakes=mistakes), status_of(error))
    return make_response(page(slug, said=[("error", sentence(error))]), status_of(error))


def _identity(mistakes: Mistakes) -> dict[str, object]:
    name = entries.words("name", 120, mistakes, _("Please write the name of the office."))
    zone = forms.text("timezone", 40)
    if zone not in _zones():
        mistakes["timezone"] = _("Please choose a time zone from the list.")
    return {
        "name_vi": name.vi, "name_en": name.en or name.vi, "timezone": zone,
        "address": entries.line("address", 200, mistakes),
    }  # fmt: skip


def _days(mistakes: Mistakes) -> dict[str, object]:
    hours = measures.hours(mistakes)
    weekdays = "".join(day for day in WHOLE_WEEK if request.form.get(f"weekday_{day}"))
    if not weekdays:
        mistakes["weekdays"] = _("Please tick at least one day.")
    return {**hours, "weekdays": weekdays}


def _rules(office: Office, mistakes: Mistakes) -> dict[str, object]:
    """How many, how often, how long; times are typed in minutes and kept in seconds."""
    figures: dict[str, object] = {
        "party_max": measures.within("party_max", 1, 99, mistakes),
        "ratio": measures.within("ratio", 1, 99, mistakes),
        "pass_bound": measures.within("pass_bound", 0, 99, mistakes),
        "defer_bound": measures.within("defer_bound", 0, 9, mistakes),
    }
    minutes: dict[str, object] = {name: _seconds(name, getattr(office, name), mistakes) for name in IN_SECONDS}
    ticked: dict[str, object] = {name: bool(request.form.get(name)) for name in ("guarded", "restart_daily")}
    return figures | minutes | ticked


def _seconds(name: str, before: int, mistakes: Mistakes) -> int:
    """What was not touched stays to the second."""
    if forms.text(name, 10) == f"{before / 60:g}":
        return before
    return measures.within(name, 1, MOST_MINUTES, mistakes) * 60


@cache
def _zones() -> list[str]:
    """All time zones; looking for them in the machine's files takes a tenth of a second."""
    return sorted(available_timezones())


def _week() -> list[tuple[str, str]]:
    """The days of the week, Monday first."""
    names = (_("Monday"), _("Tuesday"), _("Wednesday"), _("Thursday"), _("Friday"), _("Saturday"), _("Sunday"))
    return list(zip(WHOLE_WEEK, names, strict=True))
