"""Disk full and read-only and back: clear messages, heals without a restart, the next number is the next number (I28).

The real server runs on a small disk. While visitors take tickets and a clerk calls and serves, the disk becomes full,
or takes no write at all; then it is as before. Every form must be answered: saved, or a page that says in the
person's language that nothing could be saved. What was answered is there, what was not is not; the same form sent
again makes its one ticket; what could be read can be read all the time; and no number is left out. Another
trial starts the server on a read-only disk that becomes writable later. After each, every promise is checked.

It does not prove that a dying disk, which gives back other bytes than it was given, is survived.
"""

import sqlite3
import threading
import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from itertools import count

import requests
from sqlalchemy import select

from counter.database import db
from counter.models import office as offices
from counter.models import ticket as tickets
from counter.models.history import History
from counter.models.operation import Operation
from counter.models.presence import Presence
from tests.conftest import close, make_app
from tests.proof import figures
from tests.proof.figures import Figures
from tests.proof.promises import World, check_all
from tests.proof.small_disk import UNLIMITED, Mounted, ServerOnDisk, a_disk, a_limited_disk
from tests.server import Person

ROUNDS, FEW = 20, 1
VISITORS = 4
PAUSE, PATIENCE = 0.1, 120.0
"""Seconds between two forms of a person; seconds until a filled disk must have refused some."""
SENTENCES = {"vi": "Xin hỏi nhân viên", "en": "Please ask a member of staff"}
READABLE = ("/offices/demo/kiosk", "/offices/demo/display", "/offices/demo/display/board", "/", "/counters/1")
Act = Callable[[], object]
_forms = count(1)


@dataclass
class Day:
    """A server on its disk, and what everybody was answered."""

    server: ServerOnDisk
    result: Figures
    tokens: dict[str, str] = field(default_factory=dict)
    """Form → token."""
    refused: list[str] = field(default_factory=list)
    """Forms that could not be saved."""
    clerk: Person | None = None

    def broken(self, what: str) -> None:
        self.result.violations.append(what)

    def take(self, person: Person, lang: str, form: str) -> bool:
        """Send a kiosk's form; returns whether it was saved."""
        answer = person.post(f"/offices/demo/tickets?lang={lang}", service=self.service, operation=form)
        self.result.operations += 1
        if answer.status_code == 303:
            self.tokens[form] = answer.headers["Location"].rsplit("/", 1)[1]
            return True
        self.refused.append(form)
        self._is_clear(answer, lang)
        return False

    def begin(self) -> None:
        """A clerk has signed in and a visitor has a ticket before anything goes wrong."""
        self.clerk = Person(self.server)
        self.clerk.sign_in("quay1")
        self.take(Person(self.server), "vi", new_form())

    def serve(self) -> None:
        """The clerk does what comes next: begin, finish, or call."""
        assert self.clerk is not None
        path, more = self._errand()
        answer = self.clerk.post(f"{path}?lang=vi", operation=new_form(), **more)
        self.result.operations += 1
        if answer.status_code not in (303, 409):
            self._is_clear(answer, "vi")

    def reads(self) -> None:
        """All that shows something shows it, to whoever is let in."""
        assert self.clerk is not None
        for path in (*READABLE, f"/t/{next(iter(self.tokens.values()))}"):
            answer = self.clerk.get(path)
            if answer.status_code != 200:
                self.broken(f"{path} can't be read: {answer.status_code}")

    def check(self) -> None:
        """Every promise, read by a program of its own from the same file."""
        app = make_app(self.server.folder)
        try:
            with app.app_context():
                world = self._world()
                world.remember()
                check_all(world)
        except Exception as error:
            self.broken(f"{type(error).__name__}: {error}")
        finally:
            close(app)

    @property
    def service(self) -> str:
        return str(self.rows("SELECT id FROM service WHERE letter = 'A'")[0][0])

    def rows(self, sql: str) -> list[tuple[int, ...]]:
        connection = sqlite3.connect(self.server.file, timeout=10)
        try:
            return connection.execute(sql).fetchall()
        finally:
            connection.close()

    def _errand(self) -> tuple[str, dict[str, str]]:
        sql = "SELECT id, status = 'serving' FROM ticket WHERE status IN ('called', 'serving') AND counter_id = 1"
        open_ticket = self.rows(sql)
        if not open_ticket:
            return "/counters/1/calls", {}
        ticket, serving = open_ticket[0]
        return f"/tickets/{ticket}/service", {"_method": "DELETE"} if serving else {}

    def _world(self) -> World:
        """What was answered: each token opens its ticket, each saved call is the call of one form."""
        office = offices.by_slug("demo")
        world = World(office.id)
        for form, token in self.tokens.items():
            world.answers[form] = ("issue", {"ticket": tickets.by_token(token).id, "token": token})
        calls = select(Operation.id, Operation.answer).where(Operation.errand.startswith("call "))
        world.answers |= {form: ("call", answer) for form, answer in db.session.execute(calls)}
        begun = select(History.ticket_id).where(History.move == "begin")
        left = select(Presence.ticket_id).where(Presence.end_why == "auto_exit")
        world.inside = dict.fromkeys(set(db.session.scalars(begun)) - set(db.session.scalars(left)), 1)
        return world

    def _is_clear(self, answer: requests.Response, lang: str) -> None:
        if answer.status_code != 503 or SENTENCES[lang] not in answer.text:
            self.broken(f"{answer.request.url}: {answer.status_code} without the sentence: {answer.text[:200]}")


def prove(full: bool) -> Figures:
    """Fill the disk and free it, refuse every write and allow it, start on a read-only disk."""
    result = Figures("disk full, read-only, and back")
    for place in (a_disk(), a_limited_disk()):
        _one_disk(place, result, ROUNDS if full else FEW)
    return result


def _one_disk(place: AbstractContextManager[Mounted], result: Figures, rounds: int) -> None:
    with place as disk:
        server = ServerOnDisk(disk.folder)
        server.prepare()
        server.set_cap(0)
        server.start()
        day = Day(server, result)
        try:
            day.begin()
            for _round in range(rounds):
                _away(day, lambda: disk.fill(server), lambda: disk.free(server))
                _away(day, lambda: server.limit(0), lambda: server.limit(UNLIMITED))
            if disk.can_be_read_only:
                _starts_read_only(day, disk)
        finally:
            server.stop()


def _away(day: Day, away: Act, back: Act) -> None:
    """The disk takes no more while people are at it, and then it does again."""
    day.result.trials += 1
    enough, before = threading.Event(), len(day.refused)
    people = [threading.Thread(target=_visit, args=(day, n, enough)) for n in range(VISITORS)]
    people.append(threading.Thread(target=_serve, args=(day, enough)))
    for person in people:
        person.start()
    try:
        time.sleep(0.5)
        away()
        _wait(lambda: len(day.refused) >= before + 2 * VISITORS)
        day.server.wait_for("/readyz", 503)
        day.reads()
    finally:
        back()
        enough.set()
        for person in people:
            person.join()
    _healed(day)


def _starts_read_only(day: Day, disk: Mounted) -> None:
    """The machine comes up with a read-only disk, which the keeper then repairs."""
    day.result.trials += 1
    day.server.stop()
    disk.make_read_only()
    try:
        day.server.start(ready=False)
        day.server.wait_for("/readyz", 503)
        for lang in SENTENCES:
            day.take(Person(day.server), lang, new_form())
    finally:
        disk.make_writable()
    _healed(day)


def _healed(day: Day) -> None:
    """No restart: it is ready, those who were refused get theirs, the next number is the next, no promise is broken."""
    day.server.wait_for("/readyz", 200)
    kept = {form for (form,) in day.rows("SELECT id FROM operation")}
    if lies := kept & set(day.refused):
        day.broken(f"{len(lies)} forms were saved, and their people told that they were not")
    last = day.rows("SELECT max(number) FROM ticket")[0][0]
    again, day.refused = [*day.refused, new_form()], []
    person = Person(day.server)
    for form in again:
        if not day.take(person, "vi", form):
            day.broken("a form is refused after the disk came back")
    if day.rows("SELECT max(number) FROM ticket")[0][0] != last + len(again):
        day.broken(f"the number after {last} is not the next")
    day.check()


def _visit(day: Day, n: int, enough: threading.Event) -> None:
    person, lang = Person(day.server), ("vi", "en")[n % 2]
    while not enough.wait(PAUSE):
        day.take(person, lang, new_form())


def _serve(day: Day, enough: threading.Event) -> None:
    while not enough.wait(PAUSE):
        day.serve()


def _wait(until: Callable[[], bool]) -> None:
    patience = time.monotonic() + PATIENCE
    while not until():
        assert time.monotonic() < patience, "the disk does not become full"
        time.sleep(0.1)


def new_form() -> str:
    """The id of a form that nobody has sent before."""
    return f"disk-{next(_forms)}"


if __name__ == "__main__":
    figures.main(prove)
