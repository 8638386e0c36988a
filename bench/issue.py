"""How many tickets and calls the server takes: `make bench-issue`.

The real server on a fresh demo office; 1, 8 and 20 clients at once, each on a connection of its own that stays
open, in another process. Every level begins with an empty line and a fresh file. Then one request's time is split
into its parts, in this process, by a stopwatch around each.
"""

import contextlib
import multiprocessing
import os
import pkgutil
import re
import shutil
import socket
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from unittest import mock

from ground import (
    OFFICE,
    SERVICES,
    Figures,
    Person,
    Server,
    cpu_seconds,
    fresh_folder,
    make_ready,
    percentile,
    plain,
    service_ids,
    tree,
)

PARALLEL = (1, 8, 20)
TICKETS, PEOPLE, SPLIT = 300, 100, 100
LONGEST = 6.0
"""Seconds after which a run is cut short; the rate is then that of the shorter run."""
RATE_GOAL, P95_GOAL, SERVED_GOAL, VISIT_GOAL = 100, 250, 20, 40


@dataclass
class Run:
    """What came of one run: how many, in how long, and the milliseconds of each request by its name."""

    done: int
    seconds: float
    took: dict[str, list[float]]
    refused: dict[int, int]
    cpu: float = 0.0
    """Processor seconds of the server's processes: says what the work costs even on a busy machine."""

    @property
    def rate(self) -> float:
        return self.done / self.seconds


@dataclass
class Job:
    """One run as the process of clients gets it."""

    port: int
    file: str
    parallel: int
    kind: str
    run: int
    """No two runs on a file send the same form: the second would only be told the first one's answer."""
    amount: int
    services: list[int]
    cookie: str
    token: str


@dataclass
class Client:
    """One connection that stays open: writes a form, reads the answer, and does nothing else."""

    job: Job
    number: int
    took: dict[str, list[float]] = field(default_factory=dict)
    refused: dict[int, int] = field(default_factory=dict)
    forms: int = 0

    def __post_init__(self) -> None:
        self.line = socket.create_connection(("127.0.0.1", self.job.port))
        self.line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.file = sqlite3.connect(f"file:{self.job.file}?mode=ro", uri=True, timeout=10, check_same_thread=False)

    def ticket(self) -> str | None:
        """Take a ticket; returns where it is shown."""
        service = self.job.services[self.forms % len(self.job.services)]
        status, where, _form = self._post("ticket", f"/offices/{OFFICE}/tickets", f"place=kiosk&service={service}")
        return where if status == 303 else None

    def visit(self) -> str | None:
        """Take a ticket and see it, with its QR code, as a kiosk does."""
        where = self.ticket()
        return where if where and self._send("page", f"GET {where}", "")[0] == 200 else None

    def serve(self) -> str | None:
        """Call next, begin, finish."""
        ticket = self._call()
        if ticket is None:
            return None
        self._post("begin", f"/tickets/{ticket}/service", "")
        status, _where, _form = self._post("finish", f"/tickets/{ticket}/service", "_method=DELETE")
        return ticket if status == 303 else None

    def call(self) -> str | None:
        """Call next, and free the counter by "not here"; that second press counts in the time, not as a call."""
        ticket = self._call()
        if ticket is not None:
            self._post("not here", f"/tickets/{ticket}/absence", "")
        return ticket

    def _call(self) -> str | None:
        """The ticket that this very form has called, as the file says."""
        status, _where, form = self._post("call", f"/counters/{self.number + 1}/calls", "")
        if status != 303:
            return None
        row = self.file.execute("SELECT answer FROM operation WHERE id = ?", (form,)).fetchone()
        return re.search(r"\d+", row[0])[0]  # type: ignore[index]

    def _post(self, name: str, path: str, fields: str) -> tuple[int, str, str]:
        self.forms += 1
        form = f"{self.job.run}-{self.number}-{self.forms}"
        body = f"csrf_token={self.job.token}&operation={form}&{fields}"
        return *self._send(name, f"POST {path}", body), form

    def _send(self, name: str, what: str, body: str) -> tuple[int, str]:
        kind = f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(body)}\r\n" if body else ""
        head = f"{what} HTTP/1.1\r\nHost: 127.0.0.1:{self.job.port}\r\nCookie: {self.job.cookie}\r\n{kind}\r\n"
        began = time.monotonic()
        self.line.sendall((head + body).encode())
        status, where = _answer(self.line)
        if status in (200, 303):
            self.took.setdefault(name, []).append(1000 * (time.monotonic() - began))
        else:
            self.refused[status] = self.refused.get(status, 0) + 1
        return status, where


def _answer(line: socket.socket) -> tuple[int, str]:
    """Read one whole answer: (status, Location)."""
    came = b""
    while (end := came.find(b"\r\n\r\n")) < 0:
        came += _more(line)
    head = came[:end].decode("latin-1")
    length = re.search(r"content-length: (\d+)", head, re.I)
    missing = int(length[1]) - (len(came) - end - 4) if length else 0
    while missing > 0:
        missing -= len(_more(line))
    where = re.search(r"^location: (\S+)", head, re.I | re.M)
    return int(head[9:12]), where[1] if where else ""


def _more(line: socket.socket) -> bytes:
    came = line.recv(65_536)
    if not came:
        raise ConnectionError("the server has closed the connection")
    return came


def _clients(job: Job, answer: Any) -> None:
    """The process of clients: all start together, and go on until the amount is done."""
    clients = [Client(job, number) for number in range(job.parallel)]
    shares = [job.amount // job.parallel + (n < job.amount % job.parallel) for n in range(job.parallel)]
    ready, done = threading.Barrier(job.parallel + 1), [0] * job.parallel

    def work(number: int) -> None:
        act: Callable[[], str | None] = getattr(clients[number], job.kind)
        ready.wait()
        until = time.monotonic() + LONGEST
        for _ in range(shares[number]):
            if time.monotonic() > until:
                break
            done[number] += act() is not None

    threads = [threading.Thread(target=work, args=(number,)) for number in range(job.parallel)]
    for thread in threads:
        thread.start()
    ready.wait()
    began = time.monotonic()
    for thread in threads:
        thread.join()
    answer.send(Run(sum(done), time.monotonic() - began, *_together(clients)))


def _together(clients: list[Client]) -> tuple[dict[str, list[float]], dict[int, int]]:
    took: dict[str, list[float]] = {}
    refused: dict[int, int] = {}
    for client in clients:
        for name, values in client.took.items():
            took.setdefault(name, []).extend(values)
        for status, count in client.refused.items():
            refused[status] = refused.get(status, 0) + count
    return took, refused


class Level:
    """A server on a copy of the prepared folder, and a manager's session that all its clients share."""

    def __init__(self, server: Server) -> None:
        self.server = server
        self.ids, self.runs = service_ids(server), 0
        staff = Person(server)
        staff.sign_in("quanly")
        staff.get("/counters/1")
        self.token, self.cookie = staff.token, "; ".join(f"{own.name}={own.value}" for own in staff.http.cookies)

    def run(self, kind: str, parallel: int, amount: int) -> Run:
        services = [self.ids[letter] for letter in SERVICES]
        port, file = self.server.port, str(self.server.file)
        self.runs += 1
        job = Job(port, file, parallel, kind, self.runs, amount, services, self.cookie, self.token)
        start = multiprocessing.get_context("spawn")
        ours, theirs = start.Pipe(duplex=False)
        process = start.Process(target=_clients, args=(job, theirs), daemon=True)
        processes = tree(self.server)
        before = cpu_seconds(processes)
        process.start()
        theirs.close()
        try:
            run: Run = ours.recv()
        finally:
            process.join(timeout=5)
        run.cpu = cpu_seconds(processes) - before
        return run


@contextlib.contextmanager
def _level(prepared: Server, name: str, cap: int) -> Iterator[Level]:
    folder = prepared.folder.with_name(name)
    shutil.copytree(prepared.folder, folder)
    server = Server(folder, accounts=prepared.accounts)
    server.set_cap(cap)
    server.start()
    try:
        yield Level(server)
    finally:
        server.stop()


def _twenty_counters(server: Server) -> None:
    """As many counters as clients, each taking every service, so that no line runs dry before another."""
    with contextlib.closing(sqlite3.connect(server.file)) as file, file:
        office, count = file.execute("SELECT office_id, count(*) FROM counter").fetchone()
        rows = [(office, number) for number in range(count + 1, max(PARALLEL) + 1)]
        file.executemany("INSERT INTO counter (office_id, number, seq) VALUES (?, ?, 0)", rows)
        file.execute("INSERT OR IGNORE INTO counter_service SELECT counter.id, service.id FROM counter, service")


def _measure(prepared: Server, figures: Figures) -> None:
    ones: dict[str, float] = {}
    for parallel in PARALLEL:
        with _level(prepared, f"open-{parallel}", 0) as level:
            figures.heading(f"{parallel} at once, no cap on the room")
            issued = level.run("ticket", parallel, TICKETS)
            _tell(figures, "tickets", issued, ones, RATE_GOAL if parallel == max(PARALLEL) else None)
            _tell_times(figures, "ticket", issued, P95_GOAL)
            calls = level.run("call", parallel, PEOPLE)
            _tell(figures, 'calls (each with a "not here")', calls, ones, None)
            _tell_times(figures, "call", calls, P95_GOAL)
            served = level.run("serve", parallel, PEOPLE)
            _tell(figures, "served (call, begin, finish)", served, ones, SERVED_GOAL if parallel > 1 else None)
    with _level(prepared, "full", 20) as level:
        most = max(PARALLEL)
        figures.heading(f"{most} at once, a room for 20 that is full, {TICKETS} waiting outside at the end")
        level.run("ticket", most, 20)
        issued = level.run("ticket", most, TICKETS)
        _tell(figures, "tickets", issued, {}, RATE_GOAL)
        _tell_times(figures, "ticket", issued, P95_GOAL)
        visits = level.run("visit", most, PEOPLE)
        _tell(figures, "tickets, each with the page that shows it", visits, {}, VISIT_GOAL)
        _tell_times(figures, "page", visits, None)


def _tell(figures: Figures, name: str, run: Run, ones: dict[str, float], goal: float | None) -> None:
    if goal is None:
        figures.tell(f"{name} a second", f"{plain(run.rate)} /s")
    else:
        figures.at_least(f"{name} a second", run.rate, goal, "/s")
    if name in ones:
        figures.tell("  against one at a time", f"{run.rate / ones[name]:.2f} ×")
    ones.setdefault(name, run.rate)
    figures.tell("  server CPU for each", f"{1000 * run.cpu / max(run.done, 1):.1f} ms")
    if run.refused:
        figures.tell("  refused", ", ".join(f"{count} × {status}" for status, count in sorted(run.refused.items())))


def _tell_times(figures: Figures, name: str, run: Run, goal: float | None) -> None:
    values = run.took[name]
    figures.tell(f"  {name}, p50 / p95 / p99", " / ".join(f"{percentile(values, p):.0f}" for p in (50, 95, 99)) + " ms")
    if goal is not None:
        figures.at_most(f"  {name}, p95", percentile(values, 95), goal, "ms")


def _split(folder: Path, figures: Figures) -> None:
    """Where one request's time goes: stopwatches around the parts, in this process, one request at a time."""
    os.environ["DATA_DIR"] = str(folder)
    from app import create_app

    app = create_app(ASYNC_MODE="threading", WTF_CSRF_ENABLED=False)
    client, watch = app.test_client(), Watch()
    found = re.findall(r'id="service-(\d+)"', client.get(f"/offices/{OFFICE}/kiosk").text)
    with contextlib.ExitStack() as stack:
        for name, target in PARTS:
            stack.enter_context(watch.around(name, target))
        for n in range(SPLIT):
            form = {"place": "kiosk", "service": found[n % len(found)], "operation": f"split-{n}"}
            with watch.over("take a ticket (POST)"):
                where = client.post(f"/offices/{OFFICE}/tickets", data=form).headers["Location"]
            with watch.over("see it (GET)"):
                client.get(where)
    figures.heading(f"one request's time, mean of {SPLIT}, full room, at most {SPLIT + 20} waiting")
    figures.tell("", "time / of it CPU")
    for name, (wall, cpu) in watch.spent.items():
        figures.tell(name, f"{1000 * wall / SPLIT:.2f} / {1000 * cpu / SPLIT:.2f} ms")


PARTS = (
    ("  of POST: the transaction", "counter.actions.perform.in_office"),
    ("    of it: the commit on disk", "sqlalchemy.engine.default.DefaultDialect.do_commit"),
    ("    of it: what follows by itself", "counter.actions.perform.settle"),
    ("  of GET: reading the office", "counter.web.kiosk.Snapshot"),
    ("  of GET: the QR code", "counter.web.kiosk.qr.svg"),
    ("  of GET: the template", "counter.web.kiosk.render_template"),
)


class Watch:
    """Adds up the time in each part, in the order in which the parts were named."""

    def __init__(self) -> None:
        names = ("take a ticket (POST)", *(part[0] for part in PARTS[:3]), "see it (GET)")
        self.spent = {name: (0.0, 0.0) for name in names}

    @contextlib.contextmanager
    def over(self, name: str) -> Iterator[None]:
        began, cpu = time.perf_counter(), time.thread_time()
        yield
        wall, used = self.spent.get(name, (0.0, 0.0))
        self.spent[name] = wall + time.perf_counter() - began, used + time.thread_time() - cpu

    def around(self, name: str, target: str) -> Any:
        """A stopwatch in place of a function, which it calls."""
        real = pkgutil.resolve_name(target)

        def timed(*args: Any, **kwargs: Any) -> Any:
            with self.over(name):
                return real(*args, **kwargs)

        return mock.patch(target, timed)


def main() -> None:
    make_ready()
    figures = Figures()
    with fresh_folder() as folder:
        prepared = Server(folder / "prepared")
        prepared.folder.mkdir()
        prepared.prepare()
        _twenty_counters(prepared)
        _measure(prepared, figures)
        _split(prepared.folder, figures)
    figures.show()


if __name__ == "__main__":
    main()
