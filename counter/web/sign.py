"""Beside the door: the sign that says come in or wait, and the people counters that tell what they have seen."""

from flask import Blueprint, jsonify, make_response, render_template, request
from werkzeug.wrappers import Response as BaseResponse

from counter.access import Right, allow, sensor_id
from counter.actions.headcount import counted_by_sensor
from counter.models import office as offices
from counter.panels import SIGN, draw
from counter.panels.common import Place
from counter.web import taking
from counter.web.page import csrf, language

place = Blueprint("sign", __name__)

TOTALS = ("sequence", "entered", "left")
LARGEST = 2**31 - 1


@place.get("/offices/<slug>/door/sign")
@allow(Right.ANYONE)
def show(slug: str) -> str:
    """Come in or wait, live, to be read from ten metres."""
    office = offices.by_slug(slug)
    panel = draw(SIGN, {"slug": slug}, language())
    return render_template(
        "door/sign.html", office=Place(slug, office.name), sign=panel.html, here=taking.shown_here(slug)
    )


@place.post("/offices/<slug>/door/counts")
@csrf.exempt  # type: ignore[untyped-decorator]
@allow(Right.SENSOR)
def counts(slug: str) -> BaseResponse:
    """A people counter tells its totals: {"sequence", "entered", "left"}; answered with {"changed"}.

    Whole numbers from 0. `sequence` grows with every message. A message that comes twice or late changes nothing.
    """
    told = _told()
    if not isinstance(told, dict) or not all(_is_total(told.get(name)) for name in TOTALS):
        said = 'send {"sequence": n, "entered": n, "left": n}: whole numbers from 0, your totals'
        return make_response(jsonify(error=said), 422)
    return jsonify(counted_by_sensor(sensor_id(), *(told[name] for name in TOTALS)))


def _told() -> object:
    """What was sent, or None where it can't be read."""
    try:
        return request.get_json(silent=True)
    except RecursionError:  # Thousands of brackets, one in the other.
        return None


def _is_total(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= LARGEST
