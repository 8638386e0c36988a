"""Disk full and read-only and back: clear messages, heals without a restart, the next number is the next number (I28).

The real server runs on a small disk. While visitors take tickets and a clerk calls and serves, the disk becomes full,
or takes no write at all; then it is as before. Every form must be answered: saved, or a page that says in the
person's language that nothing could be saved. What was answered is there, what was not is not; the same form sent
again makes its one ticket; what could be read can be read all the time; and no number is left out. Another
trial starts the server on a read-only disk that becomes writable later. After each, every promise is checked.

It does not prove that a dying disk, which gives back other bytes than it was given, is survived.
"""

import threading
import time
from collections.abc import Callable
from contextlib import AbstractContextManager

from tests.proof import figures
from tests.proof.disk_day import SENTENCES, Day, new_form
from tests.proof.figures import Figures
from tests.proof.small_disk import UNLIMITED, Mounted, ServerOnDisk, a_disk, a_limited_disk
from tests.server import Person

ROUNDS, FEW = 20, 1
VISITORS = 4
PAUSE, PATIENCE = 0.1, 120.0
"""Seconds between two forms of a person; seconds until a filled disk must have refused some."""
Act = Callable[[], object]


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


if __name__ == "__main__":
    figures.main(prove)
