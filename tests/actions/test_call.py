"""What a clerk does (R1, R20; I7 to I10, I12 to I14)."""

from datetime import timedelta

import pytest

from counter import clock
from counter.actions.call import begin, call_again, call_next, finish, miss
from counter.actions.visit import come_back, leave
from counter.database import db
from counter.models.history import History
from counter.models.ticket import Ticket
from queues.errors import AlreadyReturned, CounterBusy, MoveRefused, NobodyWaits
from tests.actions.test_issue import take
from tests.cast import MORNING, Cast, form, number, status


def call(cast: Cast, counter: int = 1) -> int:
    return int(call_next(cast.counters[counter], form())["ticket"])


def serve(cast: Cast, counter: int = 1) -> int:
    ticket = call(cast, counter)
    begin(ticket, form())
    finish(ticket, form())
    return ticket


def test_first_come_first_served(cast: Cast) -> None:
    tickets = [take(cast) for _ in range(3)]
    assert [serve(cast) for _ in range(3)] == tickets


def test_a_clock_that_is_set_back_changes_no_order(cast: Cast) -> None:
    first = take(cast)
    with clock.at(MORNING - timedelta(hours=1)):
        take(cast)
    assert call_next(cast.counters[1], form())["ticket"] == first


def test_a_counter_calls_only_what_it_takes(cast: Cast) -> None:
    take(cast, "A")
    land = take(cast, "B")
    assert serve(cast, 3) == land
    with pytest.raises(NobodyWaits):
        call(cast, 3)


def test_a_counter_of_two_services_serves_whoever_came_first(cast: Cast) -> None:
    land, civil = take(cast, "B"), take(cast, "A")
    assert [serve(cast, 2), serve(cast, 2)] == [land, civil]


def test_priority_goes_first_but_nobody_starves(cast: Cast) -> None:
    regular = [take(cast) for _ in range(2)]
    elderly = [take(cast, priority_class_id=cast.classes[0]) for _ in range(4)]
    order = [serve(cast) for _ in range(6)]
    assert order == [*elderly[:2], regular[0], *elderly[2:], regular[1]]


def test_the_reason_of_an_exception_is_written_down(cast: Cast) -> None:
    take(cast)
    elderly = take(cast, priority_class_id=cast.classes[0])
    call(cast)
    row = db.session.query(History).filter_by(move="call").one()
    assert (row.ticket_id, row.why, row.priority) == (elderly, "priority", True)


def test_a_counter_has_one_open_ticket_at_most(cast: Cast) -> None:
    first = take(cast)
    take(cast)
    call(cast)
    with pytest.raises(CounterBusy) as refusal:
        call(cast)
    assert refusal.value.number == number(first)


def test_the_same_call_form_calls_one_visitor(cast: Cast) -> None:
    take(cast)
    take(cast)
    asked = form()
    assert call_next(cast.counters[1], asked) == call_next(cast.counters[1], asked)
    assert db.session.query(History).filter_by(move="call").count() == 1


def test_nobody_waits_changes_nothing(cast: Cast) -> None:
    with pytest.raises(NobodyWaits):
        call(cast)
    assert db.session.query(History).count() == 0


def test_an_old_form_about_a_finished_ticket_is_refused(cast: Cast) -> None:
    take(cast)
    ticket = serve(cast)
    for again in (begin, finish, call_again, miss):
        with pytest.raises(MoveRefused):
            again(ticket, form())
    assert status(ticket) == "done"


def test_a_ticket_that_was_never_called_cannot_be_served(cast: Cast) -> None:
    ticket = take(cast)
    with pytest.raises(MoveRefused):
        begin(ticket, form())


def test_calling_again_counts(cast: Cast) -> None:
    take(cast)
    ticket = call(cast)
    call_again(ticket, form())
    call_again(ticket, form())
    assert db.session.get_one(Ticket, ticket).recalls == 2


def test_who_missed_the_call_may_come_back_once_one_place_behind(cast: Cast) -> None:
    late, second, third = (take(cast) for _ in range(3))
    assert call(cast) == late
    miss(late, form())
    come_back(late, form())
    assert [serve(cast), call(cast)] == [second, late]
    miss(late, form())
    with pytest.raises(AlreadyReturned):
        come_back(late, form())
    assert call(cast) == third


def test_who_gives_the_ticket_up_is_not_called(cast: Cast) -> None:
    first, second = take(cast), take(cast)
    leave(first, form())
    assert call(cast) == second
    with pytest.raises(MoveRefused):
        leave(first, form())


def test_who_stands_at_the_counter_cannot_give_up_by_phone(cast: Cast) -> None:
    take(cast)
    ticket = call(cast)
    with pytest.raises(MoveRefused):
        leave(ticket, form())
    assert status(ticket) == "called"
