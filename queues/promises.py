"""The promises that can be looked up in an office's books: each is a function that says where it is broken, or nothing.

The same functions are run after every step of every hard test, and by `flask --app app check` over the whole database.
What a promise says of a single step (who could have been called instead, how many were in the room when somebody came)
is in no book; those are the tests' alone.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import groupby, pairwise

from queues import life
from queues.books import Page, Row, Series, Slip
from queues.errors import MoveRefused

Breaches = Iterator[str]


def i1_a_number_is_unique(page: Page) -> Breaches:
    """A number is unique in its office, series and day."""
    for (letter, day, number), times in Counter((s.letter, s.day, s.number) for s in page.slips).items():
        if times > 1:
            yield f"{letter}{number:03} of {day} was given {times} times"


def i2_no_gaps(page: Page) -> Breaches:
    """Numbers have no gaps, and the next one follows the last that was given."""
    for (letter, day), own in _series_of(page):
        numbers = sorted({slip.number for slip in own})
        if len(numbers) != numbers[-1] - numbers[0] + 1:
            yield f"{letter} of {day}: {len(numbers)} numbers from {numbers[0]} to {numbers[-1]}"
        last = page.last.get((letter, day))
        if last != numbers[-1]:
            yield f"{letter} of {day}: the last number is {numbers[-1]}, and {last} is kept"


def i5_later_tickets_have_higher_numbers(page: Page) -> Breaches:
    """Later tickets have higher numbers."""
    for _series, own in _series_of(page):
        for before, after in pairwise(own):
            if after.number <= before.number:
                yield f"{after.printed} was given after {before.printed}"


def i6_only_moves_of_the_table(page: Page) -> Breaches:
    """Only moves of the table, and each ticket stands where its last move left it."""
    at: dict[int, str] = {}
    for row in page.rows:
        if at.get(row.ticket) != row.source or not _is_a_move(row):
            yield f"ticket {row.ticket}: {row.move} from {row.source} to {row.target} at change {row.seq}"
        at[row.ticket] = row.target
    for slip in page.slips:
        if at.get(slip.id) != slip.status:
            yield f"{slip.printed} is {slip.status}, its last move led to {at.get(slip.id)}"


def i8_one_counter_a_ticket(page: Page) -> Breaches:
    """Whoever is called or served is at one counter, the one that called."""
    called = {row.ticket: row.counter for row in page.rows if row.move in ("call", "resume")}
    for slip in page.slips:
        if slip.status in life.AT_COUNTER and (slip.counter is None or slip.counter != called.get(slip.id)):
            yield f"{slip.printed} is at counter {slip.counter}, and counter {called.get(slip.id)} called it"


def i10_an_end_is_an_end(page: Page) -> Breaches:
    """An end is an end; only a missed visitor may return."""
    ended: set[int] = set()
    for row in page.rows:
        if row.ticket in ended and row.move != "return":
            yield f"ticket {row.ticket} had ended: {row.move} at change {row.seq}"
        (ended.add if life.has_ended(row.target) else ended.discard)(row.ticket)


def i11_every_ticket_was_issued_once(page: Page) -> Breaches:
    """Each ticket was issued, once."""
    issued = Counter(row.ticket for row in page.rows if row.move == "issue")
    for slip in page.slips:
        if issued[slip.id] != 1:
            yield f"{slip.printed} was issued {issued[slip.id]} times"


def i12_nothing_but_being_late_costs_the_place(page: Page) -> Breaches:
    """Only who did not come in time is set back."""
    for slip in page.slips:
        late = slip.lapses or slip.returns or slip.handed_from
        if not late and (slip.rank, slip.setback) != (slip.sequence, 0):
            yield f"{slip.printed} has lost its place"


def i13_minutes_are_asked_for_as_often_as_was_counted(page: Page) -> Breaches:
    """Whoever let others go first did so as often as was counted."""
    asked = Counter(row.ticket for row in page.rows if row.move == "defer")
    for slip in page.slips:
        if slip.deferrals != asked[slip.id]:
            yield f"{slip.printed} asked for minutes {asked[slip.id]} times, {slip.deferrals} are counted"


def i13_every_exception_has_a_reason(page: Page) -> Breaches:
    """Whoever was called or let in was the first, or a reason is written down."""
    for row in page.rows:
        if row.move in ("call", "admit") and not row.why:
            yield f"ticket {row.ticket}: {row.move} at change {row.seq} without a reason"


def _series_of(page: Page) -> list[tuple[Series, list[Slip]]]:
    """Each series with its tickets in the order in which they were given."""

    def series(slip: Slip) -> Series:
        return slip.letter, slip.day

    ordered = sorted(page.slips, key=lambda slip: (series(slip), slip.sequence))
    return [(own, list(slips)) for own, slips in groupby(ordered, series)]


def _is_a_move(row: Row) -> bool:
    try:
        return life.after(row.move, row.source) == row.target
    except (MoveRefused, KeyError):
        return False


OF_A_PAGE = {
    "I1": (i1_a_number_is_unique,),
    "I2": (i2_no_gaps,),
    "I5": (i5_later_tickets_have_higher_numbers,),
    "I6": (i6_only_moves_of_the_table,),
    "I8": (i8_one_counter_a_ticket,),
    "I10": (i10_an_end_is_an_end,),
    "I11": (i11_every_ticket_was_issued_once,),
    "I12": (i12_nothing_but_being_late_costs_the_place,),
    "I13": (i13_minutes_are_asked_for_as_often_as_was_counted, i13_every_exception_has_a_reason),
}
"""Promise → what is looked up in each page of the books."""


def broken_on(page: Page) -> Iterable[tuple[str, str]]:
    """(promise, where it is broken) for all that this page breaks."""
    for promise, functions in OF_A_PAGE.items():
        for function in functions:
            yield from ((promise, where) for where in function(page))
