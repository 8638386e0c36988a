"""The moments in a visitor's life, each as a way to bring the first visitor there."""

from collections.abc import Callable

from counter.actions import call as clerk
from counter.actions import door, visit
from counter.models import presence
from counter.models import ticket as tickets
from tests.cast import number
from tests.proof.crowd import Crowd


def _empty(_crowd: Crowd) -> None:
    """Nobody has come yet."""


def _issued(crowd: Crowd) -> None:
    crowd.take("A")


def _waiting(crowd: Crowd) -> None:
    for _visitor in range(4):
        crowd.take("A")


def _inside(crowd: Crowd) -> None:
    _issued(crowd)
    crowd.do("enter", lambda asked: door.enter(crowd.cast.office, "A001", asked))


def _called(crowd: Crowd) -> None:
    _inside(crowd)
    crowd.do("call", lambda asked: clerk.call_next(crowd.cast.counters[1], asked))


def _called_from_outside(crowd: Crowd) -> None:
    _issued(crowd)
    crowd.do("call", lambda asked: clerk.call_next(crowd.cast.counters[1], asked))


def _then(before: Callable[[Crowd], None], verb: str) -> Callable[[Crowd], None]:
    def bring(crowd: Crowd) -> None:
        before(crowd)
        ticket = crowd.sent[0].answer["ticket"]
        crowd.do(verb, lambda asked: getattr(clerk, verb)(ticket, asked))

    return bring


_serving = _then(_called, "begin")
STAGES: dict[str, Callable[[Crowd], None]] = {
    "empty": _empty,
    "issued": _issued,
    "waiting": _waiting,
    "admitted": _issued,
    "inside": _inside,
    "called": _called,
    "called from outside": _called_from_outside,
    "serving": _serving,
    "done": _then(_serving, "finish"),
    "no-show": _then(_called, "miss"),
}


def all_go_home(crowd: Crowd) -> None:
    """The end of all visits: given up, served, missed, and out by the door."""
    for ticket in tickets.open_in(crowd.cast.office):
        own, code = ticket.id, number(ticket.id)
        if ticket.status in ("called", "serving"):
            verb = {"called": "miss", "serving": "finish"}[ticket.status]
            crowd.do(verb, lambda asked, v=verb, t=own: getattr(clerk, v)(t, asked))
        else:
            crowd.do("leave", lambda asked, t=own: visit.leave(t, asked))
        crowd.do("exit", lambda asked, c=code: door.go_out(crowd.cast.office, c, asked))
    for stay in presence.open_in(crowd.cast.office):
        code = number(stay.ticket_id or 0)
        crowd.do("exit", lambda asked, c=code: door.go_out(crowd.cast.office, c, asked))
    assert not tickets.open_in(crowd.cast.office) and not presence.open_in(crowd.cast.office)
