"""The open line to the screens: its contract, drawn once, the same right as the address (I22, I23, I25)."""

import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask

from counter import clock, panels
from counter.actions.call import call_again, call_next
from counter.actions.devices import retire_device
from counter.actions.people import sign_out
from counter.actions.settings import retire_counter, set_office
from counter.database import db, unlisten
from counter.live import draw_new_codes, socketio
from counter.live.named import MOST_LIVE, bounded
from counter.live.watched import Watched
from counter.models import staff as accounts
from counter.models.device import Device
from counter.models.office import Office
from counter.models.ticket import Ticket
from counter.screens import COOKIE
from tests.actions.test_issue import take
from tests.cast import Cast, an_office, form
from tests.pages import PageClient

BOARD = "/offices/demo/display/board"


class Screen:
    """A program at the other end of the line."""

    def __init__(self, app: Flask, browser: PageClient | None = None) -> None:
        self.app = app
        self.line = socketio.test_client(app, flask_test_client=browser.http if browser else None)
        self.got: list[dict[str, Any]] = []

    def watch(self, *addresses: str) -> dict[str, list[str]]:
        return self.say("watch", list(addresses))  # type: ignore[no-any-return]

    def say(self, event: str, what: object) -> Any:
        with self.app.app_context():  # As on the server: nothing of one event is known in the next.
            return self.line.emit(event, what, callback=True)

    def heard(self, name: str) -> list[dict[str, Any]]:
        self.got += self.line.get_received()
        return [event["args"][0] for event in self.got if event["name"] == name]

    def wait_for(self, name: str, many: int) -> list[dict[str, Any]]:
        until = time.monotonic() + 10
        while len(self.heard(name)) < many and time.monotonic() < until:
            time.sleep(0.01)
        return self.heard(name)


@pytest.fixture
def screen(app: Flask, cast: Cast) -> Iterator[Callable[..., Screen]]:
    screens: list[Screen] = []

    def put_up(browser: PageClient | None = None) -> Screen:
        screens.append(Screen(app, browser))
        return screens[-1]

    yield put_up
    for one in screens:
        if one.line.is_connected():
            one.line.disconnect()


def test_who_watches_gets_the_present_state_at_once(screen: Callable[..., Screen], cast: Cast) -> None:
    take(cast)
    wall = screen()
    assert wall.watch(BOARD) == {"watching": [BOARD], "refused": []}
    panel = wall.wait_for("panel", 1)[0]
    assert panel["id"] == "board"
    assert panel["html"].startswith("<section")
    assert f'data-seq="{panel["seq"]}"' in panel["html"]


def test_a_change_is_drawn_and_pushed(screen: Callable[..., Screen], cast: Cast) -> None:
    wall = screen()
    wall.watch(BOARD)
    take(cast)
    first, second = wall.wait_for("panel", 2)
    assert second["seq"] > first["seq"]
    assert second["html"] != first["html"]


def test_who_comes_just_after_a_change_takes_it_from_nobody(screen: Callable[..., Screen], cast: Cast) -> None:
    """The change is still being gathered when the second one is given the present state."""
    wall, late = screen(), screen()
    wall.watch(BOARD)
    take(cast)
    late.watch(BOARD)
    assert wall.wait_for("panel", 2)[1:] == late.wait_for("panel", 1)


def test_a_call_is_told_with_its_words(screen: Callable[..., Screen], cast: Cast) -> None:
    wall = screen()
    wall.watch(BOARD)
    take(cast)
    ticket = call_next(cast.counters[1], form())["ticket"]
    call_again(ticket, form())
    first, second = wall.wait_for("call", 2)
    assert {key: first[key] for key in ("ticket", "counter", "vi", "en")} == {
        "ticket": "A001",
        "counter": 1,
        "vi": "Xin mời số A không không một, đến quầy số một.",
        "en": "Number A 0 0 1, please go to counter 1.",
    }
    assert second["sequence"] > first["sequence"]


def test_a_call_is_told_only_to_who_watches_that_offices_board(screen: Callable[..., Screen], cast: Cast) -> None:
    kiosk = screen()
    kiosk.watch("/offices/demo/kiosk/services")
    take(cast)
    kiosk.wait_for("panel", 2)
    call_next(cast.counters[1], form())
    kiosk.wait_for("panel", 3)
    assert kiosk.heard("call") == []


def test_everybody_who_watches_one_panel_shares_one_drawing(
    app: Flask, screen: Callable[..., Screen], cast: Cast
) -> None:
    walls = [screen() for _ in range(5)]
    for wall in walls:
        wall.watch(BOARD)
    before = app.extensions["line"].drawings
    take(cast)
    for wall in walls:
        wall.wait_for("panel", 2)
    assert app.extensions["line"].drawings == before + 1


def test_what_shows_nothing_new_is_not_drawn_again(app: Flask, screen: Callable[..., Screen], cast: Cast) -> None:
    from counter.actions.clockwork import tick

    wall = screen()
    wall.watch(BOARD)
    before = app.extensions["line"].drawings
    tick(cast.office)
    time.sleep(0.3)
    assert app.extensions["line"].drawings == before
    assert len(wall.heard("panel")) == 1


@pytest.mark.parametrize(
    "address",
    [
        "/counters/1/desk",
        "/offices/demo/door/state",
        "/offices/nowhere/display/board",
        "/t/nothing/turn",
        "/session",
        "x" * 5000,
        "//[",
        "/t/\ud800/turn",
        "/offices/demo/display/board?lang=xx",
    ],
)
def test_what_may_not_be_seen_is_refused(screen: Callable[..., Screen], cast: Cast, address: str) -> None:
    stranger = screen()
    assert stranger.watch(address) == {"watching": [], "refused": [address]}
    assert stranger.heard("panel") == []


@pytest.mark.parametrize("nonsense", [None, 3, {"a": 1}, [None, 3, ["x"]], "abc"])
def test_nonsense_is_answered_with_nothing(screen: Callable[..., Screen], nonsense: Any) -> None:
    assert screen().line.emit("watch", nonsense, callback=True) == {"watching": [], "refused": []}


def test_a_clerk_may_watch_the_own_desk_and_no_other(
    app: Flask, screen: Callable[..., Screen], cast: Cast, caplog: pytest.LogCaptureFixture
) -> None:
    browser = PageClient(app)
    browser.sign_in("quay1")
    own, other = (f"/counters/{cast.counters[number]}/desk" for number in (1, 2))
    with caplog.at_level("WARNING"):
        assert screen(browser).watch(own, other) == {"watching": [own], "refused": [other]}
    assert [line.about["panels"] for line in caplog.records] == [1], "a reach for what is not one's own is a line"  # type: ignore[attr-defined]


def test_a_phone_is_told_of_its_own_ticket_only(screen: Callable[..., Screen], cast: Cast) -> None:
    mine, theirs = (db.session.get_one(Ticket, take(cast)) for _ in range(2))
    phone = screen()
    phone.watch(f"/t/{mine.token}/turn")
    call_next(cast.counters[1], form())
    panels = phone.wait_for("panel", 2)
    assert all(theirs.printed not in panel["html"] and theirs.token not in panel["html"] for panel in panels)


def test_nobody_draws_for_who_has_gone(app: Flask, screen: Callable[..., Screen], cast: Cast) -> None:
    wall = screen()
    wall.watch(BOARD)
    wall.line.disconnect()
    assert app.extensions["line"].watched == {}


def test_what_another_process_has_changed_is_caught_up_with(
    app: Flask, screen: Callable[..., Screen], cast: Cast
) -> None:
    wall = screen()
    wall.watch(BOARD)
    unlisten(app.extensions["line"].told)
    take(cast)
    app.extensions["line"].catch_up()
    first, second = wall.wait_for("panel", 2)
    assert second["seq"] > first["seq"]


def test_a_screen_watches_what_it_asked_for_last(app: Flask, screen: Callable[..., Screen], cast: Cast) -> None:
    kiosk = screen()
    kiosk.watch(BOARD)
    kiosk.watch("/offices/demo/kiosk/services")
    assert list(app.extensions["line"].watched) == ["/offices/demo/kiosk/services"]


def test_two_languages_are_two_drawings(screen: Callable[..., Screen], cast: Cast) -> None:
    ticket = db.session.get_one(Ticket, take(cast))
    phone = screen()
    phone.watch(f"/t/{ticket.token}/turn", f"/t/{ticket.token}/turn?lang=en")
    drawings = {panel["html"] for panel in phone.wait_for("panel", 2)}
    assert sorted("Civil status" in html for html in drawings) == [False, True]


def paired_door(app: Flask, cast: Cast) -> tuple[PageClient, int]:
    """A door tablet with a secret of its own."""
    with db.session.begin_nested():
        own = Device(office_id=cast.office, kind="door", name="Cửa chính")
        token = own.pair(clock.now())
        db.session.add(own)
    db.session.commit()
    tablet = PageClient(app)
    tablet.http.set_cookie(COOKIE, token)
    return tablet, own.id


def ended(screen: Screen) -> bool:
    until = time.monotonic() + 10
    while screen.line.is_connected() and time.monotonic() < until:
        time.sleep(0.01)
    return not screen.line.is_connected()


def test_the_line_of_a_device_that_is_taken_back_is_cut(screen: Callable[..., Screen], app: Flask, cast: Cast) -> None:
    tablet, own = paired_door(app, cast)
    door = screen(tablet)
    assert door.watch("/offices/demo/door/state")["refused"] == []
    retire_device(cast.office, own, form())
    assert ended(door)
    assert screen(tablet).watch("/offices/demo/door/state")["watching"] == []


def test_who_watched_the_lobbys_code_from_home_is_cut_off_once_screens_must_be_paired(
    screen: Callable[..., Screen], app: Flask, cast: Cast
) -> None:
    db.session.get_one(Office, cast.office).here_code = True
    db.session.commit()
    manager = PageClient(app)
    manager.sign_in("quanly")
    at_home, own, wall = screen(), screen(manager), screen()
    for one in (at_home, own):
        assert one.watch("/offices/demo/display/here")["refused"] == []
    wall.watch(BOARD)
    set_office(cast.office, {"paired_only": True}, form())
    assert ended(at_home) and own.line.is_connected() and wall.line.is_connected()
    assert screen().watch("/offices/demo/display/here")["watching"] == []


def test_a_clerk_of_another_office_and_a_kiosk_see_no_lobbys_code_once_screens_must_be_paired(
    screen: Callable[..., Screen], app: Flask, cast: Cast
) -> None:
    db.session.get_one(Office, cast.office).here_code = True
    db.session.commit()
    an_office("xa")
    foreign, tablet = PageClient(app), paired_door(app, cast)[0]
    foreign.sign_in("quanly-xa")
    theirs, door = screen(foreign), screen(tablet)
    for one in (theirs, door):
        assert one.watch("/offices/demo/display/here")["refused"] == []
    set_office(cast.office, {"paired_only": True}, form())
    assert ended(theirs) and ended(door)


@pytest.mark.parametrize("name", ["-", "--", "hà nội", "Ha", "a--b", "a" * 61])
def test_a_search_has_one_spelling(screen: Callable[..., Screen], cast: Cast, name: str) -> None:
    assert screen().watch(f"/offices-named/{name}")["watching"] == []


def test_a_screen_watches_one_search_and_so_many_are_drawn(screen: Callable[..., Screen], cast: Cast) -> None:
    assert screen().watch("/offices-named/demo", "/offices-named/other")["watching"] == ["/offices-named/demo"]
    panel, args, _lang = panels.at("/offices-named/demo") or pytest.fail("no panel")
    searches = [Watched(panel, {**args, "name": f"n{n}"}, "vi", None, None) for n in range(MOST_LIVE + 5)]
    other = Watched(panel, {}, "vi", None, None)
    assert bounded([*searches, other]) == [*searches[:MOST_LIVE], other]


def test_the_line_of_who_is_signed_out_everywhere_is_cut_and_nobody_elses(
    screen: Callable[..., Screen], app: Flask, cast: Cast
) -> None:
    guide, manager = PageClient(app), PageClient(app)
    guide.sign_in("huongdan")
    manager.sign_in("quanly")
    door, other, wall = screen(guide), screen(manager), screen()
    for one in (door, other):
        assert one.watch("/offices/demo/door/state")["refused"] == []
    wall.watch(BOARD)
    sign_out(cast.office, accounts.by_username("huongdan").id, form())  # type: ignore[union-attr]
    assert ended(door)
    assert other.line.is_connected() and wall.line.is_connected()


def test_the_desk_of_a_counter_that_is_used_no_longer_is_cut(
    screen: Callable[..., Screen], app: Flask, cast: Cast
) -> None:
    manager = PageClient(app)
    manager.sign_in("quanly")
    desk = screen(manager)
    desk.watch(f"/counters/{cast.counters[3]}/desk")
    retire_counter(cast.office, cast.counters[3], form())
    assert ended(desk)


def test_a_device_says_how_it_is(screen: Callable[..., Screen], app: Flask, cast: Cast) -> None:
    tablet, own = paired_door(app, cast)
    answer = screen(tablet).say("health", {"version": "abc", "sound": True})
    assert answer["known"]
    db.session.rollback()
    kept = db.session.get_one(Device, own)
    assert (kept.version, kept.sound, kept.seen_at) == ("abc", True, clock.now())


@pytest.mark.parametrize(
    "told",
    [None, [], "x", {"version": 7, "sound": "loud"}, {"version": "x" * 500}, {"version": "\ud800"}, {"version": "\0"}],
)
def test_a_device_that_talks_nonsense_does_no_harm(
    screen: Callable[..., Screen], app: Flask, cast: Cast, told: object
) -> None:
    tablet, _own = paired_door(app, cast)
    assert screen(tablet).say("health", told)["known"]


@pytest.mark.parametrize("words", [("watch",), ("watch", [], []), ("health",), ("health", 1, 2)])
def test_words_with_too_little_or_too_much_are_answered(
    screen: Callable[..., Screen], words: tuple[object, ...]
) -> None:
    assert isinstance(screen().line.emit(*words, callback=True), dict)


def test_what_is_no_device_is_told_so(screen: Callable[..., Screen]) -> None:
    assert screen().say("health", {}) == {"known": False}


def test_the_lobbys_code_is_drawn_when_the_minute_turns_and_not_before(
    app: Flask, screen: Callable[..., Screen], cast: Cast
) -> None:
    db.session.get_one(Office, cast.office).here_code = True
    db.session.commit()
    wall = screen()
    wall.watch("/offices/demo/display/here", BOARD)
    assert len(wall.wait_for("panel", 2)) == 2
    draw_new_codes(app.extensions["line"])
    assert app.extensions["line"]._due == set()
    clock.move(timedelta(minutes=1))
    draw_new_codes(app.extensions["line"])
    panels = [own["html"] for own in wall.wait_for("panel", 3) if own["id"] == "here"]
    assert len(panels) == 2 and panels[0] != panels[1]
    assert len(wall.heard("panel")) == 3, "the board shows nothing new"
