"""Power cut: the write-ahead log cut, bit-flipped and zeroed; what was answered is there, nothing is half there (I27).

A morning is lived on a real SQLite file by the program's own settings (write-ahead log, FULL, checkpoints when SQLite
makes them), every promise checked after every step. The file and its log are kept as they stood at the end of each
log. A trial damages a copy of the log at a place, opens it with the program as after a crash, and asks: is the file
whole, is all that is in all tables what was there after some commit, and was no commit lost that was written before
the damaged place? Every tenth trial also asks each promise again, whether an old form is given its old answer, and
whether the next visitor gets the next number.

It does not prove that a disk keeps what it says it has kept, and it does not damage what SQLite has carried over into
the main file: that is decay, against which only a backup helps. It runs on one file system, the one of the
temporary folder.
"""

import sqlite3
from copy import deepcopy
from dataclasses import dataclass
from pathlib import Path
from random import Random

from counter.database import db
from counter.models import ticket as tickets
from tests.cast import an_office
from tests.proof import figures, write_ahead
from tests.proof.census import Census
from tests.proof.crowd import Crowd, Sent
from tests.proof.figures import Figures
from tests.proof.opened import opened
from tests.proof.write_ahead import Log, commit_ends, digest

KINDS = ("cut", "flip", "zero")
PLACES, FEW = 1000, 25
OPERATIONS, FEW_OPERATIONS = 300, 50
THOROUGH = 10
"""One trial in so many goes on as an office would."""


@dataclass(frozen=True)
class Saved:
    """How things stood after one commit."""

    digest: str
    sent: list[Sent]
    census: Census
    numbers: dict[str, int]
    """Letter → the last number given."""


class Recorder:
    """Remembers each commit of a morning, and the files at the end of each log."""

    def __init__(self, folder: Path) -> None:
        self.file = folder / "luot.sqlite3"
        self.wal = folder / "luot.sqlite3-wal"
        self.commits: list[Saved] = []
        self.logs: list[Log] = []
        self.crowd: Crowd | None = None
        self._salt = b""

    def look(self) -> None:
        """After something that may have been saved: a new commit in the log, or none."""
        wal = self.wal.read_bytes() if self.wal.exists() else b""
        if not wal:
            return
        ends = commit_ends(wal)
        if wal[16:24] != self._salt:  # SQLite has begun the log anew: all before is in the main file.
            self._salt = wal[16:24]
            self.logs.append(Log(self.file.read_bytes(), first=len(self.commits) - 1))
        log = self.logs[-1]
        assert len(ends) - len(log.ends) in (0, 1), "a change is one commit"
        if len(ends) > len(log.ends):
            log.ends, log.wal = ends, wal
            self.commits.append(self._saved())

    def begin(self, crowd: Crowd) -> None:
        """The office as it stood before the first visitor is commit number 0, in the main file."""
        self.crowd = crowd
        self.commits.append(self._saved())
        crowd.saved = self.look

    def _saved(self) -> Saved:
        assert self.crowd is not None
        reader = sqlite3.connect(self.file)
        try:
            numbers = dict(reader.execute("SELECT letter, last FROM series"))
            return Saved(digest(reader), list(self.crowd.sent), deepcopy(self.crowd.world.census), numbers)
        finally:
            reader.close()


def prove(full: bool) -> Figures:
    """Damage the log of a morning at many places, in three ways."""
    result, random = Figures("power cut: the log cut, flipped, zeroed"), Random(27)
    with opened() as (_app, folder):
        morning = live(folder, OPERATIONS if full else FEW_OPERATIONS)
        trial = Trial(folder, morning, result)
        for kind in KINDS:
            for _place in range(PLACES if full else FEW):
                log = random.choice(morning.logs)
                trial.run(kind, log, random.randrange(log.ends[-1]), random.randrange(8))
        assert morning.crowd is not None
        morning.crowd.go_home()
    return result


def live(folder: Path, operations: int) -> Recorder:
    """A morning of so many answered forms; every promise is checked after every step."""
    recorder = Recorder(folder)
    cast = an_office(cap=6)
    db.session.remove()
    with db.engine.connect() as connection:
        connection.exec_driver_sql("ROLLBACK")
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.exec_driver_sql("BEGIN")
    crowd = Crowd(cast, seed=operations)
    recorder.begin(crowd)
    while len(crowd.sent) < operations:
        crowd.step()
        crowd.check()
    crowd.saved = lambda: None
    return recorder


class Trial:
    """Opens damaged files with the program, again and again, at the address of the same file."""

    def __init__(self, folder: Path, morning: Recorder, result: Figures) -> None:
        self.file, self.morning, self.result = folder / "luot.sqlite3", morning, result

    def run(self, kind: str, log: Log, place: int, bit: int) -> None:
        """One damage at one place; what is broken is noted in the figures."""
        self._put(log.file, write_ahead.damaged(log.wal, kind, place, bit))
        self.result.trials += 1
        try:
            commit = self._opens(log, place)
            self.result.operations += len(self.morning.commits[commit].sent)
            if self.result.trials % THOROUGH == 1:
                self._is_whole(commit)
                self._goes_on(commit)
        except Exception as error:  # Every fault is counted, whatever it is.
            where = f"{kind} at byte {place} (bit {bit}) of log {self.morning.logs.index(log)}"
            self.result.violations.append(f"{where}: {type(error).__name__}: {error}")

    def _put(self, file: bytes, wal: bytes) -> None:
        """The files as a machine would find them after the power came back."""
        db.session.remove()
        db.engine.dispose()
        for part in self.file.parent.glob("luot.sqlite3*"):
            part.unlink()
        self.file.write_bytes(file)
        Path(f"{self.file}-wal").write_bytes(wal)

    def _opens(self, log: Log, place: int) -> int:
        """It opens, and stands as after one commit, none of those before the damage missing; returns which."""
        connection = db.session.connection().connection.driver_connection
        assert connection is not None
        (verdict,) = connection.execute("PRAGMA integrity_check").fetchone()
        assert verdict == "ok", verdict
        assert not connection.execute("PRAGMA foreign_key_check").fetchall()
        found, complete = digest(connection), log.first + sum(end <= place for end in log.ends)
        after = [k for k, saved in enumerate(self.morning.commits) if saved.digest == found]
        assert after, "the state of no commit: half a change is there"
        assert after[-1] >= complete, f"saved {complete} commits, found {after[-1]}"
        return after[-1]

    def _is_whole(self, commit: int) -> None:
        """Every promise about what had been answered by then; the last form still gets its answer."""
        saved, crowd = self.morning.commits[commit], self.morning.crowd
        assert crowd is not None
        crowd.sent, crowd.world.census = list(saved.sent), deepcopy(saved.census)
        crowd.world.answers = {str(sent.asked.operation): (sent.verb, sent.answer) for sent in saved.sent}
        db.session.rollback()
        db.session.expire_all()
        crowd.world.read()
        crowd.world.remember()
        crowd.check()
        for sent in saved.sent[-1:]:
            assert sent.act(sent.asked) == sent.answer, "an answer was taken back"

    def _goes_on(self, commit: int) -> None:
        """The next visitor gets the next number."""
        crowd = self.morning.crowd
        assert crowd is not None
        ticket = crowd.take("A")
        assert ticket is not None
        assert tickets.by_id(ticket).number == self.morning.commits[commit].numbers.get("A", 0) + 1
        crowd.check()


if __name__ == "__main__":
    figures.main(prove)
