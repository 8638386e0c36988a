"""The kiosk's start: what have you come for? (R5)"""

import pytest

from counter.database import db
from counter.models.procedure import Procedure
from counter.models.service import Service
from tests.cast import Cast
from tests.pages import PageClient


@pytest.fixture
def birth(cast: Cast) -> Procedure:
    """An errand that service A takes."""
    own = Procedure(
        office_id=cast.office, code="1.001193", name_vi="Thủ tục đăng ký khai sinh", field="Hộ tịch",
        service_id=cast.services["A"],
    )  # fmt: skip
    db.session.add(own)
    db.session.commit()
    return own


@pytest.mark.parametrize(("place", "path"), [("kiosk", "kiosk"), ("phone", "tickets")])
def test_a_plain_form_finds_an_errand_and_leads_to_it(
    client: PageClient, cast: Cast, birth: Procedure, place: str, path: str
) -> None:
    form = client.get(f"/offices/demo/{path}").form("/offices/demo/errands")
    assert form.fields["place"] == place
    page = client.get(f"{form.action}?place={place}&q=dang+ky+kai+sinh")
    assert page.all(f'//*[@id="hits"]//a[@href="/offices/demo/{path}?procedure={birth.id}"]')
    assert page.all('//input[@name="q"]/@value') == ["dang ky kai sinh"]


def test_a_hit_leads_to_the_errand_with_the_last_question_of_its_service(
    client: PageClient, cast: Cast, birth: Procedure
) -> None:
    page = client.get(f"/offices/demo/kiosk?procedure={birth.id}")
    assert "Thủ tục đăng ký khai sinh" in page.text
    page = client.get(page.all('//a[@id="ticket"]/@href')[0])
    assert page.has_form("/offices/demo/tickets")


def test_nothing_found_says_so_and_shows_ways_on(client: PageClient, cast: Cast) -> None:
    page = client.get("/offices/demo/errands?q=zzzz&place=kiosk")
    assert page.all('//*[@id="hits"]//*[@class="nothing-word"]')
    assert page.all('//a[@href="/offices/demo/kiosk"]')


def test_nothing_typed_says_nothing(client: PageClient, cast: Cast) -> None:
    assert not page_hits(client, "")


@pytest.mark.parametrize("typed", ["%00khai", "%3Cscript%3E", "a" * 4000, "%F0%9F%98%80", "%ff%fe"])
def test_whatever_is_typed_is_only_text(client: PageClient, cast: Cast, birth: Procedure, typed: str) -> None:
    page = client.get(f"/offices/demo/errands?q={typed}")
    assert "<script>" not in page.text


def test_an_errand_of_another_office_or_a_retired_one_leads_nowhere(
    client: PageClient, cast: Cast, birth: Procedure
) -> None:
    birth.retired = True
    db.session.commit()
    client.get(f"/offices/demo/kiosk?procedure={birth.id}", 404)
    client.get("/offices/demo/kiosk?procedure=999", 404)


def test_the_start_shows_frequent_errands(client: PageClient, cast: Cast, birth: Procedure) -> None:
    birth.pinned = True
    db.session.commit()
    page = client.get("/offices/demo/kiosk")
    assert page.all(f'//*[@class="frequent"]//a[@href="/offices/demo/kiosk?procedure={birth.id}"]')


def first_service(client: PageClient) -> str:
    return str(client.get("/offices/demo/kiosk?lang=en").all('//ul[@class="services"]/li')[0].xpath("string()"))


def test_a_short_errand_stands_first_in_the_visitors_words(client: PageClient, cast: Cast) -> None:
    assert "Civil status" in first_service(client)
    db.session.get_one(Service, cast.services["B"]).kind = "collect"
    db.session.commit()
    assert "I only collect a result" in first_service(client)


def test_two_services_for_the_same_short_errand_keep_their_names(client: PageClient, cast: Cast) -> None:
    for letter in "AB":
        db.session.get_one(Service, cast.services[letter]).kind = "collect"
    db.session.commit()
    assert "Civil status" in first_service(client)


def test_a_short_errand_that_is_closed_is_no_link_and_says_why(client: PageClient, cast: Cast) -> None:
    db.session.get_one(Service, cast.services["C"]).kind = "original"
    db.session.commit()
    assert "No counter takes this service today" in first_service(client)
    assert not client.get("/offices/demo/kiosk").all(f'//a[contains(@href, "service={cast.services["C"]}")]')


def test_the_keys_are_the_kiosks_own(client: PageClient, cast: Cast) -> None:
    assert client.get("/offices/demo/kiosk").all('//*[@id="keyboard"]')
    assert not client.get("/offices/demo/tickets").all('//*[@id="keyboard"]')


def page_hits(client: PageClient, typed: str) -> list[object]:
    return client.get(f"/offices/demo/errands?q={typed}").all('//*[@id="hits"]/*')
