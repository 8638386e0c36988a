"""The word from process to process: several servers on one PostgreSQL learn of each other's changes at once.

What is said here was saved before (I22), and what gets lost does no harm: every process looks every two seconds
for what it has not heard of (`Line.catch_up`). So nothing here is waited for, and a change never fails by it. On
SQLite there is nobody to talk to.
"""

import json
import logging
import queue
import secrets
from collections.abc import Callable
from dataclasses import asdict
from typing import Any

from flask import Flask
from sqlalchemy import Connection, text

from counter.database import Occurrence, Told, db, listen
from counter.live.line import socketio

log = logging.getLogger(__name__)

CHANNEL = "luot"
PAUSE = 2.0
"""Seconds until a wire that was cut is tried again."""
_SAY = text("SELECT set_config('synchronous_commit', 'off', true), pg_notify(:channel, :word)")
"""No disk is waited for: the word is worth nothing after a power cut."""


class Wire:
    """One process's end of the wire. `hear` is told what others have changed."""

    def __init__(self, app: Flask, hear: Callable[[Told], None]) -> None:
        self.app, self.hear = app, hear
        self.name = secrets.token_hex(8)
        self._unsaid: queue.SimpleQueue[Told] = queue.SimpleQueue()
        self._saying: Told | None = None

    def open(self) -> None:
        """Speak and listen for as long as the process lives."""
        listen(self._unsaid.put)
        socketio.start_background_task(self._forever, self._speak)
        socketio.start_background_task(self._forever, self._listen)

    def _forever(self, work: Callable[[Connection], None]) -> None:
        while True:
            try:
                with self.app.app_context(), _connected() as connection:
                    work(connection)
            except Exception as error:
                log.warning(
                    "the wire to the other processes is cut, and tried again: %s", getattr(error, "orig", error)
                )
                socketio.sleep(PAUSE)

    def _speak(self, connection: Connection) -> None:
        while True:
            self._saying = self._saying or self._unsaid.get()  # Kept until it is said: the wire may be cut just now.
            connection.execute(_SAY, {"channel": CHANNEL, "word": self.word(self._saying)})
            self._saying = None

    def _listen(self, connection: Connection) -> None:
        connection.exec_driver_sql(f"LISTEN {CHANNEL}")
        driver: Any = connection.connection.dbapi_connection
        for notice in driver.notifies():
            told = self.understood(notice.payload)
            if told:
                self.hear(told)

    def word(self, told: Told) -> str:
        """A change in few letters: who says it, of which office, which calls it made, whether somebody may do less."""
        calls = [asdict(occurrence) for occurrence in told.occurrences]
        said = {"from": self.name, "office": told.office_id, "calls": calls}
        return json.dumps(said | ({"rights": True} if told.rights else {}))

    def understood(self, word: str) -> Told | None:
        """What another process has said; None for one's own word, and for what is none of ours."""
        try:
            said = json.loads(word)
            calls = [Occurrence(**call) for call in said["calls"]]
            return None if said["from"] == self.name else Told(said["office"], calls, bool(said.get("rights")))
        except (ValueError, KeyError, TypeError):
            log.warning("a word on the wire that nobody understands")
            return None


def hear_others(app: Flask) -> None:
    """Where several processes may share one database, have each told of the others' changes. Started by the server."""
    with app.app_context():
        if db.engine.dialect.name == "postgresql":
            line, watchers = app.extensions["line"], app.extensions["watchers"]

            def hear(told: Told) -> None:
                line.told(told)
                watchers.told(told)

            Wire(app, hear).open()


def _connected() -> Connection:
    """A connection that the wire keeps for itself, outside of the pool that requests share."""
    connection = db.engine.connect().execution_options(isolation_level="AUTOCOMMIT")
    connection.detach()
    return connection
