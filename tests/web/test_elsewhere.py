"""On to another office, on the phone and at the desk, with the time waited kept (R7)."""

import pytest
from flask import Flask

from counter.actions.call import begin, call_next
from counter.actions.hand_over import hand_over
from counter.actions.online import failed
from counter.actions.settings import set_office
from counter.actions.suspension import Terms, Urgent, suspend
from counter.database import db
from counter.models.ticket import Ticket
from counter.models.words import Words
from queues.window import Days
from tests.actions.test_issue import take
from tests.cast import MORNING, Cast, an_office, form, status
from tests.catalogue import a_help_point, a_procedure
from tests.pages import Page, PageClient


@pytest.fixture
def other(cast: Cast) -> Cast:
    """Another office, which ours names as a place that helps."""
    other = an_office("xa")
    a_help_point(cast, at=other)
    return other


def phone(ticket: int) -> str:
    return f"/t/{db.session.get_one(Ticket, ticket).token}"


def lines(page: Page) -> list[str]:
    """The services that are offered there, by letter."""
    return [str(own) for own in page.all('//li[@class="elsewhere-office"]//*[@data-letter]/@data-letter')]


@pytest.fixture
def clerk(app: Flask, cast: Cast) -> PageClient:
    clerk = PageClient(app)
    clerk.sign_in("quay1")
    return clerk


def test_the_phone_leads_to_the_other_office_and_the_place_goes_along(
    client: PageClient, cast: Cast, other: Cast
) -> None:
    mine, _later = take(cast, lang="en"), take(other)
    page = client.get(client.get(phone(mine)).all('//a[contains(@href, "/elsewhere")]/@href')[0])
    assert "1 turn waiting" in page.text
    page = client.send(page.form("/elsewhere"), office=str(other.office), service=str(other.services["A"]))
    assert "You are next" in page.text
    assert status(mine) == "left"


def test_an_office_that_names_no_other_offers_none(client: PageClient, cast: Cast) -> None:
    a_help_point(cast)
    assert "/elsewhere" not in client.get(phone(take(cast))).text


def test_only_the_service_that_takes_this_errand_is_offered(client: PageClient, cast: Cast, other: Cast) -> None:
    own = a_procedure(cast, code="1.000001")
    ticket = take(cast)
    db.session.get_one(Ticket, ticket).procedure_id = own
    db.session.commit()
    assert lines(client.get(f"{phone(ticket)}/elsewhere")) == ["A", "B"]
    a_procedure(other, "B", code="1.000001")
    assert lines(client.get(f"{phone(ticket)}/elsewhere")) == ["B"]


def test_a_suspended_office_takes_nobody_but_for_its_exceptions(client: PageClient, cast: Cast, other: Cast) -> None:
    ours = a_procedure(cast, code="1.000001")
    theirs = a_procedure(other, code="1.000001")
    ticket, urgent = take(cast), take(cast)
    db.session.get_one(Ticket, urgent).procedure_id = ours
    db.session.commit()
    days = Days(MORNING.date(), MORNING.date())
    exception = Urgent(other.services["A"], Words("Khai tử", "Death"), theirs)
    suspend(other.office, Terms(days, None, Words("Dịch", "Epidemic"), "1022", (exception,)), form())
    assert lines(client.get(f"{phone(ticket)}/elsewhere")) == []
    page = client.get(f"{phone(urgent)}/elsewhere")
    assert lines(page) == ["A"]
    client.send(page.form("/elsewhere"))
    assert status(urgent) == "left"


def test_a_refusal_is_told_where_the_office_was_chosen(client: PageClient, cast: Cast, other: Cast) -> None:
    ticket = take(cast, lang="en")
    page = client.get(f"{phone(ticket)}/elsewhere")
    page = client.send(page.form("/elsewhere"), service=str(other.services["C"]))
    assert (page.status, status(ticket)) == (409, "waiting")
    assert "takes no tickets now" in page.said()
    assert lines(page) == ["A", "B"]


def test_who_is_done_goes_nowhere(client: PageClient, cast: Cast, other: Cast) -> None:
    ticket = take(cast, lang="en")
    page = client.get(f"{phone(ticket)}/elsewhere")
    client.send(page.form("/elsewhere"))
    page = client.get(f"{phone(ticket)}/elsewhere")
    assert "no longer waits" in page.text and not lines(page)


def test_the_clerk_hands_a_visitor_over_and_prints_the_new_number(clerk: PageClient, cast: Cast, other: Cast) -> None:
    ticket = take(cast)
    call_next(cast.counters[1], form())
    begin(ticket, form())
    page = clerk.get(f"/counters/{cast.counters[1]}")
    page = clerk.get(page.all('//a[contains(@href, "/elsewhere")]/@href')[0])
    slip = clerk.send(page.form("/elsewhere"), service=str(other.services["B"]))
    assert slip.numbers() == ["B001"]
    assert slip.all('//*[contains(@class, "qr")]')
    assert (status(ticket), "Một cửa xa" in slip.text) == ("left", True)


def test_a_slip_is_for_who_was_handed_over(clerk: PageClient, cast: Cast) -> None:
    take(cast)
    ticket = call_next(cast.counters[1], form())["ticket"]
    clerk.get(f"/tickets/{ticket}/slip", status=404)


def test_the_slip_and_the_list_of_papers_are_in_the_visitors_language(
    clerk: PageClient, cast: Cast, other: Cast
) -> None:
    ticket = take(cast, lang="en")
    call_next(cast.counters[1], form())
    begin(ticket, form())
    slip = clerk.send(clerk.get(f"/tickets/{ticket}/elsewhere").form("/elsewhere"))
    assert "This is your number there" in slip.text


def test_a_ticket_that_stands_before_another_clerk_or_nobody_is_not_handed_over(
    clerk: PageClient, cast: Cast, other: Cast
) -> None:
    waiting, theirs = take(cast), take(cast, letter="B")
    call_next(cast.counters[3], form())
    for ticket in (waiting, theirs):
        clerk.get(f"/tickets/{ticket}/elsewhere", status=403)
        there = {"office": str(other.office), "service": str(other.services["A"]), "operation": "x"}
        assert clerk.post(f"/tickets/{ticket}/elsewhere", csrf_token=clerk.token(), **there).status == 403
        clerk.get(f"/tickets/{ticket}/slip", status=403)
        clerk.get(f"/tickets/{ticket}/papers", status=403)
    assert status(waiting) == "waiting"


def test_the_phone_remembers_the_new_ticket(client: PageClient, cast: Cast, other: Cast) -> None:
    page = client.get(f"{phone(take(cast))}/elsewhere")
    client.send(page.form("/elsewhere"))
    assert client.get("/offices/xa/tickets").all('//*[@class="kiosk-held"]')


def test_what_was_tried_online_goes_along(cast: Cast, other: Cast) -> None:
    ticket = take(cast)
    failed(ticket, "payment", form())
    new = hand_over(ticket, other.office, other.services["A"], form())["ticket"]
    assert db.session.get_one(Ticket, new).failed_why == "payment"


def test_who_is_called_while_choosing_an_office_reads_it_there(client: PageClient, cast: Cast, other: Cast) -> None:
    ticket = take(cast, lang="en")
    call_next(cast.counters[1], form())
    page = client.get(f"{phone(ticket)}/elsewhere")
    assert page.all('//*[@class="elsewhere-turn"]//*[@data-alert="called"]')


def test_no_phone_takes_more_tickets_by_going_back_and_forth(client: PageClient, cast: Cast, other: Cast) -> None:
    a_help_point(other, at=cast)
    for own in (cast, other):
        set_office(own.office, {"phone_hour": 2, "phone_day": 2, "here_code": True}, form())
    address, there, taken = phone(take(cast)), other, 0
    for _ in range(8):
        fields = {"csrf_token": client.token(), "office": str(there.office), "service": str(there.services["A"])}
        page = client.post(f"{address}/elsewhere", **fields)
        if page.status != 200:
            break
        address, taken = page.response.request.path, taken + 1
        there = cast if there is other else other
    assert (page.status, taken) == (429, 4), "two at each office"


def test_nobody_goes_on_where_their_office_names_no_help(client: PageClient, cast: Cast) -> None:
    ticket, third = take(cast), an_office("huyen")
    fields = {"csrf_token": client.token(), "office": str(third.office), "service": str(third.services["A"])}
    assert client.post(f"{phone(ticket)}/elsewhere", **fields).status == 404
    assert status(ticket) == "waiting"


def test_who_has_gone_on_gets_the_same_answer_when_that_office_is_named_no_longer(
    client: PageClient, cast: Cast, other: Cast
) -> None:
    ticket = take(cast)
    form = client.get(f"{phone(ticket)}/elsewhere").form("/elsewhere")
    first = client.send(form).response.request.path
    db.session.rollback()
    db.session.execute(db.text("DELETE FROM help_point"))
    db.session.commit()
    assert client.send(form).response.request.path == first
