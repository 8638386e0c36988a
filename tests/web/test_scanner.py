"""What the door's scanner is answered: a sentence and plain values, with the statuses of the page."""

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from counter.database import db
from counter.models.ticket import Ticket
from tests.actions.test_issue import take
from tests.actions.test_room import headcount
from tests.cast import Cast, number, status
from tests.pages import PageClient

ENTRIES, EXITS = "/offices/demo/door/entries", "/offices/demo/door/exits"


@pytest.fixture
def guide(app: Flask, capped: Cast) -> PageClient:
    guide = PageClient(app)
    guide.sign_in("huongdan")
    return guide


def scan(guide: PageClient, address: str, code: str, operation: str, **more: str) -> TestResponse:
    """One scan, as the page's script sends it."""
    data = {"csrf_token": guide.token(), "operation": operation, "code": code, **more}
    return guide.open(address, "POST", data=data, headers={"Accept": "application/json"})


def test_a_scan_is_answered_in_plain_values(guide: PageClient, capped: Cast) -> None:
    ticket = take(capped)
    answer = scan(guide, ENTRIES, number(ticket), "one")
    assert answer.status_code == 200
    assert answer.json == {"said": "Số A001 đã vào phòng.", "kind": "ok", "changed": True}
    assert scan(guide, EXITS, number(ticket), "two").json == {
        "said": "Số A001 đã ra khỏi phòng.", "kind": "ok", "changed": True,
    }  # fmt: skip


def test_a_scan_that_is_sent_twice_is_answered_twice_and_done_once(guide: PageClient, capped: Cast) -> None:
    ticket = take(capped)
    answers = [scan(guide, ENTRIES, number(ticket), "one") for _ in range(2)]
    assert answers[0].json == answers[1].json
    assert headcount(capped)[0] == 1


def test_a_second_scan_of_the_same_ticket_says_that_nothing_has_changed(guide: PageClient, capped: Cast) -> None:
    ticket = take(capped)
    scan(guide, ENTRIES, number(ticket), "one")
    answer = scan(guide, ENTRIES, number(ticket), "two")
    assert answer.json == {"said": "Số A001 đã ở trong phòng.", "kind": "ok", "changed": False}


def test_a_refused_scan_is_told_with_the_rules_own_status(guide: PageClient, capped: Cast) -> None:
    last = [take(capped) for _ in range(3)][-1]
    full, unknown = scan(guide, ENTRIES, number(last), "one"), scan(guide, ENTRIES, "Z999", "two")
    assert (full.status_code, unknown.status_code) == (409, 404)
    for answer in (full, unknown):
        assert answer.json["kind"] == "error"
        assert answer.json["changed"] is False
        assert answer.json["said"]
    assert "0 chỗ" in full.json["said"]


def test_who_may_not_stand_there_is_told_nothing_of_the_office(app: Flask, capped: Cast) -> None:
    clerk = PageClient(app)
    clerk.sign_in("quay1")
    answer = scan(clerk, ENTRIES, number(take(capped)), "one")
    assert answer.status_code == 403
    assert not answer.is_json


def test_a_browser_is_answered_with_the_page(guide: PageClient, capped: Cast) -> None:
    form = guide.get("/offices/demo/door").form("/door/entries")
    assert "A001" in guide.send(form, code=number(take(capped))).said()


def test_more_have_come_than_the_ticket_says(guide: PageClient, capped: Cast) -> None:
    ticket = take(capped)
    assert scan(guide, ENTRIES, number(ticket), "one", people="2").status_code == 200
    assert headcount(capped)[0] == 2
    assert db.session.get_one(Ticket, ticket).party == 2


def test_fewer_have_come_and_the_place_goes_to_the_next(guide: PageClient, capped: Cast) -> None:
    pair, single = take(capped, party=2), take(capped)
    assert status(single) == "waiting"
    scan(guide, ENTRIES, number(pair), "one", people="1")
    assert status(single) == "admitted"


def test_more_have_come_than_there_is_room_for(guide: PageClient, capped: Cast) -> None:
    first, _second = take(capped), take(capped)
    answer = scan(guide, ENTRIES, number(first), "one", people="2")
    assert answer.status_code == 409
    assert status(first) == "admitted"
    assert db.session.get_one(Ticket, first).party == 1


@pytest.mark.parametrize(("people", "refusal"), [("9", 422), ("0", 422), ("-1", 404), ("many", 404)])
def test_no_party_is_of_that_size(guide: PageClient, capped: Cast, people: str, refusal: int) -> None:
    ticket = take(capped)
    assert scan(guide, ENTRIES, number(ticket), "one", people=people).status_code == refusal
    assert headcount(capped)[0] == 0


def test_only_the_door_may_use_the_camera(guide: PageClient, capped: Cast) -> None:
    assert guide.open("/offices/demo/door").headers["Permissions-Policy"] == "camera=(self)"
    for address in ("/", "/offices/demo/kiosk", "/offices/demo/display"):
        assert "camera=()" in guide.open(address).headers["Permissions-Policy"]
