"""Whether somebody sits at the machine itself, on which the server runs."""

import hmac
from urllib.parse import urlsplit

from flask import current_app, request

ITSELF = ("127.0.0.1", "::1", "localhost")
PROXIES_SAY = ("Forwarded", "Via", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Real-Ip")


def is_asked_here() -> bool:
    """Whether it is asked from this very machine: from its own address, by its own name, through no proxy.

    The name keeps out pages of elsewhere whose own name leads to this machine.
    """
    through = any(name in request.headers for name in PROXIES_SAY)
    return not through and _name() in ITSELF and request.remote_addr in ITSELF


def may_monitor() -> bool:
    """Whether the figures may be read: by METRICS_TOKEN where one is set, else only from this machine."""
    token = current_app.config["METRICS_TOKEN"]
    if not token:
        return is_asked_here()
    return hmac.compare_digest(request.headers.get("Authorization", "").encode(), f"Bearer {token}".encode())


def _name() -> str | None:
    try:
        return urlsplit(f"//{request.host}").hostname
    except ValueError:
        return None
