"""The only place where the parts meet."""

import logging
from typing import Any

from flask import Flask

from counter import cli, database, live, models, settings, web
from counter.actions import clockwork
from counter.errors import DATABASE_AWAY

SWEEP_EVERY = 2.0
"""Seconds between two looks at what the clock has made due."""


def create_app(**overrides: Any) -> Flask:
    """Make the application: settings from the environment, then what is given here (for tests)."""
    app = Flask(__name__, static_folder="static", template_folder="templates")
    app.config.from_mapping(settings.from_environment())
    app.config.from_mapping(overrides)
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    database.init_app(app)
    web.init_app(app)
    live.init_app(app)
    cli.init_app(app)
    return app


def keep_time(app: Flask) -> None:
    """Let the clock do its part for as long as the process lives. Started by the server, not by tests."""

    def forever() -> None:
        while True:
            live.socketio.sleep(SWEEP_EVERY)
            with app.app_context():
                _sweep(app)

    live.socketio.start_background_task(forever)
    live.look_after(app)


def _sweep(app: Flask) -> None:
    try:
        clockwork.sweep()
        app.extensions["line"].catch_up()
    except DATABASE_AWAY:
        logging.getLogger(__name__).warning("the clock's part waits: the database is away")
    except Exception:
        logging.getLogger(__name__).exception("the clock's part failed; it goes on")


__all__ = ["create_app", "keep_time", "models"]
