"""Taking a ticket (R1, R20; I1 to I5)."""

from dataclasses import replace
from datetime import time, timedelta

import pytest

from counter import clock
from counter.actions.call import call_next
from counter.actions.clockwork import close_day
from counter.actions.issue import issue
from counter.actions.perform import Asked
from counter.database import db
from counter.models.office import Office
from counter.models.service import Service
from counter.models.ticket import Ticket
from queues.errors import NotFound, PartyTooLarge, ServiceClosed
from tests.cast import MORNING, Cast, an_office, form, number, status


def take(cast: Cast, letter: str = "A", **how: object) -> int:
    return int(issue(cast.office, cast.services[letter], form(), **how)["ticket"])  # type: ignore[arg-type]


def test_numbers_of_a_series_follow_each_other(cast: Cast) -> None:
    assert [number(take(cast, letter)) for letter in "AABA"] == ["A001", "A002", "B001", "A003"]


def test_a_long_series_has_no_gap(cast: Cast) -> None:
    assert [number(take(cast)) for _ in range(12)] == [f"A{n:03d}" for n in range(1, 13)]


def test_the_same_form_gets_the_same_ticket(cast: Cast) -> None:
    asked = form()
    answers = [issue(cast.office, cast.services["A"], asked) for _ in range(3)]
    assert answers[0] == answers[1] == answers[2]
    assert db.session.query(Ticket).count() == 1


def test_a_strangers_form_with_a_clerks_id_stands_in_nobodys_way(cast: Cast) -> None:
    issue(cast.office, cast.services["A"], Asked("phone", f"call:{cast.counters[1]}-0"))
    answer = call_next(cast.counters[1], Asked("desk", f"call:{cast.counters[1]}-0"))
    assert status(answer["ticket"]) == "called"


def test_a_refused_form_may_succeed_later(cast: Cast) -> None:
    asked = form()
    with pytest.raises(PartyTooLarge):
        issue(cast.office, cast.services["A"], asked, party=99)
    assert issue(cast.office, cast.services["A"], asked, party=2)["ticket"]


def test_a_party_larger_than_the_cap_is_refused(capped: Cast) -> None:
    with pytest.raises(PartyTooLarge) as refusal:
        take(capped, party=3)
    assert refusal.value.most == 2


@pytest.mark.parametrize("party", [0, -1, 6])
def test_a_party_that_the_form_does_not_offer_is_refused(cast: Cast, party: int) -> None:
    with pytest.raises(PartyTooLarge):
        take(cast, party=party)


def test_a_service_without_a_counter_takes_no_tickets(cast: Cast) -> None:
    with pytest.raises(ServiceClosed):
        take(cast, "C")


def test_a_service_that_the_manager_closed_takes_no_tickets(cast: Cast) -> None:
    db.session.get_one(Service, cast.services["A"]).closed_vi = "Hệ thống đất đai bảo trì"
    db.session.commit()
    with pytest.raises(ServiceClosed):
        take(cast)


def test_outside_opening_hours_no_ticket_is_given(cast: Cast) -> None:
    db.session.get_one(Office, cast.office).closes = time(8, 45)
    db.session.commit()
    assert take(cast)
    with clock.at(MORNING + timedelta(minutes=5)), pytest.raises(ServiceClosed):
        take(cast)


def test_a_service_of_another_office_does_not_exist_here(cast: Cast) -> None:
    other = an_office("other")
    with pytest.raises(NotFound):
        take(replace(cast, services=other.services))


def test_a_class_that_does_not_exist_is_refused(cast: Cast) -> None:
    with pytest.raises(NotFound):
        take(cast, priority_class_id=999)


def test_numbers_begin_again_after_the_day_is_closed_on_a_new_date(cast: Cast) -> None:
    first = take(cast)
    with clock.at(MORNING + timedelta(days=1)):
        close_day(cast.office, form())
        assert number(take(cast)) == "A001"
    assert status(first) == "expired"


def test_closing_the_day_twice_on_one_date_gives_no_number_twice(cast: Cast) -> None:
    take(cast)
    close_day(cast.office, form())
    assert number(take(cast)) == "A002"


def test_tokens_are_long_and_never_the_number(cast: Cast) -> None:
    tokens = {db.session.get_one(Ticket, take(cast)).token for _ in range(5)}
    assert len(tokens) == 5
    assert all(len(token) == 22 for token in tokens)
