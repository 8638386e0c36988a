"""Who watches: whose session or device has ended is cut off at once, and not only refused when it asks again.

A screen that was cut off connects anew, asks for its panels and is told what it may still see: where it was signed in
it gets to the page to sign in, a device that was taken back shows a code again.
"""

import logging
from dataclasses import dataclass

from flask import Flask

from counter import access, screens
from counter.access import Who
from counter.database import Told
from counter.live.line import socketio
from counter.models import device as devices

log = logging.getLogger(__name__)

EVERY = 15.0
"""Seconds between two looks that nobody asked for: a session may end by the clock alone."""


@dataclass(frozen=True)
class Watcher:
    """By which session, and by which device's secret, a screen watches."""

    who: Who | None
    token: str | None

    def has_ended(self) -> bool:
        """Whether one of them holds no longer."""
        if self.who is not None and self.who.staff() is None:
            return True
        return self.token is not None and devices.by_token(self.token) is None


class Watchers:
    """All who watch by a right of their own."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        self._known: dict[str, Watcher] = {}

    def came(self, screen: str) -> None:
        """The screen of this event watches. What did not hold when it came gave it no right, and takes none away."""
        who = access.who() if access.signed_in() else None
        token = screens.token() if screens.device() else None
        if who or token:
            self._known[screen] = Watcher(who, token)

    def left(self, screen: str) -> None:
        """A screen has gone."""
        self._known.pop(screen, None)

    def told(self, told: Told) -> None:
        """A change has been saved: where somebody may do less than before, look again."""
        if told.rights:
            socketio.start_background_task(self.look)

    def look(self) -> None:
        """Cut off everyone whose session, or whose device, has ended."""
        for screen, own in list(self._known.items()):
            with self.app.app_context():  # One context each: nothing that was read for one is used for the next.
                ended = own.has_ended()
            if ended:
                self.cut(screen)
            socketio.sleep(0)

    def look_on(self) -> None:
        """Look again and again, for as long as the process lives. Started by the server."""
        while True:
            socketio.sleep(EVERY)
            try:
                self.look()
            except Exception as error:
                log.warning("who watches could not be looked at: %s", error)

    def cut(self, screen: str) -> None:
        """End the open line of a screen."""
        self.left(screen)
        socketio.server.disconnect(screen)
