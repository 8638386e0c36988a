"""Who asks, where proxies stand before the server: believed of so many of them as the keeper says, else of none."""

import logging

from flask import Flask, current_app, request
from werkzeug.middleware.proxy_fix import ProxyFix

from queues.taking import network

log = logging.getLogger(__name__)


def init_app(app: Flask) -> None:
    """Take address and scheme from the last TRUSTED_PROXIES hops. Last of all, so that the open line sees them too.

    A forged `X-Forwarded-For` stands before what those have written, and where none is trusted it is not read. The
    host is the one in `Host`, which proxies pass on.
    """
    hops = app.config["TRUSTED_PROXIES"]
    if hops:
        fixed = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops, x_host=0, x_port=0, x_prefix=0)
        app.wsgi_app = fixed  # type: ignore[method-assign]
    else:
        app.before_request(_say_once)


def _say_once() -> None:
    """A proxy on this very machine that we were not told of makes all visitors one: its keeper should know."""
    told = "told of a proxy"
    forwarded = "X-Forwarded-For" in request.headers and network(request.remote_addr or "") == ""
    if forwarded and told not in current_app.extensions:
        current_app.extensions[told] = True
        log.warning("a proxy says who asks, and is not believed: set TRUSTED_PROXIES=1 if it is yours (docs/tls.md)")
