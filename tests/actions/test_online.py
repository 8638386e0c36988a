"""Trying online while waiting, done, failed, helped (R4, R14)."""

import pytest
from sqlalchemy import select

from counter import clock
from counter.actions.call import begin, call_next, finish
from counter.actions.door import enter
from counter.actions.online import ask_help, done_online, failed, help_given, try_online
from counter.actions.visit import leave
from counter.database import db
from counter.models.guidance import Guidance
from counter.models.history import History
from counter.models.procedure import Procedure
from counter.models.ticket import Ticket
from queues.errors import MoveRefused, NotFound
from queues.online import UNSAID
from tests.actions.test_issue import take
from tests.actions.test_minutes import called, read
from tests.actions.test_room import headcount, let_in
from tests.cast import Cast, form, number, status


def steps(ticket: int) -> list[tuple[str, str, str | None, int | None]]:
    db.session.rollback()
    rows = db.session.scalars(select(Guidance).where(Guidance.ticket_id == ticket).order_by(Guidance.id))
    return [(row.step, row.way, row.why, row.behind) for row in rows]


def for_birth(cast: Cast, ticket: int, online: str | None = "full") -> None:
    """The ticket's errand: one that the catalogue knows."""
    own = Procedure(
        office_id=cast.office, code="1.001193", name_vi="Đăng ký khai sinh", online=online, papers=["Giấy chứng sinh"],
        url="https://dichvucong.gov.vn/p/1", service_id=cast.services["A"],
    )  # fmt: skip
    db.session.add(own)
    db.session.flush()
    db.session.get_one(Ticket, ticket).procedure_id = own.id
    db.session.commit()


def test_who_tries_online_keeps_the_place_and_is_called_in_turn(cast: Cast) -> None:
    first, second = take(cast), take(cast)
    try_online(first, form())
    assert (status(first), read(first).trying_since) == ("waiting", clock.now())
    assert [called(cast, counter) for counter in (1, 2)] == [first, second]


def test_trying_is_written_down_once_with_the_way_of_the_errand(cast: Cast) -> None:
    ticket = take(cast)
    for_birth(cast, ticket)
    try_online(ticket, form())
    try_online(ticket, form())
    assert steps(ticket) == [("tried", "online", None, None)]


def test_an_errand_of_which_nothing_is_known_is_written_down_as_looked_up(cast: Cast) -> None:
    ticket = take(cast)
    try_online(ticket, form())
    assert steps(ticket) == [("tried", "look", None, None)]


def test_who_is_called_is_asked_to_come_and_not_to_try(cast: Cast) -> None:
    ticket = take(cast)
    called(cast)
    with pytest.raises(MoveRefused):
        try_online(ticket, form())


def test_what_did_not_work_is_kept_and_the_visitor_is_back_as_before(cast: Cast) -> None:
    ticket = take(cast)
    try_online(ticket, form())
    failed(ticket, "no_account", form())
    assert (status(ticket), read(ticket).trying_since, read(ticket).failed_why) == ("waiting", None, "no_account")
    assert steps(ticket)[-1] == ("failed", "look", "no_account", None)
    try_online(ticket, form())
    assert read(ticket).failed_why is None


def test_a_reason_that_is_not_on_the_list_is_refused(cast: Cast) -> None:
    with pytest.raises(NotFound):
        failed(take(cast), "because", form())


def test_who_is_done_online_gives_up_the_place_with_the_file_number(cast: Cast) -> None:
    tickets = [take(cast) for _ in range(3)]
    take(cast, "B")
    try_online(tickets[0], form())
    done_online(tickets[0], "H01.2026.00042", form())
    assert (status(tickets[0]), read(tickets[0]).file_number) == ("online", "H01.2026.00042")
    assert steps(tickets[0])[-1] == ("done", "look", None, 2)
    assert called(cast) == tickets[1]


def test_the_next_one_is_asked_in_at_once(capped: Cast) -> None:
    tickets = [take(capped) for _ in range(3)]
    done_online(tickets[0], None, form())
    assert [status(ticket) for ticket in tickets] == ["online", "admitted", "admitted"]


def test_who_is_done_inside_still_has_to_walk_out(capped: Cast) -> None:
    ticket = take(capped)
    let_in(capped, ticket)
    done_online(ticket, None, form())
    assert headcount(capped) == (1, 0)


def test_a_counter_that_had_called_is_free_at_once(cast: Cast) -> None:
    first, second = take(cast), take(cast)
    called(cast)
    done_online(first, None, form())
    row = db.session.scalars(select(History).where(History.move == "divert")).one()
    assert row.counter_id == cast.counters[1]
    assert called(cast) == second


def test_done_is_an_end(cast: Cast) -> None:
    ticket = take(cast)
    done_online(ticket, None, form())
    for act in (try_online, ask_help, leave):
        with pytest.raises(MoveRefused):
            act(ticket, form())
    with pytest.raises(MoveRefused):
        failed(ticket, "page_broken", form())


def test_who_is_served_is_not_done_online(cast: Cast) -> None:
    ticket = take(cast)
    called(cast)
    begin(ticket, form())
    with pytest.raises(MoveRefused):
        done_online(ticket, None, form())


def test_who_tried_and_is_served_after_all_has_come_back(cast: Cast) -> None:
    ticket, other = take(cast), take(cast)
    try_online(ticket, form())
    failed(ticket, "payment", form())
    begin(called(cast), form())
    finish(ticket, form())
    assert [step for step, *_ in steps(ticket)] == ["tried", "failed", "back"]
    assert (read(ticket).trying_since, read(ticket).failed_why) == (None, "payment")
    begin(called(cast), form())
    assert (steps(other), read(other).failed_why) == ([], None)


def test_the_clerk_sees_that_it_was_tried_though_the_visitor_has_not_said_why(cast: Cast) -> None:
    ticket = take(cast)
    try_online(ticket, form())
    begin(called(cast), form())
    assert (read(ticket).trying_since, read(ticket).failed_why) == (None, UNSAID)
    assert [(step, why) for step, _way, why, _behind in steps(ticket)] == [("tried", None), ("back", None)]


def test_a_helper_is_asked_for_once_and_is_done(cast: Cast) -> None:
    ticket = take(cast)
    ask_help(ticket, form())
    ask_help(ticket, form())
    assert read(ticket).help_asked == clock.now()
    help_given(ticket, form())
    help_given(ticket, form())
    assert read(ticket).help_asked is None


def test_nobody_waits_for_a_helper_who_has_gone(cast: Cast) -> None:
    ticket = take(cast)
    ask_help(ticket, form())
    leave(ticket, form())
    assert read(ticket).help_asked is None


def test_each_step_gives_the_ticket_a_new_stamp(cast: Cast) -> None:
    ticket = take(cast)
    seqs = [read(ticket).seq]
    for act in (try_online, ask_help, help_given):
        act(ticket, form())
        seqs.append(read(ticket).seq)
    assert seqs == sorted(set(seqs))


def test_trying_inside_the_room_changes_no_headcount(capped: Cast) -> None:
    ticket = take(capped)
    enter(capped.office, number(ticket), form())
    try_online(ticket, form())
    assert (status(ticket), headcount(capped)) == ("inside", (1, 0))
    assert call_next(capped.counters[1], form())["ticket"] == ticket
