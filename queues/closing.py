"""How a visit ends at the counter: what came of it, and how the result goes back (R4, R6, R17; document 004 §1).

The clerk may leave it unsaid: an office in a hurry is never held up by a form.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from queues.errors import NotFound, PapersNotNamed
from queues.online import NONE, Known

ACCEPTED, MISSING, RESULT, ADVISED, ONLINE, OTHER_DESK = (
    "accepted", "missing", "result", "advised", "online", "other_desk",
)  # fmt: skip
"""The file was taken in; papers are missing; a result was handed over; advice only; filed online at the desk; it is
somebody else's errand."""
OUTCOMES = (ACCEPTED, MISSING, RESULT, ADVISED, ONLINE, OTHER_DESK)
ENDINGS = (ACCEPTED, RESULT, ADVISED, ONLINE, OTHER_DESK)
"""What ends a ticket: with papers missing it is put on hold instead, and the place is kept."""

BY_DESK, BY_POST, BY_ONLINE = "desk", "post", "online"
"""How the result of an accepted file goes back: fetched at the desk, sent by post, delivered online."""

MOST_PAPERS, LONGEST_PAPER = 30, 500
"""Papers on a list, and letters of one: what any honest list needs."""


@dataclass(frozen=True)
class Closing:
    """What came of a visit, as far as the clerk has said. Raises NotFound for what no page of ours offers."""

    outcome: str | None = None
    result_by: str | None = None

    def __post_init__(self) -> None:
        if self.outcome is not None and self.outcome not in ENDINGS:
            raise NotFound("outcome")
        ways = (BY_DESK, BY_POST, BY_ONLINE) if self.outcome == ACCEPTED else ()
        if self.result_by is not None and self.result_by not in ways:
            raise NotFound("result_by")


UNSAID = Closing()


def result_ways(known: Known) -> tuple[str, ...]:
    """How the result of an errand may go back: all ways but those that the catalogue rules out."""
    fits = {BY_DESK: True, BY_POST: known.post_out is not False, BY_ONLINE: known.online != NONE}
    return tuple(way for way, is_so in fits.items() if is_so)


def named(papers: Iterable[str]) -> list[str]:
    """The missing papers, each once, told in one go. Raises PapersNotNamed when there is none: nobody is sent away
    without knowing what to fetch."""
    each = dict.fromkeys(" ".join(paper.split())[:LONGEST_PAPER] for paper in papers)
    wanted = [paper for paper in each if paper][:MOST_PAPERS]
    if not wanted:
        raise PapersNotNamed
    return wanted
