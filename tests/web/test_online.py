"""The wait put to use, on the phone and on the helpers' list (R4, R7; I25)."""

import pytest
from flask import Flask

from counter.actions.call import begin, call_next
from counter.actions.hand_over import hand_over
from counter.actions.minutes import defer
from counter.actions.online import ask_help, failed, try_online
from counter.database import db
from counter.models.office import Office
from counter.models.procedure import Procedure
from counter.models.ticket import Ticket
from tests.actions.test_issue import take
from tests.cast import Cast, an_office, status
from tests.cast import form as form_of_nobody
from tests.pages import Page, PageClient


def token_of(ticket: int) -> str:
    return db.session.get_one(Ticket, ticket).token


def phone(ticket: int) -> str:
    return f"/t/{token_of(ticket)}"


def read(ticket: int) -> Ticket:
    db.session.rollback()
    db.session.expire_all()
    return db.session.get_one(Ticket, ticket)


def for_errand(ticket: int, **known: object) -> None:
    """The ticket's errand, as far as the catalogue knows it."""
    own = db.session.get_one(Ticket, ticket)
    procedure = Procedure(office_id=own.office_id, code=f"1.{ticket}", name_vi="Đăng ký khai sinh", **known)
    db.session.add(procedure)
    db.session.flush()
    own.procedure_id = procedure.id
    db.session.commit()


def links(page: Page) -> list[str]:
    return page.all('//section[@class="other"]//a/@href')


def words(page: Page) -> str:
    return " ".join(page.all('//section[@class="other"]//text()'))


@pytest.fixture
def guide(app: Flask, cast: Cast) -> PageClient:
    guide = PageClient(app)
    guide.sign_in("huongdan")
    return guide


# What is offered is what the catalogue says.


def test_an_errand_that_can_be_done_online_leads_to_its_own_page(client: PageClient, cast: Cast) -> None:
    ticket = take(cast, lang="en")
    for_errand(ticket, online="full", url="https://example.vn/p/7", papers=["Giấy chứng sinh"], post_out=True)
    page = client.get(phone(ticket))
    assert links(page) == ["https://example.vn/p/7"]
    assert "All of this can be done online" in words(page)
    assert "Giấy chứng sinh" in words(page)
    assert "by post" in words(page)
    assert "fee can be paid" not in words(page)


@pytest.mark.parametrize("known", [{"url": "https://example.vn/p/7"}, {"url": ""}])
def test_an_errand_of_which_the_catalogue_does_not_say_claims_nothing(
    client: PageClient, cast: Cast, known: dict[str, str]
) -> None:
    ticket = take(cast, lang="en")
    for_errand(ticket, **known)
    page = client.get(phone(ticket))
    assert links(page) == [known["url"] or "https://dichvucong.gov.vn"]
    assert "can be done online." not in words(page)
    assert "Whether this can be done online" in words(page)


def test_an_errand_that_can_only_be_done_in_part_says_so(client: PageClient, cast: Cast) -> None:
    ticket = take(cast, lang="en")
    for_errand(ticket, online="partial", url="https://example.vn/p/7")
    assert "A part of this" in words(client.get(phone(ticket)))


def test_an_errand_that_can_not_be_done_online_is_not_offered_so(client: PageClient, cast: Cast) -> None:
    ticket = take(cast, lang="en")
    for_errand(ticket, online="none", url="https://example.vn/p/7", papers=["Đơn"])
    page = client.get(phone(ticket))
    assert links(page) == []
    assert not page.all(f'//form[@action="{phone(ticket)}/attempt"]')
    assert "Đơn" in words(page)


def test_an_address_that_is_none_of_the_web_is_never_a_link(client: PageClient, cast: Cast) -> None:
    ticket = take(cast)
    for_errand(ticket, online="full", url="javascript:alert(1)")
    assert links(client.get(phone(ticket))) == ["https://dichvucong.gov.vn"]


def test_a_link_out_of_the_house_opens_apart_and_tells_nothing_of_the_ticket(client: PageClient, cast: Cast) -> None:
    page = client.get(phone(take(cast)))
    assert page.all('//section[@class="other"]//a/@rel') == ["noopener noreferrer"]
    assert page.all('//section[@class="other"]//a/@target') == ["_blank"]


def test_the_portal_is_the_one_that_the_office_has_set(client: PageClient, cast: Cast) -> None:
    office = db.session.get_one(Office, cast.office)
    office.portal_vi, office.portal_url = "Cổng của tỉnh", "https://tinh.example.vn"
    db.session.commit()
    page = client.get(phone(take(cast)))
    assert links(page) == ["https://tinh.example.vn"]
    assert "Cổng của tỉnh" in words(page)


# What the visitor does.


def test_trying_done_and_the_file_number(client: PageClient, cast: Cast) -> None:
    ticket, second = take(cast), take(cast)
    page = client.send(client.get(phone(ticket)).form(f"{phone(ticket)}/attempt"))
    assert (page.status, status(ticket)) == (200, "waiting")
    page = client.send(page.form(f"{phone(ticket)}/diversion"), file_number=" H01.2026.00042 ")
    assert (status(ticket), read(ticket).file_number) == ("online", "H01.2026.00042")
    assert "H01.2026.00042" in page.text
    assert client.get(phone(second)).all('//p[contains(@class, "turn-next")]')


def test_a_file_number_that_is_none_is_told_at_the_field_and_kept(client: PageClient, cast: Cast) -> None:
    ticket = take(cast)
    page = client.send(client.get(phone(ticket)).form(f"{phone(ticket)}/attempt"))
    page = client.send(page.form(f"{phone(ticket)}/diversion"), file_number="H" * 41)
    assert (page.status, status(ticket)) == (422, "waiting")
    assert page.all('//input[@name="file_number"]/@value') == ["H" * 41]
    assert page.all('//input[@name="file_number"]/@aria-describedby') == ["file-mistake"]


def test_it_did_not_work_is_one_tap_with_the_reason(client: PageClient, cast: Cast) -> None:
    ticket = take(cast, lang="en")
    page = client.send(client.get(phone(ticket)).form(f"{phone(ticket)}/attempt"))
    assert len(page.all('//form[@id="failure"]//button/@value')) == 6
    page = client.send(page.form(f"{phone(ticket)}/failure"), why="payment")
    assert read(ticket).failed_why == "payment"
    assert "The payment did not work" in words(page)
    assert client.post(f"{phone(ticket)}/failure", csrf_token=client.token(), why="whatever").status == 404


def test_who_is_called_asks_for_five_more_minutes_and_is_ready_again(client: PageClient, cast: Cast) -> None:
    ticket, second = take(cast, lang="en"), take(cast, lang="en")
    call_next(cast.counters[1], form_of_nobody())
    page = client.get(phone(ticket))
    assert "I need 5 more minutes" in page.text
    assert "2 more times" in page.text
    page = client.send(page.form(f"{phone(ticket)}/minutes"))
    assert "Others go first until 08:46" in page.text
    assert client.get(phone(second)).all('//p[contains(@class, "turn-next")]')
    client.send(page.form(f"{phone(ticket)}/ready"))
    assert call_next(cast.counters[1], form_of_nobody())["ticket"] == ticket


def test_the_last_minutes_are_the_last_and_a_forged_form_gets_a_sentence(client: PageClient, cast: Cast) -> None:
    db.session.get_one(Office, cast.office).defer_bound = 1
    db.session.commit()
    ticket = take(cast, lang="en")
    call_next(cast.counters[1], form_of_nobody())
    page = client.send(client.get(phone(ticket)).form(f"{phone(ticket)}/minutes"))
    client.send(page.form(f"{phone(ticket)}/ready"))
    call_next(cast.counters[1], form_of_nobody())
    page = client.get(phone(ticket))
    assert not page.all('//form[@id="minutes"]')
    page = client.post(f"{phone(ticket)}/minutes", csrf_token=client.token())
    assert page.status == 409
    assert "more is not possible" in page.text


def test_a_helper_is_asked_for_and_sent_away_again(client: PageClient, cast: Cast) -> None:
    ticket = take(cast)
    page = client.send(client.get(phone(ticket)).form(f"{phone(ticket)}/help"))
    assert read(ticket).help_asked is not None
    client.send(page.form(f"{phone(ticket)}/help", delete=True))
    assert read(ticket).help_asked is None


def test_who_is_asked_to_come_is_offered_nothing_else_but_may_end_what_was_begun(
    client: PageClient, cast: Cast
) -> None:
    first, second = take(cast), take(cast)
    try_online(second, form_of_nobody())
    for counter in (1, 2):
        call_next(cast.counters[counter], form_of_nobody())
    assert not client.get(phone(first)).all('//section[@class="other"]')
    client.send(client.get(phone(second)).form(f"{phone(second)}/diversion"))
    assert status(second) == "online"


def test_who_is_served_sees_no_other_way(client: PageClient, cast: Cast) -> None:
    ticket = take(cast)
    call_next(cast.counters[1], form_of_nobody())
    begin(ticket, form_of_nobody())
    assert not client.get(phone(ticket)).all('//section[@class="other"]')


def test_an_old_page_is_told_what_has_become_of_the_ticket(client: PageClient, cast: Cast) -> None:
    ticket = take(cast)
    page = client.get(phone(ticket))
    call_next(cast.counters[1], form_of_nobody())
    assert client.send(page.form(f"{phone(ticket)}/attempt")).status == 409


@pytest.mark.parametrize("what", ["attempt", "diversion", "failure", "minutes", "ready", "help"])
def test_a_wrong_token_opens_nothing(client: PageClient, cast: Cast, what: str) -> None:
    assert client.post(f"/t/{'x' * 22}/{what}", csrf_token=client.token(), why="other").status == 404


def test_who_was_handed_over_is_led_to_the_new_ticket(client: PageClient, cast: Cast) -> None:
    ticket, other = take(cast), an_office("xa")
    new = hand_over(ticket, other.office, other.services["A"], form_of_nobody())
    page = client.get(phone(ticket))
    assert f"/t/{new['token']}" in page.all("//a/@href")


def test_the_clerk_sees_who_lets_others_go_first_behind_the_others(app: Flask, cast: Cast) -> None:
    first, second = take(cast), take(cast)
    call_next(cast.counters[1], form_of_nobody())
    defer(first, form_of_nobody())
    clerk = PageClient(app)
    clerk.sign_in("quay1")
    page = clerk.get(f"/counters/{cast.counters[1]}")
    assert page.numbers()[-2:] == [read(second).printed, read(first).printed]


# The helpers' list.


def test_the_list_says_who_asks_who_tries_and_what_did_not_work(guide: PageClient, cast: Cast) -> None:
    asks, tries, fails, waits = (take(cast) for _ in range(4))
    try_online(tries, form_of_nobody())
    failed(fails, "not_digital", form_of_nobody())
    ask_help(asks, form_of_nobody())
    for_errand(asks, online="full")
    page = guide.get("/offices/demo/help?lang=en")
    assert page.all('//section[@aria-labelledby="asking-head"]//li/@id') == [f"asking-{asks}"]
    assert page.all('//section[@aria-labelledby="trying-head"]//li/@id') == [f"trying-{tries}", f"trying-{fails}"]
    assert "Đăng ký khai sinh" in page.text
    assert "A paper is not there in digital form" in page.text
    assert f'id="asking-{waits}"' not in page.text


def test_done_helping_takes_the_visitor_off_the_list(guide: PageClient, cast: Cast) -> None:
    ticket = take(cast)
    ask_help(ticket, form_of_nobody())
    page = guide.get("/offices/demo/help")
    page = guide.send(page.form(f"/offices/demo/help/{ticket}", delete=True))
    assert not page.all('//section[@aria-labelledby="asking-head"]//li')
    assert read(ticket).help_asked is None


def test_the_door_leads_to_the_list_and_says_how_many_ask(guide: PageClient, cast: Cast) -> None:
    ask_help(take(cast), form_of_nobody())
    page = guide.get("/offices/demo/door")
    assert page.all('//p[a/@href="/offices/demo/help"]/b/text()') == ["1"]


def test_the_list_is_for_guides_of_this_office(app: Flask, client: PageClient, cast: Cast) -> None:
    an_office("xa")
    ticket = take(cast)
    clerk, stranger = PageClient(app), PageClient(app)
    clerk.sign_in("quay1")
    stranger.sign_in("huongdan-xa")
    assert client.open("/offices/demo/help").status_code == 303
    clerk.get("/offices/demo/help", 403)
    for address in ("/offices/demo/help", "/offices/demo/help/list"):
        stranger.get(address, 404)
    answer = stranger.post(f"/offices/xa/help/{ticket}", csrf_token=stranger.token(), _method="DELETE")
    assert answer.status == 404
