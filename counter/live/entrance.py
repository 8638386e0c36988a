"""Who may open a line, how many from one address, and how much each may say (issue 5).

Counted where sockets come in, before any of our events: what opens a line and says nothing is counted too, and what
floods it never reaches a handler.
"""

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from counter.logs import Seldom
from queues.taking import network

log = logging.getLogger(__name__)
seldom = Seldom(log)

MOST_SOCKETS = 1000
"""From one address: all phones and screens of a full province office behind one line to the internet."""
AT_ONCE, A_SECOND = 20.0, 2.0
"""Messages: a screen says what it watches when it opens, comes back, or shows another page."""

Environ = dict[str, Any]


@dataclass
class Socket:
    """One open line: where it comes from, and how many messages it may send at this moment."""

    network: str
    left: float
    since: float


class Entrance:
    """Stands between the server of the open line and what it would tell of each socket."""

    def __init__(self, server: Any) -> None:
        self.server = server
        self.sockets: dict[str, Socket] = {}
        self._connected, self._said, self._gone = (
            server.handlers[event] for event in ("connect", "message", "disconnect")
        )
        server.handlers.update(connect=self.connect, message=self.message, disconnect=self.disconnect)

    def connect(self, sid: str, environ: Environ) -> Any:
        """Let a socket in, or False: as many as may be are open from its address."""
        own = network(environ.get("REMOTE_ADDR") or "")
        if own and self._open_from(own) >= MOST_SOCKETS:
            return False
        self.sockets[sid] = Socket(own, AT_ONCE, time.monotonic())
        return self._connected(sid, environ)

    def message(self, sid: str, data: Any) -> Any:
        """Pass a message on; who sends too many is cut off. A screen of ours would come back by itself."""
        socket = self.sockets.get(sid)
        if socket is None:
            return None
        now = time.monotonic()
        socket.left = min(AT_ONCE, socket.left + (now - socket.since) * A_SECOND) - 1
        socket.since = now
        if socket.left < 0:
            del self.sockets[sid]
            log.warning("a line that said too much was cut")
            self.server.disconnect(sid)
            return None
        return self._said(sid, data)

    def disconnect(self, sid: str, *reason: Any) -> Any:
        """A socket has gone."""
        self.sockets.pop(sid, None)
        return self._gone(sid, *reason)

    def _open_from(self, own: str) -> int:
        theirs = [sid for sid, socket in self.sockets.items() if socket.network == own]
        if len(theirs) >= MOST_SOCKETS:  # Before anybody is refused: is each of them still there?
            for sid in theirs:
                if sid not in self.server.sockets:
                    del self.sockets[sid]
        return sum(socket.network == own for socket in self.sockets.values())


def only_from(public_url: str) -> Callable[[str, Environ], bool]:
    """Whether a page of this origin may open a line: of the address that it was asked at, or of PUBLIC_URL."""
    public = urlsplit(public_url)
    ours = f"{public.scheme}://{public.netloc}" if public.netloc else None

    def is_ours(origin: str, environ: Environ) -> bool:
        own = origin in (ours, f"{environ['wsgi.url_scheme']}://{environ.get('HTTP_HOST', '')}")
        if origin and not own:  # The library says so once for all.
            seldom.warning("a line from elsewhere was refused", origin=ascii(origin[:100])[1:-1])
        return own

    return is_ours
