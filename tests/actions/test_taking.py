"""Tickets by phone are counted in the ticket's own transaction: by phone and address, an hour and a day (issue 5)."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from counter import clock
from counter.actions.issue import issue
from counter.actions.perform import Asked
from counter.actions.taking import Taker
from counter.database import db
from counter.models.office import Office
from counter.models.taking import Taking
from counter.models.ticket import Ticket
from queues.errors import NotHere, PartyTooLarge, TooManyTaken
from queues.taking import ADDRESS, DAY, HOUR, PHONE
from tests.at_once import together
from tests.cast import MORNING, Cast, an_office, form


def phone(name: str = "mine", network: str = "203.0.113.7", *, here: bool = True) -> Taker:
    return Taker(name, network, here, b"key")


def take(cast: Cast, taker: Taker | None, asked: Asked | None = None, **more: int) -> int:
    return int(issue(cast.office, cast.services["A"], asked or form(), taker=taker, **more)["ticket"])


def allow(cast: Cast, **bounds: object) -> None:
    office = db.session.get_one(Office, cast.office)
    for name, value in bounds.items():
        setattr(office, name, value)
    db.session.commit()


def refused(cast: Cast, taker: Taker) -> tuple[str, str]:
    with pytest.raises(TooManyTaken) as error:
        take(cast, taker)
    return error.value.bound.by, error.value.bound.within


def counted() -> int:
    db.session.rollback()
    return db.session.scalar(select(func.count()).select_from(Taking)) or 0


def test_one_phone_takes_so_many_an_hour_and_another_goes_on(cast: Cast) -> None:
    allow(cast, phone_hour=2)
    take(cast, phone()), take(cast, phone())
    assert refused(cast, phone()) == (PHONE, HOUR)
    assert take(cast, phone("hers"))


def test_after_an_hour_it_may_again_until_the_day_is_used_up(cast: Cast) -> None:
    allow(cast, phone_hour=2, phone_day=3)
    take(cast, phone()), take(cast, phone())
    with clock.at(MORNING + timedelta(minutes=61)):
        take(cast, phone())
        assert refused(cast, phone()) == (PHONE, DAY)


def test_many_phones_behind_one_address_have_a_bound_together(cast: Cast) -> None:
    allow(cast, address_hour=3)
    for n in range(3):
        take(cast, phone(f"phone {n}"))
    assert refused(cast, phone("another")) == (ADDRESS, HOUR)
    assert take(cast, phone("another", "203.0.113.8"))


def test_at_a_machine_of_the_office_nobody_counts(cast: Cast) -> None:
    allow(cast, phone_hour=1, address_hour=1)
    take(cast, phone())
    assert refused(cast, phone())
    for _ in range(5):
        take(cast, None)
    assert counted() == 1


def test_an_address_that_says_nothing_is_not_counted(cast: Cast) -> None:
    allow(cast, address_hour=1)
    take(cast, phone("one", "")), take(cast, phone("two", ""))


def test_without_bounds_everybody_takes_what_they_want(cast: Cast) -> None:
    allow(cast, phone_hour=None, phone_day=None, address_hour=None, address_day=None)
    for _ in range(12):
        take(cast, phone())


def test_the_same_form_twice_counts_once_and_is_answered_even_when_the_bound_is_reached(cast: Cast) -> None:
    allow(cast, phone_hour=1)
    asked = form()
    assert take(cast, phone(), asked) == take(cast, phone(), asked)
    assert counted() == 1


def test_what_is_refused_counts_nothing_and_uses_no_number(cast: Cast) -> None:
    with pytest.raises(PartyTooLarge):
        take(cast, phone(), party=99)
    assert counted() == 0
    allow(cast, phone_hour=1)
    take(cast, phone())
    refused(cast, phone())
    assert db.session.get_one(Ticket, take(cast, None)).number == 2


def test_every_office_counts_for_itself(cast: Cast) -> None:
    allow(cast, phone_hour=1)
    other = an_office("xa")
    take(cast, phone())
    assert take(other, phone())


def test_neither_phone_nor_address_is_kept(cast: Cast) -> None:
    take(cast, phone())
    row = db.session.scalars(select(Taking)).one()
    kept = str({name: getattr(row, name) for name in ("phone", "address")})
    assert "mine" not in kept and "203.0.113.7" not in kept and len(row.phone) == len(row.address) == 32


def test_who_is_not_here_gets_none_where_the_office_asks_for_it(cast: Cast) -> None:
    take(cast, phone(here=False))
    allow(cast, here_code=True)
    with pytest.raises(NotHere):
        take(cast, phone(here=False))
    assert take(cast, phone()) and take(cast, None)


def test_a_script_that_sends_all_at_once_gets_no_more(cast: Cast) -> None:
    allow(cast, phone_hour=3)

    def one(_n: int) -> bool:
        try:
            take(cast, phone())
        except TooManyTaken:
            return False
        return True

    assert sum(together(12, one)) == 3
