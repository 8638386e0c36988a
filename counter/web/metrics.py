"""For Prometheus: what was counted since this server began, and how full the offices are now."""

from collections.abc import Iterable

from flask import Blueprint, Response, current_app

from counter import metrics
from counter.access import Right, allow
from counter.database import db
from counter.errors import DATABASE_AWAY
from counter.keeping import nightly
from counter.models import figures
from counter.models.figures import Figures

place = Blueprint("metrics", __name__)

FORMAT = "text/plain; version=0.0.4; charset=utf-8"


@place.get("/metrics")
@allow(Right.METRICS)
def show() -> Response:
    """All figures. Where the database is away, those that are counted here and the one that says so."""
    try:
        seen = figures.of_every_office()
    except DATABASE_AWAY:
        db.session.rollback()
        seen = None
    return Response(metrics.as_text(_lines() | _night() | _offices(seen)), content_type=FORMAT)


def _offices(seen: list[Figures] | None) -> metrics.Figures:
    values = seen or []
    return {
        "luot_database_up": ("Whether the database can be read", [({}, float(seen is not None))]),
        "luot_headcount": ("People in the room", _each(values, "inside")),
        "luot_expected": ("People for whom a place in the room is held", _each(values, "expected")),
        "luot_cap": ("How many people the room may hold", _each(values, "cap")),
        "luot_waiting": ("Tickets in the line", _each(values, "waiting")),
    }


def _each(values: Iterable[Figures], name: str) -> list[tuple[dict[str, str], float]]:
    figures_of = ((own.slug, getattr(own, name)) for own in values)
    return [({"office": slug}, value) for slug, value in figures_of if value is not None]


def _lines() -> metrics.Figures:
    line = current_app.extensions["line"]
    watched = list(line.watched.values())
    return {
        "luot_sockets": ("Screens that watch a panel", [({}, len({own for one in watched for own in one.screens}))]),
        "luot_panels_watched": ("Panels that somebody watches", [({}, len(watched))]),
        "luot_drawings": ("Drawings for the open line since the start", [({}, line.drawings)]),
    }


def _night() -> metrics.Figures:
    night = nightly.last(current_app.config["DATA_DIR"])
    if not current_app.config["BACKUP_DIR"] or night is None:
        return {}
    good = night.good_at.timestamp() if night.good_at else 0.0
    return {
        "luot_backup_good_timestamp_seconds": ("When the last backup was made", [({}, good)]),
        "luot_backup_failed": ("Whether the last try of a nightly backup failed", [({}, float(bool(night.trouble)))]),
    }
