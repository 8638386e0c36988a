"""A whole province in one database: `make bench-offices`.

150 offices with 1,000 counters and the tickets of a day, some waiting, some in the rooms, most of them done. On the
real server: how long the pages take that show or set them, one after the other and while the offices work; and inside
of it what one reading and one drawing of all offices cost, which are made once a second at most for all who watch.
"""

import json
import random
import secrets
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

from flask import Flask
from ground import Figures, make_ready, percentile
from sqlalchemy import insert
from werkzeug.security import generate_password_hash

from counter import clock
from counter.actions.offices import make_office, new_office
from counter.actions.perform import Asked
from counter.database import db, save
from counter.models.counter import Counter
from counter.models.history import History
from counter.models.office import Office
from counter.models.presence import Presence
from counter.models.staff import ADMINISTRATOR, COORDINATOR, Staff
from counter.models.ticket import Ticket
from counter.models.words import Words
from counter.officefile.reading import Plain
from counter.officefile.samples import sample
from counter.panels import OFFICES, OVERVIEW, draw
from counter.panels.home import all_offices
from tests import postgres
from tests.conftest import close, file_in, make_app, migrate
from tests.server import Person, Server

MANY, COUNTERS, TICKETS = 150, 1_000, 320
"""Offices; counters in all; tickets of a middling office on a day."""
LOOKED_AT = 7
"""The office whose settings are read; what made it is in its audit."""
ROUNDS, GOAL = 40, 200
"""Readings of each page; milliseconds."""
PACE = 0.05
"""Seconds between two tickets that are taken somewhere while the pages are read again."""
PASSWORD = secrets.token_urlsafe(12)
NAMES = (
    "An Bình",
    "Bắc Sơn",
    "Cẩm Thủy",
    "Đông Hải",
    "Gia Viễn",
    "Hòa Bình",
    "Kim Sơn",
    "Lạc Thủy",
    "Mỹ Lộc",
    "Tân Hòa",
)
PAGES = {
    "home": "/", "home, an office sought by name": "/?q=hoa+binh", "coordinator's page": "/overview",
    "coordinator's page by longest wait": "/overview?by=longest", "offices and their files": "/administration",
    "settings": "/offices/xa-7/settings", "settings: office": "/offices/xa-7/settings/office",
    "settings: services": "/offices/xa-7/settings/services", "settings: counters": "/offices/xa-7/settings/counters",
    "settings: staff": "/offices/xa-7/settings/people", "settings: room": "/offices/xa-7/settings/room",
    "settings: texts": "/offices/xa-7/settings/texts", "settings: catalogue": "/offices/xa-7/settings/catalogue",
    "settings: audit": "/offices/xa-7/settings/audit", "settings: file": "/offices/xa-7/settings/file",
    "settings: the file itself": "/offices/xa-7/settings/file.json",
}  # fmt: skip


def main() -> None:
    """Measure on SQLite, then on PostgreSQL where this machine has one."""
    make_ready()
    figures = Figures()
    try:
        for kind in ("SQLite", "PostgreSQL"):
            if kind == "SQLite" or postgres.programs() is not None:
                with province(kind) as (app, server):
                    tell_size(kind, figures)
                    tell_inside(app, figures)
                    tell_pages(server, figures)
    finally:
        figures.show()  # Also what was measured until somebody stopped it.


@contextmanager
def province(kind: str) -> Iterator[tuple[Flask, Server]]:
    """A fresh database with all offices and their day, and a server on it."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="luot-bench-")))
        address = file_in(folder)
        if kind == "PostgreSQL":
            address = stack.enter_context(postgres.cluster()).fresh("template1")
        else:
            (folder / "luot.sqlite3").touch()
        migrate(make_app(folder, address))
        app = make_app(folder, address)
        stack.callback(close, app)
        stack.enter_context(app.app_context())
        fill()
        server = Server(folder, database=address if kind == "PostgreSQL" else "")
        server.accounts = {"quantri": PASSWORD, "dieuphoi": PASSWORD}
        server.start()
        stack.callback(server.stop)
        yield app, server


def fill() -> None:
    """Ten offices as a province's desk, the others as a commune's; counters until there are so many; the day."""
    chance = random.Random(150)
    for n in range(MANY):
        name = f"Bộ phận Một cửa xã {NAMES[n % len(NAMES)]} {n}"
        plain = sample("province" if n < 10 else "commune")
        plain["office"] |= {"paired_only": False, "opens": None, "closes": None, "weekdays": [1, 2, 3, 4, 5, 6, 7]}
        _make(f"xa-{n}", Words(name, f"Commune {n}"), plain, in_the_audit=n == LOOKED_AT)
    _more_counters(chance)
    password = generate_password_hash(PASSWORD, method="scrypt:1024:8:1")
    for username, role in (("quantri", ADMINISTRATOR), ("dieuphoi", COORDINATOR)):
        db.session.add(Staff(office_id=1, username=username, name=username, role=role, password_hash=password))
    db.session.commit()
    for office in list(db.session.query(Office)):
        _day(office, chance)
        db.session.commit()


def _make(slug: str, name: Words, plain: Plain, *, in_the_audit: bool) -> None:
    if in_the_audit:
        make_office(slug, name, Asked("bench"), plain)
    else:
        save(lambda: new_office(slug, name, "bench", plain))


def _more_counters(chance: random.Random) -> None:
    offices = list(db.session.query(Office))
    numbers = {own.id: len(db.session.query(Counter).filter_by(office_id=own.id).all()) for own in offices}
    while sum(numbers.values()) < COUNTERS:
        office = chance.choice(offices)
        numbers[office.id] += 1
        db.session.add(
            Counter(office_id=office.id, number=numbers[office.id], services=[chance.choice(office.services)])
        )
    db.session.commit()


def _day(office: Office, chance: random.Random) -> None:
    """The tickets of one office, each with its history: three of four done, some waiting, one at each open counter."""
    counters = list(db.session.query(Counter).filter_by(office_id=office.id))
    desks = [own for own in counters if chance.random() < 0.7]
    for own in desks:
        own.open = True
    numbers: dict[str, int] = dict.fromkeys((own.letter for own in office.services), 0)
    tickets, moves = [], []
    many = int(TICKETS * chance.uniform(0.4, 2.2))
    waiting = chance.choice([0, 3, 8, 15, 30])
    for n in range(1, many + 1):
        service = chance.choice(office.services)
        numbers[service.letter] += 1
        status = "done" if n <= many - waiting else "waiting"
        at = clock.now() - timedelta(minutes=(many - n) * 0.9 + chance.random() * 20)
        tickets.append(
            {
                "office_id": office.id, "service_id": service.id, "token": secrets.token_urlsafe(16),
                "day": office.day, "letter": service.letter, "number": numbers[service.letter], "sequence": n,
                "rank": n, "setback": 0, "party": 1, "lang": "vi", "status": status, "issued_at": at, "seq": n * 4,
                "lapses": 0, "returns": 0, "recalls": 0, "passed": 0, "deferrals": 0,
            }
        )  # fmt: skip
    ids = list(db.session.scalars(insert(Ticket).returning(Ticket.id, sort_by_parameter_order=True), tickets))
    for own, ticket in zip(ids, tickets, strict=True):
        steps = ("issue", "call", "begin", "finish") if ticket["status"] == "done" else ("issue",)
        moves += [_move(own, ticket, step, n, desks) for n, step in enumerate(steps)]
    db.session.execute(insert(History), moves)
    inside = chance.randint(0, office.cap or 20)
    now = datetime.now(UTC)
    here = [{"office_id": office.id, "party": 1, "held_at": now, "entered_at": now} for _ in range(inside)]
    gone = [row | {"ended_at": now, "end_why": "out"} for row in here[:1] * (many - inside)]
    for rows in (here, gone):
        if rows:
            db.session.execute(insert(Presence), rows)
    office.issued, office.seq = many, many * 4 + 4


def _move(own: int, ticket: dict[str, Any], step: str, n: int, desks: list[Counter]) -> dict[str, Any]:
    target = {"issue": "waiting", "call": "called", "begin": "serving", "finish": "done"}[step]
    return {
        "office_id": ticket["office_id"], "seq": ticket["seq"] + n, "ticket_id": own, "move": step, "target": target,
        "at": ticket["issued_at"] + timedelta(minutes=5 * n), "who": "bench", "priority": False,
        "counter_id": desks[own % len(desks)].id if n and desks else None,
    }  # fmt: skip


def tell_size(kind: str, figures: Figures) -> None:
    """What there is."""
    figures.heading(kind)
    for word, model in (("offices", Office), ("counters", Counter), ("tickets of the day", Ticket), ("moves", History)):
        figures.tell(word, str(db.session.query(model).count()))


def tell_inside(app: Flask, figures: Figures) -> None:
    """Milliseconds of one reading and of one drawing of all offices."""
    reading = [_took(all_offices) for _ in range(ROUNDS)]
    figures.tell("one reading of all offices, p50", f"{percentile(reading, 50):.1f} ms")
    seen, each = all_offices(), ((OFFICES, {}), (OVERVIEW, {"by": "name"}))
    with app.test_request_context("/"):
        for panel, args in each:
            drawing = [_took(partial(draw, panel, args, "vi", seen)) for _ in range(ROUNDS)]
            size = len(draw(panel, args, "vi", seen).html.encode()) // 1024
            figures.tell(f"one drawing: {panel.name}, p50", f"{percentile(drawing, 50):.1f} ms, {size} KB")


def tell_pages(server: Server, figures: Figures) -> None:
    """Milliseconds of each page, as the browser gets it: alone, and while tickets are taken at the offices."""
    person = Person(server)
    person.sign_in("quantri")
    for name, address in PAGES.items():
        took = read_often(person, address)
        figures.at_most(f"{name}, p95", percentile(took, 95), GOAL, "ms")
    with working(server):
        for name in ("home", "coordinator's page", "settings", "settings: room"):
            took = read_often(person, PAGES[name])
            figures.at_most(f"{name}, p95, while {1 / PACE:.0f} tickets/s are taken", percentile(took, 95), GOAL, "ms")


def read_often(person: Person, address: str) -> list[float]:
    """So many readings, after two that warm the caches."""
    took = []
    for n in range(ROUNDS + 2):
        begun = time.perf_counter()
        answer = person.http.get(person.server.root + address, timeout=30)
        took.append(1000 * (time.perf_counter() - begun))
        assert answer.status_code == 200, (address, answer.status_code)
        if n < 2:
            took.clear()
    return took


@contextmanager
def working(server: Server) -> Iterator[None]:
    """Visitors take tickets at one office after the other."""
    services = json.loads(_services())
    done = threading.Event()

    def visitors() -> None:
        visitor = Person(server)
        for n in range(100_000):
            slug, service = services[n % len(services)]
            if done.wait(PACE):
                return
            visitor.post(f"/offices/{slug}/tickets", service=str(service), operation=secrets.token_urlsafe(9))

    thread = threading.Thread(target=visitors)
    thread.start()
    try:
        yield
    finally:
        done.set()
        thread.join()


def _services() -> str:
    return json.dumps([(office.slug, office.services[0].id) for office in db.session.query(Office)])


def _took(work: Any) -> float:
    db.session.rollback()
    db.session.expire_all()
    begun = time.perf_counter()
    work()
    return 1000 * (time.perf_counter() - begun)


if __name__ == "__main__":
    main()
