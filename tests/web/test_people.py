"""The manager lets people in; each chooses a password that the manager does not know; who goes is out at once."""

import re
from datetime import timedelta
from unittest.mock import patch

import pytest
from flask import Flask
from sqlalchemy import select

from counter import clock
from counter.actions import people
from counter.database import db
from counter.models.audit import Audit
from counter.models.operation import Operation
from counter.models.staff import Staff
from counter.passwords import FOR_LETTERS, GOOD_FOR, MEASURED, STANDING, one_time_code, weakness
from queues.errors import LastManager
from tests.cast import MORNING, Cast, an_office, form, hire
from tests.pages import Page, PageClient

PEOPLE = "/offices/demo/settings/people"
GOOD = "bốn con trâu vàng"


@pytest.fixture
def manager(app: Flask, cast: Cast) -> PageClient:
    manager = PageClient(app)
    manager.sign_in("quanly")
    return manager


def let_in(manager: PageClient, **fields: str) -> Page:
    filled = {"name": "Lan", "username": "lan.nguyen", "role": "clerk", "counter": "", **fields}
    return manager.send(manager.get(PEOPLE).form("/people"), **filled)


def code_on(page: Page) -> str:
    return " ".join(page.all('//*[@class="one-time-code"]/text()')).strip()


def account(username: str = "lan.nguyen") -> Staff:
    db.session.rollback()
    return db.session.scalars(select(Staff).where(Staff.username == username)).one()


def choose(client: PageClient, password: str = GOOD, again: str = GOOD, current: str = "") -> Page:
    form = client.get("/session").form("/session/password")
    return client.send(form, password=password, again=again, current=current)


def signed_in(app: Flask, code: str, username: str = "lan.nguyen") -> PageClient:
    client = PageClient(app)
    client.sign_in(username, code)
    return client


def test_somebody_new_comes_in_with_the_code_and_chooses_a_password(manager: PageClient, cast: Cast) -> None:
    code = code_on(let_in(manager, counter=str(cast.counters[1])))
    lan = signed_in(manager.app, code)
    assert "/session/password" in lan.get("/session").text
    page = choose(lan)
    assert page.status == 200 and account().one_time_until is None
    lan.get(f"/counters/{cast.counters[1]}")
    assert signed_in(manager.app, GOOD).get(f"/counters/{cast.counters[1]}").status == 200


def test_the_code_is_kept_nowhere(manager: PageClient) -> None:
    code = code_on(let_in(manager))
    kept = [str(vars(row)) for table in (Staff, Operation, Audit) for row in db.session.scalars(select(table))]
    assert code and not any(code in row for row in kept)
    assert code not in manager.get(PEOPLE).text


def test_with_the_code_a_password_is_chosen_and_nothing_else_is_done(manager: PageClient, cast: Cast) -> None:
    lan = signed_in(manager.app, code_on(let_in(manager, counter=str(cast.counters[1]))))
    assert lan.open(f"/counters/{cast.counters[1]}").status_code == 303
    token = {"csrf_token": lan.token()}
    assert lan.post(f"/counters/{cast.counters[1]}/calls", **token).status == 401


def test_the_code_is_good_once_and_for_a_time(manager: PageClient) -> None:
    code = code_on(let_in(manager))
    choose(signed_in(manager.app, code))
    assert PageClient(manager.app).sign_in("lan.nguyen", code).status == 401
    code = code_on(manager.send(manager.get(PEOPLE).form(f"/people/{account().id}/code")))
    with clock.at(MORNING + GOOD_FOR + timedelta(minutes=1)):
        assert PageClient(manager.app).sign_in("lan.nguyen", code).status == 401


@pytest.mark.parametrize(
    ("password", "again", "field"),
    [
        ("ngắn quá", "ngắn quá", "password"), ("1234567890", "1234567890", "password"),
        ("matkhau123", "matkhau123", "password"), ("lan.nguyen", "lan.nguyen", "password"),
        ("qwertyuiop", "qwertyuiop", "password"), ("x" * 201, "x" * 201, "password"), (GOOD, "khác", "again"),
    ],
)  # fmt: skip
def test_a_password_that_is_no_good_is_told_at_its_field(
    manager: PageClient, password: str, again: str, field: str
) -> None:
    lan = signed_in(manager.app, code_on(let_in(manager)))
    page = choose(lan, password, again)
    assert page.status == 422 and page.all(f'//*[@id="{field}-wrong"]')
    assert account().one_time_until is not None


def test_another_password_signs_out_everywhere_else(manager: PageClient, cast: Cast) -> None:
    code = code_on(let_in(manager, counter=str(cast.counters[1])))
    here = signed_in(manager.app, code)
    choose(here)
    there = signed_in(manager.app, GOOD)
    choose(here, "năm con trâu đen", "năm con trâu đen", current=GOOD)
    assert here.open(f"/counters/{cast.counters[1]}").status_code == 200
    assert there.open(f"/counters/{cast.counters[1]}").status_code == 303


def test_at_an_open_desk_nobody_takes_the_account_over(manager: PageClient) -> None:
    lan = signed_in(manager.app, code_on(let_in(manager)))
    choose(lan)
    page = choose(lan, "năm con trâu đen", "năm con trâu đen", current="không biết")
    assert page.status == 422 and page.all('//*[@id="current-wrong"]')
    assert signed_in(manager.app, GOOD).get("/session").all("//form[contains(@action, '/session/password')]")


def test_the_code_itself_is_no_password(manager: PageClient) -> None:
    code = code_on(let_in(manager))
    page = choose(signed_in(manager.app, code), code, code)
    assert page.status == 422 and page.all('//*[@id="password-wrong"]')


def test_the_same_form_twice_gives_a_second_code_that_opens(manager: PageClient) -> None:
    form = manager.get(PEOPLE).form("/people")
    fields = {"name": "Lan", "username": "lan.nguyen", "role": "clerk", "counter": ""}
    first, second = (code_on(manager.send(form, **fields)) for _ in range(2))
    assert first and second and first != second
    assert PageClient(manager.app).sign_in("lan.nguyen", first).status == 401
    assert "/session/password" in signed_in(manager.app, second).get("/session").text


def test_a_manager_who_has_chosen_no_password_yet_is_no_other_manager(manager: PageClient) -> None:
    let_in(manager, role="manager")
    page = manager.post(f"{PEOPLE}/{account('quanly').id}", csrf_token=manager.token(), _method="DELETE")
    assert page.status == 409


@pytest.mark.parametrize("easy", ["nguyenvanminh", "Nguyễn Văn Minh", "minhnguyen1", "hnimnavneyugn", "tanhoa2026"])
def test_ones_own_name_is_easily_guessed(easy: str) -> None:
    assert weakness(easy, "minh.nguyen", "Nguyễn Văn Minh", "tan-hoa") in ("easy", "short")


@pytest.mark.parametrize("done", ["code", "sessions", "leave", "role"])
def test_whoever_is_changed_is_signed_out_at_once(manager: PageClient, cast: Cast, done: str) -> None:
    desk = f"/counters/{cast.counters[1]}"
    lan = signed_in(manager.app, code_on(let_in(manager, counter=str(cast.counters[1]))))
    choose(lan)
    assert lan.open(desk).status_code == 200
    own, page = account().id, manager.get(PEOPLE)
    if done == "leave":
        manager.send(page.form(f"/people/{own}", delete=True))
    elif done == "role":
        manager.send(page.form(f"/people/{own}"), role="guide", counter="")
    else:
        manager.send(page.form(f"/people/{own}/{done}"))
    assert lan.open(desk).status_code == 303


def test_who_works_here_no_longer_does_not_come_in_again(manager: PageClient) -> None:
    lan = signed_in(manager.app, code_on(let_in(manager)))
    choose(lan)
    manager.send(manager.get(PEOPLE).form(f"/people/{account().id}", delete=True))
    assert PageClient(manager.app).sign_in("lan.nguyen", GOOD).status == 401
    assert not manager.get(PEOPLE).all(f'//*[@id="person-{account().id}-row"]')


def test_who_has_gone_works_here_again_under_their_own_name(manager: PageClient) -> None:
    lan = signed_in(manager.app, code_on(let_in(manager)))
    choose(lan)
    gone = account().id
    manager.send(manager.get(PEOPLE).form(f"/people/{gone}", delete=True))
    refused = let_in(manager, name="Another Lan")
    assert refused.status == 409 and "Lan" in str(refused.all('//*[@id="person-username-wrong"]/text()'))
    code = code_on(manager.send(manager.get(PEOPLE).form(f"/people/{gone}/return")))
    choose(signed_in(manager.app, code))
    assert (account().id, account().retired) == (gone, False)


def test_who_works_here_is_not_let_in_again(manager: PageClient) -> None:
    let_in(manager)
    for person in (account().id, 99):
        assert manager.post(f"{PEOPLE}/{person}/return", csrf_token=manager.token()).status == 404


def test_a_user_name_is_given_once_in_the_whole_installation(manager: PageClient) -> None:
    an_office("xa")
    page = let_in(manager, username="quanly-xa")
    assert page.status == 409 and page.all('//*[@id="person-username-wrong"]')


@pytest.mark.parametrize(
    ("field", "typed"), [("username", "Nguyễn"), ("username", "a"), ("username", "x" * 41), ("name", "")]
)
def test_a_mistake_is_told_at_its_field(manager: PageClient, field: str, typed: str) -> None:
    page = let_in(manager, **{field: typed})
    assert page.status == 422 and page.all(f'//*[@id="person-{field}-wrong"]')


def test_a_guide_has_no_counter(manager: PageClient, cast: Cast) -> None:
    let_in(manager, role="guide", counter=str(cast.counters[1]))
    assert account().counter_id is None


def test_an_office_keeps_a_manager(manager: PageClient) -> None:
    me = account("quanly").id
    token = manager.token()
    page = manager.post(f"{PEOPLE}/{me}", csrf_token=token, _method="DELETE")
    assert page.status == 409 and "quản lý cuối cùng" in page.said()
    page = manager.post(f"{PEOPLE}/{me}", csrf_token=token, name="Q", role="guide", counter="")
    assert page.status == 409


def test_at_an_open_desk_nobody_gets_a_code_for_its_owner(manager: PageClient) -> None:
    hire(account("quanly").office_id, "manager", "hai.tran")
    me = account("quanly").id
    assert manager.post(f"{PEOPLE}/{me}/code", csrf_token=manager.token()).status == 404
    assert account("quanly").one_time_until is None
    assert not manager.get(PEOPLE).has_form(f"/people/{me}/code")


def test_an_office_is_never_left_to_a_code_alone(cast: Cast) -> None:
    with pytest.raises(LastManager):
        people.give_code(cast.office, account("quanly").id, "code", MORNING + timedelta(days=1), form())


def test_nobody_of_another_office_is_changed(manager: PageClient) -> None:
    an_office("xa")
    other, token = account("quanly-xa").id, manager.token()
    for address in (f"{PEOPLE}/{other}", f"{PEOPLE}/{other}/code", f"{PEOPLE}/{other}/sessions"):
        page = manager.post(address, csrf_token=token, name="x", role="guide", counter="")
        assert page.status == 404
    assert manager.post(f"{PEOPLE}/{other}", csrf_token=token, _method="DELETE").status == 404


def test_a_clerk_sits_at_a_counter_of_the_own_office(manager: PageClient) -> None:
    other = an_office("xa")
    assert let_in(manager, counter=str(other.counters[1])).status == 404


def test_the_last_sign_in_is_shown(manager: PageClient) -> None:
    assert "23/11/2026 08:41" in manager.get(PEOPLE).text


def test_codes_are_read_without_doubt_and_differ() -> None:
    codes = {one_time_code() for _ in range(200)}
    assert len(codes) == 200
    assert all(re.fullmatch(r"([a-hjkmnp-z2-9]{4}-){2}[a-hjkmnp-z2-9]{4}", code) for code in codes)


@pytest.mark.parametrize("good", [GOOD, "cà phê sữa đá sáng thứ hai", "kR7#vLq2pZ", "một hai ba bốn năm sáu"])
def test_what_is_long_and_not_common_is_taken(good: str) -> None:
    assert weakness(good, "lan", "Lan") is None


def test_of_a_long_password_of_signs_for_letters_only_a_few_are_read_as_letters() -> None:
    measured: list[str] = []
    with patch("zxcvbn.zxcvbn", lambda own, **_more: measured.append(own) or {"score": 4}):
        assert weakness("4@8({[<369!1|70$5+%2" * 10) is None
    assert len(measured[0]) == MEASURED
    assert len(set(measured[0]) & FOR_LETTERS) == STANDING
    assert len(set(measured[0])) == 20, "what was different still is"


@pytest.mark.parametrize("easy", ["matkhaumatkhaumatkhaumatkhau", "p@ssw0rdp@ssw0rd", "m4tkh4u2026"])
def test_what_is_said_again_and_what_stands_for_letters_is_easy(easy: str) -> None:
    assert weakness(easy) == "easy"


def test_a_manager_lets_nobody_in_again_who_is_more(manager: PageClient, cast: Cast) -> None:
    let_in(manager, name="Hải", username="hai.tran")
    gone = account("hai.tran")
    gone.role, gone.retired = "administrator", True
    db.session.commit()
    page = manager.post(f"{PEOPLE}/{gone.id}/return", csrf_token=manager.token())
    assert page.status == 403 and not code_on(page)
    assert account("hai.tran").retired


def test_signing_somebody_out_everywhere_is_in_the_audit(manager: PageClient) -> None:
    let_in(manager)
    manager.send(manager.get(PEOPLE).form(f"/people/{account().id}/sessions"))
    db.session.rollback()
    entry = db.session.query(Audit).order_by(Audit.number.desc()).first()
    assert entry and (entry.what, entry.who, entry.before) == ("sessions", "manager quanly", {"username": "lan.nguyen"})
    assert "lan.nguyen" in manager.get("/offices/demo/settings/audit").text
