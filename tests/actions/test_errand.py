"""A ticket that carries its errand, and the other way chosen without a ticket (R4, R5, R6)."""

import pytest

from counter.actions.errand import open_return, open_way
from counter.actions.issue import issue
from counter.database import db
from counter.models import ways
from counter.models.guidance import Guidance
from counter.models.procedure import Procedure
from counter.models.service import COLLECT, Service
from counter.models.snapshot import Snapshot
from counter.models.ticket import Ticket
from counter.panels.texts import offers, whom_to_ask
from queues.errors import NotFound, OtherService, PartyTooLarge
from tests.actions.test_issue import take
from tests.cast import MORNING, Cast, an_office, form
from tests.catalogue import a_contact, a_help_point, a_procedure, an_offer, steps


def ticket(ticket_id: int) -> Ticket:
    db.session.rollback()
    return db.session.get_one(Ticket, ticket_id)


def collecting(cast: Cast, letter: str = "B") -> int:
    """Make a service one where results are collected."""
    db.session.get_one(Service, cast.services[letter]).kind = COLLECT
    db.session.commit()
    return cast.services[letter]


def test_a_ticket_keeps_what_was_said_before_it(cast: Cast) -> None:
    procedure_id = a_procedure(cast)
    own = ticket(take(cast, procedure_id=procedure_id, papers="some", trying=True))
    assert (own.procedure_id, own.papers, own.trying_since) == (procedure_id, "some", MORNING)


def test_a_ticket_without_an_errand_carries_none(cast: Cast) -> None:
    own = ticket(take(cast))
    assert (own.procedure_id, own.papers, own.trying_since) == (None, None, None)
    assert steps() == []


def test_the_ways_that_were_shown_and_the_one_that_is_tried_are_written_down(cast: Cast) -> None:
    a_contact(cast)
    own = take(cast, procedure_id=a_procedure(cast, post_out=True), trying=True, place="kiosk")
    assert steps() == [("offered", "online"), ("offered", "post_out"), ("offered", "phone"), ("tried", "online")]
    row = db.session.query(Guidance).first()
    assert row is not None
    assert (row.ticket_id, row.service_id, row.place, row.day) == (own, cast.services["A"], "kiosk", MORNING.date())


def test_who_only_waits_has_tried_nothing(cast: Cast) -> None:
    take(cast, procedure_id=a_procedure(cast))
    assert steps() == [("offered", "online")]


def test_the_same_form_writes_the_ways_down_once(cast: Cast) -> None:
    procedure_id, asked = a_procedure(cast), form()
    for _ in range(3):
        issue(cast.office, cast.services["A"], asked, procedure_id=procedure_id, trying=True)
    assert steps() == [("offered", "online"), ("tried", "online")]
    assert db.session.query(Ticket).count() == 1


def test_an_errand_that_is_not_done_online_is_kept_without_the_trying(cast: Cast) -> None:
    own = ticket(take(cast, procedure_id=a_procedure(cast, online="none"), trying=True))
    assert own.procedure_id and own.trying_since is None


def test_an_errand_that_another_service_takes_is_refused_and_no_number_is_used_up(cast: Cast) -> None:
    with pytest.raises(OtherService):
        take(cast, "B", procedure_id=a_procedure(cast))
    with pytest.raises(OtherService):
        take(cast, "A", procedure_id=a_procedure(cast, letter=None))
    assert ticket(take(cast, "B")).number == 1
    assert steps() == []


def test_an_errand_of_another_office_does_not_exist_here(cast: Cast) -> None:
    with pytest.raises(NotFound):
        take(cast, procedure_id=a_procedure(an_office("other")))


def test_an_errand_that_is_no_longer_in_the_catalogue_is_refused(cast: Cast) -> None:
    procedure_id = a_procedure(cast)
    db.session.get_one(Procedure, procedure_id).retired = True
    db.session.commit()
    with pytest.raises(NotFound):
        take(cast, procedure_id=procedure_id)


def test_an_answer_about_the_papers_that_no_page_offers_is_refused(cast: Cast) -> None:
    with pytest.raises(NotFound):
        take(cast, procedure_id=a_procedure(cast), papers="lots")


def test_a_refused_ticket_writes_no_way_down(cast: Cast) -> None:
    with pytest.raises(PartyTooLarge):
        take(cast, procedure_id=a_procedure(cast), trying=True, party=99)
    assert steps() == []


def test_a_way_without_a_ticket_is_written_down_once(cast: Cast) -> None:
    procedure_id, asked = a_procedure(cast, post_in=True), form()
    for _ in range(2):
        open_way(cast.office, procedure_id, "online", asked, "kiosk")
    assert steps() == [("offered", "online"), ("offered", "post_in"), ("opened", "online")]
    assert db.session.query(Ticket).count() == 0
    assert {row.ticket_id for row in db.session.query(Guidance)} == {None}


@pytest.mark.parametrize("way", ["post_in", "look", "help_point", "phone", "", "elsewhere"])
def test_a_way_that_the_errand_has_not_is_refused(cast: Cast, way: str) -> None:
    with pytest.raises(NotFound):
        open_way(cast.office, a_procedure(cast), way, form(), "kiosk")
    assert steps() == []


def test_a_result_sent_by_post_takes_no_ticket(cast: Cast) -> None:
    service_id, asked = collecting(cast), form()
    for _ in range(2):
        open_return(cast.office, service_id, "post_out", asked, "kiosk")
    assert steps() == [("offered", "post_out"), ("opened", "post_out")]
    assert db.session.query(Ticket).count() == 0


def test_nothing_is_sent_where_nothing_is_collected(cast: Cast) -> None:
    with pytest.raises(NotFound):
        open_return(cast.office, cast.services["A"], "post_out", form(), "kiosk")


def test_who_collects_at_the_desk_was_offered_the_post(cast: Cast) -> None:
    collecting(cast)
    take(cast, "B")
    assert steps() == [("offered", "post_out")]


def test_an_office_does_not_send_its_visitors_to_itself(cast: Cast) -> None:
    own = db.session.get_one(Procedure, a_procedure(cast))
    a_help_point(cast, at=cast)
    assert "help_point" not in ways.of_errand(cast.office, own)
    a_help_point(cast)
    assert "help_point" in ways.of_errand(cast.office, own)


def test_those_of_the_field_are_called_first_and_those_of_another_field_never(cast: Cast) -> None:
    a_contact(cast, "1900 0000")
    a_contact(cast, "0218 1", field=" hộ tịch")
    a_contact(cast, "0218 2", field="Đất đai")
    a_contact(cast, "", field="Hộ tịch")
    asked = whom_to_ask(Snapshot(cast.office), "kiosk", "Hộ tịch")
    assert [one.phone for one in asked if one.phone] == ["0218 1", "1900 0000"]


def test_an_offer_is_told_on_its_days_and_at_its_places_alone(cast: Cast) -> None:
    today = MORNING.date()
    an_offer(cast, "post_out", "today", from_day=today, to_day=today)
    an_offer(cast, "post_out", "over", to_day=today.replace(day=22))
    an_offer(cast, "post_out", "to come", from_day=today.replace(day=24))
    an_offer(cast, None, "on the wall", places="display paper")
    an_offer(an_office("other"), "post_out", "theirs")
    seen = Snapshot(cast.office)
    assert [offer.text.vi for offer in offers(seen, "kiosk")] == ["today"]
    assert [offer.text.vi for offer in offers(seen, "paper")] == ["today", "on the wall"]
