"""The promises that are looked up in the whole of an office's books, not page by page (see `promises`)."""

from collections import Counter
from collections.abc import Iterable

from queues import life
from queues.books import Ledger, Stay
from queues.promises import Breaches


def i3_an_answer_given_is_never_taken_back(ledger: Ledger) -> Breaches:
    """Whoever was told of a ticket has it, with the same secret."""
    for given in ledger.given:
        if given.token and ledger.tickets.get(given.ticket) != given.token:
            yield f"ticket {given.ticket} was given, and is not there with its secret"


def i4_the_same_form_makes_one_ticket(ledger: Ledger) -> Breaches:
    """No ticket was given to two forms."""
    forms = Counter(given.ticket for given in ledger.given if given.errand == "issue")
    for ticket, times in forms.items():
        if times > 1:
            yield f"ticket {ticket} was given to {times} forms"


def i7_at_most_one_open_ticket_a_counter(ledger: Ledger) -> Breaches:
    """At most one open ticket a counter."""
    at = Counter(slip.counter for slip in ledger.opened if slip.status in life.AT_COUNTER)
    for counter, tickets in at.items():
        if tickets > 1:
            yield f"{tickets} open tickets at counter {counter}"


def i9_each_call_has_one_winner(ledger: Ledger) -> Breaches:
    """No two clerks were told of the same call."""
    won = Counter(given.ticket for given in ledger.given if given.errand.startswith("call "))
    for ticket, times in won.items():
        if times > ledger.calls.get(ticket, 0):
            yield f"ticket {ticket}: {times} clerks were told of {ledger.calls.get(ticket, 0)} calls"


def i11_issued_is_what_is_there(ledger: Ledger) -> Breaches:
    """There are as many tickets as were issued."""
    if ledger.issued != len(ledger.tickets):
        yield f"{ledger.issued} were issued, {len(ledger.tickets)} are there"


def i12_nobody_who_was_handed_over_is_lost_or_stands_twice(ledger: Ledger) -> Breaches:
    """Whose old ticket has ended has the new one; and nobody was given two."""
    for ticket in ledger.sent_on:
        if not ledger.handed.get(ticket):
            yield f"ticket {ticket} was handed over to nowhere"
    for ticket, times in ledger.handed.items():
        if times > 1:
            yield f"ticket {ticket} goes on as {times} tickets"


def i15_whoever_is_counted_belongs_here(ledger: Ledger) -> Breaches:
    """Headcount is the set of those present: each counts for at least one, and stands in the office of its ticket."""
    for stay in ledger.stays:
        if stay.party < 1:
            yield f"presence {stay.id} counts for {stay.party} people"
        if not stay.own:
            yield f"presence {stay.id} is of a ticket of another office"


def i18_nobody_is_in_two_places(ledger: Ledger) -> Breaches:
    """Whatever was scanned how often: a ticket is once in the room or once in a waiting area, never in both."""
    named = [stay for stay in ledger.stays if stay.ticket is not None]
    yield from _twice(Counter((stay.ticket, stay.area is None) for stay in named), "is held twice in one place")
    entered = Counter((stay.ticket, True) for stay in named if stay.entered_at)
    yield from _twice(entered, "stands in two places")


def i20_every_presence_ends(ledger: Ledger) -> Breaches:
    """Each one that is open has what will end it: an errand that is not over, or a moment that will come."""
    for stay in ledger.stays:
        if stay.ticket is not None and not _will_end(stay):
            yield f"ticket {stay.ticket} has a place for ever"


def i21_a_recount_says_who_and_why(ledger: Ledger) -> Breaches:
    """A recount writes before, after, who, why."""
    for count in ledger.counts:
        if not count.who or not (count.why or count.before == count.after):
            yield f"the count at change {count.seq} does not say who or why"


def i26_no_change_is_newer_than_the_office(ledger: Ledger) -> Breaches:
    """Changes are in order: none is newer than the office itself."""
    if ledger.last_seq > ledger.seq:
        yield f"a move has number {ledger.last_seq}, the office stands at {ledger.seq}"


def _twice(places: Counter[tuple[int | None, bool]], said: str) -> Breaches:
    for (ticket, _room), times in places.items():
        if times > 1:
            yield f"ticket {ticket} {said}"


def _will_end(stay: Stay) -> bool:
    if stay.entered_at:
        return not life.has_ended(str(stay.status)) or stay.exit_due is not None
    return stay.hold_until is not None or stay.status == life.CALLED


OF_THE_LEDGER = {
    "I3": i3_an_answer_given_is_never_taken_back,
    "I4": i4_the_same_form_makes_one_ticket,
    "I7": i7_at_most_one_open_ticket_a_counter,
    "I9": i9_each_call_has_one_winner,
    "I11": i11_issued_is_what_is_there,
    "I12": i12_nobody_who_was_handed_over_is_lost_or_stands_twice,
    "I15": i15_whoever_is_counted_belongs_here,
    "I18": i18_nobody_is_in_two_places,
    "I20": i20_every_presence_ends,
    "I21": i21_a_recount_says_who_and_why,
    "I26": i26_no_change_is_newer_than_the_office,
}
"""Promise → what is looked up in the whole of an office's books."""


def broken_in(ledger: Ledger) -> Iterable[tuple[str, str]]:
    """(promise, where it is broken) for all that these books break."""
    for promise, function in OF_THE_LEDGER.items():
        yield from ((promise, where) for where in function(ledger))
