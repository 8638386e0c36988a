"""Guessing leads nowhere and keeps nobody out; a sign-in ends when it should, whoever judges it."""

import threading
from datetime import time, timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from counter import clock, database, sessions
from counter.actions import people, signing
from counter.actions import tries as taken
from counter.actions.pins import set_pin, try_pin
from counter.actions.signing import (
    ACCOUNT,
    ADDRESS,
    COLLEAGUES,
    OWN,
    STRANGERS,
    Tried,
    begin,
    remember,
    who_signs_in,
)
from counter.database import db
from counter.models import known_browser as browsers
from counter.models import sign_in as sign_ins
from counter.models import tries
from counter.models.audit import Audit
from counter.models.known_browser import PIN_TRIES, digest
from counter.models.office import Office
from counter.models.sign_in import CODE, PASSWORD
from counter.models.staff import MANAGER, Staff
from counter.models.tries import Tries
from counter.passwords import one_time_code
from counter.sessions import Who
from queues.errors import NotFound
from queues.tries import NONE
from tests.cast import MORNING, PASSWORD_HASH, Cast, an_office, form
from tests.cast import PASSWORD as RIGHT

PIN_HASH, CLERK_PIN = PASSWORD_HASH, RIGHT
"""A PIN is compared as a password is; what it must look like is asked where it is chosen."""


def own(username: str = "quay1") -> Staff:
    db.session.rollback()
    return db.session.scalars(select(Staff).where(Staff.username == username)).one()


def guess(number: int, username: str = "quay1", browser: str = "") -> Tried:
    return who_signs_in(username, f"guess {number}", browser, f"10.1.{number // 250}.{number % 250}")


def known(username: str = "quay1", before: str = "") -> str:
    """The digest of a browser in which somebody has signed in with their password."""
    return digest(remember(own(username).id, before))


def guessed(tries: int, **more: str) -> int:
    """How many of so many guesses were looked at at all."""
    return sum(not guess(number, **more).wait for number in range(tries))


# --- guessing ---------------------------------------------------------------------------------------------------


def test_of_many_guesses_from_many_addresses_few_are_looked_at(cast: Cast) -> None:
    assert guessed(60) == ACCOUNT.burst


def test_the_owner_in_a_known_browser_is_let_in_meanwhile(cast: Cast) -> None:
    browser = known()
    guessed(20)
    assert who_signs_in("quay1", RIGHT, browser, "10.0.0.9").staff == own()


def test_a_colleague_is_let_in_at_a_browser_of_the_office_meanwhile(cast: Cast) -> None:
    browser = known("quay2")
    guessed(20)
    assert who_signs_in("quay1", RIGHT, browser, "10.0.0.9").staff == own()


def test_the_owner_at_a_new_machine_is_let_in_by_a_one_time_code(cast: Cast) -> None:
    guessed(20)
    assert who_signs_in("quay1", RIGHT, "", "10.0.0.9").wait
    code = one_time_code()
    people.give_code(cast.office, own().id, code, clock.now() + timedelta(days=1), form())
    tried = who_signs_in("quay1", code, "", "10.0.0.9")
    assert (tried.staff, tried.how) == (own(), CODE)


def test_guessing_a_code_is_counted_like_guessing_a_password(cast: Cast) -> None:
    people.give_code(cast.office, own().id, one_time_code(), clock.now() + timedelta(days=1), form())
    assert sum(not who_signs_in("quay1", one_time_code(), "", f"10.2.0.{n}").wait for n in range(20)) == ACCOUNT.burst


def test_a_name_that_nobody_has_is_counted_like_one_that_somebody_has(cast: Cast) -> None:
    looked = [guessed(12, username="nobody")]
    with clock.at(MORNING + timedelta(minutes=1)):
        looked.append(guessed(12, username="quay2"))
    assert looked == [ACCOUNT.burst, ACCOUNT.burst]


def test_one_address_guesses_at_all_accounts_together_no_more_than_at_one(cast: Cast) -> None:
    with clock.at(MORNING):
        looked = [not who_signs_in(f"quay{n}", "x", "", "10.0.0.7").wait for n in range(STRANGERS.burst)]
    assert all(looked)
    with clock.at(MORNING + timedelta(seconds=10)):
        more = [not who_signs_in(f"quay{n}", "x", "", "10.0.0.7").wait for n in range(10, 18)]
    assert sum(more) == ADDRESS.burst - STRANGERS.burst


def counted_at(address: str) -> str:
    return next(key for key, rate in signing._buckets("quay1", "", address) if rate == ADDRESS)


def test_all_addresses_of_one_customer_are_one(cast: Cast) -> None:
    assert counted_at("2001:db8:1:2:3::4") == counted_at("2001:db8:1:2::9") != counted_at("2001:db8:1:3::9")


def test_two_addresses_are_two_also_where_the_server_listens_for_both_kinds(cast: Cast) -> None:
    assert counted_at("::ffff:10.0.0.1") == counted_at("10.0.0.1") != counted_at("::ffff:203.0.113.9")


def test_strangers_cost_the_desks_only_so_much_however_many_they_are(cast: Cast) -> None:
    looked = sum(not guess(n, username=f"quay{n}").wait for n in range(40))
    assert looked == STRANGERS.burst


def test_in_a_known_browser_guessing_ends_too(cast: Cast) -> None:
    browser = known()
    assert guessed(15, browser=browser) == OWN.burst


def test_a_colleague_who_signs_in_again_and_again_has_no_new_tries_at_others(cast: Cast) -> None:
    looked = 0
    for _ in range(6):
        browser = known("quay2")
        looked += guessed(5, browser=browser)
    assert looked == OWN.burst


def test_colleagues_together_have_few_tries_at_one_account(cast: Cast) -> None:
    looked = guessed(COLLEAGUES.burst, browser=known("quay2")) + guessed(5, browser=known("quay3"))
    assert looked == COLLEAGUES.burst


def test_who_signs_in_at_a_shared_computer_has_no_new_tries_at_those_who_are_known_there(cast: Cast) -> None:
    browser = known("quay2", before=known())
    assert guessed(7, browser=browser) == 7
    browser = known("quay2", before=browser)
    assert guessed(7, browser=browser) == OWN.burst - 7


def test_the_owner_in_their_own_browser_is_let_in_while_a_colleague_guesses(cast: Cast) -> None:
    browser = known()
    guessed(20, browser=known("quay2"))
    assert who_signs_in("quay1", RIGHT, browser, "10.0.0.9").staff == own()


def test_who_has_gone_or_has_another_password_leaves_no_known_browser(cast: Cast) -> None:
    browser = known()
    people.choose_password(own().id, "bốn con trâu vàng", form())
    assert guessed(12, browser=browser) == ACCOUNT.burst


def test_what_is_right_uses_nothing_up(cast: Cast) -> None:
    for _ in range(ACCOUNT.burst + 1):
        tried = who_signs_in("quay1", RIGHT, "", "10.0.0.9")
        assert tried.staff
        begin(tried.staff, tried.how, "10.0.0.9", tried.taken)


def test_what_is_refused_writes_nothing(cast: Cast) -> None:
    guessed(10)
    before = {row.key: row.due for row in db.session.scalars(select(Tries))}
    guessed(10)
    db.session.rollback()
    assert {row.key: row.due for row in db.session.scalars(select(Tries))} == before


class NoLock(dict[object, threading.Lock]):
    """Each writes as if it were a process of its own: only the database keeps them apart."""

    def setdefault(self, _key: object, _lock: object = None) -> threading.Lock:
        return threading.Lock()


@pytest.mark.parametrize("processes", ["one process", "many processes"])
def test_of_many_at_one_moment_no_more_are_granted(
    app: Flask, cast: Cast, processes: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    granted: list[bool] = []
    if processes == "many processes":
        monkeypatch.setattr(database, "_writing", NoLock())

    def one() -> None:
        with app.app_context():
            granted.append(taken.take([("account x", ACCOUNT)]) == NONE)

    threads = [threading.Thread(target=one) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(granted) == ACCOUNT.burst


def test_while_the_database_takes_no_writes_tries_are_counted_all_the_same(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(work: object) -> None:
        raise taken.Busy

    monkeypatch.setattr(taken, "save", away)
    monkeypatch.setattr(taken, "_spare", {})
    assert sum(taken.take([("account y", ACCOUNT)]) == NONE for _ in range(9)) == ACCOUNT.burst


def test_tries_that_have_come_back_are_forgotten(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    guess(1)
    monkeypatch.setattr(signing, "_kept_at", -1e9)
    with clock.at(MORNING + timedelta(hours=1)):
        signing.keep()
        assert not tries.any_spent(clock.now())
    assert db.session.scalars(select(Tries)).all() == []


# --- how long a sign-in holds -----------------------------------------------------------------------------------


def come_in(username: str = "quay1") -> Who:
    return begin(own(username), PASSWORD, "10.0.0.9")


def holds(who: Who) -> bool:
    db.session.rollback()
    return sessions.holds(who) is not None


def test_a_sign_in_that_is_used_holds_and_one_that_is_not_ends(cast: Cast) -> None:
    used, idle = come_in(), come_in()
    with clock.at(MORNING + timedelta(minutes=29)):
        sessions.use(used)
    with clock.at(MORNING + timedelta(minutes=31)):
        assert (holds(used), holds(idle)) == (True, False)


def test_another_process_learns_that_it_was_used(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    who = come_in()
    monkeypatch.setattr(signing, "_kept_at", -1e9)
    with clock.at(MORNING + timedelta(minutes=29)):
        sessions.use(who)
        signing.keep()
    monkeypatch.setattr(sessions, "_uses", {})
    with clock.at(MORNING + timedelta(minutes=31)):
        assert holds(who)


def test_a_sign_in_ends_with_the_shift_however_much_it_is_used(cast: Cast) -> None:
    office = db.session.get_one(Office, cast.office)
    office.closes = time(16, 30)
    db.session.commit()
    who, half_past_five = come_in(), MORNING + timedelta(hours=8, minutes=49)
    for minutes in (1, -1):
        with clock.at(half_past_five - timedelta(minutes=minutes)):
            sessions.use(who)
            assert holds(who) is (minutes == 1)


@pytest.mark.parametrize("how", ["out", "everywhere", "retired", "role", "code"])
def test_a_sign_in_ends_at_once_when_somebody_ends_it(cast: Cast, how: str) -> None:
    who, other = come_in(), come_in()
    until, person = clock.now() + timedelta(days=1), {"name": "x", "role": "guide", "counter_id": None}
    if how == "out":
        signing.end(who)
    elif how == "everywhere":
        people.sign_out(cast.office, who.staff_id, form())
    elif how == "retired":
        people.retire_person(cast.office, who.staff_id, form())
    elif how == "role":
        people.change_person(cast.office, who.staff_id, person, form())
    else:
        people.give_code(cast.office, who.staff_id, one_time_code(), until, form())
    assert not holds(who)
    assert holds(other) is (how == "out")


def test_nobody_is_kept_out_because_it_cannot_be_written_down(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    def away(work: object) -> None:
        raise signing.Busy

    monkeypatch.setattr(signing, "save", away)
    assert holds(come_in())


def test_sign_ins_are_remembered_for_a_time(cast: Cast) -> None:
    come_in()
    with clock.at(MORNING + signing.REMEMBERED + timedelta(days=1)):
        come_in()
        assert len(sign_ins.last_of(own().id, 9)) == 1


# --- a quick change ---------------------------------------------------------------------------------------------


def with_pin(*usernames: str) -> str:
    """A browser in which these have signed in with their password today, each with a PIN."""
    browser = ""
    for username in usernames:
        set_pin(own(username).id, PIN_HASH, form(f"clerk {username}"))
        browser = known(username, browser)
    return browser


def by_pin(browser: str) -> list[str]:
    db.session.rollback()
    return [one.username for one, opens in browsers.of_today(browser, clock.now()) if opens]


def test_a_pin_opens_where_its_owner_has_signed_in_today(cast: Cast) -> None:
    browser = with_pin("quay1", "quay2")
    assert by_pin(browser) == ["quay1", "quay2"]
    assert try_pin(browser, own().id, CLERK_PIN).staff == own()


def test_a_pin_opens_nothing_elsewhere(cast: Cast) -> None:
    with_pin("quay1")
    elsewhere = known("quay2")
    with pytest.raises(NotFound):
        try_pin(elsewhere, own().id, CLERK_PIN)


def test_after_a_few_wrong_ones_the_password_is_asked_for(cast: Cast) -> None:
    browser = with_pin("quay1")
    left = [try_pin(browser, own().id, "no").left for _ in range(PIN_TRIES)]
    assert left == [4, 3, 2, 1, 0]
    with pytest.raises(NotFound):
        try_pin(browser, own().id, CLERK_PIN)
    browser = known("quay1", browser)
    assert try_pin(browser, own().id, CLERK_PIN).staff


def test_a_right_one_gives_the_tries_back(cast: Cast) -> None:
    browser = with_pin("quay1")
    for pin in ("no", "no", CLERK_PIN, "no"):
        opened = try_pin(browser, own().id, pin)
    assert opened.left == PIN_TRIES - 1


@pytest.mark.parametrize("what", ["shift", "password", "role", "everywhere", "retired", "code", "none", "manager"])
def test_a_pin_is_worth_nothing_any_more(cast: Cast, what: str) -> None:
    browser, staff_id, later = with_pin("quay1"), own().id, MORNING
    if what == "shift":
        later = MORNING + timedelta(hours=12, minutes=1)
    elif what == "password":
        people.choose_password(staff_id, "bốn con trâu vàng", form())
    elif what in ("role", "manager"):
        role = {"name": "x", "role": MANAGER if what == "manager" else "guide", "counter_id": None}
        people.change_person(cast.office, staff_id, role, form())
        browser = known("quay1", browser) if what == "manager" else browser
    elif what == "everywhere":
        people.sign_out(cast.office, staff_id, form())
    elif what == "retired":
        people.retire_person(cast.office, staff_id, form())
    elif what == "code":
        people.give_code(cast.office, staff_id, one_time_code(), clock.now() + timedelta(days=1), form())
    else:
        set_pin(staff_id, None, form())
    with clock.at(later):
        assert by_pin(browser) == []
        with pytest.raises(NotFound):
            try_pin(browser, staff_id, CLERK_PIN)


def test_only_people_of_one_office_are_named_at_a_computer(cast: Cast) -> None:
    an_office("xa")
    browser = with_pin("quay1")
    with clock.at(MORNING + timedelta(minutes=1)):
        set_pin(own("quay1-xa").id, PIN_HASH, form())
        browser = known("quay1-xa", browser)
        assert by_pin(browser) == ["quay1-xa"]


def test_a_browsers_name_of_before_is_worth_nothing(cast: Cast) -> None:
    copied = with_pin("quay1")
    here = known("quay2", copied)
    assert (by_pin(copied), by_pin(here)) == ([], ["quay1"])
    assert browsers.who_is_known(copied) == []


def test_a_pin_is_in_the_audit_without_itself(cast: Cast) -> None:
    with_pin("quay1")
    entry = db.session.scalars(select(Audit).order_by(Audit.number.desc())).first()
    assert entry and (entry.who, entry.after) == ("clerk quay1", {"pin_hash": "…"})
