"""The open line to the screens.

It listens to the database: after a commit the panels of that office that somebody watches are drawn once
each and pushed to all who watch them, unless they have that drawing already. State is drawn; occurrences (a
call) are told. A screen that comes back watches again and gets the present state at once (I23).

The contract, which other programs use too: Socket.IO at /socket.io, websocket only. The client emits `watch`
with a list of panel addresses and is answered `{"watching", "refused"}`; the server emits `panel` `{"id",
"seq", "html"}`, and `call` `{"sequence", "ticket", "counter", "vi", "en"}` to who watches a board. A paired device
emits `health` now and then. Whose session or device has ended is cut off (`watchers.py`), and so is who says anything
else, or too much (`ear.py`).
"""

import logging
from typing import Any

from flask import Flask, current_app, request

from counter import access, clock, screens, version
from counter.database import listen, save
from counter.live import ear
from counter.live.entrance import Entrance, only_from
from counter.live.line import Line, socketio
from counter.live.minute import draw_new_codes
from counter.live.watchers import Watchers
from counter.logs import Seldom
from counter.models import device as devices

__all__ = ["Entrance", "draw_new_codes", "init_app", "socketio"]

seldom = Seldom(logging.getLogger(__name__))

MOST_ADDRESSES = 20
"""Panels that one screen may watch."""


def init_app(app: Flask) -> None:
    """Open the line: sockets on one side, the database's word on the other."""
    socketio.init_app(
        app, async_mode=app.config.get("ASYNC_MODE", "gevent"), transports=["websocket"],
        ping_interval=10, ping_timeout=10, max_http_buffer_size=ear.LARGEST, http_compression=False,
        cookie=None, cors_allowed_origins=only_from(app.config["PUBLIC_URL"]),
        async_handlers=False,  # One screen's words are answered one after the other.
    )  # fmt: skip
    if socketio.async_mode == "gevent":
        ear.listen_with(socketio.server)
    Entrance(socketio.server.eio)
    app.wsgi_app = ear.at_the_door(app.wsgi_app)  # type: ignore[assignment,method-assign]
    line = Line(app)
    app.extensions["line"] = line
    listen(line.told)
    app.extensions["watchers"] = watchers = Watchers(app)
    listen(watchers.told)


def look_after(app: Flask) -> None:
    """Cut off by itself whose session ends by the clock. Started by the server, not by tests."""
    socketio.start_background_task(app.extensions["watchers"].look_on)


def _line() -> Line:
    line: Line = current_app.extensions["line"]
    return line


def _watchers() -> Watchers:
    watchers: Watchers = current_app.extensions["watchers"]
    return watchers


@socketio.on("watch")  # type: ignore[untyped-decorator]
def _on_watch(addresses: Any = None, *_more: Any) -> dict[str, list[str]]:
    """Answer `watch`: which panels this screen watches from now on, and which are refused."""
    asked = [address for address in addresses if isinstance(address, str)] if isinstance(addresses, list) else []
    _line().forget(_screen())
    _watchers().came(_screen())
    watching = [address for address in asked[:MOST_ADDRESSES] if _line().watch(address, _screen())]
    refused = [address for address in asked if address not in watching]
    if refused:
        who = access.who()
        seldom.warning("panels refused", panels=len(refused), staff=who.staff_id if who else None)
    return {"watching": watching, "refused": refused}


@socketio.on("health")  # type: ignore[untyped-decorator]
def _on_health(told: Any = None, *_more: Any) -> dict[str, Any]:
    """A paired device says how it is: {"version", "sound"}. Answered with {"known", "version"}: whether it is still
    one of ours, and the version of the pages it should have."""
    own = screens.device()
    if own is None:
        return {"known": False}
    said = told if isinstance(told, dict) else {}
    sound, pages = said.get("sound"), said.get("version")
    pages = pages[:20] if isinstance(pages, str) and pages.isascii() and pages.isprintable() else ""
    if own.is_news(clock.now(), pages, sound if isinstance(sound, bool) else None):
        save(lambda: devices.heard(own.id, clock.now(), pages, sound if isinstance(sound, bool) else None))
    return {"known": True, "version": version.of_pages(str(current_app.static_folder))}


@socketio.on("disconnect")  # type: ignore[untyped-decorator]
def _on_disconnect(*_reason: Any) -> None:
    _line().forget(_screen())
    _watchers().left(_screen())


def _screen() -> str:
    return str(request.sid)  # type: ignore[attr-defined]
