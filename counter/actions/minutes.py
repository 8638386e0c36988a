"""Five more minutes: who was called and is not ready lets others go first, and keeps the place (R4).

`defer_until` says until when, and that it is so: the rules never ask a clock. Who was in the room stays there; a place
that was held for somebody who has not come in is free for others.
"""

from datetime import timedelta

from counter.actions.change import Change
from counter.actions.perform import Answer, Asked, about
from counter.actions.settle import end
from counter.database import db
from counter.models import counter as counters
from counter.models import presence
from counter.models.ticket import Ticket
from queues.errors import MoveRefused
from queues.life import CALLED, IN_LINE, after
from queues.online import check_minutes

STILL_HERE = "needs more minutes, still in the room"


def defer(ticket_id: int, asked: Asked) -> Answer:
    """I am called, or asked in, and need some more minutes. The counter is free, the place is kept; returns {"ticket"}.

    Raises NoMoreMinutes beyond the office's bound, MoveRefused for who has not been called or asked in.
    """

    def work(change: Change, ticket: Ticket) -> None:
        after("defer", ticket.status)
        check_minutes(ticket.deferrals, change.office.defer_bound)
        counter = counters.by_id(ticket.counter_id) if ticket.counter_id and ticket.status == CALLED else None
        change.move(ticket, "defer", counter=counter)
        ticket.counter_id, ticket.deferrals = None, ticket.deferrals + 1
        ticket.defer_until = change.now + timedelta(seconds=change.office.defer_seconds)
        _stay_or_free(change, ticket)

    return about(ticket_id, asked, "defer", work)


def ready(ticket_id: int, asked: Asked) -> Answer:
    """I am ready before the minutes are over: the next turn is mine; returns {"ticket"}.

    Ready already: nothing changes. Raises MoveRefused for a ticket that is not in the line.
    """

    def work(change: Change, ticket: Ticket) -> None:
        if ticket.defer_until is not None:
            change.touch(ticket)
            ticket.defer_until = None
        elif ticket.status not in (*IN_LINE, CALLED):
            raise MoveRefused("ready", ticket.status)

    return about(ticket_id, asked, "ready", work)


def _stay_or_free(change: Change, ticket: Ticket) -> None:
    stay = presence.of_ticket(ticket.id)
    if stay and stay.inside:
        change.move(ticket, "enter", why=STILL_HERE)
    elif stay:
        end(change, stay, "deferred")
    db.session.flush()
