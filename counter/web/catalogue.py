"""The manager's page about the catalogue: what is in it, what is unknown, and the whole of it as a file (R5)."""

from collections.abc import Sequence
from datetime import timedelta

from flask import Blueprint, Response, make_response, render_template, request
from werkzeug.wrappers import Response as BaseResponse

from counter import sheets
from counter.access import Right, allow
from counter.models import catalogue
from counter.models import catalogue_import as imports
from counter.models import office as offices
from counter.models import procedure as procedures
from counter.models.office import Office
from counter.models.procedure import Procedure
from queues.letters import fold
from queues.online import FULL, NONE, PARTIAL

place = Blueprint("catalogue", __name__)

ROOT = "/offices/<slug>/settings/catalogue"
A_PAGE = 50
FREQUENT_DAYS = timedelta(days=90)
"""How far back tickets are counted for what is frequent."""
IMPORTS_SHOWN = 5
UNKNOWN, FREQUENT, NO_SERVICE = "unknown", "frequent", "no_service"
HEAD = (
    "code", "name", "name_en", "also", "field", "level", "authority", "online", "online_payment", "post_in", "post_out",
    "fee", "days", "papers", "url", "service", "pinned",
)  # fmt: skip
LEVELS = {FULL: "toan_trinh", PARTIAL: "mot_phan", NONE: "khong", None: ""}
SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@place.get(ROOT)
@allow(Right.MANAGER)
def show(slug: str) -> str:
    """The catalogue: counted, searched, page by page."""
    return page(slug)


@place.get(f"{ROOT}.csv")
@allow(Right.MANAGER)
def as_csv(slug: str) -> Response:
    """The whole catalogue as CSV."""
    return _file(f"{slug}.csv", sheets.csv_of([HEAD, *_cells(slug)]), "text/csv")


@place.get(f"{ROOT}.xlsx")
@allow(Right.MANAGER)
def as_xlsx(slug: str) -> Response:
    """The whole catalogue as a spreadsheet."""
    return _file(f"{slug}.xlsx", sheets.xlsx_of([HEAD, *_cells(slug)], slug), SHEET)


def page(slug: str, **more: object) -> str:
    """The page, with what was asked for in its list."""
    office = offices.by_slug(slug)
    whole, frequent = procedures.of_office(office.id), frequent_of(office)
    found = _found(whole, frequent)
    pages = max(1, -(-len(found) // A_PAGE))
    number = min(max(1, request.args.get("page", 1, type=int)), pages)
    return render_template(
        "catalogue/show.html", office=office, whole=len(whole), unknown=sum(own.online is None for own in whole),
        frequent=frequent, frequent_unknown=sum(own.online is None for own in whole if own.id in frequent),
        homeless=sum(own.service_id is None for own in whole), fields=catalogue.fields(office.id), found=len(found),
        shown=found[(number - 1) * A_PAGE : number * A_PAGE], number=number, pages=pages, asked=request.args,
        services={own.id: own for own in office.services}, imports=imports.newest(office.id, IMPORTS_SHOWN), **more,
    )  # fmt: skip


def frequent_of(office: Office) -> set[int]:
    """The office's frequent errands at this moment."""
    return catalogue.frequent(office.id, office.day - FREQUENT_DAYS)


def refuse(slug: str, mistake: str, status: int = 422) -> BaseResponse:
    """A file that was not taken: said at its field."""
    return make_response(page(slug, mistake=mistake), status)


def _found(whole: list[Procedure], frequent: set[int]) -> list[Procedure]:
    """Those that have every word that was typed, in any order, marks aside; of the field and kind that was chosen."""
    field, kind = request.args.get("field", ""), request.args.get("only", "")
    found = [own for own in whole if not field or own.field == field]
    if kind in (UNKNOWN, FREQUENT, NO_SERVICE):
        found = [own for own in found if kind in _kinds(own, frequent)]
    words = fold(request.args.get("q", "")[:200]).split()
    return [own for own in found if all(word in _text(own) for word in words)] if words else found


def _kinds(own: Procedure, frequent: set[int]) -> set[str]:
    kinds = {UNKNOWN: own.online is None, FREQUENT: own.id in frequent, NO_SERVICE: own.service_id is None}
    return {kind for kind, is_so in kinds.items() if is_so}


def _text(own: Procedure) -> str:
    return fold(f"{own.code} {own.name_vi} {own.name_en or ''} {own.also} {own.field}")


def _cells(slug: str) -> list[Sequence[sheets.Cell]]:
    office = offices.by_slug(slug)
    letters: dict[int | None, str] = {own.id: own.letter for own in office.services}
    return [
        (
            own.code, own.name_vi, own.name_en, own.also, own.field, own.level, own.authority, LEVELS[own.online],
            _word(own.online_payment), _word(own.post_in), _word(own.post_out), own.fee, own.days,
            "; ".join(own.papers), own.url, letters.get(own.service_id, ""), _word(own.pinned or None),
        )
        for own in procedures.of_office(office.id)
    ]  # fmt: skip


def _word(value: bool | None) -> str:
    return "" if value is None else "co" if value else "khong"


def _file(name: str, body: bytes, kind: str) -> Response:
    return Response(body, mimetype=kind, headers={"Content-Disposition": f'attachment; filename="catalogue-{name}"'})
