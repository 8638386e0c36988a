"""What only who is here can read: the code of this minute, on the lobby's screen and the sign (issue 5)."""

from dataclasses import dataclass

from counter import clock
from counter.models.snapshot import Snapshot
from queues.here import FIGURES, code_of, minute_of


@dataclass(frozen=True)
class Here:
    """`code` in two groups, as it is read; None where the office asks for none. `minute` names its picture."""

    slug: str
    code: str | None
    minute: int | None


def here(seen: Snapshot, slug: str) -> Here:
    """The code as it is now. Another minute is another value, and so another drawing."""
    if seen.here_secret is None:
        return Here(slug, None, None)
    minute = this_minute()
    code = code_of(seen.here_secret, minute)
    return Here(slug, f"{code[: FIGURES // 2]} {code[FIGURES // 2 :]}", minute)


def this_minute() -> int:
    """The minute that it is."""
    return minute_of(clock.now())
