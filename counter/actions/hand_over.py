"""Go on at another office of this installation, with the time waited kept (R7, docs/decisions/0015).

Two offices are two locks, and never held at once: two visitors who change places would wait for each other for ever. So
the new ticket is given first, once, whatever happens after; then the old one ends. A crash between leaves the visitor
with two places and never with none; the same form, another one or the sweep ends the old ticket.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.exc import IntegrityError

from counter.actions.change import CLOCK, Change
from counter.actions.issue import check_party, new_ticket, open_service
from counter.actions.perform import Answer, Asked, perform
from counter.actions.settle import give_up_place
from counter.actions.suspension import why_let_through
from counter.actions.taking import Taker, count
from counter.database import db
from counter.models import counter as counters
from counter.models import office as offices
from counter.models import other_way
from counter.models import procedure as procedures
from counter.models import ticket as tickets
from counter.models.service import PriorityClass
from counter.models.ticket import Ticket
from queues.errors import NotFound
from queues.life import AT_COUNTER, after, has_ended
from queues.order import place_by_wait


@dataclass(frozen=True)
class Coming:
    """What of a ticket goes along to another office: plain values, read before that office is held."""

    ticket_id: int
    first: int
    party: int
    lang: str
    papers: str | None
    trying_since: datetime | None
    failed_why: str | None
    code: str | None
    class_name: str | None
    came_from: str
    taker: Taker | None


def hand_over(ticket_id: int, to_office: int, service_id: int, asked: Asked, taker: Taker | None = None) -> Answer:
    """End a ticket here and give its visitor one at another office, where they stand as if they had come there when
    they came here; returns {"ticket", "token"} of the new one. Handed over already: the same answer again. `taker`: the
    phone whose tickets are counted there; None where a clerk hands over.

    Raises MoveRefused for a ticket that has ended, NotFound for no such service there or the same office, ServiceClosed
    or Suspended when it takes no tickets for this now, PartyTooLarge for that room, TooManyTaken.
    """
    old, before = tickets.by_id(ticket_id), other_way.handed_to(ticket_id)
    if before is None:
        after("hand_over", old.status)
        if old.office_id == to_office:
            raise NotFound("office")
        answer = _give_once(_coming(old, taker), to_office, service_id, asked)
    else:
        answer = _ticket_of(before)
    end_handed(ticket_id, asked)
    return answer


def finish_hand_overs() -> None:
    """What a crash has left half done: end each ticket whose visitor has one at another office already."""
    for ticket in other_way.half_handed():
        end_handed(ticket.id, Asked(CLOCK))


def end_handed(ticket_id: int, asked: Asked) -> Answer:
    """End the old ticket of somebody who has the new one; returns {"ticket"}. Ended already: nothing changes."""

    def work(change: Change) -> Answer:
        ticket, new = tickets.by_id(ticket_id), other_way.handed_to(ticket_id)
        if new is not None and not has_ended(ticket.status):
            here = ticket.counter_id if ticket.status in AT_COUNTER else None
            counter = counters.by_id(here) if here else None
            change.move(ticket, "hand_over", counter=counter, why=f"to {_place_of(new)}")
            give_up_place(change, ticket.id)
        return {"ticket": ticket_id}

    return perform(tickets.by_id(ticket_id).office_id, asked, f"hand over {ticket_id}", work)


def _give_once(coming: Coming, office_id: int, service_id: int, asked: Asked) -> Answer:
    """Give the new ticket; two offices chosen at one moment are two locks, and only the index stands between them: the
    ticket that came first is the answer to both."""
    try:
        return _give(coming, office_id, service_id, asked)
    except IntegrityError:
        first = other_way.handed_to(coming.ticket_id)
        if first is None:
            raise
        return _ticket_of(first)


def _give(coming: Coming, office_id: int, service_id: int, asked: Asked) -> Answer:
    """Give the new ticket, once: asked for again while the first form is still on its way, it is the same one."""

    def work(change: Change) -> Answer:
        new = other_way.handed_to(coming.ticket_id)
        if new is None:
            after("hand_over", tickets.by_id(coming.ticket_id).status)
            new = _new(change, coming, service_id)
        return _ticket_of(new)

    return perform(office_id, Asked(asked.who), f"take over {coming.ticket_id}", work)


def _new(change: Change, coming: Coming, service_id: int) -> Ticket:
    office = change.office
    own = _errand_there(office.id, coming.code)
    service, urgent = open_service(office, service_id, own)
    check_party(office, coming.party)
    count(change, coming.taker)
    there = [other.standing for other in tickets.open_in(office.id)]  # Also who is called: they may be back in line.
    ticket = new_ticket(change, service, coming.party, _class_like(office.classes, coming.class_name), coming.lang)
    ticket.handed_from, ticket.papers = coming.ticket_id, coming.papers
    ticket.trying_since, ticket.failed_why = coming.trying_since, coming.failed_why
    ticket.rank, ticket.setback = place_by_wait(coming.first, there, ticket.sequence)
    ticket.procedure_id = own
    why = [f"handed over from {coming.came_from}", why_let_through(urgent)]
    change.issue(ticket, why="; ".join(filter(None, why)))
    return ticket


def _ticket_of(new: Ticket) -> Answer:
    return {"ticket": new.id, "token": new.token}


def _coming(old: Ticket, taker: Taker | None) -> Coming:
    errand = procedures.by_ids({old.procedure_id}).get(old.procedure_id) if old.procedure_id else None
    own = db.session.get(PriorityClass, old.priority_class_id) if old.priority_class_id else None
    return Coming(
        old.id, other_way.first_of(old), old.party, old.lang, old.papers, old.trying_since,
        old.failed_why, errand.code if errand else None,
        own.name_vi if own else None, _place_of(old), taker,
    )  # fmt: skip


def _errand_there(office_id: int, code: str | None) -> int | None:
    """The errand as the other office's catalogue has it."""
    own = procedures.by_code(office_id, code) if code else None
    return own.id if own and not own.retired else None


def _class_like(classes: list[PriorityClass], name: str | None) -> int | None:
    """The class of the same name at the other office: a right to go first goes along where that office knows it."""
    return next((own.id for own in classes if own.name_vi == name), None)


def _place_of(ticket: Ticket) -> str:
    """Which ticket of which office, for the history."""
    return f"{offices.by_id(ticket.office_id).slug} {ticket.printed}"
