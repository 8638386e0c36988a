"""Everything malformed that can be sent at the running server, and what it comes to: nothing.

Raw HTTP (`attack_http.py`), every form of every page with one thing wrong at a time (`attack_forms.py`), broken words
on the open line (`attack_socket.py`), another site's page and a stolen cookie (`attack_theft.py`). No answer is a 5xx,
the server's log has nothing to say, its memory does not grow by more than 20 MB, another office is as it was, who
watches gets every change meanwhile, and in the end it serves as before. The seeds are fixed: what was found is found
again.
"""

import gc
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any

import psutil

from counter import clock
from counter.database import db
from counter.models.office import Office
from counter.models.sensor import Sensor
from tests.cast import an_office
from tests.conftest import close, make_app
from tests.proof import attack_http
from tests.proof.attack_bodies import SENSOR
from tests.proof.attack_forms import Attack, Somebody, odd_addresses
from tests.proof.attack_frames import frames
from tests.proof.attack_socket import AT_ONCE, Watching, throw
from tests.proof.attack_theft import AT_MOST, pair, stolen, wrong_origins
from tests.proof.figures import Figures, main
from tests.proof.store import Store
from tests.server import Person, Server

FULL, SMALL = (10_000, 2_000, 5_000, 10, 70), (200, 100, 150, 1, 12)
"""Raw requests, forms and addresses, frames, thefts; pages that each person walks through."""
LARGEST_GROWTH = 20.0
"""MB."""
SETTLES = 25
"""Seconds until the server has let go of lines that nobody closed properly."""
OTHER = "khac"
"""An office that nobody here belongs to."""


@dataclass
class Siege:
    """The server, who attacks it, and what was found so far."""

    server: Server
    store: Store
    rules: Any
    figures: Figures
    sensor: str
    """The token of a people counter, which may be known to somebody it should not be."""
    slowest_cut: float = 0.0
    told: Counter[str] = field(default_factory=Counter)
    """How often each kind of raw request was complained of: three of each are enough."""

    def raw(self, many: int, seed: int) -> None:
        """Malformed requests, eight at a time; now and then one that stops in the middle and stays."""
        random = Random(seed)
        sent = list(attack_http.malformed(many, seed))
        sent[::50] = [("stops_in_the_middle", attack_http.stops_in_the_middle(random)) for _one in sent[::50]]
        with ThreadPoolExecutor(8) as pool:
            for own, answers in zip(sent, pool.map(self._answered, sent), strict=True):
                self._judge(own, answers)
        self.figures.operations += many

    def words(self, many: int, seed: int) -> None:
        """Malformed frames, many lines at once."""
        lines = list(frames(many, seed))
        for n in range(0, len(lines), AT_ONCE):
            throw(self.server, lines[n : n + AT_ONCE])
        self.figures.operations += many

    def forms(self, attack: Attack, many: int, seed: int, *, harmless: bool = False) -> None:
        """Forms with one thing wrong; a tenth are addresses that are opened."""
        addresses = odd_addresses(self.rules, attack.foreign)
        attack.visit(addresses, seed, many // 10)
        attack.strike(many - many // 10, seed, harmless=harmless)
        self.figures.operations += many

    def thefts(self, many: int) -> None:
        """Stolen cookies, and pages of other sites."""
        manager = Person(self.server)
        manager.sign_in("quanly")
        self.complain(wrong_origins(self.server))
        for n in range(many):
            took, wrong = stolen(manager, n)
            self.slowest_cut = max(self.slowest_cut, took)
            self.complain(wrong)
        self.figures.operations += many

    def complain(self, violations: list[str]) -> None:
        """Write down what must not happen; the first ones are enough."""
        self.figures.violations += violations[: max(0, 30 - len(self.figures.violations))]

    def _answered(self, own: attack_http.Raw) -> list[int]:
        kind, sent = own
        return attack_http.answered(self.server.port, (kind, sent.replace(SENSOR.encode(), self.sensor.encode())))

    def _judge(self, own: attack_http.Raw, answers: list[int]) -> None:
        kind, sent = own
        wrong = any(status >= 500 for status in answers) or (kind == "smuggled" and len(answers) > 1)
        self.told[kind] += wrong
        if wrong and self.told[kind] <= 3:
            self.complain([f"{kind}: {answers} for {sent[:300]!r}"])


def prove(full: bool) -> Figures:
    """Attack with everything; look at memory before and after."""
    raw, forms, words, thefts, pages = FULL if full else SMALL
    figures = Figures("Attack", trials=4)
    with besieged(figures) as siege:
        attack = Attack([*_people(siege.server)], _foreign(siege.store))
        attack.walk(pages)
        siege.raw(raw // 10, 1), siege.words(words // 10, 2), siege.forms(attack, forms // 10, 3, harmless=True)
        before, other = memory(siege.server, SETTLES if full else 1), rows_of(siege.store, OTHER)
        watching = Watching(siege.server)
        siege.raw(raw, 4), siege.words(words, 5), siege.thefts(thefts)
        watching.end()
        siege.forms(attack, forms, 6)
        grown = memory(siege.server, SETTLES if full else 1) - before
        siege.complain(attack.violations + watching.violations + _logged(siege.server) + _still_serves(siege.server))
        siege.complain([] if rows_of(siege.store, OTHER) == other else ["something of another office has changed"])
        siege.complain([f"memory grew by {grown:.1f} MB"] if grown > LARGEST_GROWTH else [])
        siege.complain(
            [f"cut off only after {siege.slowest_cut:.2f} s"] if full and siege.slowest_cut > AT_MOST else []
        )
    figures.name = (
        f"Attack: memory {grown:+.1f} MB, cut off in {siege.slowest_cut:.2f} s, watched {watching.changes} changes"
    )
    return figures


@contextmanager
def besieged(figures: Figures) -> Iterator[Siege]:
    """The demo office and another one, served as always."""
    with tempfile.TemporaryDirectory() as folder:
        server = Server(Path(folder))
        server.prepare()
        app = make_app(server.folder)
        with app.app_context():
            other = db.session.get_one(Office, an_office(OTHER).office)
            other.day = clock.today(other.timezone)
            sensor = Sensor(office_id=other.id - 1, name="Cửa chính")
            token = sensor.new_token()
            db.session.add(sensor)
            db.session.commit()
        rules = app.url_map
        close(app)
        server.start()
        try:
            yield Siege(server, Store(server.folder), rules, figures, token)
        finally:
            server.stop()


def memory(server: Server, settles: int) -> float:
    """What the worker keeps, in MB: the least of several looks, after a while of quiet."""
    time.sleep(settles)
    gc.collect()
    assert server.process is not None
    (worker,) = psutil.Process(server.process.pid).children()
    looks = []
    for _look in range(5):
        looks.append(worker.memory_info().rss / 1024 / 1024)
        time.sleep(0.2)
    return float(min(looks))


def rows_of(store: Store, slug: str) -> dict[str, list[tuple[Any, ...]]]:
    """Everything that is kept of an office."""
    office = store.one("SELECT id FROM office WHERE slug = :slug", slug=slug)
    tables = [
        name
        for name, sql in store.rows("SELECT name, sql FROM sqlite_master WHERE type = 'table'")
        if "office_id" in sql
    ]
    kept = {name: store.rows(f"SELECT * FROM {name} WHERE office_id = :office", office=office) for name in tables}
    return kept | {"office": store.rows("SELECT * FROM office WHERE id = :office", office=office)}


def _people(server: Server) -> Iterator[Somebody]:
    """Who attacks. The kiosk and the door tablet are let in by the manager."""
    manager = Somebody(server, "manager", "quanly")
    clerk = Somebody(server, "clerk", "quay1")
    visitor = Somebody(server, "visitor")
    for _ticket in range(4):
        visitor.post("/offices/demo/tickets", service="1", place="phone")
    clerk.post("/counters/1/calls", operation="first-call")
    yield from (visitor, clerk, Somebody(server, "guide", "huongdan"), manager)
    for kind in ("kiosk", "door"):
        device = Somebody(server, kind)
        device.http.cookies.update(pair(manager, kind, kind)[0].http.cookies)
        yield device


def _foreign(store: Store) -> list[int]:
    """Numbers of what the other office has: counters, services, people."""
    sql = "SELECT {0}.id FROM {0} JOIN office ON office.id = {0}.office_id WHERE slug = :slug"
    return sorted(
        {row[0] for table in ("counter", "service", "staff") for row in store.rows(sql.format(table), slug=OTHER)}
    )


def _logged(server: Server) -> list[str]:
    """What the server's log says of errors of ours: where, and what."""
    _before, *errors = server.log().split("Traceback (most recent call last):\n")
    ends = []
    for error in errors:
        lines = error.splitlines()
        told = next((n for n, line in enumerate(lines) if not line.startswith(" ")), len(lines) - 1)
        ends.append(" | ".join(line.strip() for line in lines[max(0, told - 4) : told + 1]))
    return [f"the server's log, {many} times: {end[:600]}" for end, many in Counter(ends).most_common(5)]


def _still_serves(server: Server) -> list[str]:
    """A visitor opens pages, and somebody watches, as before."""
    visitor = Person(server)
    wrong = [
        path for path in ("/", "/readyz", "/offices/demo/display", "/session") if visitor.get(path).status_code != 200
    ]
    return [f"{path} is served no more" for path in wrong]


if __name__ == "__main__":
    main(prove)
