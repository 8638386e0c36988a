"""For watchdogs: is it alive, and can it keep what it answers?"""

from flask import Blueprint, Response, jsonify

from counter.access import Right, allow
from counter.database import db, try_to_write
from counter.errors import DATABASE_AWAY
from counter.migrating import is_migrated

place = Blueprint("health", __name__)


@place.get("/healthz")
@allow(Right.ANYONE)
def alive() -> Response:
    """The process answers; nothing else is asked."""
    return jsonify(status="ok")


@place.get("/readyz")
@allow(Right.ANYONE)
def ready() -> tuple[Response, int]:
    """The database takes a write and is at the newest migration; 503 otherwise."""
    try:
        migrated = is_migrated()
        if migrated:
            try_to_write()
    except DATABASE_AWAY as error:
        db.session.rollback()
        return jsonify(status="unavailable", database=type(error).__name__), 503
    status = "ok" if migrated else "not migrated"
    return jsonify(status=status), 200 if migrated else 503
