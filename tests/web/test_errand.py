"""The errand before the ticket, at the kiosk and on a phone of one's own (R4 to R7, R17)."""

import pytest

from counter.database import db
from counter.models.procedure import Procedure
from counter.models.service import COLLECT, ORIGINAL, Service
from counter.models.ticket import Ticket
from tests.actions.test_issue import take as ticket_of
from tests.cast import Cast, an_office
from tests.catalogue import PAGE, a_contact, a_help_point, a_procedure, an_offer, steps
from tests.pages import Page, PageClient

KIOSK, PHONE = "/offices/demo/kiosk", "/offices/demo/tickets"
LONG = "Thủ tục đăng ký biến động quyền sử dụng đất trong các trường hợp " * 5


def ways(client: PageClient, procedure_id: int, place: str = KIOSK, papers: str = "all") -> Page:
    return client.get(f"{place}?procedure={procedure_id}&papers={papers}")


def names(page: Page) -> list[str]:
    """The ways to tap, in order."""
    ids = [str(own) for own in page.all('//*[contains(@class, "ways")]//*[self::form or self::a]/@id')]
    return [own.removeprefix("way-") for own in ids]


def follow(client: PageClient, page: Page, id: str) -> Page:
    return client.get(KIOSK + str(page.all(f'//a[@id="{id}"]/@href')[0]).removeprefix(KIOSK))


def choose(client: PageClient, page: Page, way: str, about: str) -> Page:
    """Tap one of the ways that are forms."""
    (form,) = [own for own in page.forms() if own.action.endswith(f"{about}/ways") and own.fields["way"] == way]
    return client.send(form)


def turned_into(cast: Cast, kind: str, letter: str = "B") -> int:
    db.session.get_one(Service, cast.services[letter]).kind = kind
    db.session.commit()
    return cast.services[letter]


@pytest.mark.parametrize("place", [KIOSK, PHONE])
def test_the_papers_are_shown_first_with_two_answers(client: PageClient, cast: Cast, place: str) -> None:
    page = client.get(f"{place}?procedure={a_procedure(cast)}")
    assert "".join(page.all("//h1//text()")).strip().startswith("Đăng ký khai sinh")
    assert ["".join(own.itertext()) for own in page.all("//ol/li")] == ["Tờ khai", "Giấy chứng sinh"]
    assert "Miễn phí" in page.text and "1 ngày" in page.text
    assert page.all('//a[@id="papers-all"]') and page.all('//a[@id="papers-some"]')
    assert not names(page)


def test_an_errand_without_known_papers_asks_nothing_about_them(client: PageClient, cast: Cast) -> None:
    page = client.get(f"{KIOSK}?procedure={a_procedure(cast, papers=[])}")
    assert names(page) == ["online", "try", "ticket"]


def test_every_way_that_fits_is_one_tap_away(client: PageClient, cast: Cast) -> None:
    a_contact(cast)
    a_help_point(cast)
    page = ways(client, a_procedure(cast, post_in=True, post_out=True))
    assert names(page) == ["online", "try", "ticket", "post_in", "post_out", "help_point", "phone"]


def test_where_the_catalogue_says_nothing_nothing_is_said(client: PageClient, cast: Cast) -> None:
    procedure_id = a_procedure(cast, online=None, url="", fee="", days="", papers=[])
    for page in (client.get(f"{KIOSK}?procedure={procedure_id}"), client.get(f"/offices/demo/errands/{procedure_id}")):
        assert not page.all('//*[contains(@class, "errand-facts")]')
        assert not page.all('//*[contains(@class, "list-ways")]')


def test_what_the_catalogue_leaves_open_is_to_be_looked_up(client: PageClient, cast: Cast) -> None:
    assert names(ways(client, a_procedure(cast, online=None))) == ["look", "try", "ticket"]


@pytest.mark.parametrize("known", [{"online": None, "url": ""}, {"online": "none"}, {"online": None, "url": "x:y"}])
def test_what_cannot_be_tried_is_not_offered_to_be_tried(client: PageClient, cast: Cast, known: dict) -> None:
    assert names(ways(client, a_procedure(cast, **known))) == ["ticket"]


def test_an_errand_that_no_service_takes_leads_to_the_services(client: PageClient, cast: Cast) -> None:
    page = ways(client, a_procedure(cast, letter=None))
    assert names(page) == ["online", "choose"]
    assert page.all('//a[@id="choose"]/@href') == [KIOSK]


def test_an_errand_whose_service_is_closed_still_has_its_other_ways(client: PageClient, cast: Cast) -> None:
    page = ways(client, a_procedure(cast, letter="C"))
    assert names(page) == ["online"]
    assert "Hôm nay không có quầy tiếp nhận lĩnh vực này." in page.text


def test_who_misses_papers_gets_the_list_to_take_along_and_may_take_a_ticket(client: PageClient, cast: Cast) -> None:
    procedure_id = a_procedure(cast)
    page = ways(client, procedure_id, papers="some")
    assert page.all('//section//*[contains(@class, "qr")]')
    assert "ticket" in names(page)
    phone = ways(client, procedure_id, PHONE, papers="some")
    assert phone.all(f'//a[@href="/offices/demo/errands/{procedure_id}"]')


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_the_list_to_take_along_opens_on_any_phone(client: PageClient, cast: Cast, lang: str) -> None:
    a_contact(cast, "0218 385 1234")
    procedure_id = a_procedure(
        cast, name_vi=LONG, name_en=None, papers=[f"Giấy tờ {n} " + "x" * 600 for n in range(25)]
    )
    page = client.get(f"/offices/demo/errands/{procedure_id}?lang={lang}")
    assert len(page.all('//ol[contains(@class, "errand-papers")]/li')) == 25
    assert page.all(f'//a[@href="{PAGE}"]')
    assert page.all('//a[@href="tel:02183851234"]')
    assert page.all(f'//a[@href="{PHONE}?procedure={procedure_id}"]')


def test_a_way_without_a_ticket_shows_its_code_and_no_link_away_from_the_kiosk(client: PageClient, cast: Cast) -> None:
    procedure_id = a_procedure(cast)
    page = choose(client, ways(client, procedure_id), "online", f"errands/{procedure_id}")
    assert page.status == 200
    assert page.all('//*[@id="portal"]//*[contains(@class, "qr")]')
    assert PAGE in "".join(page.all('//*[@id="portal"]//text()'))
    assert not page.all('//main//a[starts-with(@href, "http")]')
    assert steps() == [("offered", "online"), ("opened", "online")]
    assert db.session.query(Ticket).count() == 0


def test_on_ones_own_phone_the_way_is_a_link(client: PageClient, cast: Cast) -> None:
    procedure_id = a_procedure(cast)
    page = choose(client, ways(client, procedure_id, PHONE), "online", f"errands/{procedure_id}")
    assert page.all(f'//main//a[@href="{PAGE}"]')


def test_an_errand_without_a_page_of_its_own_leads_to_the_portal(client: PageClient, cast: Cast) -> None:
    page = client.get(f"{PHONE}?procedure={a_procedure(cast, url='javascript:alert(1)')}&way=online")
    assert page.all('//main//a[@href="https://dichvucong.gov.vn"]')
    assert "javascript:" not in page.text


def test_a_way_chosen_by_the_same_form_twice_is_counted_once(client: PageClient, cast: Cast) -> None:
    procedure_id = a_procedure(cast)
    page = ways(client, procedure_id)
    for _ in range(2):
        assert choose(client, page, "online", f"errands/{procedure_id}").status == 200
    assert steps() == [("offered", "online"), ("opened", "online")]


@pytest.mark.parametrize("way", ["online", "post_in", "post_out", "help_point", "phone"])
def test_looking_at_a_way_again_is_not_counted(client: PageClient, cast: Cast, way: str) -> None:
    a_contact(cast)
    a_help_point(cast)
    procedure_id = a_procedure(cast, post_in=True, post_out=True)
    for place in (KIOSK, PHONE):
        assert client.get(f"{place}?procedure={procedure_id}&way={way}").all('//a[@id="other"]')
    assert steps() == []


def test_a_way_that_the_errand_has_not_is_not_found(client: PageClient, cast: Cast) -> None:
    procedure_id = a_procedure(cast)
    client.get(f"{KIOSK}?procedure={procedure_id}&way=post_in", status=404)
    token = client.token()
    assert client.post(f"/offices/demo/errands/{procedure_id}/ways", csrf_token=token, way="post_in").status == 404


def test_the_ticket_keeps_the_errand_the_papers_and_the_trying(client: PageClient, cast: Cast) -> None:
    procedure_id = a_procedure(cast)
    last = follow(client, ways(client, procedure_id, papers="some"), "try")
    page = client.send(last.form("/offices/demo/tickets"), party_size="2")
    assert page.numbers() == ["A001"]
    assert "Đăng ký khai sinh" in page.text
    ticket = db.session.query(Ticket).one()
    assert (ticket.procedure_id, ticket.papers, ticket.party) == (procedure_id, "some", 2)
    assert ticket.trying_since is not None
    assert steps() == [("offered", "online"), ("tried", "online")]


def test_a_ticket_for_the_errand_alone_tries_nothing(client: PageClient, cast: Cast) -> None:
    client.send(follow(client, ways(client, a_procedure(cast)), "ticket").form("/offices/demo/tickets"))
    ticket = db.session.query(Ticket).one()
    assert ticket.procedure_id and ticket.trying_since is None


def test_a_ticket_of_another_service_carries_no_errand_of_this_one(client: PageClient, cast: Cast) -> None:
    page = client.get(f"{KIOSK}?procedure={a_procedure(cast)}&service={cast.services['B']}&ticket=1")
    assert "procedure" not in page.form("/offices/demo/tickets").fields


def test_a_refusal_at_the_last_question_loses_nothing_of_the_errand(client: PageClient, cast: Cast) -> None:
    last = follow(client, ways(client, a_procedure(cast)), "try")
    again = client.send(last.form("/offices/demo/tickets"), party_size="99")
    assert again.status == 422
    assert client.send(again.form("/offices/demo/tickets"), party_size="1").numbers() == ["A001"]
    assert db.session.query(Ticket).one().trying_since is not None


def test_the_phone_page_names_the_errand(client: PageClient, cast: Cast) -> None:
    own = ticket_of(cast, procedure_id=a_procedure(cast, name_vi=LONG))
    page = client.get(f"/t/{db.session.get_one(Ticket, own).token}")
    assert LONG[:60] in page.text and LONG not in page.text


@pytest.mark.parametrize("said", ["", "&papers=some", "&way=online"])
def test_the_other_language_is_the_same_question(client: PageClient, cast: Cast, said: str) -> None:
    procedure_id = a_procedure(cast)
    page = client.get(f"{KIOSK}?procedure={procedure_id}{said}")
    (other,) = page.all('//a[contains(@class, "language")]/@href')
    assert other == f"{KIOSK}?procedure={procedure_id}{said}&lang=en"
    assert client.get(other).all("/html/@lang") == ["en"]


def test_the_other_language_keeps_the_errand_at_the_last_question(client: PageClient, cast: Cast) -> None:
    last = follow(client, ways(client, a_procedure(cast)), "try")
    (other,) = last.all('//a[contains(@class, "language")]/@href')
    fields = client.get(other).form("/offices/demo/tickets").fields
    assert (fields["papers"], fields["trying"]) == ("all", "1") and fields["procedure"]


@pytest.mark.parametrize("id", ["999", "abc", "", "-1", "99999999999999999999", "1%00", "１"])
def test_an_errand_that_does_not_exist_is_a_sentence(client: PageClient, cast: Cast, id: str) -> None:
    client.get(f"{KIOSK}?procedure={id}", status=404)
    client.get(f"/offices/demo/errands/{id or 'x'}", status=404)


def test_an_errand_of_another_office_or_one_that_is_gone_is_not_found(client: PageClient, cast: Cast) -> None:
    theirs, gone = a_procedure(an_office("other")), a_procedure(cast)
    db.session.get_one(Procedure, gone).retired = True
    db.session.commit()
    for procedure_id in (theirs, gone):
        client.get(f"{KIOSK}?procedure={procedure_id}", status=404)
        client.get(f"/offices/demo/errands/{procedure_id}", status=404)


def test_an_errand_that_changed_its_service_meanwhile_is_told_in_a_sentence(client: PageClient, cast: Cast) -> None:
    procedure_id = a_procedure(cast)
    last = follow(client, ways(client, procedure_id), "ticket")
    db.session.get_one(Procedure, procedure_id).service_id = cast.services["B"]
    db.session.commit()
    page = client.send(last.form("/offices/demo/tickets"))
    assert page.status == 409 and page.said()
    assert db.session.query(Ticket).count() == 0


def test_an_offer_stands_beside_its_way(client: PageClient, cast: Cast) -> None:
    an_offer(cast, "post_out", "Miễn cước bưu chính")
    page = ways(client, a_procedure(cast, post_out=True))
    assert "Miễn cước bưu chính" in "".join(page.all('//form[@id="way-post_out"]//text()'))


def test_a_help_point_that_is_an_office_says_how_busy_it_is(client: PageClient, cast: Cast) -> None:
    other = an_office("other")
    for _ in range(3):
        ticket_of(other)
    a_help_point(cast, at=other)
    page = client.get(f"{KIOSK}?procedure={a_procedure(cast)}&way=help_point")
    assert page.all('//*[contains(@class, "point-busy")]/b/text()') == ["3"]


def test_who_only_collects_is_offered_the_post_before_a_ticket(client: PageClient, cast: Cast) -> None:
    service_id = turned_into(cast, COLLECT)
    page = client.get(f"{KIOSK}?service={service_id}")
    assert names(page) == ["post_out", "ticket"]
    assert choose(client, page, "post_out", f"services/{service_id}").status == 200
    assert steps() == [("offered", "post_out"), ("opened", "post_out")]
    assert db.session.query(Ticket).count() == 0
    last = follow(client, page, "ticket")
    assert client.send(last.form("/offices/demo/tickets")).numbers() == ["B001"]


def test_who_brings_the_original_is_asked_nothing_more(client: PageClient, cast: Cast) -> None:
    page = client.get(f"{KIOSK}?service={turned_into(cast, ORIGINAL)}")
    assert page.all('//*[contains(@class, "take-errand")]')
    assert client.send(page.form("/offices/demo/tickets")).numbers() == ["B001"]
