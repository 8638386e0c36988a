"""What is no longer needed goes once a night; what is needed stays, and the audit's chain stays whole (issue 5)."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import select, update

from counter import clock
from counter.actions import clean_up as cleaning
from counter.actions import house
from counter.actions.call import begin, call_next, finish
from counter.actions.clean_up import ADDRESSES_KEPT, ANSWERS_KEPT, LINKS_KEPT, Cleaned, clean_up, tonight
from counter.actions.online import done_online
from counter.actions.perform import Asked
from counter.actions.settings import set_office
from counter.actions.taking import Taker
from counter.database import db
from counter.models import sealed
from counter.models import ticket as tickets
from counter.models.audit import Audit
from counter.models.operation import Operation
from counter.models.taking import Taking
from counter.models.ticket import Ticket
from queues.errors import NotFound
from tests.actions.test_issue import take
from tests.at_once import together
from tests.cast import MORNING, Cast, form

NOTHING = Cleaned(0, 0, 0, 0, 0)
DAY = timedelta(days=1)
NIGHT = MORNING - timedelta(hours=5)
"""A quarter to four in Hà Nội."""


@contextmanager
def later(by: timedelta) -> Iterator[None]:
    with clock.at(MORNING + by):
        yield


def ended(cast: Cast) -> int:
    ticket = take(cast)
    call_next(cast.counters[1], form())
    begin(ticket, form())
    finish(ticket, form())
    return ticket


def token(ticket: int) -> str:
    db.session.rollback()
    db.session.expire_all()
    return db.session.get_one(Ticket, ticket).token


def test_what_is_of_today_stays(cast: Cast) -> None:
    ended(cast)
    house.set_people_at(cast.counters[1], 1, Asked("manager lan", "one", "10.0.0.7"))
    assert clean_up() == NOTHING


def test_kept_answers_go_after_two_days_however_many(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cleaning, "AT_ONCE", 2)
    for _ in range(5):
        take(cast)
    with later(ANSWERS_KEPT - DAY):
        take(cast)
    with later(ANSWERS_KEPT + timedelta(minutes=1)):
        assert clean_up().answers == 5
    assert len(db.session.scalars(select(Operation)).all()) == 1


def test_counts_of_tickets_by_phone_go(cast: Cast) -> None:
    take(cast, taker=Taker("mine", "203.0.113.7", True, b"key"))
    with later(3 * DAY):
        assert clean_up().counts == 1
    assert db.session.scalars(select(Taking)).all() == []


def test_the_link_of_an_old_visit_opens_nothing_and_the_ticket_stays(cast: Cast) -> None:
    ticket = ended(cast)
    before = token(ticket)
    with later(LINKS_KEPT + 2 * DAY):
        assert clean_up().links == 1
        assert clean_up().links == 0
    with pytest.raises(NotFound):
        tickets.by_token(before)
    assert token(ticket) not in ("", before) and len(token(ticket)) > 20
    assert db.session.get_one(Ticket, ticket).printed == "A001"


def test_who_still_waits_keeps_the_link_however_old(cast: Cast) -> None:
    ticket = take(cast)
    before = token(ticket)
    with later(LINKS_KEPT + 2 * DAY):
        assert clean_up().links == 0
    assert token(ticket) == before


def test_each_of_many_gets_a_token_of_its_own_and_the_file_number_goes(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cleaning, "AT_ONCE", 2)
    own = [take(cast) for _ in range(5)]
    for ticket in own:
        done_online(ticket, "H42.19-261123-0007", form())
    with later(LINKS_KEPT + 2 * DAY):
        assert clean_up().links == 5
    assert len({token(ticket) for ticket in own}) == 5
    assert {db.session.get_one(Ticket, ticket).file_number for ticket in own} == {None}


def entry(cast: Cast, address: str = "10.0.0.7") -> None:
    people = 1 + (len(db.session.scalars(select(Audit)).all()) % 2)
    house.set_people_at(cast.counters[1], people, Asked("manager lan", f"form {people} {clock.now()}", address))


def addresses() -> list[str]:
    db.session.rollback()
    db.session.expire_all()
    return list(db.session.scalars(select(Audit.address).order_by(Audit.number)))


def test_addresses_in_the_audit_go_and_its_chain_stays_whole(cast: Cast) -> None:
    entry(cast)
    with later(ADDRESSES_KEPT):
        entry(cast, "10.0.0.8")
    with later(ADDRESSES_KEPT + DAY):
        assert clean_up().addresses == 1
        assert clean_up().addresses == 0
    assert addresses() == ["", "10.0.0.8"]
    assert sealed.first_broken(cast.office) is None


@pytest.mark.parametrize(
    "changed",
    [{"address": "10.0.0.9"}, {"salt": "x"}, {"address_seal": "x"}, {"address": ""}, {"salt": "", "address_seal": ""}],
    ids=str,
)
def test_an_address_that_was_altered_is_found(cast: Cast, changed: dict[str, str]) -> None:
    entry(cast), entry(cast)
    db.session.execute(update(Audit).where(Audit.number == 1).values(**changed))
    db.session.commit()
    assert sealed.first_broken(cast.office) == 1


def test_an_address_put_in_where_one_was_forgotten_is_found(cast: Cast) -> None:
    entry(cast)
    with later(ADDRESSES_KEPT + DAY):
        clean_up()
    db.session.execute(update(Audit).values(address="10.0.0.9"))
    db.session.commit()
    assert sealed.first_broken(cast.office) == 1


def test_once_a_night_and_by_one_process(cast: Cast) -> None:
    assert at(NIGHT) == NOTHING
    assert at(NIGHT + timedelta(minutes=5)) is None
    assert at(NIGHT + DAY) == NOTHING


def test_of_many_processes_that_ask_at_once_one_does_it(cast: Cast) -> None:
    with clock.at(NIGHT):
        assert sorted(together(6, lambda _n: tonight() is not None)) == [False] * 5 + [True]


def test_in_the_evening_nothing_is_due_and_a_machine_that_was_off_does_it_in_the_morning(cast: Cast) -> None:
    assert at(NIGHT) == NOTHING
    assert at(NIGHT + timedelta(hours=21)) is None  # shortly before one at night
    assert at(NIGHT + timedelta(hours=29)) == NOTHING


def test_a_clock_that_was_just_put_is_not_believed(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cleaning, "is_still", lambda: False)
    assert at(NIGHT) is None


def at(moment: datetime) -> Cleaned | None:
    with clock.at(moment):
        return tonight()


def test_by_hand_it_says_how_much_has_gone(app: Flask, cast: Cast) -> None:
    take(cast)
    with later(3 * DAY):
        said = app.test_cli_runner().invoke(args=["clean-up"]).output
    assert said.splitlines()[0] == "kept answers older than 2 days: 1" and len(said.splitlines()) == 5


def test_the_log_says_every_night_where_the_audit_ends(cast: Cast, caplog: pytest.LogCaptureFixture) -> None:
    set_office(cast.office, {"ratio": 7}, form())
    with caplog.at_level("INFO"):
        at(NIGHT)
    (end,) = sealed.ends()
    said = [vars(record)["about"] for record in caplog.records if record.getMessage() == "the audit ends"]
    assert said == [{"chain": cast.office, "entries": 1, "seal": end.seal}]
