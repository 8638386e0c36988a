"""One line in the log for each request: which address, how it ended, how long it took. Never who, and no token.

The address is told as the program writes it (`/t/<token>`), so that nothing secret or personal that stands in it is
kept. Every line of a request carries its id, and so does the answer.
"""

import logging
import re
import secrets
import time

from flask import Flask, Response, g, request

from counter import metrics

log = logging.getLogger("counter.requests")

SANE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{7,63}")
SLUG = re.compile(r"[a-z0-9-]{1,40}")
SILENT = ("static", "health.alive", "health.ready", "metrics.show")
"""Asked so often, and by machines, that only what goes wrong is worth a line."""


REFUSED = (401, 403, 429)
"""Not let in, not theirs, or too often: each is worth a warning (ASVS 16.3). So is 404 for who is signed in: another
office's things are not there for them."""


def init_app(app: Flask) -> None:
    """Before all that could refuse a request, and after all that could change its answer."""
    app.before_request(_begin)
    app.after_request(_end)


def _begin() -> None:
    asked = request.headers.get("X-Request-ID", "")
    g.request_id = asked if SANE.fullmatch(asked) else secrets.token_hex(8)
    g.began = time.perf_counter()


def _end(response: Response) -> Response:
    if "began" not in g:
        return response
    response.headers["X-Request-ID"] = g.request_id
    metrics.REQUESTS.labels(str(response.status_code)).inc()
    if request.endpoint not in SILENT or response.status_code >= 400:
        took = round((time.perf_counter() - g.began) * 1000, 1)
        about = {"method": _method(), "path": _address(), "status": response.status_code, "ms": took} | _office()
        if response.status_code in REFUSED or (response.status_code == 404 and _who()):
            log.warning("refused", extra={"about": about | _who()})
        else:
            log.info("answered", extra={"about": about})
    return response


def _who() -> dict[str, int]:
    """Who was refused, where somebody is signed in: by the number of the account, not by name."""
    staff = g.get("staff")  # Not asked for here: what refused the request may be the database.
    return {"staff": staff.id} if staff is not None else {}


def _method() -> str:
    """A browser may send any word; those that mean something are short."""
    return request.method if request.method.isalpha() and len(request.method) <= 7 else "?"


def _address() -> str | None:
    """As the program writes it; None for one that it does not know: that may be a token with a letter too many."""
    return request.url_rule.rule if request.url_rule else None


def _office() -> dict[str, str]:
    slug = str((request.view_args or {}).get("slug", ""))
    return {"office": slug} if SLUG.fullmatch(slug) else {}
