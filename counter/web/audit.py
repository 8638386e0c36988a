"""What was changed in the office's settings, by whom and why: shown, filtered, taken back, taken along (issue 5)."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from itertools import chain

from flask import Blueprint, Response, make_response, render_template, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response as BaseResponse

from counter import clock, sheets
from counter.access import Right, allow
from counter.actions.undo import can_undo
from counter.actions.undo import undo as take_back
from counter.errors import sentence, status_of
from counter.models import audit, sealed
from counter.models import office as offices
from counter.models.audit import Audit
from counter.models.audit_read import Wanted, entries
from counter.models.office import Office
from counter.sheets import Cell
from counter.web import audit_names, audit_words, forms, measures
from counter.web.guard import Answer, may_draw, refused
from counter.web.measures import Mistakes
from counter.web.page import say, see, who_is
from counter.web.reports import XLSX
from queues.errors import Refused

place = Blueprint("audit", __name__)

AUDIT = "/offices/<slug>/settings/audit"
SHOWN, TAKEN_ALONG, AT_A_TIME = 50, 20_000, 200


@place.get(AUDIT)
@allow(Right.MANAGER)
def show(slug: str) -> BaseResponse:
    """The changes, newest first; a mistake in the days is told at its field."""
    mistakes: Mistakes = {}
    html = _page(slug, mistakes)
    return make_response(html, 422 if mistakes else 200)


@place.get(f"{AUDIT}.csv")
@allow(Right.MANAGER)
def as_csv(slug: str) -> Response:
    """The same as CSV."""
    return _file(slug, "csv", "text/csv")


@place.get(f"{AUDIT}.xlsx")
@allow(Right.MANAGER)
def as_xlsx(slug: str) -> Response:
    """The same as XLSX."""
    return _file(slug, "xlsx", XLSX)


@place.post(f"{AUDIT}/<int(max=2147483647):number>/undo")
@allow(Right.MANAGER)
def undo(slug: str, number: int) -> BaseResponse:
    """Take one change back."""
    take_back(offices.by_slug(slug).id, number, forms.asked("office"))
    say(_("Taken back: it is as it was before. That is an entry of its own."))
    return see("audit.show", slug=slug)


@place.errorhandler(Refused)
def say_refused(error: Refused) -> Answer:
    """Say it above the list."""
    if not may_draw():
        return refused(error)
    html = _page((request.view_args or {})["slug"], {}, said=[("error", sentence(error))])
    return make_response(html, status_of(error))


def _page(slug: str, mistakes: Mistakes, **more: object) -> str:
    office = offices.by_slug(slug)
    wanted = _wanted(office, mistakes)
    found = entries(wanted, SHOWN + 1)
    undone = audit.undone_among(office.id, [number for number, _entry in found])
    rows = [
        (number, entry and audit_words.in_words(entry), entry and can_undo(entry) and number not in undone)
        for number, entry in found[:SHOWN]
    ]
    return render_template(
        "office/audit.html", office=office, rows=rows, undone=undone, older=len(found) > SHOWN, local=clock.local,
        kinds=audit_names.kinds(), typed=_typed(), mistakes=mistakes, checked="check" in request.args,
        broken=sealed.first_broken(office.id) if "check" in request.args else None, **more,
    )  # fmt: skip


def _file(slug: str, kind: str, mimetype: str) -> Response:
    office = offices.by_slug(slug)
    head: list[Cell] = [
        _("Number"), _("When"), _("Who"), _("From"), _("What"), _("Before"), _("After"), _("Why"), _("Takes back"),
    ]  # fmt: skip
    rows = chain([head], (_row(office, *found) for found in _taken_along(_wanted(office, {}))))
    drawn = sheets.csv_of(rows) if kind == "csv" else sheets.xlsx_of(rows, _("What was changed"))
    name = f"{slug}-audit-{office.day}.{kind}"
    return Response(drawn, mimetype=mimetype, headers={"Content-Disposition": f'attachment; filename="{name}"'})


def _taken_along(wanted: Wanted) -> Iterator[tuple[int, Audit | None]]:
    """Newest first, so many at a time: others are served in between."""
    left = TAKEN_ALONG
    while left > 0 and (page := entries(wanted, min(left, AT_A_TIME))):
        yield from page
        left, wanted = left - len(page), replace(wanted, older_than=page[-1][0])


def _row(office: Office, number: int, entry: Audit | None) -> list[Cell]:
    if entry is None:
        return [number, "", "", "", _("This entry can’t be read: somebody has altered it.")]
    told = audit_words.in_words(entry)
    before, after = ("; ".join(f"{line[0]}: {line[side]}" for line in told.lines if line[side]) for side in (1, 2))
    at = f"{clock.local(entry.at, office.timezone):%d/%m/%Y %H:%M:%S}"
    return [
        entry.number, at, who_is(entry.who), entry.address, told.title, before, after, entry.why or "", entry.undoes,
    ]  # fmt: skip


def _wanted(office: Office, mistakes: Mistakes) -> Wanted:
    """What the page is asked for, by the office's own days."""
    typed = _typed()
    first, last = (measures.day_of(typed[name], name, mistakes) for name in ("first", "last"))
    if first and last and last < first:
        mistakes.setdefault("last", _("The last day is before the first."))
        first = last = None
    older = typed["older"]
    return Wanted(
        chain=office.id,
        what=typed["what"] if typed["what"] in audit_names.kinds() else "",
        who=typed["who"],
        since=clock.midnight(first, office.timezone) if first else None,
        until=clock.midnight(last + timedelta(days=1), office.timezone) if last and last < date.max else None,
        older_than=int(older) if older.isascii() and older.isdigit() and len(older) < 10 else None,
    )


def _typed() -> dict[str, str]:
    names = ("what", "who", "first", "last", "older")
    return {name: request.args.get(name, "").replace("\0", "").strip()[:60] for name in names}
