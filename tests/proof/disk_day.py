"""A day of the real server on a disk that may fail: who sent what, and what everybody was answered."""

import sqlite3
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
from tests.proof.figures import Figures
from tests.proof.promises import World, check_all
from tests.proof.small_disk import ServerOnDisk
from tests.server import Person

SENTENCES = {"vi": "Xin hỏi nhân viên", "en": "Please ask a member of staff"}
READABLE = ("/offices/demo/kiosk", "/offices/demo/display", "/offices/demo/display/board", "/", "/counters/1")
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
        answer = person.post(f"/offices/demo/tickets?lang={lang}", service=self.service, operation=form, place="kiosk")
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
        world.census.inside = dict.fromkeys(set(db.session.scalars(begun)) - set(db.session.scalars(left)), 1)
        return world

    def _is_clear(self, answer: requests.Response, lang: str) -> None:
        if answer.status_code != 503 or SENTENCES[lang] not in answer.text:
            self.broken(f"{answer.request.url}: {answer.status_code} without the sentence: {answer.text[:200]}")


def new_form() -> str:
    """The id of a form that nobody has sent before."""
    return f"disk-{next(_forms)}"
