"""Codes to scan for the other ways: pictures for kiosk and wall. Only addresses that the office itself has set."""

from flask import Blueprint, Response

from counter import qr
from counter.access import Right, allow
from counter.models import office as offices
from counter.models import procedure as procedures
from queues.errors import NotFound

place = Blueprint("codes", __name__)


@place.get("/offices/<slug>/portal/qr.svg")
@allow(Right.ANYONE)
def portal(slug: str) -> Response:
    """The portal where people of this office file online."""
    return _picture(offices.by_slug(slug).portal_url)


@place.get("/offices/<slug>/ways/<int(max=2147483647):procedure_id>/qr.svg")
@allow(Right.ANYONE)
def way(slug: str, procedure_id: int) -> Response:
    """The page of one errand; where the catalogue names none, the portal."""
    office = offices.by_slug(slug)
    return _picture(procedures.in_office(procedure_id, office.id).url or office.portal_url)


def _picture(address: str) -> Response:
    try:
        drawn = qr.svg(address)
    except ValueError as error:  # No code holds an address of three thousand characters.
        raise NotFound("address") from error
    return Response(drawn, mimetype="image/svg+xml", headers={"Cache-Control": "public, max-age=300"})
