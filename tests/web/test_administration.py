"""Offices made on the administrator's page, and taken along as files on the manager's (issue 5)."""

import io
import json

import pytest
from flask import Flask
from werkzeug.datastructures import FileStorage
from werkzeug.test import encode_multipart

from counter.database import db
from counter.models.office import Office
from counter.models.staff import ADMINISTRATOR
from counter.officefile.reading import LARGEST
from tests.cast import Cast, an_office, hire
from tests.pages import Page, PageClient

ALL = "/administration"
FILE = "/offices/demo/settings/file"


@pytest.fixture
def administrator(app: Flask, cast: Cast) -> PageClient:
    hire(cast.office, ADMINISTRATOR, "quantri")
    client = PageClient(app)
    client.sign_in("quantri")
    return client


@pytest.fixture
def manager(app: Flask, cast: Cast) -> PageClient:
    client = PageClient(app)
    client.sign_in("quanly")
    return client


def send(client: PageClient, address: str, body: bytes | None = None, /, **fields: str) -> Page:
    """The page's form with a file in it."""
    sent: dict[str, object] = {**client.get(address).form(address).fields, **fields}
    if body is not None:
        sent["file"] = FileStorage(io.BytesIO(body), "office.json")
    boundary, data = encode_multipart(sent)
    kind = f"multipart/form-data; boundary={boundary}"
    return Page(client.open(address, "POST", data=data, content_type=kind, follow_redirects=True))


def new(client: PageClient, body: bytes | None = None, **fields: str) -> Page:
    return send(client, ALL, body, **{"name_vi": "Một cửa xã mới", "slug": "moi", "from": "", **fields})


def office(slug: str = "moi") -> Office | None:
    db.session.rollback()
    return db.session.query(Office).filter_by(slug=slug).one_or_none()


def letters(slug: str = "moi") -> str:
    own = office(slug)
    assert own
    return "".join(service.letter for service in own.services)


def test_an_office_is_made_and_its_settings_are_the_next_page(administrator: PageClient) -> None:
    page = new(administrator)
    assert page.status == 200 and page.response.request.path == "/offices/moi/settings"
    assert letters() == "" and page.said()


@pytest.mark.parametrize(("begin", "found"), [("sample:commune", "ABCDEGLHK"), ("copy:demo", "ABC")])
def test_it_begins_as_a_sample_or_as_another_office(administrator: PageClient, begin: str, found: str) -> None:
    new(administrator, **{"from": begin})
    own = office()
    assert own and letters() == found and own.name_vi == "Một cửa xã mới"


def test_a_file_makes_an_office_with_the_name_that_is_in_it(administrator: PageClient) -> None:
    body = administrator.open(f"{FILE}.json").get_data()
    assert new(administrator, body, name_vi="").status == 200
    own = office()
    assert own and (own.name_vi, letters()) == ("Một cửa demo", "ABC")


@pytest.mark.parametrize(
    ("field", "fields"),
    [
        ("slug", {"slug": "Xã Mới"}), ("slug", {"slug": "-x"}), ("slug", {"slug": "x" * 41}), ("slug", {"slug": ""}),
        ("name_vi", {"name_vi": ""}), ("name_vi", {"name_vi": "x" * 121}),
    ],
)  # fmt: skip
def test_a_mistake_is_told_at_its_field_and_nothing_typed_is_lost(
    administrator: PageClient, field: str, fields: dict[str, str]
) -> None:
    page = new(administrator, name_en="New", **fields)
    assert page.status == 422 and page.all(f'//*[@id="new-{field}-wrong"]')
    assert page.all('//input[@name="name_en"]/@value') == ["New"]
    assert db.session.query(Office).count() == 1


def test_a_short_name_in_use_is_told_at_its_field(administrator: PageClient) -> None:
    page = new(administrator, slug="demo")
    assert page.status == 409 and page.all('//*[@id="new-slug-wrong"]')


def test_the_same_form_twice_makes_one_office(administrator: PageClient) -> None:
    form = administrator.get(ALL).form(ALL)
    for _ in range(2):
        page = administrator.send(form, name_vi="Một cửa", slug="moi", **{"from": ""})
        assert page.response.request.path == "/offices/moi/settings"
    assert db.session.query(Office).count() == 2


@pytest.mark.parametrize("begin", ["sample:x", "copy:x", "sample:../commune"])
def test_what_no_page_offers_makes_nothing(administrator: PageClient, begin: str) -> None:
    assert new(administrator, **{"from": begin}).status == 404
    assert db.session.query(Office).count() == 1


BAD = json.dumps(
    {
        "luot": "office",
        "version": 1,
        "office": {"name": {"vi": "X"}},
        "services": [{"letter": "?", "name": {"vi": "X"}}],
    }
).encode()


@pytest.mark.parametrize(
    ("body", "told"),
    [(BAD, "services › 1 › letter"), (b"{", "dòng"), (b"\x89PNG", ""), (b"[]", ""), (b"", "")],
    ids=["a value", "broken", "a picture", "a list", "empty"],
)
def test_what_is_wrong_with_a_file_is_told_with_its_place(administrator: PageClient, body: bytes, told: str) -> None:
    page = new(administrator, body)
    assert page.status == 422 and page.all('//*[@class="in-file"]//li')
    if told.startswith("services"):
        assert told in page.text
    assert page.all('//input[@name="slug"]/@value') == ["moi"] and office() is None


def test_a_file_that_is_too_large_is_told_so(administrator: PageClient) -> None:
    page = new(administrator, b" " * (LARGEST + 100_000))
    assert page.status == 413 and "8" in page.text


def test_a_file_larger_than_any_form_is_taken_in(administrator: PageClient) -> None:
    body = json.loads(administrator.open(f"{FILE}.json").get_data())
    body["catalogue"] = [{"code": f"1.{n}", "name": {"vi": "Thủ tục " + "x" * 900}} for n in range(400)]
    assert new(administrator, json.dumps(body).encode()).status == 200


def test_every_office_is_listed_with_its_pages(administrator: PageClient) -> None:
    an_office("xa")
    links = set(administrator.get(ALL).all("//main//a/@href"))
    assert {"/offices/xa/settings", "/offices/xa/settings/file", "/administration?copy=xa#new"} <= links
    page = administrator.get("/administration?copy=xa")
    assert page.all("//option[@selected]/@value") == ["copy:xa"]


def test_a_manager_takes_the_office_along(manager: PageClient) -> None:
    answer = manager.open(f"{FILE}.json")
    assert answer.mimetype == "application/json" and "attachment" in answer.headers["Content-Disposition"]
    said = json.loads(answer.get_data())
    assert [own["letter"] for own in said["services"]] == ["A", "B", "C"] and "quanly" not in answer.get_data(
        as_text=True
    )


def test_a_manager_fills_an_office_in_which_nothing_is_set(manager: PageClient, cast: Cast) -> None:
    assert not manager.get(FILE).has_form(FILE)
    assert manager.post(FILE, csrf_token=manager.token(), **{"from": "sample:commune"}).status == 409


def test_an_empty_office_is_filled_from_a_sample(administrator: PageClient) -> None:
    new(administrator)
    address = "/offices/moi/settings/file"
    assert send(administrator, address, **{"from": ""}).status == 422
    assert send(administrator, address, BAD, **{"from": ""}).status == 422
    page = send(administrator, address, **{"from": "sample:province"})
    assert page.response.request.path == "/offices/moi/settings" and len(letters()) == 13


def test_nobody_takes_another_office_along(manager: PageClient) -> None:
    an_office("xa")
    manager.get("/offices/xa/settings/file", status=404)
    manager.get("/offices/xa/settings/file.json", status=404)
    assert manager.post("/offices/xa/settings/file", csrf_token=manager.token()).status == 404
    assert manager.post(ALL, csrf_token=manager.token(), slug="x", name_vi="X").status == 403
