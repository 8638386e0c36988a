"""Signing in: guessed at in vain, ended in time, changed by PIN; and who sits where."""

import re
import time
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from counter import clock
from counter.actions import people
from counter.actions.settings import set_office
from counter.actions.signing import ACCOUNT
from counter.database import db
from counter.models.audit import Audit
from counter.models.sign_in import SignIn
from counter.models.staff import ADMINISTRATOR, COORDINATOR, MANAGER, Staff
from counter.passwords import one_time_code
from counter.web.browser import COOKIE
from tests.cast import MORNING, PASSWORD, Cast, an_office, form
from tests.pages import Page, PageClient

NUMBER = "7351"
SIGN_INS, TODAY = "/offices/demo/settings/sign-ins", "/offices/demo/settings/today"


@pytest.fixture
def desk(app: Flask, cast: Cast) -> PageClient:
    """A computer at which two clerks work; the second is signed in, and both have a PIN."""
    desk = PageClient(app)
    for username in ("quay1", "quay2"):
        sign_in_at(desk, username)
        choose_pin(desk)
    return desk


def sign_in_at(desk: PageClient, username: str) -> Page:
    """By password, whoever is signed in there now."""
    form = desk.get(f"/session?username={username}").form("/session")
    return desk.send(form, username=username, password=PASSWORD)


def choose_pin(desk: PageClient, pin: str = NUMBER, again: str = "", current: str = PASSWORD) -> Page:
    return desk.send(desk.get("/session").form("/session/pin"), pin=pin, pin_again=again or pin, current=current)


def account(username: str = "quay1") -> Staff:
    db.session.rollback()
    return db.session.scalars(select(Staff).where(Staff.username == username)).one()


def change_to(desk: PageClient, username: str = "quay1", pin: str = NUMBER) -> Page:
    address = f"/session/people/{account(username).id}"
    assert address in desk.get("/session").text
    return desk.send(desk.get(address).form(address), pin=pin)


def who(desk: PageClient) -> str:
    return "".join(desk.get("/session").all('//*[@class="sign-who"]/b/text()'))


# --- guessing ---------------------------------------------------------------------------------------------------


def test_a_script_from_many_addresses_gets_nowhere_and_keeps_nobody_out(app: Flask, cast: Cast) -> None:
    owner, clerk, script = PageClient(app), PageClient(app), PageClient(app)
    owner.sign_in("quay1")
    owner.send(owner.get("/session").form("/session", delete=True))
    clerk.sign_in("quay2")
    answers = guess(script, 300)
    assert set(answers) == {401, 429} and answers.count(401) == ACCOUNT.burst
    assert owner.sign_in("quay1").response.request.path == f"/counters/{cast.counters[1]}"
    assert clerk.get(f"/counters/{cast.counters[2]}").status == 200


def guess(script: PageClient, times: int) -> list[int]:
    """Guess as fast as it goes, each time from another address; says what it came to."""
    fields, began = {"csrf_token": script.token(), "username": "quay1"}, time.monotonic()
    answers = [
        script.open(
            "/session", "POST", data={**fields, "password": f"guess {n}"}, headers={"X-Forwarded-For": f"127.0.0.{n}"},
            environ_base={"REMOTE_ADDR": f"10.{n // 200}.0.{n % 200}"},
        ).status_code
        for n in range(times)
    ]  # fmt: skip
    print(f"{times / (time.monotonic() - began):.0f} guesses a second")
    return answers


def test_who_tries_too_often_is_told_how_long_to_wait_and_what_to_do(client: PageClient, cast: Cast) -> None:
    for n in range(ACCOUNT.burst):
        client.sign_in("quay1", f"guess {n}")
    page = client.sign_in("quay1", "guess")
    assert page.status == 429 and 200 < int(page.response.headers["Retry-After"]) <= 300
    assert re.search(r"5 (minutes|phút)", page.said())
    assert page.all('//input[@name="username"]/@value') == ["quay1"]


def test_a_stranger_learns_of_nobody(client: PageClient, desk: PageClient) -> None:
    assert "quay1" not in client.get("/session").text
    for staff_id in (account().id, 999):
        client.get(f"/session/people/{staff_id}", status=404)
        assert client.post(f"/session/people/{staff_id}", csrf_token=client.token(), pin=NUMBER).status == 404
    said = [client.sign_in(name, "wrong").said() for name in ("quay1", "nobody")]
    assert said[0] == said[1]


def test_the_cookie_that_knows_a_browser_is_kept_from_scripts_and_other_sites(desk: PageClient) -> None:
    cookie = desk.http.get_cookie(COOKIE)
    assert cookie and cookie.http_only and cookie.same_site == "Lax"


# --- a sign-in ends ---------------------------------------------------------------------------------------------


def test_a_desk_that_is_only_watched_is_signed_out(client: PageClient, cast: Cast) -> None:
    desk = f"/counters/{cast.counters[1]}"
    client.sign_in("quay1")
    for minutes in (10, 20, 29):
        with clock.at(MORNING + timedelta(minutes=minutes)):
            client.get(f"{desk}/desk")
    with clock.at(MORNING + timedelta(minutes=31)):
        assert client.open(f"{desk}/desk").status_code == 303
        assert client.open(desk).status_code == 303


def test_a_lobby_screen_in_a_managers_browser_keeps_nobody_signed_in(client: PageClient, cast: Cast) -> None:
    set_office(cast.office, {"here_code": True}, form())
    client.sign_in("quanly")
    for minutes in (10, 20, 29):
        with clock.at(MORNING + timedelta(minutes=minutes)):
            assert client.open("/offices/demo/display/here.svg").status_code == 200
    with clock.at(MORNING + timedelta(minutes=31)):
        assert client.open("/offices/demo/settings").status_code == 303


def test_a_desk_that_is_used_stays(client: PageClient, cast: Cast) -> None:
    client.sign_in("quay1")
    for minutes in (20, 40, 60):
        with clock.at(MORNING + timedelta(minutes=minutes)):
            client.get(f"/counters/{cast.counters[1]}")


def test_the_manager_sets_when_and_it_holds_at_once(client: PageClient, app: Flask, cast: Cast) -> None:
    clerk = PageClient(app)
    clerk.sign_in("quay1"), client.sign_in("quanly")
    client.send(client.get(SIGN_INS).form("/sign-ins"), idle_minutes="5", shift_end="17:30")
    with clock.at(MORNING + timedelta(minutes=6)):
        assert clerk.open(f"/counters/{cast.counters[1]}").status_code == 303


@pytest.mark.parametrize(
    ("field", "typed"), [("idle_minutes", "4"), ("idle_minutes", "241"), ("idle_minutes", ""), ("shift_end", "25:00")]
)
def test_a_mistake_is_told_at_its_field(client: PageClient, cast: Cast, field: str, typed: str) -> None:
    client.sign_in("quanly")
    page = client.send(client.get(SIGN_INS).form("/sign-ins"), **{field: typed})
    assert page.status == 422 and page.all(f'//*[@id="signing-{field}-wrong"]')


# --- a quick change ---------------------------------------------------------------------------------------------


def test_a_clerk_changes_places_by_pin_and_what_is_done_is_theirs(desk: PageClient, cast: Cast) -> None:
    page = change_to(desk)
    assert page.response.request.path == f"/counters/{cast.counters[1]}"
    choose_pin(desk, "59183")
    db.session.rollback()
    entry = db.session.scalars(select(Audit).order_by(Audit.id.desc())).first()
    assert entry and entry.who == "clerk quay1"
    assert desk.open(f"/counters/{cast.counters[2]}").status_code == 403


def test_whoever_was_there_before_is_signed_out(desk: PageClient) -> None:
    change_to(desk)
    db.session.rollback()
    open_ones = db.session.scalars(select(SignIn.staff_id).where(SignIn.ended.is_(None))).all()
    assert open_ones == [account().id]


def test_signed_out_the_names_of_today_are_there_to_be_pressed(desk: PageClient) -> None:
    page = desk.send(desk.get("/session").form("/session", delete=True))
    names = [str(text).strip() for text in page.all('//*[@class="sign-people"]//a/text()') if str(text).strip()]
    assert names == ["quay1", "quay2"]
    change_to(desk, "quay2")
    assert who(desk) == "quay2"


def test_a_wrong_pin_says_how_many_tries_are_left_and_then_asks_for_the_password(desk: PageClient) -> None:
    pages = [change_to(desk, pin="0001") for _ in range(4)]
    left = [re.findall(r"\d", "".join(page.all('//*[@id="pin-wrong"]//text()'))) for page in pages]
    assert left == [["4"], ["3"], ["2"], ["1"]] and {page.status for page in pages} == {401}
    page = change_to(desk, pin="0001")
    assert page.response.request.path == "/session" and page.all('//input[@name="username"]/@value') == ["quay1"]
    assert who(desk) == "quay2"
    desk.get(f"/session/people/{account().id}", status=404)


def test_after_the_shift_the_password_is_asked_for(desk: PageClient) -> None:
    with clock.at(MORNING + timedelta(hours=12, minutes=1)):
        assert "sign-people" not in desk.get("/session").text
        desk.get(f"/session/people/{account().id}", status=404)


def test_names_are_taken_off_a_computer(desk: PageClient) -> None:
    page = desk.send(desk.get("/session").form("/session", delete=True))
    desk.send(page.form("/session/people", delete=True))
    assert "sign-people" not in desk.get("/session").text


@pytest.mark.parametrize(
    ("pin", "again", "current", "field"),
    [
        ("123", "", PASSWORD, "pin"), ("1234", "", PASSWORD, "pin"), ("1990", "", PASSWORD, "pin"),
        ("8046", "8047", PASSWORD, "pin_again"), ("8046", "", "wrong", "pin-current"),
    ],
)  # fmt: skip
def test_a_pin_that_is_no_good_is_told_at_its_field(
    desk: PageClient, pin: str, again: str, current: str, field: str
) -> None:
    page = choose_pin(desk, pin, again, current)
    assert page.status == 422 and page.all(f'//*[@id="{field}-wrong"]')


def test_at_an_open_desk_nobody_guesses_the_password(desk: PageClient) -> None:
    kept = account("quay2").pin_hash
    for n in range(7):
        page = choose_pin(desk, "8046", current=f"guess {n}")
    assert re.search(r"\d+ (second|minute|giây|phút)", "".join(page.all('//*[@id="pin-current-wrong"]//text()')))
    assert choose_pin(desk, "8046").status == 422 and account("quay2").pin_hash == kept


def test_one_may_have_no_pin_any_more(desk: PageClient) -> None:
    desk.send(desk.get("/session").form("/session/pin", delete=True), current=PASSWORD)
    assert account("quay2").pin_hash is None


@pytest.mark.parametrize("role", [MANAGER, COORDINATOR, ADMINISTRATOR])
def test_who_sets_an_office_or_sees_them_all_has_no_pin(client: PageClient, cast: Cast, role: str) -> None:
    account("quanly").role = role
    db.session.commit()
    client.sign_in("quanly")
    assert not client.get("/session").has_form("/session/pin")
    page = client.post("/session/pin", csrf_token=client.token(), pin=NUMBER, pin_again=NUMBER, current=PASSWORD)
    assert page.status == 404 and account("quanly").pin_hash is None


@pytest.mark.parametrize("address", ["/session/pin", "/session/people", "/session/people/1", "/session"])
def test_without_the_forms_token_nothing_is_done(desk: PageClient, address: str) -> None:
    assert desk.post(address, pin=NUMBER, username="quay1", password=PASSWORD).status == 400


# --- what is shown ----------------------------------------------------------------------------------------------


def test_ones_last_sign_in_is_told_and_listed(client: PageClient, cast: Cast) -> None:
    client.sign_in("quanly")
    with clock.at(MORNING + timedelta(hours=1)):
        page = sign_in_at(client, "quanly")
        assert "23/11/2026 08:41" in page.said() and "127.0.0.1" in page.said()
        assert len(client.get("/session").all('//*[contains(@class, "sign-last")]//li')) == 2


def test_the_manager_sees_who_sits_where(client: PageClient, app: Flask, cast: Cast) -> None:
    clerk = PageClient(app)
    clerk.sign_in("quay1"), client.sign_in("quanly")
    rows = {str(row.get("id")): " ".join(row.itertext()) for row in client.get(TODAY).all("//li[@id]")}
    assert "08:41" in rows[f"counter-{cast.counters[1]}"] and "quay1" in rows[f"counter-{cast.counters[1]}"]
    assert "08:41" not in rows[f"counter-{cast.counters[2]}"] and "quay2" in rows[f"counter-{cast.counters[2]}"]
    clerk.send(clerk.get("/session").form("/session", delete=True))
    assert "08:41" not in " ".join(client.get(TODAY).all(f'//li[@id="counter-{cast.counters[1]}"]')[0].itertext())


@pytest.mark.parametrize("address", [SIGN_INS, TODAY])
def test_these_pages_are_the_managers_of_the_office(client: PageClient, cast: Cast, address: str) -> None:
    an_office("xa")
    client.sign_in("quay1")
    client.get(address, status=403)
    sign_in_at(client, "quanly-xa")
    client.get(address, status=404)


# --- what else ----------------------------------------------------------------------------------------------


def states(desk: PageClient) -> list[str]:
    """Which of one's sign-ins still last, the last first."""
    return [str(state) for state in desk.get("/session").all('//*[@class="sign-state"]/text()')]


def test_one_signs_out_everywhere_else_with_the_password_and_stays_here(app: Flask, desk: PageClient) -> None:
    other = PageClient(app)
    other.sign_in("quay2")
    assert sorted(states(desk)) == ["chưa đăng xuất", "máy này, hiện tại"]
    wrong = desk.send(desk.get("/session").form("/session/elsewhere"), current="wrong words")
    assert wrong.status == 422 and wrong.all('//*[@id="elsewhere-current-wrong"]')
    assert other.open("/counters/2").status_code == 200
    desk.send(desk.get("/session").form("/session/elsewhere"), current=PASSWORD)
    assert other.open("/counters/2").status_code == 303
    assert desk.open("/counters/2").status_code == 200
    assert states(desk) == ["máy này, hiện tại"], "what was signed out is shown as ended"


def test_who_is_not_signed_in_ends_nothing(client: PageClient, cast: Cast) -> None:
    answer = client.open("/session/elsewhere", "POST", data={"csrf_token": client.token(), "current": PASSWORD})
    assert (answer.status_code, answer.headers["Location"]) == (303, "/session")


def test_a_password_is_taken_exactly_as_it_was_typed(client: PageClient, cast: Cast) -> None:
    assert [client.sign_in("quay1", typed).status for typed in (f"{PASSWORD} ", PASSWORD)] == [401, 200]


def test_cookies_and_form_tokens_are_signed_with_sha_256(app: Flask, client: PageClient, cast: Cast) -> None:
    client.get("/session")
    cookie = client.http.get_cookie(app.config["SESSION_COOKIE_NAME"])
    assert cookie is not None
    for signed in (cookie.value, client.token()):
        assert len(signed.rpartition(".")[2]) == 43, "32 bytes in base64; SHA-1 would be 27 characters"


@pytest.mark.parametrize("read", ["/offices/demo/tickets?picture=1", "/static/css/office.css", "/session"])
def test_what_is_only_read_sends_no_cookie_that_could_come_late_and_undo_what_was_kept(
    client: PageClient, cast: Cast, read: str
) -> None:
    client.sign_in("quanly")
    client.get("/session")
    with client.http.get(read) as answer:
        assert answer.status_code == 200 and "Set-Cookie" not in answer.headers


def test_a_proof_and_a_pin_that_were_wrong_are_lines_of_the_log(
    desk: PageClient, caplog: pytest.LogCaptureFixture
) -> None:
    desk.send(desk.get("/session").form("/session/elsewhere"), current="wrong words")
    change_to(desk, pin="9999")
    said = {line.getMessage(): line.about for line in caplog.records if line.levelname == "WARNING"}  # type: ignore[attr-defined]
    assert said["proof refused"]["why"] == said["PIN refused"]["why"] == "wrong"


def test_a_code_may_be_typed_in_capitals_and_no_stranger_has_signed_in_before(
    client: PageClient, app: Flask, cast: Cast
) -> None:
    code = one_time_code()
    people.give_code(cast.office, account().id, code, clock.now() + timedelta(days=1), form())
    page = client.sign_in("quay1", code.upper().replace("-", " – "))
    assert page.has_form("/session/password")
    page = client.send(page.form("/session/password"), password="bốn con trâu vàng", again="bốn con trâu vàng")
    assert "Lần đăng nhập trước" not in page.text
