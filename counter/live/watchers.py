"""Who watches: whose session or device has ended is cut off at once, and not only refused when it asks again.

A screen that was cut off connects anew, asks for its panels and is told what it may still see: where it was signed in
it gets to the page to sign in, a device that was taken back shows a code again.
"""

import logging
from dataclasses import dataclass

from flask import Flask

from counter import access, screens, sessions
from counter.access import Right
from counter.database import Told
from counter.live.line import socketio
from counter.models import device as devices
from counter.models import office as offices
from counter.sessions import Who

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
        if self.who is not None and sessions.holds(self.who) is None:
            return True
        return self.token is not None and devices.by_token(self.token) is None

    def is_let_into_lobby(self, office_id: int) -> bool:
        """Whether they may see what the office keeps for its own screens."""
        staff = sessions.holds(self.who) if self.who else None
        return access.is_let_into_lobby(office_id, staff, devices.by_token(self.token) if self.token else None)


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
        with self.app.app_context():
            strangers = self._strangers()
        for screen in strangers:
            self.cut(screen)

    def _strangers(self) -> list[str]:
        """Who watches what only an office's own screens may, and is none of them: it was open to all before."""
        theirs = [own for own in self.app.extensions["line"].watched.values() if own.panel.right is Right.LOBBY]
        closed = [own for own in theirs if offices.by_id(own.office_id).paired_only]
        return [screen for own in closed for screen in own.screens if not self._is_let_in(screen, own.office_id)]

    def _is_let_in(self, screen: str, office_id: int) -> bool:
        own = self._known.get(screen)
        return own is not None and own.is_let_into_lobby(office_id)

    def look_on(self) -> None:
        """Look again and again, for as long as the process lives. Started by the server."""
        while True:
            socketio.sleep(EVERY)
            try:
                self.look()
            except Exception as error:
                log.warning("who watches could not be looked at: %s", error)

    def cut(self, screen: str) -> None:
        """End the open line of a screen. One that takes nothing of what it is sent keeps no other waiting."""
        self.left(screen)
        socketio.start_background_task(_hang_up, screen)


def _hang_up(screen: str) -> None:
    """Say that it is over, and close the line itself: who does not want to hear it is not asked to."""
    line = socketio.server.manager.eio_sid_from_sid(screen, "/")
    socketio.server.disconnect(screen)
    if line is not None:
        socketio.server.eio.disconnect(line)
