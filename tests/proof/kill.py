"""`kill -9` of the server under load, again and again: every answer that was given still holds, and it is back soon.

The whole server (master and worker) is killed at any moment, while kiosks, clerks and the door send forms as fast as
they are answered, a third of them twice. It is started again at once, as a supervisor does. It is back when `/readyz`
says so *and* a ticket has been taken, with eleven others at it who send again what was not answered: a restart is the
seconds from the kill to that answer. When the server was ready is told beside it, and the median of both.

Then every answer that was given is looked for in the database, and some of their forms are sent once more: they must
get the same answer. Who was not answered sends the same form again, so that in the end every ticket and every call has
exactly one form.

This kills a process, not the machine: what the disk had not yet been told is `power_cut.py`'s part.
"""

import time
from dataclasses import dataclass, field
from random import Random
from statistics import median

from tests.proof import storm, verbs
from tests.proof.figures import Figures, main
from tests.proof.rush import Rush, Somebody
from tests.server import Server

FULL, SMALL = 200, 3
SHORTEST, LONGEST = 0.05, 1.5
"""Seconds under load before a kill."""
AGAIN = 5
"""Forms that are sent again after each kill."""


@dataclass
class Kills:
    """One server that is killed again and again, and the crowd that does not go away."""

    server: Server
    rush: Rush
    random: Random = field(default_factory=lambda: Random(9))
    restarts: list[float] = field(default_factory=list)
    """Seconds from each kill to a ticket that was taken."""
    ready: list[float] = field(default_factory=list)
    """Seconds from each kill until the server said that it is ready."""

    def __post_init__(self) -> None:
        self.visitor = Somebody(self.rush, "", 0)

    def kill_and_start(self) -> None:
        """Kill in the middle of everything, start at once, and note when a ticket can be taken again."""
        time.sleep(self.random.uniform(SHORTEST, LONGEST))
        self.rush.up.clear()  # Who gets no answer waits here, and does not hammer on a closed door.
        began = time.monotonic()
        self.server.kill()
        self.server.start()
        self.ready.append(time.monotonic() - began)
        self.rush.up.set()
        self._take_a_ticket()
        self.restarts.append(time.monotonic() - began)

    def send_some_again(self) -> None:
        """The same forms, after the kill: the same answers."""
        issued = [one for one in self.rush.given if one.verb == "issue"]
        for one in self.random.sample(issued, min(AGAIN, len(issued))):
            form = {"service": "1", "operation": one.operation, "place": "kiosk"}
            answer = self.visitor.post("/offices/demo/tickets", **form)
            if answer.headers.get("Location") != one.location:
                self.rush.complain(f"{one.operation}: sent again after a kill, answered {answer.status_code}")

    def _take_a_ticket(self) -> None:
        taken = len(self.rush.given)
        self.visitor.do("issue", "/offices/demo/tickets", service="1", place="kiosk")
        if len(self.rush.given) == taken:
            self.rush.complain("no ticket can be taken after a kill")


def prove(full: bool) -> Figures:
    """Kill, start, look, again."""
    figures = Figures("kill -9 under load, sqlite", trials=FULL if full else SMALL)
    with storm.office_on("sqlite") as (store, servers):
        rush = Rush(store, servers)
        kills = Kills(servers[0], rush)
        threads = rush.at_work(
            (4, verbs.take, ""), (4, verbs.serve, "quay{}"), (3, verbs.stand_at_the_door, "huongdan")
        )  # fmt: skip
        for _trial in range(figures.trials):
            kills.kill_and_start()
            kills.send_some_again()
            figures.violations += store.broken(list(rush.given), everything=False)
        rush.rest(threads)
        figures.violations += rush.violations + store.broken(rush.given) + storm.over_the_cap(store)
    figures.operations, figures.longest_restart = rush.sent, max(kills.restarts)
    figures.name += (
        f": ready again in {median(kills.ready):.1f} s ({max(kills.ready):.1f} at most),"
        f" a ticket in {median(kills.restarts):.1f}"
    )
    return figures


if __name__ == "__main__":
    main(prove)
