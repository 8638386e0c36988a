"""All who watch, and what is drawn for them: once for all, and only what shows something new."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from flask import Flask, g
from flask_socketio import SocketIO, join_room, leave_room

from counter import access, voice
from counter.access import Forbidden, SignInFirst
from counter.database import Occurrence, Told
from counter.live.kept import Kept
from counter.live.named import bounded, one_more
from counter.live.watched import Watched
from counter.models import office as offices
from counter.models import ticket as tickets
from counter.panels import BOARD, OVERALL, PHONES, SCREENS, Args, Panel, at, drawn
from queues.errors import NotFound

socketio = SocketIO()
log = logging.getLogger(__name__)


class Line:
    """All who watch, and what is to be drawn for them."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        self.watched: dict[str, Watched] = {}
        self.drawings = 0
        self._caught: dict[int, int] = {}
        self.kept = Kept()
        self._due: set[tuple[int | None, float]] = set()
        self._drawing: set[tuple[int | None, float]] = set()

    def told(self, told: Told) -> None:
        """A change has been saved: tell the calls at once, and draw soon."""
        for occurrence in told.occurrences:
            self._say(told.office_id, occurrence)
        called = {occurrence.ticket_id for occurrence in told.occurrences}
        if called:
            socketio.start_background_task(self._draw, told.office_id, SCREENS, called)
        else:
            self._later(told.office_id, SCREENS)
        self._later(told.office_id, PHONES)
        self._later(None, OVERALL)

    def watch(self, address: str, screen: str) -> str | None:
        """Have a screen watch a panel and give it the present state; returns the address, or None if refused."""
        found = at(address)
        try:
            again = found and "name" in found[1] and one_more(self.watched.values(), screen)
            watched = self._watched(*found) if found and not again else None
        except (NotFound, SignInFirst, Forbidden):
            return None
        if watched is None:
            return None
        watched.screens.add(screen)
        join_room(watched.address)
        self._present(watched, screen)
        return address

    def forget(self, screen: str) -> None:
        """A screen has gone, or asks for something else; nobody draws for nobody."""
        for address, watched in list(self.watched.items()):
            if screen in watched.screens:
                watched.screens.discard(screen)
                leave_room(address, sid=screen, namespace="/")
            if not watched.screens:
                del self.watched[address]

    def catch_up(self) -> None:
        """Draw what another process has changed (the command line): nobody here was told of it.

        Where nothing new is to be seen, nothing is drawn: values are compared.
        """
        now = offices.all_seqs() if self.watched else {}
        changed = [one for one, seq in now.items() if self._caught.get(one) != seq]
        for office_id in changed:
            self._later(office_id, SCREENS)
            self._later(office_id, PHONES)
        if changed:
            self._later(None, OVERALL)
        self._caught = now

    def _watched(self, panel: Panel, args: Args, lang: str) -> Watched:
        access.check(panel.right, args)
        new = Watched(panel, args, lang, panel.office_of(**args), _ticket_of(args))
        return self.watched.setdefault(new.address, new)

    def _present(self, watched: Watched, screen: str) -> None:
        """Give a screen the present state, whatever it has. What nobody else has either goes to all."""
        seen = watched.panel.look(watched.args, self.kept.read, self.kept.read_all)
        with self._language(watched.lang):
            is_new = self._draw_one(watched, seen)
        _emit_panel(watched, watched.address if is_new else screen)

    def _say(self, office_id: int, call: Occurrence) -> None:
        words = voice.call(call.number, call.counter)
        said = {"sequence": call.sequence, "ticket": call.number, "counter": call.counter}
        said |= {"vi": words.vi, "en": words.en}
        for address, watched in list(self.watched.items()):
            if watched.panel is BOARD and watched.office_id == office_id:
                socketio.emit("call", said, to=address)

    def _later(self, office_id: int | None, pace: float) -> None:
        """Gather the changes of a moment into one drawing."""
        if (office_id, pace) not in self._due:
            self._due.add((office_id, pace))
            socketio.start_background_task(self._wait_and_draw, office_id, pace)

    def _wait_and_draw(self, office_id: int | None, pace: float) -> None:
        socketio.sleep(pace)
        while (
            office_id,
            pace,
        ) in self._drawing:  # One after the other: what comes meanwhile is gathered.
            socketio.sleep(pace)
        self._due.discard((office_id, pace))
        self._drawing.add((office_id, pace))
        try:
            self._draw(office_id, pace, set())
        finally:
            self._drawing.discard((office_id, pace))

    def _draw(self, office_id: int | None, pace: float, called: set[int]) -> None:
        """Draw what is watched at this pace, and the phones of those just called. None: what shows all offices."""
        theirs = [w for w in list(self.watched.values()) if w.office_id == office_id]
        due = [w for w in theirs if w.panel.pace == pace or w.ticket_id in called]
        with self.app.app_context():
            self._draw_all(bounded(due))

    def _draw_all(self, due: list[Watched]) -> None:
        """Read each office once, and draw in one language after the other."""
        seen: dict[int | None, Any] = {}
        for lang in {watched.lang for watched in due}:
            with self._language(lang):
                for watched in (one for one in due if one.lang == lang):
                    self._push(watched, seen)

    def _push(self, watched: Watched, seen: dict[int | None, Any]) -> None:
        """Draw one panel and send it. One that fails leaves the others alone; its screens ask by themselves."""
        try:
            if watched.office_id not in seen:
                seen[watched.office_id] = watched.panel.look(watched.args, self.kept.read, self.kept.read_all)
            if self._draw_one(watched, seen[watched.office_id]):
                _emit_panel(watched, watched.address)
            socketio.sleep(0)  # Let a request in between two panels, drawn or not.
        except NotFound:  # The counter, area or device is no longer used: its screens ask anew and are told so.
            for screen in list(watched.screens):
                socketio.server.disconnect(screen)
        except Exception:
            log.exception("%s could not be drawn", watched.panel.name)

    def _draw_one(self, watched: Watched, seen: Any) -> bool:
        """Draw if it shows something new; returns whether it does. An older reading never replaces a newer one."""
        if seen.seq < watched.seq:
            return False
        view = watched.panel.show(seen, **watched.args)
        changed: bool = view != watched.view
        if changed:  # Drawn first, kept then: a drawing that fails leaves what the screens have.
            html = str(drawn(watched.panel, watched.args, watched.lang, view, seen.seq).html)
            watched.view, watched.html = view, html
            self.drawings += 1
        watched.seq = seen.seq
        return changed

    @contextmanager
    def _language(self, lang: str) -> Iterator[None]:
        """Draw for whoever watches: in this language, with nobody's session."""
        with self.app.app_context(), self.app.test_request_context(f"/?lang={lang}"):
            g.pushed = True
            yield


def _ticket_of(args: Args) -> int | None:
    return tickets.by_token(args["token"]).id if "token" in args else None


def _emit_panel(watched: Watched, to: str) -> None:
    panel = {"id": watched.panel.name, "seq": watched.seq, "html": watched.html}
    socketio.emit("panel", panel, to=to)
