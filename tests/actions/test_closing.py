"""What came of a visit, papers to fetch and the way back in, another service's line (R4, R6, R16, R17)."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from counter import clock
from counter.actions.call import begin, call_next, finish, miss
from counter.actions.clockwork import close_day, tick
from counter.actions.closing import put_on_hold, rejoin, resume, transfer
from counter.actions.door import enter, enter_area, go_out, let_in
from counter.actions.room import set_cap
from counter.actions.visit import leave
from counter.database import db
from counter.models.guidance import Guidance
from counter.models.history import History
from counter.models.presence import of_ticket
from counter.models.ticket import Ticket
from queues.closing import Closing
from queues.errors import CounterBusy, MoveRefused, NotFound, PapersNotNamed, RoomFull, ServiceClosed
from tests.actions.test_issue import take
from tests.actions.test_room import headcount
from tests.actions.test_zones import an_area, in_the_area
from tests.cast import MORNING, Cast, an_office, form, number, status

PAPERS = ["Giấy chứng sinh", "Căn cước của mẹ"]


def read(ticket: int) -> Ticket:
    """A ticket, read afresh."""
    db.session.rollback()
    db.session.expire_all()
    return db.session.get_one(Ticket, ticket)


def call(cast: Cast, counter: int = 1) -> int:
    return int(call_next(cast.counters[counter], form())["ticket"])


def serving(cast: Cast, letter: str = "A", counter: int = 1, **how: object) -> int:
    """A visitor who stands at the counter."""
    ticket = take(cast, letter, **how)
    assert call(cast, counter) == ticket
    begin(ticket, form())
    return ticket


def on_hold(cast: Cast, counter: int = 1, **how: object) -> int:
    """A visitor who has been sent for papers."""
    ticket = serving(cast, counter=counter, **how)
    put_on_hold(ticket, PAPERS, form())
    return ticket


def moves(ticket: int) -> list[str]:
    rows = select(History.move).where(History.ticket_id == ticket).order_by(History.seq)
    return list(db.session.scalars(rows))


def reason(ticket: int, move: str) -> str | None:
    """Why the last such move was made."""
    own = select(History.why).where(History.ticket_id == ticket, History.move == move)
    return db.session.scalar(own.order_by(History.seq.desc()).limit(1))


# What came of it.


def test_what_came_of_it_is_kept_with_the_ticket_and_in_history(cast: Cast) -> None:
    ticket = serving(cast)
    finish(ticket, form(), Closing("accepted", "post"))
    assert (read(ticket).outcome, read(ticket).result_by) == ("accepted", "post")
    assert reason(ticket, "finish") == "accepted"


def test_an_office_in_a_hurry_says_nothing(cast: Cast) -> None:
    ticket = serving(cast)
    finish(ticket, form())
    assert (read(ticket).status, read(ticket).outcome, read(ticket).result_by) == ("done", None, None)


def test_filed_online_at_the_desk_is_counted_once_and_nobody_moves_up_by_it(cast: Cast) -> None:
    ticket, asked = serving(cast), form()
    take(cast)
    for _ in range(2):
        finish(ticket, asked, Closing("online"))
    (step,) = db.session.query(Guidance).all()
    assert (step.ticket_id, step.step, step.way, step.place, step.behind) == (ticket, "done", "online", "desk", 0)
    assert (step.office_id, step.day, step.service_id) == (cast.office, MORNING.date(), cast.services["A"])


def test_another_outcome_is_no_step_online(cast: Cast) -> None:
    finish(serving(cast), form(), Closing("advised"))
    assert db.session.query(Guidance).count() == 0


# Papers missing.


def test_who_is_sent_for_papers_is_told_which_and_the_counter_is_free(cast: Cast) -> None:
    ticket, second = on_hold(cast), take(cast)
    assert read(ticket).status == "held"
    assert (read(ticket).missing, read(ticket).outcome) == (PAPERS, "missing")
    assert call(cast) == second


def test_nobody_is_sent_for_papers_that_are_not_named(cast: Cast) -> None:
    ticket = serving(cast)
    with pytest.raises(PapersNotNamed):
        put_on_hold(ticket, ["", " "], form())
    assert (read(ticket).status, read(ticket).missing) == ("serving", None)


def test_only_who_is_being_served_is_sent_for_papers(cast: Cast) -> None:
    take(cast)
    ticket = call(cast)
    with pytest.raises(MoveRefused):
        put_on_hold(ticket, PAPERS, form())


def test_the_same_form_sends_for_papers_once(cast: Cast) -> None:
    ticket, asked = serving(cast), form()
    assert put_on_hold(ticket, PAPERS, asked) == put_on_hold(ticket, PAPERS, asked)
    assert moves(ticket).count("hold") == 1


def test_who_fetches_papers_leaves_the_room_by_the_clock_and_the_place_is_free(capped: Cast) -> None:
    on_hold(capped)
    assert headcount(capped) == (1, 0)
    with clock.at(MORNING + timedelta(minutes=11)):
        tick(capped.office)
    assert headcount(capped) == (0, 0)


def test_back_with_the_papers_the_place_in_line_is_the_one_from_before(cast: Cast) -> None:
    ticket = on_hold(cast)
    others = [take(cast) for _ in range(2)]
    rejoin(ticket, form())
    assert [call(cast), call(cast, 2)] == [ticket, others[0]]
    assert read(ticket).outcome is None
    assert read(ticket).missing == PAPERS


def test_who_never_left_the_room_waits_there_and_stays(capped: Cast) -> None:
    ticket = on_hold(capped)
    rejoin(ticket, form())
    assert status(ticket) == "inside"
    assert reason(ticket, "enter")
    with clock.at(MORNING + timedelta(minutes=11)):
        tick(capped.office)
    assert headcount(capped) == (1, 0)


def test_who_has_left_the_room_is_asked_in_before_those_who_came_later(capped: Cast) -> None:
    set_cap(capped.office, 1, form())
    ticket = on_hold(capped)
    go_out(capped.office, number(ticket), form())
    first, second = take(capped), take(capped)
    assert status(first) == "admitted"
    rejoin(ticket, form())
    assert (status(ticket), status(second)) == ("waiting", "waiting")
    leave(first, form())
    assert (status(ticket), status(second)) == ("admitted", "waiting")


def test_only_who_was_sent_for_papers_comes_back_with_them(cast: Cast) -> None:
    ticket = take(cast)
    with pytest.raises(MoveRefused):
        rejoin(ticket, form())


def test_a_scan_at_the_door_says_that_they_are_back(capped: Cast) -> None:
    ticket = on_hold(capped)
    go_out(capped.office, number(ticket), form())
    answer = enter(capped.office, number(ticket), form())
    assert (answer["changed"], answer["waits"], status(ticket)) == (True, False, "inside")
    assert enter(capped.office, number(ticket), form())["changed"] is False


def test_a_scan_at_the_door_of_a_full_room_keeps_the_place_in_line(capped: Cast) -> None:
    ticket = on_hold(capped)
    go_out(capped.office, number(ticket), form())
    for other in [take(capped) for _ in range(2)]:
        enter(capped.office, number(other), form())
    answer = enter(capped.office, number(ticket), form())
    assert (answer["changed"], answer["waits"], status(ticket)) == (True, True, "waiting")
    assert headcount(capped) == (2, 0)


def test_a_scan_of_who_is_still_inside_says_that_they_are_back(capped: Cast) -> None:
    ticket = on_hold(capped)
    assert enter(capped.office, number(ticket), form())["changed"] is True
    assert status(ticket) == "inside"
    assert headcount(capped) == (1, 0)


def test_a_scan_where_there_is_no_cap_lets_them_in(cast: Cast) -> None:
    ticket = on_hold(cast)
    go_out(cast.office, number(ticket), form())
    enter(cast.office, number(ticket), form())
    assert (status(ticket), headcount(cast)) == ("inside", (1, 0))


def test_who_is_back_may_wait_in_an_area(capped: Cast) -> None:
    area, ticket = an_area(capped), on_hold(capped)
    go_out(capped.office, number(ticket), form())
    set_cap(capped.office, 0, form())
    enter_area(capped.office, area, number(ticket), form())
    assert (status(ticket), in_the_area(capped, area)) == ("waiting", 1)


def test_who_is_back_may_be_let_in_before_their_turn_with_a_reason(capped: Cast) -> None:
    ticket = on_hold(capped)
    go_out(capped.office, number(ticket), form())
    let_in(capped.office, number(ticket), "chỉ nộp giấy còn thiếu", form())
    assert (status(ticket), reason(ticket, "enter")) == ("inside", "chỉ nộp giấy còn thiếu")


def test_the_clerk_calls_who_is_on_hold_to_the_same_counter(cast: Cast) -> None:
    ticket = on_hold(cast, counter=2)
    resume(ticket, form())
    assert (read(ticket).status, read(ticket).counter_id) == ("called", cast.counters[2])
    begin(ticket, form())
    finish(ticket, form(), Closing("accepted", "desk"))
    assert read(ticket).outcome == "accepted"


def test_nobody_is_called_from_hold_to_a_counter_that_is_busy(cast: Cast) -> None:
    ticket = on_hold(cast)
    serving(cast)
    with pytest.raises(CounterBusy):
        resume(ticket, form())
    assert status(ticket) == "held"


def test_who_is_called_from_hold_needs_a_place_in_the_room(capped: Cast) -> None:
    ticket = on_hold(capped)
    go_out(capped.office, number(ticket), form())
    set_cap(capped.office, 0, form())
    with pytest.raises(RoomFull):
        resume(ticket, form())
    set_cap(capped.office, 2, form())
    resume(ticket, form())
    assert headcount(capped) == (0, 1)


def test_who_is_called_from_hold_and_never_left_stays_in_the_room(capped: Cast) -> None:
    ticket = on_hold(capped)
    resume(ticket, form())
    begin(ticket, form())
    with clock.at(MORNING + timedelta(minutes=30)):
        tick(capped.office)
    assert headcount(capped) == (1, 0)


def test_who_is_on_hold_and_gives_up_leaves_the_list(capped: Cast) -> None:
    ticket = on_hold(capped)
    leave(ticket, form())
    with clock.at(MORNING + timedelta(minutes=11)):
        tick(capped.office)
    assert (status(ticket), headcount(capped)) == ("left", (0, 0))


def test_at_the_close_of_the_day_a_hold_ends_and_the_papers_are_still_named(cast: Cast) -> None:
    ticket = on_hold(cast)
    close_day(cast.office, form())
    assert (read(ticket).status, read(ticket).outcome, read(ticket).missing) == ("expired", "missing", PAPERS)


def test_an_old_form_about_a_held_ticket_is_refused(cast: Cast) -> None:
    ticket = on_hold(cast)
    for again in (begin, finish, miss):
        with pytest.raises(MoveRefused):
            again(ticket, form())
    assert status(ticket) == "held"


# Another service's line.


def test_who_is_transferred_stands_in_the_other_line_where_they_came(cast: Cast) -> None:
    ticket = serving(cast)
    earlier, later = take(cast, "B"), take(cast, "B")
    transfer(ticket, cast.services["B"], form())
    assert (read(ticket).service_id, read(ticket).counter_id) == (cast.services["B"], None)
    assert [call(cast, 3), call(cast, 2)] == [ticket, earlier]
    assert status(later) == "waiting"


def test_a_transfer_keeps_the_number_and_says_from_where_to_where(cast: Cast) -> None:
    ticket = serving(cast)
    transfer(ticket, cast.services["B"], form())
    assert number(ticket) == "A001"
    assert reason(ticket, "transfer") == "A B"


def test_only_a_counter_of_the_other_service_may_call_who_was_transferred(cast: Cast) -> None:
    ticket, own = serving(cast), take(cast)
    transfer(ticket, cast.services["B"], form())
    assert [call(cast, 1), call(cast, 3)] == [own, ticket]


def test_who_is_transferred_stays_in_the_room(capped: Cast) -> None:
    ticket = serving(capped)
    transfer(ticket, capped.services["B"], form())
    assert (status(ticket), headcount(capped)) == ("inside", (1, 0))
    assert moves(ticket)[-2:] == ["transfer", "enter"]


def test_who_was_called_from_outside_and_is_transferred_is_asked_in_by_the_rule(capped: Cast) -> None:
    set_cap(capped.office, 1, form())
    ahead, ticket = take(capped, "B"), take(capped)
    set_cap(capped.office, None, form())
    assert call(capped) == ticket
    leave(ahead, form())
    set_cap(capped.office, 1, form())
    transfer(ticket, capped.services["B"], form())
    assert (status(ticket), headcount(capped)) == ("admitted", (0, 1))
    stay = of_ticket(ticket)
    assert stay is not None
    assert stay.hold_until is not None


def test_nobody_is_transferred_where_no_counter_takes_them(cast: Cast) -> None:
    ticket = serving(cast)
    with pytest.raises(ServiceClosed):
        transfer(ticket, cast.services["C"], form())
    assert read(ticket).service_id == cast.services["A"]


def test_nobody_is_transferred_to_another_office_or_to_where_they_are(cast: Cast) -> None:
    ticket, other = serving(cast), an_office("kia")
    for service in (cast.services["A"], other.services["B"], 999_999):
        with pytest.raises(NotFound):
            transfer(ticket, service, form())
    assert status(ticket) == "serving"


def test_the_counter_is_free_after_a_transfer_and_its_next_call_is_a_new_one(cast: Cast) -> None:
    ticket, second = serving(cast), take(cast)
    transfer(ticket, cast.services["B"], form())
    assert call(cast) == second
