"""How the nightly backup stands, in words for a manager."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from flask import current_app
from flask_babel import gettext as _

from counter import clock
from counter.keeping import nightly, trouble

LATE = timedelta(hours=36)
"""Older than this, the last backup is not the one of last night."""


@dataclass(frozen=True)
class Standing:
    """`wrong`: somebody has to look after it."""

    wrong: bool
    sentence: str
    mark: str = "triangle-alert"
    """The icon beside it."""


def standing(zone: str) -> Standing:
    """The last backup, or why there is none, by the clocks of an office."""
    settings = current_app.config
    if not settings["BACKUP_DIR"]:
        return Standing(False, _("No backup is made at night: it has not been set up."))
    night = nightly.last(settings["DATA_DIR"])
    good = night.good_at if night else None
    if night and night.trouble:
        return Standing(True, f"{_why(night.trouble)} {_last(good, zone)}")
    if good is None:
        return Standing(False, _("The first backup will be made within a minute or two."))
    late = not timedelta(0) <= clock.now() - good <= LATE
    return Standing(late, _last(good, zone), "triangle-alert" if late else "circle-check")


def _last(good: datetime | None, zone: str) -> str:
    if good is None:
        return _("There is no backup yet.")
    here = clock.local(good, zone)
    return _("Last backup: %(time)s on %(day)s.", time=f"{here:%H:%M}", day=f"{here:%d/%m/%Y}")


def _why(kind: str) -> str:
    sentences = {
        trouble.FULL: _("The nightly backup fails: no space is left where it is kept."),
        trouble.FOLDER: _("The nightly backup fails: its folder is not there or can’t be written."),
        trouble.PROGRAM: _("The nightly backup fails: a program is missing."),
        trouble.DAMAGED: _("The nightly backup fails: the database is damaged."),
        nightly.BROKEN: _("The backup was made, but something in the database is not as it should be."),
    }
    return sentences.get(kind, _("The nightly backup fails."))
