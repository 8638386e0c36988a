"""The poster and the leaflet of an office: public, from what the office has said, valid today (R8, R9, R12)."""

from datetime import date, timedelta

import pytest
from flask import Flask

from counter.database import db
from counter.models.contact import Contact
from counter.models.help_point import HelpPoint
from counter.models.notice import HOUSE_RULE, NOTICE, OFFER, Notice
from counter.models.procedure import Procedure
from counter.models.suspension import Suspension
from tests.cast import Cast, an_office
from tests.pages import PageClient
from tests.paper_sample import codes, pictures, texts

POSTER, LEAFLET = "/offices/demo/paper/poster.pdf", "/offices/demo/paper/leaflet.pdf"
PAPER = "/offices/demo/settings/paper"
TODAY = date(2026, 11, 23)


def keep(*rows: object) -> None:
    db.session.add_all(rows)
    db.session.commit()


def notice(cast: Cast, text: str, kind: str = NOTICE, **more: object) -> Notice:
    return Notice(**{"office_id": cast.office, "kind": kind, "text_vi": text, "text_en": text, **more})


def read(client: PageClient, address: str = POSTER) -> str:
    answer = client.open(address)
    assert (answer.status_code, answer.mimetype) == (200, "application/pdf")
    return " ".join(texts(answer.data))


def test_anyone_may_print_the_paper_of_an_office_that_has_said_nothing_yet(client: PageClient, cast: Cast) -> None:
    said = read(client, f"{POSTER}?size=a3")
    assert "Một cửa demo" in said and "Hộ tịch" in said
    assert "Một cửa demo" in read(client, LEAFLET)


def test_its_codes_lead_to_the_portal_and_to_the_offices_own_tickets(client: PageClient, cast: Cast) -> None:
    page = pictures(client.open(POSTER).data)[0]
    assert codes(page) == ["http://localhost/offices/demo/tickets", "https://dichvucong.gov.vn"]


def test_only_what_is_valid_today_and_meant_for_paper_is_printed(client: PageClient, cast: Cast) -> None:
    day = timedelta(days=1)
    keep(
        notice(cast, "Nghỉ chiều nay", to_day=TODAY), notice(cast, "Đã qua", to_day=TODAY - day),
        notice(cast, "Chưa đến", from_day=TODAY + day), notice(cast, "Chỉ ở màn hình", places="display"),
        notice(cast, "Cho cả giấy", places="display paper"), notice(cast, "Đeo khẩu trang", HOUSE_RULE),
        notice(cast, "Toàn tỉnh", office_id=None),
    )  # fmt: skip
    said = read(client)
    assert all(text in said for text in ("Nghỉ chiều nay", "23/11/2026", "Cho cả giấy", "Toàn tỉnh"))
    assert not any(text in said for text in ("Đã qua", "Chưa đến", "Chỉ ở màn hình", "Đeo khẩu trang"))


def test_another_offices_words_are_not_on_it(client: PageClient, cast: Cast) -> None:
    other = an_office("other")
    keep(notice(other, "Của nơi khác"), Contact(office_id=other.office, name_vi="Ông Khác", name_en="Mr Other"))
    assert "khác" not in read(client).lower()


def test_an_offer_stands_before_notices_and_makes_the_post_a_way(client: PageClient, cast: Cast) -> None:
    assert "By post" not in read(client)
    keep(notice(cast, "Tin thường"), notice(cast, "Miễn cước", OFFER, way="post_out"))
    said = read(client)
    assert "By post" in said and said.index("Miễn cước") < said.index("Tin thường")


def test_it_counts_only_what_the_catalogue_says_can_be_filed_online(client: PageClient, cast: Cast) -> None:
    kinds = ("full", "partial", "none", None)
    keep(*(Procedure(office_id=cast.office, code=str(n), name_vi="x", online=kind) for n, kind in enumerate(kinds)))
    assert "2 procedures of this desk" in read(client)


def test_a_suspension_that_is_on_stands_first_with_its_reason_and_whom_to_call(client: PageClient, cast: Cast) -> None:
    why = {"why_vi": "phòng dịch.", "why_en": "an outbreak.", "call": "1022"}
    keep(
        notice(cast, "Tin thường"),
        Suspension(office_id=cast.office, first_day=TODAY, last_day=TODAY + timedelta(days=13), **why),
    )
    said = read(client)
    assert "No direct intake: an outbreak. Call 1022." in said and "06/12/2026" in said
    assert said.index("phòng dịch") < said.index("Tin thường")


def test_contacts_and_help_points_are_on_it_with_the_map_as_a_code(client: PageClient, cast: Cast) -> None:
    keep(
        Contact(office_id=cast.office, name_vi="Bà Hằng", name_en="Ms Hang", phone="0229 3 871 234"),
        HelpPoint(office_id=None, name_vi="Nhà văn hóa", name_en="Hall", map_url="https://maps.example.vn/1"),
        HelpPoint(office_id=None, name_vi="Thư viện", name_en="Library", map_url="javascript:alert(1)"),
    )
    page = client.open(POSTER).data
    assert all(text in texts(page)[0] for text in ("Bà Hằng", "0229 3 871 234", "Nhà văn hóa", "Thư viện"))
    assert "https://maps.example.vn/1" in codes(pictures(page)[0]) and b"javascript" not in page


def test_english_stands_large_where_the_address_asks(client: PageClient, cast: Cast) -> None:
    assert read(client, f"{POSTER}?lang=en").startswith("Desk demo")
    assert read(client, f"{POSTER}?lang=xx").startswith("Một cửa demo")


@pytest.mark.parametrize("address", [f"{POSTER}?size=a0", "/offices/nowhere/paper/poster.pdf"])
def test_no_other_size_and_no_other_office(client: PageClient, cast: Cast, address: str) -> None:
    assert client.open(address).status_code == 404


def test_the_managers_page_shows_what_stands_on_it_and_the_ways_to_print(app: Flask, cast: Cast) -> None:
    manager = PageClient(app)
    manager.sign_in("quanly")
    keep(notice(cast, "Nghỉ chiều nay"))
    page = manager.get(PAPER)
    assert "Nghỉ chiều nay" in page.text and "PUBLIC_URL" in page.text, "localhost on paper opens nothing"
    links = [link for link in page.all("//main//a/@href") if ".pdf" in link]
    assert len(links) == 6
    assert all(manager.open(link).mimetype == "application/pdf" for link in links)


def test_the_page_is_the_managers_alone(app: Flask, client: PageClient, cast: Cast) -> None:
    guide = PageClient(app)
    guide.sign_in("huongdan")
    assert guide.open(PAPER).status_code == 403
    assert "/session" in client.open(PAPER).headers["Location"]
