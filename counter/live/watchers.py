"""Who watches: whose session or device has ended is cut off at once, and not only refused when it asks again.

A screen that was cut off connects anew, asks for its panels and is told what it may still see: where it was signed in
it gets to the page to sign in, a device that was taken back shows a code again.
"""

import logging
from dataclasses import replace

from flask import Flask

from counter.access import Who
from counter.database import Told
from counter.live.line import socketio

log = logging.getLogger(__name__)

EVERY = 15.0
"""Seconds between two looks that nobody asked for: a session may end by the clock alone."""


class Watchers:
    """All who watch by a right of their own."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        self._known: dict[str, Who] = {}

    def came(self, screen: str, who: Who) -> None:
        """A screen watches. What did not hold when it came gave it no right, and takes none away."""
        held = replace(
            who,
            staff_id=who.staff_id if who.staff() else None,
            device=who.device if who.own_device() else None,
        )
        if held.staff_id is not None or held.device is not None:
            self._known[screen] = held

    def left(self, screen: str) -> None:
        """A screen has gone."""
        self._known.pop(screen, None)

    def told(self, told: Told) -> None:
        """A change has been saved: where somebody may do less than before, look again."""
        if told.rights:
            socketio.start_background_task(self.look)

    def look(self) -> None:
        """Cut off everyone whose session, or whose device, has ended."""
        for screen, who in list(self._known.items()):
            with self.app.app_context():  # One context each: nothing that was read for one is used for the next.
                ended = (who.staff_id and not who.staff()) or (who.device and not who.own_device())
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
