"""How fast a press reaches every screen, and what a screen costs: `make bench-live`.

The real server on a fresh demo office; 200 phones, each with a ticket of its own, and 100, then 1,000 boards watch by
real websockets from another process. A clerk presses "call next" over HTTP, at the demo's six counters in turn.
The time runs from just before the press is sent. What should have been drawn is worked out from the database,
not asked of the one who draws.
"""

import os
import re
import time
from dataclasses import dataclass, field
from typing import Any

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
    resident,
    service_ids,
    tree,
)
from watchers import Event, Screens

PHONES, BOARDS, PRESSES, COUNTERS = 200, (100, 1000), 20, 6
BOARD = f"/offices/{OFFICE}/display/board"
CALL_GOAL = {100: 100, 1000: 250}
"""Milliseconds until the last board has a call, p99 over the presses."""
MEMORY_GOAL, CPU_GOAL = 100, 0.2


class Truth:
    """What each panel shows, read from the same file by the same functions, in this process."""

    def __init__(self, server: Server, addresses: list[str]) -> None:
        os.environ["DATA_DIR"] = str(server.folder)
        from app import create_app
        from counter.panels import at

        self.app = create_app(ASYNC_MODE="threading")
        self.panels = {address: at(address) for address in addresses}
        self.shown = self._read()

    def changed(self) -> set[str]:
        """The panels that show something else than when this was last asked."""
        before, self.shown = self.shown, self._read()
        return {address for address, view in self.shown.items() if view != before[address]}

    def _read(self) -> dict[str, Any]:
        from counter.models.office import by_slug
        from counter.models.snapshot import Snapshot

        with self.app.app_context():
            seen = Snapshot(by_slug(OFFICE).id)
            return {address: panel.show(seen, **args) for address, (panel, args, _lang) in self.panels.items()}


@dataclass
class Level:
    """What was measured with so many boards."""

    boards: int
    calls: list[list[float]] = field(default_factory=list)
    """For each press, the milliseconds until each board had the call."""
    drawings: list[list[float]] = field(default_factory=list)
    """The same for the new drawing of the board."""
    answers: list[float] = field(default_factory=list)
    drawn: int = 0
    due: int = 0
    wrong: int = 0
    """Presses after which a changed panel was not pushed once, or an unchanged one was."""
    cpu: float = 0.0


class Bench:
    """One server, its screens, and the manager who presses at every counter."""

    def __init__(self, server: Server, figures: Figures) -> None:
        self.server, self.figures = server, figures
        self.staff = Person(server)
        self.staff.sign_in("quanly")
        tickets = self._tickets()
        self.processes = tree(server)
        self.idle = resident(self.processes)
        self.screens = Screens(server.port)
        self.phones = [f"{address}/turn" for address in tickets]
        self.truth = Truth(server, [BOARD, *self.phones])
        self.open: list[int] = []
        self.forms = 0

    def run(self) -> None:
        figures, before, watching = self.figures, self.idle, 0
        figures.heading(f"server, {PHONES} tickets waiting, nobody watches")
        figures.tell("memory", _mb(self.idle))
        self.screens.open(self.phones)
        for boards in BOARDS:
            more, cpu = boards - watching, cpu_seconds(self.processes)
            seconds = self.screens.open([BOARD] * more)
            cpu = cpu_seconds(self.processes) - cpu
            figures.heading(f"{boards} boards and {PHONES} phones")
            figures.tell(f"until {more} more boards are connected and drawn", f"{seconds:.1f} s")
            figures.tell("server CPU for each that connects", f"{1000 * cpu / more:.1f} ms")
            new = more + (PHONES if before == self.idle else 0)
            memory = resident(self.processes)
            level = self._measure(boards)
            self._tell(level)
            figures.tell("memory, all processes", _mb(memory))
            figures.at_most("memory per watcher", (memory - before) / 1024 / new, MEMORY_GOAL, "KB")
            before, watching = resident(self.processes), boards
        packed = self.screens.compressed
        figures.exactly("screens whose compression is accepted", str(packed), "0", packed == 0)
        self.screens.close()

    def _tickets(self) -> list[str]:
        """Every phone's ticket; also wakes up all that a first request wakes up."""
        ids = service_ids(self.server)
        taken = []
        for n in range(PHONES):
            service = str(ids[SERVICES[n % len(SERVICES)]])
            answer = Person(self.server).post(f"/offices/{OFFICE}/tickets", service=service, operation=f"phone-{n}")
            taken.append(answer.headers["Location"])
        for path in (taken[0], f"/offices/{OFFICE}/display", "/counters/1"):
            self.staff.get(path)
        return taken

    def _measure(self, boards: int) -> Level:
        level, quiet = Level(boards), self._quiet_cpu()
        for n in range(PRESSES):
            if n % COUNTERS == 0:
                self._clear()
            self._press(level, n % COUNTERS + 1, quiet)
        self._clear()
        return level

    def _quiet_cpu(self) -> float:
        """Processor seconds a second while nothing happens: pings and the clock."""
        began, cpu = time.monotonic(), cpu_seconds(self.processes)
        time.sleep(3)
        return (cpu_seconds(self.processes) - cpu) / (time.monotonic() - began)

    def _press(self, level: Level, counter: int, quiet: float) -> None:
        self.screens.forget()
        cpu, began = cpu_seconds(self.processes), time.monotonic()
        status = self._post(f"/counters/{counter}/calls")
        answered = time.monotonic()
        called = status == 303
        events = self.screens.take(0.3, least=0.9, wanted=2 * level.boards if called else 0)
        spent = cpu_seconds(self.processes) - cpu - quiet * (time.monotonic() - began)
        due = self.truth.changed()
        events += self._late(events, due)
        if not called:  # Nobody waits for this counter.
            return
        self.open.append(counter)
        level.answers.append(1000 * (answered - began))
        level.cpu += spent
        _file(level, events, began)
        _compare(level, events, due)

    def _late(self, events: list[Event], due: set[str]) -> list[Event]:
        """A busy machine draws the phones later: wait for what is still to come."""
        drawn = {event.address for event in events if event.kind == "panel"}
        return self.screens.take(0.2, least=0, wanted=len(due - drawn), most=5) if due - drawn else []

    def _clear(self) -> None:
        """Begin, finish and see out everybody at the counters, so that all can be called to again."""
        for counter in self.open:
            panel = self.staff.get(f"/counters/{counter}/desk").text
            ticket = re.search(r'action="/tickets/(\d+)/service"', panel)
            number = re.search(r'data-number="(\w+)"', panel)
            assert ticket and number, panel
            self._post(f"/tickets/{ticket[1]}/service")
            self._post(f"/tickets/{ticket[1]}/service", _method="DELETE")
            self._post(f"/offices/{OFFICE}/door/exits", code=number[1])
        self.open.clear()
        self.screens.take(0.5, least=1.0)
        self.truth.changed()

    def _post(self, path: str, **fields: str) -> int:
        self.forms += 1
        return self.staff.post(path, operation=f"bench-{self.forms}", **fields).status_code

    def _tell(self, level: Level) -> None:
        figures, watchers = self.figures, level.boards + PHONES
        figures.tell("presses that called somebody", str(len(level.answers)))
        figures.tell("the clerk's own answer, p50 / p99", _ms(level.answers))
        for name, presses in (("call", level.calls), ("board", level.drawings)):
            heard = [press for press in presses if press]
            figures.tell(f"{name}: first watcher, p50 / p99", _ms([min(press) for press in heard]))
            figures.tell(f"{name}: every watcher, p50 / p99", _ms([ms for press in heard for ms in press]))
            figures.tell(f"{name}: last watcher, p50 / p99", _ms([max(press) for press in heard]))
        last = percentile([max(press) for press in level.calls if press], 99)
        figures.at_most("call: last watcher, p99", last, CALL_GOAL[level.boards], "ms")
        everybody = all(len(press) == level.boards for press in level.calls + level.drawings)
        figures.exactly("every board had every call and drawing", "yes" if everybody else "no", "yes", everybody)
        met = level.wrong == 0 and level.drawn == level.due
        n = len(level.answers)
        figures.exactly("drawings per call", f"{level.drawn / n:.2f}", f"= {level.due / n:.2f} changed", met)
        figures.at_most("server CPU per watcher per call", 1000 * level.cpu / n / watchers, CPU_GOAL, "ms")
        figures.tell("server CPU per call", f"{1000 * level.cpu / n:.0f} ms")


def _file(level: Level, events: list[Event], began: float) -> None:
    """Put down when each board had the call, and the first drawing that is not older than the call."""
    boards = [event for event in events if event.address == BOARD]
    calls = [event for event in boards if event.kind == "call"]
    newest = max((event.seq for event in calls), default=0)
    level.calls.append([1000 * (event.at - began) for event in calls])
    drawn = [event for event in boards if event.kind == "panel" and event.seq >= newest]
    first = min((event.seq for event in drawn), default=0)
    level.drawings.append([1000 * (event.at - began) for event in drawn if event.seq == first])


def _compare(level: Level, events: list[Event], due: set[str]) -> None:
    """Each panel that has changed is drawn once, and no other."""
    drawn = {(event.address, event.seq, event.same) for event in events if event.kind == "panel"}
    level.drawn += len(drawn)
    level.due += len(due)
    level.wrong += sorted(address for address, _seq, _same in drawn) != sorted(due)


def _ms(values: list[float]) -> str:
    return f"{percentile(values, 50):.1f} / {percentile(values, 99):.1f} ms"


def _mb(size: int) -> str:
    return f"{size / 1024 / 1024:.1f} MB"


def main() -> None:
    make_ready()
    figures = Figures()
    with fresh_folder() as folder:
        server = Server(folder)
        server.prepare()
        server.start()
        try:
            Bench(server, figures).run()
        finally:
            server.stop()
    figures.show()


if __name__ == "__main__":
    main()
