"""Going on at another office with the time waited kept; a crash between loses nobody (R7; I3, I4, I12)."""

import pytest
from sqlalchemy import select

from counter.actions import hand_over as handing
from counter.actions.call import begin, call_next, finish
from counter.actions.clockwork import sweep
from counter.actions.door import enter
from counter.actions.hand_over import hand_over
from counter.actions.minutes import defer, ready
from counter.actions.suspension import Terms, Urgent, suspend
from counter.actions.visit import leave
from counter.database import db
from counter.models import other_way
from counter.models.history import LONGEST_WHY, History
from counter.models.office import Office
from counter.models.procedure import Procedure
from counter.models.service import Service
from counter.models.ticket import Ticket
from counter.models.words import Words
from queues.errors import MoveRefused, NotFound, PartyTooLarge, ServiceClosed
from queues.window import Days
from tests.actions.test_issue import take
from tests.actions.test_minutes import called, read
from tests.actions.test_online import for_birth
from tests.actions.test_room import headcount
from tests.cast import MORNING, Cast, an_office, form, number, status
from tests.catalogue import a_procedure


@pytest.fixture
def other(cast: Cast) -> Cast:
    """Another office of the same installation."""
    return an_office("xa")


def over(ticket: int, to: Cast, letter: str = "A") -> int:
    return int(hand_over(ticket, to.office, to.services[letter], form())["ticket"])


def why(ticket: int, move: str) -> str | None:
    return db.session.scalars(select(History.why).where(History.ticket_id == ticket, History.move == move)).one()


def test_the_old_ticket_ends_and_a_new_one_is_given_at_the_other_office(cast: Cast, other: Cast) -> None:
    old = take(cast, party=2, lang="en")
    new = over(old, other)
    assert (status(old), status(new)) == ("left", "waiting")
    ticket = read(new)
    assert (ticket.office_id, ticket.handed_from, ticket.party, ticket.lang) == (other.office, old, 2, "en")
    assert (why(old, "hand_over"), why(new, "issue")) == ("to xa A001", "handed over from demo A001")


def test_they_stand_as_if_they_had_come_there_when_they_came_here(cast: Cast, other: Cast) -> None:
    before, mine, after = take(other), take(cast), take(other)
    new = over(mine, other)
    assert [called(other, counter) for counter in (1, 2)] == [before, new]
    finish_all(other, before)
    assert called(other) == after


def finish_all(cast: Cast, ticket: int) -> None:
    begin(ticket, form())
    finish(ticket, form())


def test_the_time_waited_goes_along_to_a_third_office(cast: Cast, other: Cast) -> None:
    third = an_office("phuong")
    mine, later = take(cast), take(third)
    new = over(over(mine, other), third)
    assert [called(third, counter) for counter in (1, 2)] == [new, later]


def test_who_is_called_there_and_came_later_is_behind_when_they_need_more_minutes(cast: Cast, other: Cast) -> None:
    mine, there = take(cast), take(other)
    assert called(other) == there
    new = over(mine, other)
    defer(there, form())
    ready(there, form())
    assert [called(other, counter) for counter in (1, 2)] == [new, there]


def test_a_room_that_is_full_there_is_full_and_its_place_here_is_free(cast: Cast) -> None:
    here, there = an_office("a", cap=1), an_office("b", cap=1)
    first, second, inside = take(here), take(here), take(there)
    enter(there.office, number(inside), form())
    new = over(first, there)
    assert (status(second), status(new)) == ("admitted", "waiting")
    assert (headcount(here), headcount(there)) == ((0, 1), (1, 0))


def test_a_counter_that_had_called_is_free(cast: Cast, other: Cast) -> None:
    first, second = take(cast), take(cast)
    called(cast)
    over(first, other)
    assert called(cast) == second


def test_the_errand_goes_along_where_the_other_office_knows_it(cast: Cast, other: Cast) -> None:
    known, unknown = take(cast), take(cast)
    for_birth(cast, known)
    there = Procedure(office_id=other.office, code="1.001193", name_vi="Đăng ký khai sinh")
    db.session.add(there)
    db.session.commit()
    assert read(over(known, other)).procedure_id == there.id
    assert read(over(unknown, other)).procedure_id is None


def test_a_right_to_go_first_goes_along(cast: Cast, other: Cast) -> None:
    first = take(other)
    elderly = over(take(cast, priority_class_id=cast.classes[0]), other)
    assert read(elderly).priority_class_id == other.classes[0]
    assert called(other) == elderly != first


def test_the_same_form_and_another_one_get_the_same_ticket(cast: Cast, other: Cast) -> None:
    old, asked = take(cast), form()
    answers = [hand_over(old, other.office, other.services["A"], asked) for _ in range(2)]
    answers.append(hand_over(old, other.office, other.services["B"], form()))
    assert answers[0] == answers[1] == answers[2]
    assert db.session.query(Ticket).count() == 2


def test_two_offices_chosen_at_one_moment_are_one_ticket(
    cast: Cast, other: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    third, old = an_office("phuong"), take(cast)
    with monkeypatch.context() as slow:
        slow.setattr(handing, "end_handed", lambda *_: {})
        first = over(old, other)
        not_seen_yet, seen = [None, None], other_way.handed_to
        slow.setattr(other_way, "handed_to", lambda of: not_seen_yet.pop() if not_seen_yet else seen(of))
        assert over(old, third) == first
    assert db.session.query(Ticket).count() == 2


@pytest.fixture
def crashed(cast: Cast, other: Cast, monkeypatch: pytest.MonkeyPatch) -> int:
    """The old ticket of somebody who got the new one when the machine went down."""
    old = take(cast)
    with monkeypatch.context() as broken:
        broken.setattr(handing, "end_handed", lambda *_: (_ for _ in ()).throw(SystemExit))
        with pytest.raises(SystemExit):
            over(old, other)
    assert status(old) == "waiting"
    return old


def test_after_a_crash_between_the_same_press_goes_on(crashed: int, other: Cast) -> None:
    new = over(crashed, other)
    assert (status(crashed), status(new)) == ("left", "waiting")
    assert db.session.query(Ticket).count() == 2


def test_after_a_crash_between_the_sweep_goes_on(crashed: int) -> None:
    sweep()
    assert status(crashed) == "left"


def test_who_has_given_up_the_old_ticket_meanwhile_keeps_the_new_one(crashed: int, other: Cast) -> None:
    leave(crashed, form())
    new = over(crashed, other)
    assert (status(crashed), status(new)) == ("left", "waiting")


def test_a_ticket_that_has_ended_is_not_handed_over(cast: Cast, other: Cast) -> None:
    old = take(cast)
    leave(old, form())
    with pytest.raises(MoveRefused):
        over(old, other)
    assert db.session.query(Ticket).count() == 1


def test_nobody_is_handed_over_to_where_they_are(cast: Cast) -> None:
    with pytest.raises(NotFound):
        over(take(cast), cast)


def test_nobody_is_handed_over_to_a_service_that_takes_no_tickets_and_nothing_is_lost(cast: Cast, other: Cast) -> None:
    old = take(cast)
    with pytest.raises(ServiceClosed):
        over(old, other, "C")
    db.session.get_one(Service, other.services["A"]).closed_vi = "Nghỉ"
    db.session.commit()
    with pytest.raises(ServiceClosed):
        over(old, other)
    with pytest.raises(NotFound):
        hand_over(old, other.office, cast.services["A"], form())
    assert (status(old), db.session.get_one(Office, other.office).issued) == ("waiting", 0)


def test_a_party_too_large_for_the_other_room_stays(cast: Cast) -> None:
    small, old = an_office("nho", cap=2), take(cast, party=3)
    with pytest.raises(PartyTooLarge):
        over(old, small)
    assert status(old) == "waiting"


def test_who_is_called_there_is_called_there_alone(cast: Cast, other: Cast) -> None:
    new = over(take(cast), other)
    assert call_next(other.counters[1], form())["ticket"] == new


def test_a_long_reason_is_cut_and_keeps_nobody_here(cast: Cast) -> None:
    there, ours, mine = an_office("x" * 40), a_procedure(cast, code="1.000001"), take(cast)
    read(mine).procedure_id = ours
    db.session.commit()
    urgent = Urgent(there.services["A"], Words("Khai tử " * 37, "Death"), a_procedure(there, code="1.000001"))
    today = Days(MORNING.date(), MORNING.date())
    suspend(there.office, Terms(today, None, Words("Dịch", "Epidemic"), "1022", (urgent,)), form())
    assert len(why(over(mine, there), "issue") or "") == LONGEST_WHY
