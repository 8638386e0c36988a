"""Every address and every panel of the open line, asked for by everybody: each cell of the table of rights, both ways.

What is expected stands here in words of its own, not in the words of the program.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from werkzeug.routing import Rule

from counter import access, clock
from counter.access import Right
from counter.actions.call import call_next
from counter.database import db
from counter.live import socketio
from counter.models.area import Area
from counter.models.device import Device
from counter.models.sensor import Sensor
from counter.models.staff import Staff
from counter.models.ticket import Ticket
from counter.panels import PANELS, address_of
from counter.screens import COOKIE
from docs.rights import page
from tests.actions.test_issue import take
from tests.cast import MORNING, PASSWORD_HASH, Cast, an_office, form
from tests.conftest import ROOT, close, make_app
from tests.pages import PageClient

IN, SIGN_IN, NOT_YOURS, NOT_THERE = "in", "sign in first", "not yours", "not there"
PEOPLE = {
    "clerk at the counter": "quay2", "clerk at another counter": "quay1", "guide": "huongdan", "manager": "quanly",
    "coordinator": "dieuphoi", "administrator": "quantri",
    "clerk of another office": "quay2-khac", "guide of another office": "huongdan-khac",
    "manager of another office": "quanly-khac",
}  # fmt: skip
DEVICES = {
    "kiosk": ("kiosk", "demo"), "lobby screen": ("display", "demo"), "sign": ("sign", "demo"),
    "door tablet": ("door", "demo"), "door tablet of another office": ("door", "khac"),
}  # fmt: skip
STRANGERS = ("visitor", "who has only a one-time code")
EVERYBODY = (*STRANGERS, *DEVICES, *PEOPLE)

OTHERS = {
    "clerk of another office": NOT_THERE, "guide of another office": NOT_THERE, "manager of another office": NOT_THERE,
}  # fmt: skip
AT_A_COUNTER = {
    "clerk at the counter": IN, "clerk at another counter": NOT_YOURS, "guide": NOT_YOURS, "manager": IN,
    "coordinator": NOT_YOURS, "administrator": IN, **OTHERS,
}  # fmt: skip
AT_THE_DOOR = {
    "clerk at the counter": NOT_YOURS, "clerk at another counter": NOT_YOURS, "guide": IN, "manager": IN,
    "coordinator": NOT_YOURS, "administrator": IN, **OTHERS,
}  # fmt: skip
EXPECTED: dict[Right, dict[str, str]] = {
    Right.ANYONE: dict.fromkeys(EVERYBODY, IN),
    Right.DOOR: {"door tablet": IN, **AT_THE_DOOR},
    Right.LOBBY: {"lobby screen": IN, "sign": IN, **AT_THE_DOOR},
    Right.COUNTER: AT_A_COUNTER,
    Right.TICKET: AT_A_COUNTER,
    Right.SERVED: AT_A_COUNTER,
    Right.MANAGER: {
        "clerk at the counter": NOT_YOURS, "clerk at another counter": NOT_YOURS, "guide": NOT_YOURS, "manager": IN,
        "coordinator": NOT_YOURS, "administrator": IN, **OTHERS,
    },
    Right.COORDINATOR: dict.fromkeys(PEOPLE, NOT_YOURS) | {"coordinator": IN, "administrator": IN},
    Right.ADMINISTRATOR: dict.fromkeys(PEOPLE, NOT_YOURS) | {"administrator": IN},
    Right.SENSOR: {},
}  # fmt: skip
"""Who is not named has to sign in first."""


class House:
    """Two offices with everybody in them, asked through a program whose views never run."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        self.cast, other = an_office(paired_only=True), an_office("khac")
        self.ticket = take(self.cast, "A")
        call_next(self.cast.counters[2], form())
        self.objects = self._objects()
        self._hire(self.cast)
        self.tokens = self._pair({"demo": self.cast, "khac": other})
        self.browsers = {who: self._browser(who) for who in EVERYBODY}
        app.before_request_funcs[None].append(lambda: ("let in", 299))

    def asks(self, who: str, method: str, address: str) -> str:
        """What somebody is told who asks for an address."""
        browser, token = self.browsers[who]
        answer = browser.open(address, method, headers={"X-CSRFToken": token})
        if answer.status_code == 299:
            return IN
        if answer.status_code == 401 or "/session" in answer.headers.get("Location", ""):
            return SIGN_IN
        return {403: NOT_YOURS, 404: NOT_THERE}.get(answer.status_code, str(answer.status_code))

    def watches(self, who: str, address: str) -> bool:
        """Whether somebody's screen may watch a panel."""
        line = socketio.test_client(self.app, flask_test_client=self.browsers[who][0].http)
        with self.app.app_context():
            answer = line.emit("watch", [address], callback=True)
        line.disconnect()
        return bool(answer["watching"])

    def address(self, rule: Rule) -> str:
        """The address of something in the first office."""
        known = {name: self.objects.get(name, 1) for name in rule.arguments}
        adapter = self.app.url_map.bind("localhost")
        return adapter.build(rule.endpoint, known, method=next(iter(rule.methods or {"GET"})), append_unknown=False)

    def _objects(self) -> dict[str, Any]:
        area = Area(office_id=self.cast.office, name_vi="Sân", name_en="Yard", cap=5)
        db.session.add(area)
        db.session.flush()
        own = db.session.get_one(Ticket, self.ticket)
        return {
            "slug": "demo", "area_id": area.id, "counter_id": self.cast.counters[2], "ticket_id": own.id,
            "token": own.token, "where": "kiosk", "by": "name", "name": "demo", "filename": "icon.svg",
        }  # fmt: skip

    def _hire(self, cast: Cast) -> None:
        for username, role in (("dieuphoi", "coordinator"), ("quantri", "administrator"), ("moi", "manager")):
            own = Staff(office_id=cast.office, username=username, name=username, role=role, password_hash=PASSWORD_HASH)
            own.one_time_until = clock.now().replace(year=2099) if username == "moi" else None
            db.session.add(own)

    def _pair(self, offices: dict[str, Cast]) -> dict[str, str]:
        tokens = {}
        for name, (kind, slug) in DEVICES.items():
            own = Device(office_id=offices[slug].office, kind=kind, name=name)
            tokens[name] = own.pair(clock.now())
            db.session.add(own)
            db.session.flush()
            self.objects.setdefault("device_id", own.id)
        db.session.commit()
        return tokens

    def _browser(self, who: str) -> tuple[PageClient, str]:
        browser = PageClient(self.app)
        if who in self.tokens:
            browser.http.set_cookie(COOKIE, self.tokens[who])
        elif who != "visitor":
            browser.sign_in(PEOPLE.get(who, "moi"))
        return browser, browser.token()


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory, migrated_file: Path) -> Iterator[House]:
    folder = tmp_path_factory.mktemp("rights")
    (folder / "luot.sqlite3").write_bytes(migrated_file.read_bytes())
    app = make_app(folder)
    with app.app_context(), clock.at(MORNING):
        yield House(app)
    close(app)


def right_of(app: Flask, rule: Rule) -> Right:
    return app.view_functions[rule.endpoint].right  # type: ignore[attr-defined, no-any-return]


@pytest.mark.parametrize("who", EVERYBODY)
def test_every_address_opens_for_whom_it_is_meant_and_for_nobody_else(house: House, who: str) -> None:
    asked, wrong = 0, []
    for rule in house.app.url_map.iter_rules():
        right = None if rule.endpoint == "static" else right_of(house.app, rule)
        if right is None or right in OF_THE_MACHINE:
            continue
        for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}):
            asked += 1
            expected, got = EXPECTED[right].get(who, SIGN_IN), house.asks(who, method, house.address(rule))
            if got != expected:
                wrong.append(f"{method} {rule.rule}: {got}, should be {expected}")
    assert asked > 130
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("who", EVERYBODY)
def test_the_open_line_gives_each_panel_to_the_same_people(house: House, who: str) -> None:
    for panel in PANELS:
        for rule in house.app.url_map.iter_rules(f"panel.{panel.name}"):
            args = {name: house.objects[name] for name in rule.arguments}
            allowed = EXPECTED[panel.right].get(who, SIGN_IN) == IN
            assert house.watches(who, address_of(panel, args, "vi")) is allowed, f"{who}: {rule.rule}"


def test_no_right_is_left_out_of_the_table() -> None:
    assert set(EXPECTED) | OF_THE_MACHINE == set(Right)
    assert set(access.OPENS) == set(EXPECTED) - {Right.ANYONE, Right.SENSOR}


@pytest.mark.parametrize(("slug", "status"), [("demo", 299), ("khac", 404)])
def test_a_people_counter_counts_at_its_own_office_alone(house: House, slug: str, status: int) -> None:
    own = Sensor(office_id=house.cast.office, name=f"Cửa {slug}")
    token = own.new_token()
    db.session.add(own)
    db.session.commit()
    answer = PageClient(house.app).open(
        f"/offices/{slug}/door/counts", "POST", headers={"Authorization": f"Bearer {token}"}
    )
    assert answer.status_code == status


OF_THE_MACHINE: set[Right] = {right for right in Right if right.name in ("FIRST_RUN", "METRICS")}
"""Opened by where the request comes from, not by who asks: tested in test_first_run.py and test_metrics.py."""


def test_the_page_of_rights_says_what_the_program_does(house: House) -> None:
    assert (ROOT / "docs" / "rights.md").read_text() == page(house.app), "run `make docs`"


def test_every_form_needs_the_token_of_its_page(house: House) -> None:
    for rule in house.app.url_map.iter_rules():
        for method in (rule.methods or set()) & {"POST", "PUT", "PATCH", "DELETE"} - {"GET"}:
            if rule.endpoint != "sign.counts":  # A people counter has no page; it has a token of its own.
                answer = house.browsers["manager"][0].open(house.address(rule), method)
                assert answer.status_code == 400, f"{method} {rule.rule}"
