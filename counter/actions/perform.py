"""One errand, one transaction, one answer that is kept and given again."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from counter import clock, metrics
from counter.actions.change import Change
from counter.actions.jumps import heed
from counter.actions.settle import settle
from counter.database import Told, in_office
from counter.models import audited, standing
from counter.models import office as offices
from counter.models import ticket as tickets
from counter.models.operation import keep, kept
from counter.models.ticket import Ticket
from queues.errors import ChangedMeanwhile, NotFound

Answer = dict[str, Any]
"""What a form is told: plain values, so that they can be kept and told again."""


@dataclass(frozen=True)
class Asked:
    """Who asks, with which form, and from which machine. Without an operation id nothing is kept (the clock asks no
    twice). `standing`: how the setting stood that the form is about (`models.standing`), and `said`: what the form
    wants of it, in short."""

    who: str
    operation: str | None = None
    address: str = ""
    standing: str | None = None
    said: str = ""


def perform(office_id: int, asked: Asked, errand: str, work: Callable[[Change], Answer]) -> Answer:
    """Do one errand in one transaction, once: the same form gets the answer it was given before (I3, I4).

    A refusal changes nothing and is not kept: the same form may succeed later. Raises ChangedMeanwhile.
    """

    def once(told: Told) -> Answer:
        office = offices.held(office_id)  # First: what is read before the office is held must not be acted on.
        before = kept(office_id, errand, asked.operation) if asked.operation else None
        if before is not None:
            return before
        change = Change(office, clock.now(), asked.who, told)
        answer = _unless_stale(asked, office_id, lambda: work(change))
        settle(change)
        _keep(change, asked, errand, answer)
        return answer

    heed(office_id)
    action, errand = errand, f"{errand} {asked.said}".rstrip()
    with metrics.action(action), audited.by(asked.who, clock.now(), asked.address):
        return in_office(office_id, once)


def about(ticket_id: int, asked: Asked, verb: str, work: Callable[[Change, Ticket], None]) -> Answer:
    """Do one errand about one ticket; returns {"ticket"}."""

    def on_ticket(change: Change) -> Answer:
        work(change, tickets.by_id(ticket_id))
        return {"ticket": ticket_id}

    return perform(tickets.by_id(ticket_id).office_id, asked, f"{verb} {ticket_id}", on_ticket)


def _unless_stale(asked: Asked, office_id: int, work: Callable[[], Answer]) -> Answer:
    """Do it. Raises ChangedMeanwhile where the setting no longer stands as it did when its form was drawn, and this
    would make another of it, or it is used no longer; the same form twice is no such thing."""
    if not asked.standing:
        return work()
    before = standing.now(asked.standing, office_id)
    try:
        answer = work()
    except NotFound as error:
        if before in ("", asked.standing):
            raise
        raise ChangedMeanwhile from error
    if before != asked.standing and standing.now(asked.standing, office_id) != before:
        raise ChangedMeanwhile
    return answer


def _keep(change: Change, asked: Asked, errand: str, answer: Answer) -> None:
    if asked.operation:
        keep(office_id=change.office.id, id=asked.operation, errand=errand, answer=answer, at=change.now)
