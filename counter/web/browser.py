"""The cookie by which a browser is known again in which somebody has signed in with their password."""

from flask import current_app, request
from werkzeug.wrappers import Response as BaseResponse

from counter.actions import signing
from counter.models.known_browser import KNOWN_FOR, digest

COOKIE = "luot_browser"
LONGEST = 64


def known_as() -> str:
    """The digest this browser is known by; empty for a stranger's."""
    return digest(request.cookies.get(_cookie(), "")[:LONGEST])


def _cookie() -> str:
    """Its name; over TLS one that browsers bind to this very host."""
    return f"__Host-{COOKIE}" if current_app.config["SESSION_COOKIE_SECURE"] else COOKIE


def remember(response: BaseResponse, staff_id: int) -> None:
    """Know this browser from now on, by a new name: one that somebody has copied or planted before is worth nothing."""
    token = signing.remember(staff_id, known_as())
    if token:
        response.set_cookie(
            _cookie(), token, max_age=KNOWN_FOR, httponly=True, samesite="Lax",
            secure=current_app.config["SESSION_COOKIE_SECURE"],
        )  # fmt: skip
