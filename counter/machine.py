"""Whether somebody sits at the machine itself, on which the server runs."""

from urllib.parse import urlsplit

from flask import request

ITSELF = ("127.0.0.1", "::1", "localhost")
PROXIES_SAY = ("Forwarded", "Via", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Real-Ip")


def is_asked_here() -> bool:
    """Whether it is asked from this very machine: from its own address, by its own name, through no proxy.

    The name keeps out pages of elsewhere whose own name leads to this machine.
    """
    through = any(name in request.headers for name in PROXIES_SAY)
    return not through and _name() in ITSELF and request.remote_addr in ITSELF


def _name() -> str | None:
    try:
        return urlsplit(f"//{request.host}").hostname
    except ValueError:
        return None
