"""What Prometheus reads, and who may read it."""

import logging
from typing import Any

import pytest
from flask import Flask
from prometheus_client.parser import text_string_to_metric_families as families

from counter import database, metrics
from counter.actions import door
from counter.actions.call import call_next
from counter.actions.issue import issue
from counter.actions.visit import leave
from queues.errors import Refused
from tests.cast import Cast, an_office, form
from tests.conftest import on_both
from tests.pages import PageClient

AWAY = {"REMOTE_ADDR": "10.0.0.9"}


@pytest.fixture(autouse=True)
def counting(app: Flask) -> None:
    database.listen(metrics.told)


def figures(client: PageClient) -> dict[str, float]:
    text = client.open("/metrics").get_data(as_text=True)
    return {
        sample.name + "".join(f" {value}" for _name, value in sorted(sample.labels.items())): sample.value
        for family in families(text)
        for sample in family.samples
    }


@on_both
def test_how_full_each_office_is(client: PageClient, capped: Cast) -> None:
    other = an_office("xa")
    for _one in range(3):
        issue(capped.office, capped.services["A"], form())
    issue(other.office, other.services["A"], form())
    door.enter(capped.office, "A001", form())
    seen = figures(client)
    assert [seen[f"luot_{name} demo"] for name in ("headcount", "expected", "cap", "waiting")] == [1, 1, 2, 3]
    assert seen["luot_waiting xa"] == 1 and "luot_cap xa" not in seen
    assert seen["luot_headcount xa"] == 0 and seen["luot_database_up"] == 1


def test_what_is_done_is_counted_and_timed_once_it_is_saved(client: PageClient, cast: Cast) -> None:
    before = figures(client)
    one = issue(cast.office, cast.services["A"], form())["ticket"]
    issue(cast.office, cast.services["A"], form())
    call_next(cast.counters[1], form())
    with pytest.raises(Refused):
        call_next(cast.counters[1], form())
    with pytest.raises(Refused):
        leave(one, form())
    seen = figures(client)

    def more(name: str) -> float:
        return seen[name] - before.get(name, 0)

    assert more("luot_tickets_issued_total") == 2
    assert more("luot_wait_seconds_count") == 1
    assert (more("luot_action_seconds_count issue"), more("luot_action_seconds_count call")) == (2, 2)
    assert more("luot_actions_refused_total call CounterBusy") == 1


def test_how_tickets_end_is_counted(client: PageClient, cast: Cast) -> None:
    before = figures(client).get("luot_tickets_ended_total left", 0)
    leave(issue(cast.office, cast.services["A"], form())["ticket"], form())
    assert figures(client)["luot_tickets_ended_total left"] == before + 1


def test_what_could_not_be_saved_is_not_counted(
    client: PageClient, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_args: object) -> None:
        raise RuntimeError("power")

    before = figures(client).get("luot_tickets_issued_total", 0)
    monkeypatch.setattr("counter.actions.perform.settle", fail)
    with pytest.raises(RuntimeError):
        issue(cast.office, cast.services["A"], form())
    assert figures(client).get("luot_tickets_issued_total", 0) == before


def test_where_the_database_is_away_that_is_told(
    client: PageClient, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away() -> Any:
        raise database.Busy

    monkeypatch.setattr("counter.models.figures.of_every_office", away)
    seen = figures(client)
    assert seen["luot_database_up"] == 0 and "luot_headcount demo" not in seen


@pytest.mark.parametrize("name", ["X-Forwarded-For", "X-Real-IP", "Forwarded", "Via"])
def test_without_a_token_only_this_very_machine_reads(client: PageClient, cast: Cast, name: str) -> None:
    assert client.open("/metrics").status_code == 200
    assert client.open("/metrics", environ_base={"REMOTE_ADDR": "::1"}).status_code == 200
    assert client.open("/metrics", environ_base=AWAY).status_code == 403
    assert client.open("/metrics", headers={name: "127.0.0.1"}).status_code == 403, "it came through a proxy"


@pytest.mark.parametrize("said", [None, "", "Bearer ", "Bearer wrong", "Bearer thể", "thirty-two letters"])
def test_with_a_token_nobody_reads_without_it(app: Flask, client: PageClient, cast: Cast, said: str | None) -> None:
    app.config["METRICS_TOKEN"] = "thirty-two letters"
    headers = {"Authorization": said.encode().decode("latin-1")} if said is not None else {}
    assert client.open("/metrics", headers=headers).status_code == 403
    right = {"Authorization": "Bearer thirty-two letters"}
    assert client.open("/metrics", headers=right, environ_base=AWAY).status_code == 200


@pytest.mark.parametrize(
    ("errand", "name"),
    [
        ("issue", "issue"), ("call 41", "call"), ("walk in None", "walk in"), ("way 5 online", "way"),
        ("exit  A001", "exit"), (f"enter {'ab' * 12}", "enter"), ("done online 3", "done online"), ("cap 5 20", "cap"),
    ],
)  # fmt: skip
def test_a_change_is_named_by_what_it_does_and_not_by_what_it_is_about(errand: str, name: str) -> None:
    assert metrics.name_of(errand) == name


def test_what_goes_wrong_is_counted_by_what_is_said(client: PageClient, cast: Cast) -> None:
    before = figures(client).get("luot_errors_total the %s is cut", 0)
    metrics.Counted().handle(logging.LogRecord("counter.x", logging.WARNING, "x", 1, "the %s is cut", ("wire",), None))
    assert figures(client)["luot_errors_total the %s is cut"] == before + 1
