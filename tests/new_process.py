"""What a process remembers of its clock, forgotten: no test and no trial begins with a clock that another has put."""

from datetime import datetime, timedelta

from counter import clock
from counter.actions import clockwork, jumps


def as_in_a_new_process() -> None:
    """Nobody has put the clock, nothing was noticed of it, and no office has been seen to stand still."""
    clock._shift = timedelta(0)
    jumps._heeded.clear()
    jumps._put = (timedelta(0), datetime.min)
    clockwork._seen.clear()
