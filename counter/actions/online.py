"""What a visitor does while waiting: tries it online, is done, could not, asks for a helper (R4).

Whoever tries keeps the place in the line: nothing here but `done_online` moves a ticket. Each step is written down
(`models/guidance.py`), so that what came of the other way can be counted.
"""

from counter.actions.change import Change
from counter.actions.perform import Answer, Asked, about
from counter.actions.settle import give_up_place
from counter.models import counter as counters
from counter.models import guidance, history
from counter.models import procedure as procedures
from counter.models import ticket as tickets
from counter.models.ticket import Ticket
from queues.errors import MoveRefused, NotFound
from queues.life import CALLED, HELD, IN_LINE, OPEN
from queues.online import LOOK, UNSAID, WHY_FAILED, way_while_waiting
from queues.order import how_many_behind, streak_of

PHONE = "phone"
WAITS = (*IN_LINE, HELD)


def try_online(ticket_id: int, asked: Asked) -> Answer:
    """I am trying online while I wait; returns {"ticket"}. Trying already: nothing changes.

    Raises MoveRefused for who is called, is served or has ended.
    """

    def work(change: Change, ticket: Ticket) -> None:
        _check("try", ticket, WAITS)
        if ticket.trying_since is None:
            change.touch(ticket)
            ticket.trying_since, ticket.failed_why = change.now, None
            write_step(change, ticket, guidance.TRIED)

    return about(ticket_id, asked, "try", work)


def failed(ticket_id: int, why: str, asked: Asked) -> Answer:
    """It did not work, for one of WHY_FAILED; back as before, and the clerk will see why; returns {"ticket"}.

    Raises NotFound for another reason, MoveRefused for a ticket that has ended.
    """
    if why not in WHY_FAILED:
        raise NotFound(why)

    def work(change: Change, ticket: Ticket) -> None:
        _check("fail", ticket, OPEN)
        change.touch(ticket)
        ticket.trying_since, ticket.failed_why = None, why
        write_step(change, ticket, guidance.FAILED, why=why)

    return about(ticket_id, asked, "failed", work)


def done_online(ticket_id: int, file_number: str | None, asked: Asked) -> Answer:
    """Done online, with the number of the file if there is one: the place is given up, the next moves up at once, and
    a counter that had called is free; returns {"ticket"}.

    Raises MoveRefused for who is served or has ended.
    """

    def work(change: Change, ticket: Ticket) -> None:
        behind = _behind(change, ticket)
        counter = counters.by_id(ticket.counter_id) if ticket.status == CALLED and ticket.counter_id else None
        change.move(ticket, "divert", counter=counter)
        ticket.file_number = file_number or None
        write_step(change, ticket, guidance.DONE, behind=behind)
        give_up_place(change, ticket.id)

    return about(ticket_id, asked, "done online", work)


def ask_help(ticket_id: int, asked: Asked) -> Answer:
    """A helper is wanted; returns {"ticket"}. Asked already: nothing changes.

    Raises MoveRefused for who is served or has ended.
    """

    def work(change: Change, ticket: Ticket) -> None:
        _check("ask", ticket, (*WAITS, CALLED))
        if ticket.help_asked is None:
            change.touch(ticket)
            ticket.help_asked = change.now

    return about(ticket_id, asked, "ask help", work)


def help_given(ticket_id: int, asked: Asked) -> Answer:
    """The helper is done with this visitor, or the visitor needs none any more; returns {"ticket"}."""

    def work(change: Change, ticket: Ticket) -> None:
        if ticket.help_asked is not None:
            change.touch(ticket)
            ticket.help_asked = None

    return about(ticket_id, asked, "help given", work)


def at_the_counter(change: Change, ticket: Ticket) -> None:
    """Who tried online is served at the counter after all: the trying is over, and it is written down."""
    if ticket.trying_since is not None or ticket.failed_why is not None:
        write_step(change, ticket, guidance.BACK, why=ticket.failed_why)
        ticket.failed_why = ticket.failed_why or UNSAID  # The clerk sees that it was tried.
    ticket.trying_since = ticket.help_asked = None


def write_step(
    change: Change, ticket: Ticket, step: str, *, why: str | None = None, behind: int | None = None
) -> None:  # fmt: skip
    """Write down one step of a visitor with a ticket, by the way that the errand offers."""
    own = procedures.by_ids({ticket.procedure_id}).get(ticket.procedure_id) if ticket.procedure_id else None
    way = way_while_waiting(own.known if own else None, files=True) or LOOK
    guidance.write(
        office_id=change.office.id, day=change.office.day, at=change.now, ticket_id=ticket.id,
        procedure_id=ticket.procedure_id, service_id=ticket.service_id, step=step,
        way=way, why=why, place=PHONE, behind=behind,
    )  # fmt: skip


def _behind(change: Change, ticket: Ticket) -> int:
    """How many of the same service wait behind, and will move up by one."""
    office = change.office
    streak = streak_of(history.last_classes_admitted(office.id, office.ratio))
    return how_many_behind(ticket.standing, tickets.line(office.id), office.ratio, streak)


def _check(what: str, ticket: Ticket, statuses: tuple[str, ...]) -> None:
    if ticket.status not in statuses:
        raise MoveRefused(what, ticket.status)
