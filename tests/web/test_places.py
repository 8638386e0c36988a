"""Pocket, door, desk, display, home: each answers its question, and refuses in words."""

import pytest

from counter.actions.call import begin, call_next, finish
from counter.actions.perform import Asked
from counter.actions.room import set_cap
from counter.actions.visit import come_back
from counter.database import db
from counter.models.history import History
from counter.models.office import Office
from counter.models.staff import Staff
from counter.models.ticket import Ticket
from tests.actions.test_issue import take
from tests.cast import MORNING, PASSWORD_HASH, Cast, an_office, number, status
from tests.cast import form as form_of_nobody
from tests.pages import PageClient


def token_of(ticket: int) -> str:
    return db.session.get_one(Ticket, ticket).token


@pytest.fixture
def clerk(app: object, cast: Cast) -> PageClient:
    clerk = PageClient(app)  # type: ignore[arg-type]
    clerk.sign_in("quay1")
    return clerk


def desk_of(cast: Cast, counter: int = 1) -> str:
    return f"/counters/{cast.counters[counter]}"


# Pocket.


def test_the_phone_shows_number_and_place_in_line(client: PageClient, cast: Cast) -> None:
    take(cast)
    second = take(cast)
    page = client.get(f"/t/{token_of(second)}")
    assert page.numbers()[0] == "A002"
    assert page.all('//*[@class="turn-word"]/b/text()') == ["1"]


def test_a_ticket_is_given_up_by_a_form_and_by_delete(client: PageClient, cast: Cast) -> None:
    by_form, by_delete = take(cast), take(cast)
    page = client.get(f"/t/{token_of(by_form)}")
    assert client.send(page.form(f"/t/{token_of(by_form)}", delete=True)).status == 200
    answer = client.open(f"/t/{token_of(by_delete)}", "DELETE", headers={"X-CSRFToken": client.token()})
    assert answer.status_code == 303
    assert (status(by_form), status(by_delete)) == ("left", "left")


def test_an_old_form_that_gives_up_a_ended_ticket_is_told_so(client: PageClient, cast: Cast) -> None:
    ticket = take(cast)
    form = client.get(f"/t/{token_of(ticket)}").form(f"/t/{token_of(ticket)}", delete=True)
    client.send(form)
    page = client.send(form, operation="another-form")
    assert page.status == 409
    assert "Phiếu đang ở trạng thái “đã trả số”" in page.said()


@pytest.mark.parametrize("token", ["x", "A001", "../../etc/passwd", "x" * 10_000, "%00", "AAAAAAAAAAAAAAAAAAAAAA"])
def test_a_token_that_does_not_exist_opens_nothing(client: PageClient, cast: Cast, token: str) -> None:
    take(cast)
    page = client.get(f"/t/{token}", status=404)
    assert not page.numbers()


def test_the_code_is_an_image_of_the_tickets_address(client: PageClient, cast: Cast) -> None:
    answer = client.open(f"/t/{token_of(take(cast))}/qr.svg")
    assert answer.mimetype == "image/svg+xml"
    assert client.open("/t/nothing/qr.svg").status_code == 404


# Desk.


def test_a_clerk_calls_serves_and_finishes(clerk: PageClient, cast: Cast) -> None:
    ticket = take(cast)
    page = clerk.send(clerk.get(desk_of(cast)).form("/calls"))
    assert page.numbers()[0] == "A001"
    page = clerk.send(page.form("/service"))
    assert status(ticket) == "serving"
    clerk.send(page.form("/service", delete=True))
    assert status(ticket) == "done"


def test_call_again_and_not_here(clerk: PageClient, cast: Cast) -> None:
    ticket = take(cast)
    page = clerk.send(clerk.get(desk_of(cast)).form("/calls"))
    page = clerk.send(page.form("/call"))
    clerk.send(page.form("/absence"))
    assert status(ticket) == "no_show"


def test_the_order_is_explained(clerk: PageClient, cast: Cast) -> None:
    take(cast)
    take(cast, priority_class_id=cast.classes[0])
    page = clerk.get(desk_of(cast))
    assert page.text.index("A002") < page.text.index("A001")
    assert "Ưu tiên" in page.text
    assert "08:41" in page.text


def test_nobody_waits_is_said_on_the_desk(clerk: PageClient, cast: Cast) -> None:
    page = clerk.send(clerk.get(desk_of(cast)).form("/calls"))
    assert page.status == 409
    assert page.said()
    assert page.has_form("/calls")


def test_two_clerks_at_one_counter_call_one_visitor(app: object, clerk: PageClient, cast: Cast) -> None:
    take(cast)
    take(cast)
    other = PageClient(app)  # type: ignore[arg-type]
    other.sign_in("quanly")
    forms = [who.get(desk_of(cast)).form("/calls") for who in (clerk, other)]
    pages = [who.send(form) for who, form in zip((clerk, other), forms, strict=True)]
    assert [page.numbers()[0] for page in pages] == ["A001", "A001"]
    assert db.session.query(History).filter_by(move="call").count() == 1


def test_an_old_desk_page_calls_nobody_twice(clerk: PageClient, cast: Cast) -> None:
    tickets = [take(cast) for _ in range(2)]
    old = clerk.get(desk_of(cast)).form("/calls")
    page = clerk.send(old)
    page = clerk.send(page.form("/service"))
    clerk.send(page.form("/service", delete=True))
    clerk.send(old)
    assert [status(ticket) for ticket in tickets] == ["done", "waiting"]


def test_a_finished_ticket_cannot_be_finished_again(clerk: PageClient, cast: Cast) -> None:
    ticket = take(cast)
    page = clerk.send(clerk.get(desk_of(cast)).form("/calls"))
    page = clerk.send(page.form("/service"))
    form = page.form("/service", delete=True)
    clerk.send(form)
    page = clerk.send(form, operation="a-new-form")
    assert page.status == 409
    assert page.said()
    assert status(ticket) == "done"


def test_someone_elses_counter_is_refused(clerk: PageClient, cast: Cast) -> None:
    assert clerk.get(desk_of(cast, 2), status=403).text
    answer = clerk.post(f"{desk_of(cast, 2)}/calls", csrf_token=clerk.token(), operation="x")
    assert answer.status == 403


def test_someone_elses_ticket_is_refused(clerk: PageClient, app: object, cast: Cast) -> None:
    take(cast, "B")
    other = PageClient(app)  # type: ignore[arg-type]
    other.sign_in("quay3")
    page = other.send(other.get(desk_of(cast, 3)).form("/calls"))
    form = page.form("/service")
    answer = clerk.post(form.action, csrf_token=clerk.token(), operation="x")
    assert answer.status == 403


def test_a_counter_of_another_office_does_not_exist_here(clerk: PageClient, cast: Cast) -> None:
    other = an_office("other")
    clerk.get(desk_of(other), status=404)


def test_an_old_not_here_after_the_visitor_came_back_leads_to_ones_own_desk(clerk: PageClient, cast: Cast) -> None:
    ticket = take(cast)
    page = clerk.send(clerk.get(desk_of(cast)).form("/calls"))
    form = page.form("/absence")
    clerk.send(form)
    come_back(ticket, form_of_nobody())
    assert clerk.send(form).response.request.path == desk_of(cast)
    assert status(ticket) == "waiting"


def test_a_refused_form_shows_nothing_of_another_office(clerk: PageClient, app: object, cast: Cast) -> None:
    other = an_office("other", cap=3)
    take(other)
    guide = PageClient(app)  # type: ignore[arg-type]
    guide.sign_in("huongdan")
    for who, address in ((clerk, f"{desk_of(other)}/calls"), (guide, "/offices/other/door/entries")):
        page = who.post(address, csrf_token=who.token(), operation="x", code="A001")
        assert page.status == 404
        assert not page.all("//*[@data-panel]")


def test_numbers_beyond_the_database_are_not_found(clerk: PageClient, cast: Cast) -> None:
    for address in (f"/counters/{'9' * 20}", f"/counters/{'9' * 20}/desk"):
        clerk.get(address, status=404)
    assert clerk.post(f"/tickets/{'9' * 20}/service", csrf_token=clerk.token()).status == 404


# Door.


def test_the_guide_lets_in_and_out_by_typed_number(app: object, capped: Cast) -> None:
    guide = PageClient(app)  # type: ignore[arg-type]
    guide.sign_in("huongdan")
    ticket = take(capped)
    page = guide.get("/offices/demo/door")
    assert "A001" in page.numbers()
    page = guide.send(page.form("/door/entries"), code="a1")
    assert status(ticket) == "inside"
    assert "A001" in page.said()
    page = guide.send(page.form("/door/exits"), code="A001")
    assert "A001" in page.said()


def test_a_full_room_is_said_at_the_door(app: object, capped: Cast) -> None:
    guide = PageClient(app)  # type: ignore[arg-type]
    guide.sign_in("huongdan")
    tickets = [take(capped) for _ in range(3)]
    page = guide.send(guide.get("/offices/demo/door").form("/door/entries"), code=number(tickets[2]))
    assert page.status == 409
    assert "0 chỗ" in page.said()


@pytest.mark.parametrize("code", ["", "Z999", "x" * 10_000, "<script>", "A" * 22])
def test_a_code_that_is_none_is_said_at_the_door(app: object, capped: Cast, code: str) -> None:
    guide = PageClient(app)  # type: ignore[arg-type]
    guide.sign_in("huongdan")
    page = guide.send(guide.get("/offices/demo/door").form("/door/entries"), code=code)
    assert page.status == 404
    assert page.said()


def test_a_clerk_does_not_stand_at_the_door(clerk: PageClient, cast: Cast) -> None:
    clerk.get("/offices/demo/door", status=403)


def test_one_form_sent_for_two_visitors_lets_both_in(app: object, capped: Cast) -> None:
    guide = PageClient(app)  # type: ignore[arg-type]
    guide.sign_in("huongdan")
    tickets = [take(capped) for _ in range(2)]
    form = guide.get("/offices/demo/door").form("/door/entries")
    for ticket in tickets:
        guide.send(form, code=f"https://motcua-phuong-hoa-binh.ninhbinh.gov.vn/t/{token_of(ticket)}")
    assert [status(ticket) for ticket in tickets] == ["inside", "inside"]


# Display and home.


def test_a_call_that_nobody_has_answered_stays_on_the_wall(client: PageClient, cast: Cast) -> None:
    first = take(cast, "B")
    call_next(cast.counters[3], form_of_nobody())
    for _ in range(9):
        take(cast)
        ticket = call_next(cast.counters[1], form_of_nobody())["ticket"]
        begin(ticket, form_of_nobody())
        finish(ticket, form_of_nobody())
    assert number(first) in client.get("/offices/demo/display").numbers()


def test_the_wall_shows_who_goes_where_and_how_many_wait(client: PageClient, clerk: PageClient, cast: Cast) -> None:
    take(cast)
    take(cast)
    clerk.send(clerk.get(desk_of(cast)).form("/calls"))
    page = client.get("/offices/demo/display")
    assert "A001" in page.numbers()
    assert "Hộ tịch" in page.text
    assert "Civil status" in page.text


def test_home_shows_every_office(client: PageClient, cast: Cast) -> None:
    an_office("other")
    set_cap(cast.office, 7, Asked("test"))
    page = client.get("/")
    assert "Một cửa demo" in page.text
    assert "Một cửa other" in page.text
    assert page.all('//a[contains(@href, "/offices/demo/tickets")]')


def test_the_managers_home_leads_to_every_page_of_theirs(client: PageClient, cast: Cast) -> None:
    client.sign_in("quanly")
    links = client.get("/").all("//main//a/@href")
    for place in ("settings/room", "settings/catalogue", "settings/texts", "settings/paper", "reports/online", "door"):
        assert f"/offices/demo/{place}" in links


@pytest.mark.parametrize(
    ("address", "way_on"),
    [
        ("tickets?procedure=999", "tickets"),
        ("kiosk?procedure=999", "kiosk?lang=vi"),
        ("errands/999", "tickets"),
    ],
)
def test_who_meets_an_error_goes_on_where_they_stand(client: PageClient, cast: Cast, address: str, way_on: str) -> None:
    page = client.get(f"/offices/demo/{address}", status=404)
    assert page.all('//*[@class="error"]//a/@href') == [f"/offices/demo/{way_on}"]


@pytest.mark.parametrize("place", ["", "kiosk", "tickets", "display", "door"])
def test_an_office_that_has_just_been_made_shows_designed_pages(app: object, now: None, place: str) -> None:
    db.session.add(Office(slug="new", name_vi="Một cửa mới", name_en="New desk", day=MORNING.date()))
    db.session.commit()
    office = db.session.query(Office).one()
    manager = Staff(office_id=office.id, username="lan", name="Lan", role="manager", password_hash=PASSWORD_HASH)
    db.session.add(manager)
    db.session.commit()
    browser = PageClient(app)  # type: ignore[arg-type]
    browser.sign_in("lan")
    assert "Một cửa mới" in browser.get(f"/offices/new/{place}" if place else "/").text
