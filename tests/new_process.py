"""What a process remembers, forgotten: no test and no trial begins with a clock that another has put, or with a warning
that is held back because another has just caused it."""

from datetime import datetime, timedelta

from counter import clock, live
from counter.actions import clockwork, jumps
from counter.live import entrance


def as_in_a_new_process() -> None:
    """Nobody has put the clock, nothing was noticed of it, no office has been seen to stand still; no warning waits."""
    clock._shift = timedelta(0)
    jumps._heeded.clear()
    jumps._put = (timedelta(0), datetime.min)
    clockwork._seen.clear()
    for seldom in (live.seldom, entrance.seldom):
        seldom._said.clear()
        seldom._unsaid.clear()
