"""The only place where the parts meet."""

import logging
from typing import Any

from flask import Flask

from counter import cli, database, live, metrics, models, settings, web
from counter.actions import clean_up, clockwork, signing
from counter.errors import DATABASE_AWAY
from counter.keeping import nightly, serving
from counter.web import proxy

SWEEP_EVERY = 2.0
"""Seconds between two looks at what the clock has made due."""
BACKUP_EVERY = 30.0
"""Seconds between two looks at whether the nightly backup is due."""


def create_app(**overrides: Any) -> Flask:
    """Make the application: settings from the environment, then what is given here (for tests)."""
    app = Flask(__name__, static_folder="static", template_folder="templates")
    app.config.from_mapping(settings.from_environment())
    app.config.from_mapping(overrides)
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    database.init_app(app)
    web.init_app(app)
    live.init_app(app)
    proxy.init_app(app)
    database.listen(metrics.told)
    cli.init_app(app)
    return app


def keep_time(app: Flask) -> None:
    """Let the clock do its part for as long as the process lives. Started by the server, not by tests."""

    def forever() -> None:
        while True:
            live.socketio.sleep(SWEEP_EVERY)
            with app.app_context():
                _sweep(app)

    def every_night() -> None:
        while True:
            live.socketio.sleep(BACKUP_EVERY)
            with app.app_context():
                _keep_backups(app)

    live.socketio.start_background_task(forever)
    live.look_after(app)
    live.socketio.start_background_task(every_night)


def _sweep(app: Flask) -> None:
    try:
        clockwork.sweep()
        signing.keep()
        app.extensions["line"].catch_up()
        live.draw_new_codes(app.extensions["line"])
        clean_up.tonight()
    except DATABASE_AWAY:
        logging.getLogger(__name__).warning("the clock's part waits: the database is away")
    except Exception:
        logging.getLogger(__name__).exception("the clock's part failed; it goes on")


def _keep_backups(app: Flask) -> None:
    """The process that makes it is waited for here alone: everything else goes on meanwhile."""
    log = logging.getLogger(__name__)
    try:
        serving.hold(app.config["DATA_DIR"])  # Where the disk took no writes when the server began.
        if nightly.is_due(app.config):
            database.db.session.remove()  # A connection that waits for a backup is one that nobody else has.
            failed = nightly.begin(app.config)
            if failed:
                log.error("the nightly backup failed and is tried again: %s", failed)
    except DATABASE_AWAY:
        log.warning("the nightly backup waits: the database is away")
    except Exception:
        log.exception("the nightly backup failed; it goes on")


__all__ = ["create_app", "keep_time", "models"]
