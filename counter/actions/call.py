"""What a clerk does: call next, call again, begin, finish, not here, pause."""

from counter.actions.change import Change
from counter.actions.online import at_the_counter
from counter.actions.perform import Answer, Asked, about, perform
from counter.actions.settle import admit_streak, come_in, end, hold, pass_by, will_go
from counter.models import counter as counters
from counter.models import guidance, history, presence
from counter.models import ticket as tickets
from counter.models.counter import Counter
from counter.models.ticket import Ticket
from queues import online
from queues.closing import ONLINE, UNSAID, Closing
from queues.errors import CounterBusy, MoveRefused, NobodyWaits
from queues.order import Pick, for_counter, streak_of
from queues.room import next_called


def call_next(counter_id: int, asked: Asked) -> Answer:
    """Call the next visitor to a counter; returns {"ticket"}. Each call has exactly one winner (I9).

    Raises CounterBusy while the counter has an open ticket, NobodyWaits when there is nobody to call.
    """

    def work(change: Change) -> Answer:
        counter = counters.by_id(counter_id)
        check_free(counter)
        pick = _next(change, counter)
        called = tickets.by_id(pick.standing.ticket)
        _call(change, called, counter, pick.why)
        return {"ticket": called.id}

    return perform(counters.by_id(counter_id).office_id, asked, f"call {counter_id}", work)


def call_again(ticket_id: int, asked: Asked) -> Answer:
    """Say the call again; the ticket stays where it is."""

    def work(change: Change, ticket: Ticket) -> None:
        counter = counter_of(ticket, "recall")
        ticket.recalls += 1
        change.move(ticket, "recall", counter=counter)
        change.tell_call(ticket, counter)

    return about(ticket_id, asked, "recall", work)


def begin(ticket_id: int, asked: Asked) -> Answer:
    """The visitor stands at the counter: service begins, and whoever was expected is inside now.

    Raises RoomFull for one who went out at the door meanwhile and whose place somebody else has (I19).
    """

    def work(change: Change, ticket: Ticket) -> None:
        change.move(ticket, "begin", counter=counter_of(ticket, "begin"))
        at_the_counter(change, ticket)
        stay = presence.of_ticket(ticket.id)
        if stay is None:  # Went out at the door after the call, and is back.
            presence.room_of(change.office.id, change.office.cap).check(ticket.party)
        if stay is None or not stay.entered_at:
            come_in(change, ticket, stay or hold(change, ticket))

    return about(ticket_id, asked, "begin", work)


def finish(ticket_id: int, asked: Asked, closing: Closing = UNSAID) -> Answer:
    """Service ends, and what came of it is written down if the clerk says so (R4, R6). The visitor leaves by the door,
    or by itself after the office's set time."""

    def work(change: Change, ticket: Ticket) -> None:
        change.move(ticket, "finish", counter=counter_of(ticket, "finish"), why=closing.outcome)
        ticket.outcome, ticket.result_by = closing.outcome, closing.result_by
        if closing.outcome == ONLINE:
            _filed_online(change, ticket)
        will_go(change, ticket.id)

    return about(ticket_id, asked, "finish", work)


def miss(ticket_id: int, asked: Asked) -> Answer:
    """The visitor is not here: the ticket ends as a no-show, and its place in the room is free (I20)."""

    def work(change: Change, ticket: Ticket) -> None:
        change.move(ticket, "miss", counter=counter_of(ticket, "miss"))
        stay = presence.of_ticket(ticket.id)
        if stay:
            end(change, stay, "no_show")
        will_go(change, ticket.id)

    return about(ticket_id, asked, "miss", work)


def pause(counter_id: int, asked: Asked) -> Answer:
    """The clerk pauses: nobody is let in for this counter's sake until it calls again; returns {"counter"}.

    Raises CounterBusy while somebody is called to it or served.
    """

    def work(change: Change) -> Answer:
        counter = counters.by_id(counter_id)
        check_free(counter)
        counter.open, counter.seq = False, change.office.next_seq()
        return {"counter": counter_id}

    return perform(counters.by_id(counter_id).office_id, asked, f"pause {counter_id}", work)


def check_free(counter: Counter) -> None:
    """Raise CounterBusy when somebody is called to or served at this counter (I7)."""
    open_ticket = tickets.at_counter(counter.id)
    if open_ticket:
        raise CounterBusy(open_ticket.printed)


def counter_of(ticket: Ticket, move: str) -> Counter:
    """The counter where the ticket is. Raises MoveRefused for one that no counter has called."""
    if ticket.counter_id is None:
        raise MoveRefused(move, ticket.status)
    return counters.by_id(ticket.counter_id)


def _next(change: Change, counter: Counter) -> Pick:
    office = change.office
    line = tickets.line(office.id)
    pick = next_called(
        presence.room_of(office.id, office.cap), for_counter(line, counter.service_ids), office.ratio,
        streak_of(history.last_classes_called(counter.id, office.ratio)),
        waiting=[standing for standing in line if not standing.place_held], admitted=admit_streak(office),
        bound=office.pass_bound,
    )  # fmt: skip
    if pick is None:
        raise NobodyWaits
    pass_by(pick)
    return pick


def _call(change: Change, called: Ticket, counter: Counter, why: str) -> None:
    counter.open = True
    stay = presence.of_ticket(called.id) or hold(change, called)
    stay.hold_until = None  # The clerk waits for them now; "not here" is the clerk's word, not the clock's.
    called.counter_id, called.called_at, called.recalls = counter.id, change.now, 0
    change.move(called, "call", counter=counter, why=why)
    change.tell_call(called, counter)


def _filed_online(change: Change, ticket: Ticket) -> None:
    """Nobody moves up by it: the visitor has had the turn already."""
    guidance.write(
        office_id=change.office.id, day=change.office.day, at=change.now, ticket_id=ticket.id,
        procedure_id=ticket.procedure_id, service_id=ticket.service_id, step=guidance.DONE, way=online.ONLINE,
        why=None, place="desk", behind=0,
    )  # fmt: skip
