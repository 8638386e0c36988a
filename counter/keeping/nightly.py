"""The backup of each night: made once by whichever server sees first that it is due, the oldest ones thrown away.

The server only looks whether it is due; the work is done by our own command in a process of its own, so that nobody at
the kiosk waits for it. What came of it is kept in DATA_DIR, and the manager sees it. A night that failed is tried again
until it does not.
"""

import json
import os
import re
import subprocess
import sys
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import datetime, time, timedelta
from pathlib import Path
from typing import Any

from counter import clock
from counter.keeping import backup, serving
from counter.keeping.trouble import OTHER, Trouble
from counter.models import office as offices

BROKEN = "broken"
"""A backup was made; what was broken in the database is so in it too."""
AGAIN_AFTER = timedelta(minutes=15)
ROOT = Path(__file__).parents[2]
_OURS = re.compile(r"luot-\d{8}-\d{4}\.(sqlite3|dump)")


@dataclass(frozen=True)
class Night:
    """What came of the last try, at `tried`: `trouble` is its kind (counter/keeping/trouble.py, or BROKEN), empty when
    all went well, and `said` the sentence. `good`: when a backup was last made; `file` is that one. Moments in UTC."""

    tried: str
    trouble: str
    said: str
    good: str
    file: str

    @property
    def good_at(self) -> datetime | None:
        """When a backup was last made; None where none ever was."""
        return datetime.fromisoformat(self.good) if self.good else None


def last(data: Path) -> Night | None:
    """What came of the last try, as it is kept in DATA_DIR; None where there was none."""
    with suppress(OSError, ValueError, TypeError):
        return Night(**json.loads(_kept(data).read_text()))
    return None


def is_due(settings: Mapping[str, Any]) -> bool:
    """Whether a night has begun of which there is no backup, and it is not tried just now or was tried long ago."""
    night = last(settings["DATA_DIR"]) if settings["BACKUP_DIR"] else None
    if not settings["BACKUP_DIR"] or (night and _so_soon(night)):
        return False
    if night is None or night.good_at is None:
        return True
    return night.good_at < _began(settings["BACKUP_AT"]) or night.good_at > clock.now()  # A clock that was ahead.


def begin(settings: Mapping[str, Any]) -> str:
    """Make it in a process of its own, and wait for that one; returns what it said when it failed."""
    command = ["nice", "-n", "10", sys.executable, "-m", "flask", "--app", "app", "backup", "--nightly"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, env=_environment(settings))
    return "" if done.returncode == 0 else (done.stdout + done.stderr).strip()


def make(settings: Mapping[str, Any]) -> backup.Made | None:
    """Make this night's backup and throw the oldest away; None where another process is at it or has done it.

    Raises Trouble, which is written down too; no backup is thrown away then.
    """
    data = Path(settings["DATA_DIR"])
    with serving.one_at_a_time(data / "nightly") as alone:
        if not alone or not is_due(settings):
            return None
        now, before = clock.now(), last(data)
        try:
            made = backup.make(settings["BACKUP_DIR"] / f"luot-{now:%Y%m%d-%H%M}{backup.suffix()}", force=True)
        except Exception as error:  # Whatever it is: somebody must see it, and it is not tried at once again.
            kind, said = (error.kind, error.said) if isinstance(error, Trouble) else (OTHER, repr(error)[:500])
            good, file = (before.good, before.file) if before else ("", "")
            _keep(data, Night(now.isoformat(), kind, said, good, file))
            raise
        broken = ", ".join(own.promise for own in made.broken)
        said = f"promises are broken in the database: {broken}" if broken else ""
        _keep(data, Night(now.isoformat(), BROKEN if broken else "", said, now.isoformat(), made.file.name))
        _throw_away(made.file, settings["BACKUP_KEEP"])
        return made


def _began(at: time) -> datetime:
    """When the present night began: the last time that the clocks of the first office showed this hour."""
    zone = next((own.timezone for own in sorted(offices.every(), key=lambda own: own.id)), "Asia/Ho_Chi_Minh")
    here = clock.local(clock.now(), zone)
    today = here.replace(hour=at.hour, minute=at.minute, second=0, microsecond=0)
    return today if today <= here else today - timedelta(days=1)


def _so_soon(night: Night) -> bool:
    """Tried just now, and not by a clock that has been put back since."""
    return timedelta(0) <= clock.now() - datetime.fromisoformat(night.tried) < AGAIN_AFTER


def _throw_away(newest: Path, keep: int) -> None:
    """All but the newest, and what a power cut has left half done; only what we have made, by its name. What is named
    after the newest was made by a clock that was ahead, and goes first."""
    folder = newest.parent
    for half in folder.glob(".luot-*.part*"):
        half.unlink(missing_ok=True)
    ours = [file for file in folder.iterdir() if _OURS.fullmatch(file.name)]
    ours.sort(key=lambda file: (file.name <= newest.name, file.name))
    for old in ours[:-keep]:
        old.unlink(missing_ok=True)


def _kept(data: Path) -> Path:
    return data / "nightly.json"


def _keep(data: Path, night: Night) -> None:
    fresh = _kept(data).with_suffix(".new")
    with suppress(OSError):  # On a disk that is full the log says it, and it is tried again.
        fresh.write_text(json.dumps(asdict(night)))
        fresh.replace(_kept(data))


def _environment(settings: Mapping[str, Any]) -> dict[str, str]:
    """What the process of its own has to know, as it was set here."""
    own = {"DATA_DIR": str(settings["DATA_DIR"]), "DATABASE_URL": str(settings["SQLALCHEMY_DATABASE_URI"])}
    mine = {"BACKUP_DIR": str(settings["BACKUP_DIR"]), "BACKUP_KEEP": str(settings["BACKUP_KEEP"])}
    return {**os.environ, **own, **mine, "BACKUP_AT": f"{settings['BACKUP_AT']:%H:%M}"}
