"""One line in the log for each request, with an id and without anything secret or personal."""

import json
import logging
import time
from collections.abc import Iterator

import pytest
from flask import Flask

from counter import logs
from counter.actions.issue import issue
from counter.database import db
from counter.models.ticket import Ticket
from tests.cast import Cast, an_office, form
from tests.pages import PageClient

LOGGER = logging.getLogger("counter.requests")


@pytest.fixture
def log(caplog: pytest.LogCaptureFixture) -> Iterator[pytest.LogCaptureFixture]:
    with caplog.at_level("INFO", logger="counter.requests"):
        yield caplog


def last(log: pytest.LogCaptureFixture) -> dict[str, object]:
    return log.records[-1].about  # type: ignore[attr-defined,no-any-return]


def test_a_request_is_a_line(client: PageClient, cast: Cast, log: pytest.LogCaptureFixture) -> None:
    client.open("/offices/demo/display?lang=en")
    line = last(log)
    assert (line["method"], line["path"], line["status"]) == ("GET", "/offices/<slug>/display", 200)
    assert line["office"] == "demo" and float(str(line["ms"])) > 0


def test_no_token_stands_in_the_log(client: PageClient, cast: Cast, log: pytest.LogCaptureFixture) -> None:
    token = db.session.get_one(Ticket, issue(cast.office, cast.services["A"], form())["ticket"]).token
    for address in ("/t/{}", "/t/{}/turn", "/t/{}/", "/T/{}", "/?next={}", "/offices/{}/kiosk"):
        client.open(address.format(token))
    assert len(log.records) >= 6
    assert not any(token in logs.AsJson().format(line) for line in log.records)


def test_what_a_form_says_does_not_stand_in_the_log(
    client: PageClient, cast: Cast, log: pytest.LogCaptureFixture
) -> None:
    client.sign_in("quanly", "secret-word")
    said = " ".join(logs.AsJson().format(line) for line in log.records)
    assert "quanly" not in said and "secret-word" not in said and "127.0.0.1" not in said


def test_a_sign_in_that_was_refused_and_a_reach_for_what_is_not_ours_are_lines(
    client: PageClient, cast: Cast, log: pytest.LogCaptureFixture
) -> None:
    client.sign_in("quay1", "wrong words")
    client.sign_in("quay1")
    an_office("other")
    for reached_for in ("/offices/demo/settings", "/offices/other/settings", "/offices/demo/nothing"):
        client.open(reached_for)
    said = [line for line in log.records if line.levelname == "WARNING"]
    assert [line.getMessage() for line in said] == ["sign-in refused", *["refused"] * 4]
    assert [line.about["status"] for line in said[1:]] == [401, 403, 404, 404]  # type: ignore[attr-defined]
    assert all(line.about["staff"] for line in said[2:])  # type: ignore[attr-defined]


@pytest.mark.parametrize("quiet", ["/healthz", "/readyz", "/static/css/base.css", "/metrics"])
def test_what_machines_ask_all_day_is_no_line_unless_it_fails(
    client: PageClient, cast: Cast, log: pytest.LogCaptureFixture, quiet: str
) -> None:
    client.open(quiet).close()
    assert not log.records
    client.open("/static/css/nothing.css")
    assert last(log)["status"] == 404


@pytest.mark.parametrize("asked", ["req-12345678", "0af7651916cd43dd8448eb211c80319c"])
def test_an_id_that_comes_with_the_request_is_kept(client: PageClient, cast: Cast, asked: str) -> None:
    assert client.open("/", headers={"X-Request-ID": asked}).headers["X-Request-ID"] == asked


@pytest.mark.parametrize(
    "asked", ["", "short", "x" * 65, "with space and more", '"quoted","x":1', "-dash-first-of-all"]
)
def test_another_is_not(client: PageClient, cast: Cast, asked: str) -> None:
    made = client.open("/", headers={"X-Request-ID": asked}).headers["X-Request-ID"]
    assert made != asked and len(made) == 16


def test_every_line_of_a_request_has_its_id_also_that_of_an_error(app: Flask, cast: Cast) -> None:
    written: list[str] = []

    class Kept(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            written.append(logs.AsJson().format(record))

    def fail() -> str:
        raise RuntimeError("power")

    fail.right = app.view_functions["home.show"].right  # type: ignore[attr-defined]
    app.add_url_rule("/broken", "broken", fail)
    handler = Kept()
    logging.getLogger("counter").addHandler(handler)
    LOGGER.setLevel("INFO")
    try:
        answer = PageClient(app).open("/broken", headers={"X-Request-ID": "req-12345678"})
    finally:
        logging.getLogger("counter").removeHandler(handler)
        LOGGER.setLevel("NOTSET")
    assert answer.status_code == 500 and answer.headers["X-Request-ID"] == "req-12345678"
    lines = [json.loads(line) for line in written]
    assert [line["request"] for line in lines] == ["req-12345678"] * 2
    assert "RuntimeError: power" in lines[0]["trace"] and lines[1]["status"] == 500


def record(**about: object) -> logging.LogRecord:
    made = logging.LogRecord("counter.x", logging.WARNING, "x.py", 1, "the %s is\ncut", ("wire",), None)
    made.about = about
    return made


def test_a_line_is_one_line_of_json() -> None:
    line = logs.AsJson().format(record(office="tân-hòa", ms=1.5))
    assert "\n" not in line
    read = json.loads(line)
    assert (read["level"], read["from"], read["said"]) == ("warning", "counter.x", "the wire is\ncut")
    assert (read["office"], read["ms"]) == ("tân-hòa", 1.5) and read["at"].endswith("Z")


def test_on_a_terminal_it_is_words() -> None:
    assert logs.AsText().format(record(status=200, path=None)).endswith("warning the wire is\ncut  status=200")


@pytest.mark.parametrize(("named", "terminal", "kind"), [
    ("", False, "json"), ("", True, "text"), ("text", False, "text"), ("JSON", True, "json"), ("xml", False, "json"),
])  # fmt: skip
def test_the_form_is_as_it_is_set_else_as_it_is_read(
    monkeypatch: pytest.MonkeyPatch, named: str, terminal: bool, kind: str
) -> None:
    monkeypatch.setenv("LOG_FORMAT", named)
    monkeypatch.setattr("sys.stderr.isatty", lambda: terminal, raising=False)
    assert logs.wanted() == kind


def test_what_the_database_refuses_is_logged_without_what_was_in_it(app: Flask, cast: Cast) -> None:
    with pytest.raises(Exception, match="no such column") as error, db.engine.connect() as connection:
        connection.execute(db.text("SELECT no_such FROM ticket WHERE token = :token"), {"token": "a-secret"})
    assert "a-secret" not in str(error.value)


def test_what_anybody_can_cause_as_often_as_they_like_is_a_line_a_second(caplog: pytest.LogCaptureFixture) -> None:
    seldom = logs.Seldom(logging.getLogger("counter.x"), every=0.05)
    for _ in range(3):
        seldom.warning("refused", panels=1)
    time.sleep(0.06)
    seldom.warning("refused", panels=2)
    assert [line.about for line in caplog.records] == [{"panels": 1}, {"panels": 2, "more": 2}]  # type: ignore[attr-defined]
