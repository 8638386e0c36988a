"""Many offices: the visitor finds the less busy one, the coordinator sees all, each stays with their own (R18)."""

import pytest
from flask import Flask, g

from counter.actions import settings
from counter.actions.room import set_cap
from counter.database import db
from counter.models.office import Office
from counter.models.staff import ADMINISTRATOR, COORDINATOR
from counter.panels import home
from tests.actions.test_issue import take
from tests.cast import MORNING, Cast, an_office, form, hire
from tests.pages import Page, PageClient
from tests.test_live import Screen


@pytest.fixture
def coordinator(app: Flask, cast: Cast) -> PageClient:
    hire(cast.office, COORDINATOR, "dieuphoi")
    client = PageClient(app)
    client.sign_in("dieuphoi")
    return client


@pytest.fixture
def administrator(app: Flask, cast: Cast) -> PageClient:
    hire(cast.office, ADMINISTRATOR, "quantri")
    client = PageClient(app)
    client.sign_in("quantri")
    return client


def many(number: int) -> None:
    """Offices without anything in them."""
    db.session.add_all(
        Office(slug=f"xa-{n}", name_vi=f"Một cửa xã Tân Hòa {n}", name_en=f"Tan Hoa {n}", day=MORNING.date())
        for n in range(number)
    )
    db.session.commit()


def slugs(page: Page) -> list[str]:
    return [str(own).removeprefix("office-") for own in page.all("//main//*[starts-with(@id, 'office-')]/@id")]


def rows(page: Page) -> dict[str, list[str]]:
    """What the coordinator's page says of each office."""
    return {
        str(row.get("id")).removeprefix("office-"): [" ".join("".join(cell.itertext()).split()) for cell in row]
        for row in page.all("//tbody/tr")
    }


# Home.


def test_the_less_busy_office_comes_first_and_a_closed_one_last(client: PageClient, cast: Cast) -> None:
    an_office("ranh"), an_office("dong")
    settings.set_office(db.session.query(Office).filter_by(slug="dong").one().id, {"weekdays": "7"}, form())
    for _ in range(3):
        take(cast)
    assert slugs(client.get("/")) == ["ranh", "demo", "dong"]


def test_more_open_counters_make_an_office_less_busy(client: PageClient, cast: Cast) -> None:
    other = an_office("a")
    for office in (cast, other):
        for _ in range(6):
            take(office)
    db.session.execute(db.update(Office).values(seq=Office.seq + 1))
    for own in cast.counters.values():
        db.session.execute(db.text("UPDATE counter SET open = true WHERE id = :id"), {"id": own})
    db.session.commit()
    assert slugs(client.get("/"))[0] == "demo"


def test_few_offices_are_all_shown_and_need_no_search(client: PageClient, cast: Cast) -> None:
    page = client.get("/")
    assert not page.has_form("/") and slugs(page) == ["demo"]


@pytest.mark.parametrize("typed", ["Tân Hòa 7", "tan hoa 7", "TAN HOA 7", "  hoa  7 tan ", "xa-7"])
def test_an_office_is_found_by_its_name_without_marks(client: PageClient, cast: Cast, typed: str) -> None:
    many(30)
    assert client.get("/").all('//form[@method="get" and @action="/"]//input[@name="q"]')
    page = client.get(f"/?q={typed}")
    assert slugs(page) == ["xa-7"]
    assert page.all('//input[@name="q"]/@value') == [typed.strip()]


def test_of_many_offices_few_are_shown_and_each_is_found_by_name(client: PageClient, cast: Cast) -> None:
    many(30)
    page = client.get("/")
    assert len(slugs(page)) == home.FEW
    assert len(page.all("//details[contains(@class, 'offices-all')]//a")) == 31
    assert len(slugs(client.get("/?q=tan"))) == home.FEW


@pytest.mark.parametrize("typed", ["zzz", "%00", "x" * 5_000, "<script>", "../../etc", "%2F%2F", "!!!"])
def test_what_is_no_name_finds_nothing_and_breaks_nothing(client: PageClient, cast: Cast, typed: str) -> None:
    many(30)
    assert client.get(f"/?q={typed}").status == 200


def test_what_was_found_is_live_too(app: Flask, client: PageClient, cast: Cast) -> None:
    many(30)
    address = str(client.get("/?q=demo").all("//@data-panel")[0])
    screen = Screen(app)
    assert screen.watch(address)["watching"] == [address]
    take(cast)
    first, second = screen.wait_for("panel", 2)[:2]
    assert first["html"] != second["html"] and "office-demo" in second["html"] and "xa-1" not in second["html"]
    screen.line.disconnect()


# The coordinator's page.


def test_every_office_stands_on_one_page_with_its_figures(coordinator: PageClient, cast: Cast) -> None:
    other = an_office("xa")
    set_cap(other.office, 2, form())
    take(cast), take(cast), take(other)
    page = coordinator.get("/overview")
    assert rows(page)["demo"][1:5] == ["2", "0", "0", "0 / 3"]
    assert rows(page)["xa"][3] == "0 / 2"
    assert page.all("//dl//dd/text()")[0] == "3"


def test_a_room_that_is_full_of_places_kept_says_so(coordinator: PageClient, cast: Cast) -> None:
    set_cap(cast.office, 2, form())
    take(cast)
    assert rows(coordinator.get("/overview?lang=en"))["demo"][3] == "0 / 2"
    take(cast)
    assert rows(coordinator.get("/overview?lang=en"))["demo"][3] == "0 / 2 full, 2 places kept"


def test_a_closed_office_says_why(coordinator: PageClient, cast: Cast) -> None:
    many(1)
    settings.set_office(cast.office, {"weekdays": "7"}, form())
    said = rows(coordinator.get("/overview?lang=en"))
    assert said["demo"][5] == "Closed today." and said["xa-0"][5] == "It has no services yet."


@pytest.mark.parametrize(("by", "first"), [("waiting", "xa"), ("name", "demo"), ("closed", "huyen"), ("x", "demo")])
def test_it_is_ordered_by_a_link(coordinator: PageClient, cast: Cast, by: str, first: str) -> None:
    other, third = an_office("xa"), an_office("huyen")
    take(other)
    settings.set_office(third.office, {"weekdays": "7"}, form())
    page = coordinator.get(f"/overview?by={by}")
    assert next(iter(rows(page))) == first
    assert page.all(f"//thead//a[@href='/overview?by={by}']/../@aria-sort") or by == "x"


def test_it_is_live_for_a_coordinator_and_for_nobody_else(app: Flask, coordinator: PageClient, cast: Cast) -> None:
    stranger = Screen(app)
    assert stranger.watch("/overview/name")["refused"] == ["/overview/name"]
    g.pop("staff", None)  # A test's screens share one context; those of a server do not.
    screen = Screen(app, coordinator)
    assert screen.watch("/overview/name")["watching"] == ["/overview/name"]
    take(cast)
    first, second = screen.wait_for("panel", 2)[:2]
    assert first["html"] != second["html"]
    for own in (screen, stranger):
        own.line.disconnect()


def test_many_changes_of_many_offices_are_one_drawing(app: Flask, coordinator: PageClient, cast: Cast) -> None:
    other = an_office("xa")
    screen = Screen(app, coordinator)
    screen.watch("/overview/name")
    before = app.extensions["line"].drawings
    for _ in range(4):
        take(cast), take(other)
    screen.wait_for("panel", 2)
    assert app.extensions["line"].drawings == before + 1
    screen.line.disconnect()


# Who may what.


def test_a_coordinator_begins_with_all_offices(coordinator: PageClient, cast: Cast) -> None:
    client = PageClient(coordinator.app)
    assert client.sign_in("dieuphoi").response.request.path == "/overview"
    links = coordinator.get("/").all("//nav//a/@href")
    assert links == ["/overview"]


def test_a_coordinator_sees_and_sets_nothing(coordinator: PageClient, cast: Cast) -> None:
    other = an_office("xa")
    for address in ("settings", "settings/people", "door", "settings/file.json"):
        coordinator.get(f"/offices/demo/{address}", status=403)
        coordinator.get(f"/offices/xa/{address}", status=404)
    coordinator.get(f"/counters/{cast.counters[1]}", status=403)
    coordinator.get(f"/counters/{other.counters[1]}", status=404)
    coordinator.get("/administration", status=403)


@pytest.mark.parametrize("username", ["quanly", "huongdan", "quay1"])
def test_whoever_has_one_office_sees_no_others(client: PageClient, cast: Cast, username: str) -> None:
    client.sign_in(username)
    for address in ("/overview", "/overview/name", "/administration"):
        client.get(address, status=403)


def test_an_administrator_does_in_every_office_what_its_manager_may(administrator: PageClient, cast: Cast) -> None:
    other = an_office("xa")
    take(other)
    for address in ("settings", "settings/people", "settings/room", "settings/audit", "door", "reports/online"):
        administrator.get(f"/offices/xa/{address}")
    page = administrator.send(administrator.get(f"/counters/{other.counters[1]}").form("/calls"))
    assert page.numbers()[0] == "A001"
    assert {"/overview", "/administration"} <= set(administrator.get("/").all("//nav//a/@href"))


def test_an_administrator_makes_coordinators_and_administrators_and_a_manager_does_not(
    administrator: PageClient, client: PageClient, cast: Cast
) -> None:
    people = "/offices/demo/settings/people"
    offered = administrator.get(people).all("//form[@id='person']//option/@value")
    assert {"coordinator", "administrator"} <= set(offered)
    fields = {"name": "Lan", "username": "lan", "role": "administrator", "counter": ""}
    assert administrator.send(administrator.get(people).form("/people"), **fields).status == 200
    client.sign_in("quanly")
    page = client.get(people)
    assert not {"coordinator", "administrator"} & set(page.all("//option/@value"))
    assert client.send(page.form("/people"), **{**fields, "username": "minh"}).status == 403


def test_a_manager_does_not_raise_themselves(client: PageClient, cast: Cast) -> None:
    client.sign_in("quanly")
    people = "/offices/demo/settings/people"
    form_of_ones_own = next(
        own for own in client.get(people).forms() if own.fields.get("name") == "quanly" and not own.delete
    )
    assert client.send(form_of_ones_own, role="administrator", counter="").status == 403
    client.get("/administration", status=403)


def test_a_manager_gives_no_code_for_an_administrator(
    administrator: PageClient, client: PageClient, cast: Cast
) -> None:
    own = int(
        str(administrator.get("/offices/demo/settings/people").all("//li[.//*[text()='quantri']]/@id")[0]).split("-")[1]
    )
    client.sign_in("quanly")
    page = client.get("/offices/demo/settings/people")
    assert "quantri" in page.text and not page.has_form(f"/people/{own}/code")
    assert client.post(f"/offices/demo/settings/people/{own}/code", csrf_token=client.token()).status == 403
