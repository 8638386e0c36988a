"""The desk says what came of a visit, and the phone and the door say the same (R4, R6)."""

import pytest
from flask import Flask
from werkzeug.datastructures import MultiDict

from counter.actions.call import begin, call_next
from counter.actions.clockwork import close_day
from counter.actions.closing import put_on_hold, rejoin, resume
from counter.actions.door import go_out
from counter.actions.room import set_cap
from counter.database import db
from counter.models.procedure import Procedure
from counter.models.ticket import Ticket
from queues.online import FULL, NONE, WHY_FAILED
from tests.actions.test_closing import read
from tests.actions.test_issue import take
from tests.cast import MORNING, Cast, form, number, status
from tests.pages import PageClient

PAPERS = ["Tờ khai <b>mẫu</b>", "Giấy chứng sinh"]


@pytest.fixture
def clerk(app: Flask, cast: Cast) -> PageClient:
    clerk = PageClient(app)
    clerk.sign_in("quay1")
    return clerk


def desk(cast: Cast, counter: int = 1) -> str:
    return f"/counters/{cast.counters[counter]}"


def an_errand(cast: Cast, **known: object) -> int:
    """A procedure of the catalogue."""
    own = Procedure(
        office_id=cast.office, code="1.001193", name_vi="Đăng ký khai sinh", name_en="Birth registration",
        fee="Miễn phí", days="Trong ngày", papers=PAPERS, service_id=cast.services["A"], **known,
    )  # fmt: skip
    db.session.add(own)
    db.session.commit()
    return own.id


def set_ticket(ticket: int, **values: object) -> None:
    own = db.session.get_one(Ticket, ticket)
    for name, value in values.items():
        setattr(own, name, value)
    db.session.commit()


def serving(cast: Cast, **values: object) -> int:
    """A visitor at counter 1."""
    ticket = take(cast)
    set_ticket(ticket, **values)
    call_next(cast.counters[1], form())
    begin(ticket, form())
    return ticket


def phone(client: PageClient, ticket: int, lang: str = "en") -> str:
    page = client.get(f"/t/{read(ticket).token}?lang={lang}")
    return " ".join(" ".join(page.all("//main")[0].itertext()).split())


def hold(clerk: PageClient, cast: Cast, ticket: int, *missing: str, more: str = "") -> int:
    """Send the form of the missing papers; returns the answer's status."""
    sent = clerk.get(desk(cast)).form(f"/tickets/{ticket}/hold")
    fields = MultiDict([*sent.fields.items(), ("more", more), *(("missing", one) for one in missing)])
    return clerk.open(sent.action, "POST", data=fields).status_code


# The errand.


def test_the_desk_shows_what_the_visitor_came_for(clerk: PageClient, cast: Cast) -> None:
    serving(cast, procedure_id=an_errand(cast), papers="some", failed_why="page_broken")
    page = clerk.get(f"{desk(cast)}?lang=en")
    text = " ".join(page.all('//*[@class="errand"]')[0].itertext())
    for said in ("Birth registration", "Miễn phí", "Trong ngày", "2 papers", PAPERS[0], "The page did not work"):
        assert said in text
    assert "some papers are missing" in text


def test_without_an_errand_nothing_is_claimed(clerk: PageClient, cast: Cast) -> None:
    serving(cast)
    assert not clerk.get(desk(cast)).all('//*[@class="errand"]')


@pytest.mark.parametrize("why", WHY_FAILED)
def test_each_reason_why_it_failed_has_its_sentence(clerk: PageClient, cast: Cast, why: str) -> None:
    serving(cast, failed_why=why)
    text = " ".join(clerk.get(f"{desk(cast)}?lang=en").all('//*[@class="errand"]')[0].itertext())
    assert "Tried online: " in text
    assert f"Tried online: {why} " not in text


def test_the_next_ones_show_who_tries_online_and_who_has_asked_for_minutes(clerk: PageClient, cast: Cast) -> None:
    trying, later = take(cast), take(cast)
    set_ticket(trying, trying_since=MORNING, procedure_id=an_errand(cast))
    set_ticket(later, trying_since=MORNING, defer_until=MORNING)
    page = clerk.get(f"{desk(cast)}?lang=en")
    said = {ticket: " ".join(page.all(f'//*[@id="next-{number(ticket)}"]')[0].itertext()) for ticket in (trying, later)}
    assert "Trying online" in said[trying]
    assert "Birth registration" in said[trying]
    assert "until 08:41" in said[later]


# What came of it.


@pytest.mark.parametrize(
    ("outcome", "result_by", "said"),
    [
        ("accepted", "post", "by post"),
        ("accepted", "desk", "on your receipt"),
        ("accepted", "online", "to your account"),
        ("result", None, "You have your result"),
        ("advised", None, "Thank you"),
        ("online", None, "submitted online"),
        ("other_desk", None, "another office"),
    ],
)
def test_one_form_says_what_came_of_it_and_the_phone_says_it_too(
    clerk: PageClient, cast: Cast, outcome: str, result_by: str | None, said: str
) -> None:
    ticket = serving(cast)
    forms = [own for own in clerk.get(desk(cast)).forms() if own.fields.get("outcome") == outcome]
    (own,) = [one for one in forms if one.fields.get("result_by") == result_by]
    assert clerk.send(own).status == 200
    assert (read(ticket).status, read(ticket).outcome, read(ticket).result_by) == ("done", outcome, result_by)
    assert said in phone(clerk, ticket)


def test_finish_alone_says_nothing(clerk: PageClient, cast: Cast) -> None:
    ticket = serving(cast)
    clerk.send(clerk.get(desk(cast)).form("/service", delete=True))
    assert (read(ticket).status, read(ticket).outcome) == ("done", None)


@pytest.mark.parametrize(
    ("known", "ways"),
    [
        ({}, ["desk", "post", "online"]),
        ({"online": NONE, "post_out": False}, ["desk"]),
        ({"online": FULL, "post_out": True}, ["desk", "post", "online"]),
    ],
)
def test_a_way_back_that_the_catalogue_rules_out_is_not_offered(
    clerk: PageClient, cast: Cast, known: dict[str, object], ways: list[str]
) -> None:
    serving(cast, procedure_id=an_errand(cast, **known))
    offered = [own.fields["result_by"] for own in clerk.get(desk(cast)).forms() if "result_by" in own.fields]
    assert offered == ways


@pytest.mark.parametrize(
    "fields", [{"outcome": "held"}, {"outcome": "accepted", "result_by": "x"}, {"result_by": "post"}]
)
def test_what_no_page_of_ours_sends_ends_nothing(clerk: PageClient, cast: Cast, fields: dict[str, str]) -> None:
    ticket = serving(cast)
    page = clerk.send(clerk.get(desk(cast)).form("/service", delete=True), **fields)
    assert (page.status, status(ticket)) == (404, "serving")


# Papers missing.


def test_missing_papers_are_ticked_and_written_in_one_go(clerk: PageClient, cast: Cast) -> None:
    ticket = serving(cast, procedure_id=an_errand(cast))
    assert hold(clerk, cast, ticket, PAPERS[0], more="Ảnh 4 × 6\r\n\r\n Sổ hộ khẩu ") == 303
    assert (status(ticket), read(ticket).missing) == ("held", [PAPERS[0], "Ảnh 4 × 6", "Sổ hộ khẩu"])
    page = clerk.get(desk(cast))
    assert page.all(f'//*[@id="held-{number(ticket)}"]')
    assert number(ticket) in page.said()


def test_no_paper_named_is_told_where_it_was_asked(clerk: PageClient, cast: Cast) -> None:
    ticket = serving(cast, procedure_id=an_errand(cast))
    page = clerk.send(clerk.get(desk(cast)).form(f"/tickets/{ticket}/hold"), more=" \n ")
    assert (page.status, status(ticket)) == (422, "serving")
    assert page.said()
    assert page.all(f'//details[@id="missing-{ticket}" and @open]//*[@id="missing-mistake"]')
    assert page.all('//textarea[@name="more"]/@aria-describedby') == ["missing-mistake"]


def test_any_text_may_be_the_name_of_a_paper(clerk: PageClient, cast: Cast) -> None:
    ticket = serving(cast)
    assert hold(clerk, cast, ticket, "\0a", "x" * 50_000, more="<script>\n' OR 1=1 --\n" + "ộ\n" * 9000) == 303
    assert (read(ticket).missing or [])[0] == "a"
    clerk.get(desk(cast))
    assert "<script>" in phone(clerk, ticket)  # as text: the client checks that no script is on the page


def test_the_phone_names_the_papers_and_brings_the_visitor_back(client: PageClient, cast: Cast) -> None:
    ticket = serving(cast)
    put_on_hold(ticket, PAPERS, form())
    assert PAPERS[1] in phone(client, ticket)
    page = client.get(f"/t/{read(ticket).token}")
    assert client.send(page.form("/rejoin")).status == 200
    assert status(ticket) == "inside"
    assert PAPERS[1] not in phone(client, ticket)
    again = client.send(page.form("/rejoin"), operation="another-form")
    assert (again.status, bool(again.said())) == (409, True)


def test_after_the_day_the_phone_still_names_what_was_missing(client: PageClient, cast: Cast) -> None:
    ticket = serving(cast)
    put_on_hold(ticket, PAPERS, form())
    close_day(cast.office, form())
    assert PAPERS[1] in phone(client, ticket)


def test_the_clerk_calls_back_only_while_the_counter_is_free(clerk: PageClient, cast: Cast) -> None:
    ticket = serving(cast)
    put_on_hold(ticket, PAPERS, form())
    old = clerk.get(desk(cast)).form(f"/tickets/{ticket}/resume")
    serving(cast)
    assert not clerk.get(desk(cast)).has_form(f"/tickets/{ticket}/resume")
    assert clerk.send(old).status == 409
    assert status(ticket) == "held"


def test_who_is_called_back_is_on_the_wall(clerk: PageClient, cast: Cast) -> None:
    ticket = serving(cast)
    put_on_hold(ticket, PAPERS, form())
    clerk.send(clerk.get(desk(cast)).form(f"/tickets/{ticket}/resume"))
    begin(ticket, form())
    assert number(ticket) in clerk.get("/offices/demo/display").numbers()


def test_the_desk_says_what_the_visitor_went_to_fetch(clerk: PageClient, cast: Cast) -> None:
    ticket = serving(cast)
    put_on_hold(ticket, PAPERS, form())
    resume(ticket, form())
    text = " ".join(clerk.get(desk(cast)).all('//*[@class="errand-missing"]')[0].itertext())
    assert PAPERS[1] in text


def test_the_list_is_printed_for_who_has_no_phone(clerk: PageClient, cast: Cast) -> None:
    ticket = serving(cast)
    clerk.get(f"/tickets/{ticket}/papers", status=404)
    put_on_hold(ticket, PAPERS, form())
    page = clerk.get(f"/tickets/{ticket}/papers")
    assert PAPERS[1] in page.text
    assert page.all('//*[@class="papers-code"]/*[local-name()="svg"]')


def test_the_door_says_that_who_is_back_waits_outside(app: Flask, capped: Cast) -> None:
    ticket, guide = serving(capped), PageClient(app)
    put_on_hold(ticket, PAPERS, form())
    go_out(capped.office, number(ticket), form())
    set_cap(capped.office, 0, form())
    guide.sign_in("huongdan")
    page = guide.send(guide.get("/offices/demo/door").form("/door/entries"), code=number(ticket))
    assert page.status == 200
    assert number(ticket) in page.said()
    assert status(ticket) == "waiting"


# Another service's line.


def test_who_is_transferred_leaves_the_desk_and_stands_in_the_other_line(clerk: PageClient, cast: Cast) -> None:
    ticket = serving(cast)
    own = [one for one in clerk.get(desk(cast)).forms() if one.action.endswith(f"/tickets/{ticket}/transfer")]
    assert [one.fields["service"] for one in own] == [str(cast.services["B"])]  # C is taken by nobody.
    page = clerk.send(own[0])
    assert (page.status, status(ticket)) == (200, "inside")
    assert number(ticket) in page.said()
    assert page.has_form("/calls")


def test_a_manager_who_transfers_stays_at_that_desk(app: Flask, cast: Cast) -> None:
    ticket, manager = serving(cast), PageClient(app)
    manager.sign_in("quanly")
    page = manager.send(manager.get(desk(cast)).form(f"/tickets/{ticket}/transfer"))
    assert page.has_form(f"{desk(cast)}/calls")


# Who may.


@pytest.mark.parametrize("verb", ["hold", "resume", "transfer"])
def test_only_the_clerk_of_the_counter_closes_a_visit(app: Flask, cast: Cast, verb: str) -> None:
    ticket, other = serving(cast), PageClient(app)
    token = other.token()
    assert other.post(f"/tickets/{ticket}/{verb}", csrf_token=token, more="x").status == 401
    other.sign_in("quay2")
    token = other.token()
    assert other.post(f"/tickets/{ticket}/{verb}", csrf_token=token, more="x").status == 403
    assert status(ticket) == "serving"


def test_papers_are_shown_to_nobody_else(app: Flask, cast: Cast) -> None:
    ticket = serving(cast)
    put_on_hold(ticket, PAPERS, form())
    other = PageClient(app)
    assert other.open(f"/tickets/{ticket}/papers").status_code == 303
    other.sign_in("quay2")
    other.get(f"/tickets/{ticket}/papers", status=403)
    rejoin(ticket, form())
