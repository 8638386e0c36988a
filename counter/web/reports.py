"""What came of the other way: a page for the manager, and the same as a file (R4, R14)."""

from collections import Counter, defaultdict
from datetime import date, timedelta

from flask import Blueprint, Response, make_response, render_template, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response as BaseResponse

from counter import sheets
from counter.access import Right, allow
from counter.errors import why_failed
from counter.models import office as offices
from counter.models.came_of import CameOf, came_of
from counter.models.office import Office
from counter.sheets import Cell
from counter.web import chart, measures
from counter.web.measures import Mistakes
from counter.web.page import mine
from queues.tally import DONE, FAILED, STEPS

place = Blueprint("reports", __name__)

DAYS, MOST_DAYS, ERRANDS_SHOWN = 30, 366, 20
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@place.get("/offices/<slug>/reports/online")
@allow(Right.MANAGER)
def show(slug: str) -> BaseResponse:
    """What came of it on some days; a mistake in the days is told at its field, and the usual days are shown."""
    mistakes: Mistakes = {}
    office = offices.by_slug(slug)
    found = came_of(office, *_days(office, mistakes))
    html = render_template(
        "office/online.html", office=office, found=found, steps=_steps(), whys=_whys(found), picture=_picture(found),
        most=max(found.total.values(), default=0), shown=ERRANDS_SHOWN,
        typed=_typed() if mistakes else {}, mistakes=mistakes,
    )  # fmt: skip
    return make_response(html, 422 if mistakes else 200)


@place.get("/offices/<slug>/reports/online.csv")
@allow(Right.MANAGER)
def as_csv(slug: str) -> Response:
    """The same figures as CSV."""
    return _file(slug, "csv", "text/csv")


@place.get("/offices/<slug>/reports/online.xlsx")
@allow(Right.MANAGER)
def as_xlsx(slug: str) -> Response:
    """The same figures as XLSX."""
    return _file(slug, "xlsx", XLSX)


def _file(slug: str, kind: str, mimetype: str) -> Response:
    office = offices.by_slug(slug)
    found = came_of(office, *_days(office, {}))
    rows = _rows(found)
    drawn = sheets.csv_of(rows) if kind == "csv" else sheets.xlsx_of(rows, _("What came of it"))
    name = f"{slug}-online-{found.first}-{found.last}.{kind}"
    return Response(drawn, mimetype=mimetype, headers={"Content-Disposition": f'attachment; filename="{name}"'})


def _days(office: Office, mistakes: Mistakes) -> tuple[date, date]:
    """The days that are asked for; the last 30 where none are, or where they make no sense."""
    first, last = (measures.day_of(sent, name, mistakes) for name, sent in _typed().items())
    last = last or office.day
    first = first or date.fromordinal(max(last.toordinal() - DAYS + 1, 1))
    if last < first:
        mistakes.setdefault("last", _("The last day is before the first."))
    elif (last - first).days >= MOST_DAYS:
        mistakes.setdefault("first", _("At most %(days)s days at a time.", days=MOST_DAYS))
    return (office.day - timedelta(days=DAYS - 1), office.day) if mistakes else (first, last)


def _typed() -> dict[str, str]:
    """The days as they were sent."""
    return {name: request.args.get(name, "").replace("\0", "").strip()[:20] for name in ("first", "last")}


def _steps() -> dict[str, str]:
    """Step → its name, in order."""
    names = (
        _("Offered"),
        _("Chosen"),
        _("Tried"),
        _("Done that way"),
        _("Did not work"),
        _("Came back to the counter"),
    )
    return dict(zip(STEPS, names, strict=True))


def _whys(found: CameOf) -> list[tuple[str, int]]:
    """Why it did not work, in words, with how many said so."""
    return [(why_failed(why), number) for why, number in found.whys]


def _picture(found: CameOf) -> chart.Columns:
    """Day by day: how many were done, and above them how many did not work."""
    counts = defaultdict(Counter, found.days)
    days = [found.first + timedelta(days=n) for n in range((found.last - found.first).days + 1)]
    return chart.columns([[(step, counts[day][step]) for step in (DONE, FAILED)] for day in days])


def _rows(found: CameOf) -> list[list[Cell]]:
    """The page's tables, one under the other, for a file."""
    none = _("Not said")
    groups: list[tuple[str, str, object]] = [(_("All"), "", found.total)]
    groups += [(_("Errand"), mine(one.name) if one.name else none, one.counts) for one in found.errands]
    groups += [(_("Service"), mine(one.name) if one.name else none, one.counts) for one in found.services]
    groups += [(_("Day"), f"{day:%d/%m/%Y}", counts) for day, counts in found.days]
    rows: list[list[Cell]] = [[_("Counted by"), _("Name"), *_steps().values()]]
    rows += [[kind, name, *(counts[step] for step in STEPS)] for kind, name, counts in groups]  # type: ignore[index]
    rows += [[_("Why it did not work"), why, number] for why, number in _whys(found)]
    own = found.saved
    return [
        *rows,
        [_("Saved"), _("Turns at the counter avoided"), own.visits],
        [_("Saved"), _("Visits to collect avoided"), own.results],
        [_("Saved"), _("Minutes in line saved"), int(own.minutes)],
    ]
