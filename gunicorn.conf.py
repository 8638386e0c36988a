"""The production server: one process, greenlets, websockets."""

import gc
import os
from typing import Any

from counter import logs
from counter.descriptors import enough

enough()
gc.disable()  # Nothing that is loaded at the start is ever garbage: looking for it would be a sixth of the start.

wsgi_app = "app:create_app()"
bind = f"{os.environ.get('BIND', '127.0.0.1')}:{os.environ.get('PORT', '8000')}"
worker_class = "gevent"
workers = 1
worker_connections = 20_000  # The 1,001st watcher would hang the server at the usual 1,000.
forwarded_allow_ips = ""  # Who stands before this server is said by TRUSTED_PROXIES alone, never by a header.
graceful_timeout = 1  # Open sockets would otherwise hold a stop for half a minute.
timeout = 60
keepalive = 65
control_socket_disable = True
accesslog = None
loglevel = "warning"
logconfig_dict = logs.configuration(logs.wanted())


def pre_request(_worker: Any, request: Any) -> None:
    """Who sends half a form, or none that can be read, is not waited for."""
    from counter.serving import read_patiently

    read_patiently(request)


def post_request(_worker: Any, _request: Any, _environ: Any, _response: Any) -> None:
    """Let the next visitor be served before a client that already has its next request in the pipe."""
    import gevent

    gevent.sleep(0)


def post_worker_init(worker: Any) -> None:
    """The clock begins when the server does, and so does listening to other servers on the same database."""
    gc.freeze()
    gc.enable()
    import logging

    from app import keep_time
    from counter.keeping.serving import hold
    from counter.live.wire import hear_others
    from counter.metrics import Counted
    from counter.serving import blame_the_sender
    from counter.web.first_run import announce

    logging.getLogger().addHandler(Counted())
    hold(worker.wsgi.config["DATA_DIR"])  # Nothing is put in its place while it serves.
    blame_the_sender(worker)
    keep_time(worker.wsgi)
    hear_others(worker.wsgi)
    announce(worker.wsgi)
