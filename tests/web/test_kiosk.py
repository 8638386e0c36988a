"""The kiosk, and the phone that takes a ticket (R4, R20; I3, I4)."""

import pytest

from counter.actions.perform import Asked
from counter.actions.room import set_cap
from counter.database import db
from counter.models.service import Service
from counter.models.ticket import Ticket
from tests.actions.test_issue import take as ticket_of
from tests.cast import Cast, an_office
from tests.pages import Page, PageClient


def choose(client: PageClient, cast: Cast, letter: str = "A", place: str = "kiosk") -> Page:
    return client.get(f"/offices/demo/{place}?service={cast.services[letter]}")


def take(client: PageClient, cast: Cast, **filled: str) -> Page:
    return client.send(choose(client, cast).form("/offices/demo/tickets"), **filled)


def test_the_start_asks_what_you_have_come_for_and_offers_every_service(client: PageClient, cast: Cast) -> None:
    page = client.get("/offices/demo/kiosk")
    assert "Hộ tịch" in page.text
    assert page.all(f'//a[contains(@href, "service={cast.services["A"]}")]')


def test_a_closed_service_says_why_and_cannot_be_chosen(client: PageClient, cast: Cast) -> None:
    service = db.session.get_one(Service, cast.services["A"])
    service.closed_vi, service.closed_en = "Hệ thống đang bảo trì đến 14 giờ", "Under maintenance until 2 pm"
    db.session.commit()
    page = client.get("/offices/demo/kiosk")
    assert "Hệ thống đang bảo trì đến 14 giờ" in page.text
    assert not page.all(f'//a[contains(@href, "service={cast.services["A"]}")]')
    assert "Hôm nay không có quầy tiếp nhận lĩnh vực này." in page.text


def test_one_tap_takes_the_ticket_and_shows_number_code_and_place(client: PageClient, cast: Cast) -> None:
    page = take(client, cast)
    assert page.status == 200
    assert "A001" in page.numbers()
    assert page.all('//*[contains(@class, "qr")]')
    assert db.session.query(Ticket).one().token in page.text


def test_a_ticket_taken_by_phone_opens_in_the_pocket(client: PageClient, cast: Cast) -> None:
    page = client.send(choose(client, cast, place="tickets").form("/offices/demo/tickets"))
    assert page.response.request.path.startswith("/t/")
    assert page.numbers()[0] == "A001"


def test_a_phone_that_holds_a_ticket_is_reminded_of_it(client: PageClient, cast: Cast) -> None:
    page = client.send(choose(client, cast, place="tickets").form("/offices/demo/tickets"))
    again = client.get("/offices/demo/tickets")
    assert again.all(f'//a[@href="{page.response.request.path}"]')
    assert again.numbers() == ["A001"]


def test_party_and_class_are_kept(client: PageClient, cast: Cast) -> None:
    take(client, cast, party_size="3", priority_class=str(cast.classes[0]))
    ticket = db.session.query(Ticket).one()
    assert (ticket.party, ticket.priority_class_id) == (3, cast.classes[0])


def test_the_same_form_sent_again_gives_the_same_ticket(client: PageClient, cast: Cast) -> None:
    form = choose(client, cast).form("/offices/demo/tickets")
    assert client.send(form).numbers() == client.send(form).numbers()
    assert db.session.query(Ticket).count() == 1


def test_a_party_that_is_too_large_is_told_where_it_was_asked_and_nothing_is_lost(
    client: PageClient, cast: Cast
) -> None:
    set_cap(cast.office, 2, Asked("test"))
    page = take(client, cast, party_size="9", priority_class=str(cast.classes[0]))
    assert page.status == 422
    assert "từ 1 đến 2 người" in page.said()
    chosen = page.all('//input[@name="priority_class"][@checked]/@value')
    assert chosen == [str(cast.classes[0])]


@pytest.mark.parametrize("service", ["999", "abc", "-1", "9" * 10_000, "1; DROP TABLE ticket", "１"])
def test_a_service_that_does_not_exist_is_a_sentence_not_an_error(client: PageClient, cast: Cast, service: str) -> None:
    page = take(client, cast, service=service)
    assert page.status == 404
    assert "Không có" in page.said()
    assert db.session.query(Ticket).count() == 0


def test_a_closed_service_is_refused_at_the_kiosk(client: PageClient, cast: Cast) -> None:
    page = take(client, cast, service=str(cast.services["C"]))
    assert page.status == 409
    assert page.said()


def test_a_refusal_is_told_in_english_to_who_has_chosen_english(client: PageClient, cast: Cast) -> None:
    client.get("/offices/demo/kiosk?lang=en")
    page = take(client, cast, party_size="99")
    assert "Please choose from 1 to 5 people." in page.said()
    assert page.all("/html/@lang") == ["en"]


@pytest.mark.parametrize("party", ["0", "-1", "x", "1e9", "99999999999"])
def test_a_party_that_is_no_number_is_refused(client: PageClient, cast: Cast, party: str) -> None:
    page = take(client, cast, party_size=party)
    assert page.status in (404, 422)
    assert page.said()


def test_a_ticket_of_another_office_is_not_shown_at_this_kiosk(client: PageClient, cast: Cast) -> None:
    other = an_office("other")
    token = db.session.get_one(Ticket, ticket_of(other)).token
    client.get(f"/offices/demo/kiosk/tickets/{token}", status=404)


def test_an_office_that_does_not_exist_is_not_found(client: PageClient, cast: Cast) -> None:
    assert "Không có" in client.get("/offices/nowhere/kiosk", status=404).text
