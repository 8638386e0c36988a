"""The door of the program: rights, headers, and a designed answer to everything that goes wrong."""

import logging
from contextlib import suppress

from flask import Flask, Response, current_app, g, render_template, request, url_for
from flask_babel import gettext as _
from flask_wtf.csrf import CSRFError
from htmx_flask import request as htmx_request
from werkzeug.exceptions import HTTPException, TooManyRequests
from werkzeug.wrappers import Response as BaseResponse

from counter import access
from counter.access import Forbidden, SignInFirst
from counter.database import db
from counter.errors import DATABASE_AWAY, sentence, status_of
from counter.web.page import see
from queues.errors import NotFound, Refused

log = logging.getLogger(__name__)

Answer = BaseResponse | tuple[str, int]


def init_app(app: Flask) -> None:
    """Guard every address and answer every error with a sentence."""
    app.before_request(_check_right)
    app.after_request(_headers)
    app.register_error_handler(Refused, refused)
    app.register_error_handler(Forbidden, refused)
    app.register_error_handler(SignInFirst, _sign_in)
    app.register_error_handler(CSRFError, _old_page)
    app.register_error_handler(HTTPException, _http)
    for kind in DATABASE_AWAY:
        app.register_error_handler(kind, away)
    app.register_error_handler(Exception, _broken)


def refused(error: Exception) -> Answer:
    """The rules, or the rights, say no. Who reached for what is not theirs stands in the request's line (journal)."""
    return show(status_of(error), sentence(error))


def away(error: Exception) -> Answer:
    """The database is locked, read-only, full or gone: say so, keep what was promised, try again."""
    log.error("database away: %s", error)
    db.session.rollback()
    return show(503, _("The system can't save anything at this moment. Please ask a member of staff."), retry=10)


def show(status: int, text: str, retry: int | None = None) -> tuple[str, int]:
    """The page for what went wrong: a sentence and a way on."""
    titles = {
        404: _("Not found"),
        403: _("Not your place"),
        503: _("Please wait a moment"),
        500: _("Something went wrong"),
    }
    title = titles.get(status, _("That did not work"))
    html = render_template(
        "errors/show.html", status=status, title=title, sentence=text, way_on=_way_on(), retry=retry
    )  # fmt: skip
    return html, status


def _check_right() -> None:
    """Closed unless opened by name."""
    if request.endpoint is None or request.endpoint == "static":
        return
    if "\0" in request.path:  # PostgreSQL takes no such text, not even to look for it.
        raise NotFound("address")
    right = getattr(current_app.view_functions[request.endpoint], "right", None)
    access.check(right, request.view_args or {})
    g.let_in = True
    if request.blueprint not in ("panel", "health") and not request.path.endswith(".svg"):
        access.note_use()  # A screen that is watched draws itself and its codes anew: nobody uses it by that.


def may_draw() -> bool:
    """Whether a refusal may be told on the place itself: only to who has been let in there, and on a form."""
    return request.method == "POST" and bool(g.get("let_in"))


def _sign_in(error: Exception) -> Answer:
    if request.method in ("GET", "HEAD"):
        return see("session.show", next=request.full_path.rstrip("?"))
    if htmx_request.htmx:
        return Response(status=401, headers={"HX-Redirect": url_for("session.show")})
    return show(401, sentence(error))


def _old_page(error: CSRFError) -> Answer:
    log.info("form refused: %s", error.description)
    return show(400, _("This page has been open too long. Please go back and press again; nothing was lost."))


def _http(error: HTTPException) -> Answer:
    if error.code is None or error.code < 400:
        return error.get_response()
    sentences = {
        404: _("There is no such number or page here. Please check it."),
        405: _("This address does not take that. Please use the buttons of the page."),
        413: _("That was too much to take in. Please enter less."),
        429: _("Too many tries. Please wait a minute and try again."),
    }
    html, status = show(
        error.code, sentences.get(error.code, _("The form could not be read. Please go back and try again."))
    )
    response = Response(html, status=status, mimetype="text/html")
    if isinstance(error, TooManyRequests):
        response.headers["Retry-After"] = str(error.retry_after)
    if error.code == 405:
        response.headers["Allow"] = ", ".join(getattr(error, "valid_methods", None) or [])
    return response


def _broken(error: Exception) -> Answer:
    log.exception("unexpected")
    db.session.rollback()
    return show(500, _("Something went wrong on our side. Please ask a member of staff."))


def _at_kiosk() -> bool:
    """Whether the person stands at the kiosk; on a phone the same questions are asked at other addresses."""
    if "/kiosk" in request.path or request.args.get("place") == "kiosk":
        return True
    with suppress(HTTPException):  # A form that could not be read does not say where it came from.
        return request.form.get("place") == "kiosk"
    return False


def _way_on() -> tuple[str, str]:
    """Back to where the person stands: a kiosk goes back to its start."""
    args = request.view_args or {}
    slug = args.get("slug")
    if slug and request.blueprint in ("kiosk", "errand", "find"):
        return _("Back to the start"), f"/offices/{slug}/{'kiosk?lang=vi' if _at_kiosk() else 'tickets'}"
    if slug and request.blueprint == "door":
        return _("Back to the door"), f"/offices/{slug}/door"
    if slug and request.blueprint == "importing":
        return _("Back to the catalogue"), f"/offices/{slug}/settings/catalogue"
    if "counter_id" in args and g.get("let_in"):  # Not to a counter that is used no longer, or somebody else's.
        return _("Back to the counter"), f"/counters/{args['counter_id']}"
    return _("Back to the start"), "/"


def _headers(response: Response) -> Response:
    """What a browser is told with each page; its files need the first lines alone."""
    headers, host = response.headers, request.host
    headers.setdefault("X-Content-Type-Options", "nosniff")
    if request.is_secure and current_app.config["SESSION_COOKIE_SECURE"]:  # The keeper has said https; once seen, kept.
        headers.setdefault("Strict-Transport-Security", "max-age=31536000; includeSubDomains")
    if request.endpoint == "static":
        headers.setdefault("Content-Security-Policy", "frame-ancestors 'self'")
        return response
    headers.setdefault(
        "Content-Security-Policy",
        f"default-src 'self'; img-src 'self' data:; connect-src 'self' ws://{host} wss://{host}; "
        "object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'self'",
    )
    headers.setdefault("X-Frame-Options", "SAMEORIGIN")
    headers.setdefault("Referrer-Policy", "same-origin")
    headers.setdefault("Permissions-Policy", "camera=(), microphone=(), geolocation=()")
    headers.setdefault("Cache-Control", "no-store")
    response.vary.add("HX-Request")
    return response
