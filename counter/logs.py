"""The server's log: a line of JSON for each thing that happened, or a line to read where somebody looks at it.

No personal data: no name, no address of a machine, no ticket's token, no query. What a line says besides is given by
who writes it (`extra={"about": …}`), and within a request its id.
"""

import json
import logging
import os
import sys
import time
from datetime import UTC, datetime
from typing import Any

JSON, TEXT = "json", "text"


class AsJson(logging.Formatter):
    """One object a line, for programs that collect and search."""

    def format(self, record: logging.LogRecord) -> str:
        """The record as one line; a traceback is one of its texts."""
        line = {"at": _moment(record), "level": record.levelname.lower(), "from": record.name}
        line |= _about(record) | {"said": record.getMessage()}
        if record.exc_info:
            line["trace"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=False, default=str)


class AsText(logging.Formatter):
    """Words, for who looks at it."""

    def format(self, record: logging.LogRecord) -> str:
        """The record as one line, a traceback below it."""
        about = " ".join(f"{name}={value}" for name, value in _about(record).items() if value not in ("", None))
        line = f"{_moment(record)} {record.levelname.lower():7} {record.getMessage()}  {about}".rstrip()
        return f"{line}\n{self.formatException(record.exc_info)}" if record.exc_info else line


class Seldom:
    """Warnings that anybody can cause as often as they like: at most one a second each, the next says how many there
    were in between. A log that is flooded hides what it is for."""

    def __init__(self, log: logging.Logger, every: float = 1.0) -> None:
        self.log, self.every = log, every
        self._said: dict[str, float] = {}
        self._unsaid: dict[str, int] = {}

    def warning(self, said: str, **about: object) -> None:
        """Say it, or count it."""
        now = time.monotonic()
        if now - self._said.get(said, -self.every) < self.every:
            self._unsaid[said] = self._unsaid.get(said, 0) + 1
            return
        self._said[said] = now
        more = self._unsaid.pop(said, 0)
        self.log.warning(said, extra={"about": about | ({"more": more} if more else {})})


def wanted() -> str:
    """As LOG_FORMAT says; without it JSON, unless somebody looks at it on a terminal."""
    named = os.environ.get("LOG_FORMAT", "").strip().lower()
    return named if named in (JSON, TEXT) else TEXT if sys.stderr.isatty() else JSON


def configuration(kind: str) -> dict[str, Any]:
    """What the server's logging is made of: everything goes to the one place from which it is collected."""
    form = AsText if kind == TEXT else AsJson
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"line": {"()": f"{form.__module__}.{form.__name__}"}},
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line", "stream": "ext://sys.stderr"}},
        "root": {"level": "WARNING", "handlers": ["stderr"]},
        "loggers": {
            "counter": {"level": "INFO"},
            "gunicorn.error": {"level": "WARNING", "handlers": [], "propagate": True},
            "gunicorn.access": {"handlers": [], "propagate": False},
        },
    }


def _moment(record: logging.LogRecord) -> str:
    return datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _about(record: logging.LogRecord) -> dict[str, Any]:
    """What the line says besides, and of which request it is."""
    about = dict(getattr(record, "about", {}))
    flask = sys.modules.get("flask")  # Not loaded where no request can be.
    if flask is not None and flask.has_request_context() and "request_id" in flask.g:
        about["request"] = flask.g.request_id
    return about
