"""Each promise that can be looked up in the books is found where it is broken, and nowhere else."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from queues.books import Count, Given, Ledger, Page, Row, Slip, Stay
from queues.ledger import OF_THE_LEDGER, broken_in
from queues.promises import OF_A_PAGE, broken_on

DAY = date(2026, 11, 23)
NOON = datetime(2026, 11, 23, 5, tzinfo=UTC)


def slip(number: int, status: str = "waiting", **more: Any) -> Slip:
    own = Slip(
        id=number, token=f"secret-{number}", day=DAY, letter="A", number=number, sequence=number, rank=number,
        setback=0, status=status, counter=None, passed=0, lapses=0, returns=0, deferrals=0, handed_from=None,
    )  # fmt: skip
    return own._replace(**more)


def row(seq: int, ticket: int, move: str, source: str | None, target: str, **more: Any) -> Row:
    return Row(seq, ticket, move, source, target, None, "kiosk", "first")._replace(**more)


PAGE = Page(
    [slip(1, "done", counter=7), slip(2, "called", counter=7), slip(3)],
    [
        row(1, 1, "issue", None, "waiting"), row(2, 2, "issue", None, "waiting"),
        row(3, 1, "call", "waiting", "called"),
        row(4, 1, "begin", "called", "serving"), row(5, 3, "issue", None, "waiting"),
        row(6, 1, "finish", "serving", "done"), row(7, 2, "call", "waiting", "called", counter=7),
    ],
    {("A", DAY): 3},
)  # fmt: skip
STAY = Stay(1, None, 2, "called", True, 2, None, NOON, None)
LEDGER = Ledger(
    tickets={1: "secret-1", 2: "secret-2", 3: "secret-3"}, issued=3, seq=7, last_seq=7, opened=PAGE.slips[1:],
    stays=[STAY, Stay(2, None, None, None, True, 1, None, NOON, None)], counts=[Count(4, 2, 3, "guide lan", "by eye")],
    given=[Given("issue", 1, "secret-1"), Given("issue", 2, "secret-2"), Given("call 7", 2, None)],
    calls={1: 1, 2: 1}, handed={1: 1}, sent_on=[1],
)  # fmt: skip


def slips(at: int, **changed: Any) -> Page:
    return replace(PAGE, slips=[own._replace(**changed) if n == at else own for n, own in enumerate(PAGE.slips)])


def rows(at: int, **changed: Any) -> Page:
    return replace(PAGE, rows=[own._replace(**changed) if n == at else own for n, own in enumerate(PAGE.rows)])


def stay(**changed: Any) -> Ledger:
    return replace(LEDGER, stays=[STAY._replace(**changed)])


BROKEN_PAGES: dict[str, list[Callable[[], Page]]] = {
    "I1": [lambda: slips(1, number=1)],
    "I2": [lambda: slips(2, number=4), lambda: replace(PAGE, last={("A", DAY): 2}), lambda: replace(PAGE, last={})],
    "I5": [lambda: replace(PAGE, slips=[own._replace(sequence=5 - own.sequence) for own in PAGE.slips])],
    "I6": [lambda: rows(2, move="begin"), lambda: rows(2, move="fly"), lambda: rows(2, source="done"),
           lambda: slips(2, status="done"), lambda: replace(PAGE, rows=PAGE.rows[:-1])],
    "I8": [lambda: slips(1, counter=8), lambda: slips(1, counter=None), lambda: rows(6, counter=8)],
    "I10": [lambda: replace(PAGE, rows=[*PAGE.rows, row(8, 1, "call", "done", "called")])],
    "I11": [lambda: replace(PAGE, rows=PAGE.rows[1:]), lambda: replace(PAGE, rows=[*PAGE.rows, PAGE.rows[0]])],
    "I12": [lambda: slips(2, rank=9), lambda: slips(2, setback=1)],
    "I13": [lambda: rows(2, why=None), lambda: rows(2, why=""), lambda: slips(2, deferrals=1)],
}  # fmt: skip
BROKEN_LEDGERS: dict[str, list[Callable[[], Ledger]]] = {
    "I3": [lambda: replace(LEDGER, tickets=LEDGER.tickets | {1: "another"}),
           lambda: replace(LEDGER, given=[Given("issue", 9, "secret-9")])],
    "I4": [lambda: replace(LEDGER, given=[Given("issue", 1, "secret-1")] * 2)],
    "I7": [lambda: replace(LEDGER, opened=[slip(2, "called", counter=7), slip(3, "serving", counter=7)])],
    "I9": [lambda: replace(LEDGER, given=[Given("call 7", 2, None), Given("call 8", 2, None)])],
    "I11": [lambda: replace(LEDGER, issued=4)],
    "I12": [lambda: replace(LEDGER, handed={}), lambda: replace(LEDGER, handed={1: 2})],
    "I15": [lambda: stay(party=0), lambda: stay(own=False)],
    "I18": [lambda: replace(LEDGER, stays=[STAY, STAY._replace(id=3)]),
            lambda: replace(LEDGER, stays=[STAY, STAY._replace(id=3, area=1)])],
    "I20": [lambda: stay(status="done"), lambda: stay(entered_at=None, status="waiting")],
    "I21": [lambda: replace(LEDGER, counts=[Count(4, 2, 3, "guide lan", "")]),
            lambda: replace(LEDGER, counts=[Count(4, 2, 2, "", "")])],
    "I26": [lambda: replace(LEDGER, last_seq=8)],
}  # fmt: skip


def each(broken: dict[str, list[Any]]) -> list[Any]:
    return [pytest.param(key, make, id=f"{key}-{n}") for key, own in broken.items() for n, make in enumerate(own)]


def test_books_that_are_as_they_should_be_break_nothing() -> None:
    assert not [*broken_on(PAGE), *broken_in(LEDGER)]
    assert not [*broken_on(Page([], [])), *broken_in(replace(LEDGER, counts=[Count(1, 2, 2, "guide lan", "")]))]


@pytest.mark.parametrize(("promise", "make"), each(BROKEN_PAGES))
def test_a_page_that_breaks_a_promise_is_found(promise: str, make: Callable[[], Page]) -> None:
    found = dict(broken_on(make()))
    assert found.get(promise)


@pytest.mark.parametrize(("promise", "make"), each(BROKEN_LEDGERS))
def test_books_that_break_a_promise_are_found(promise: str, make: Callable[[], Ledger]) -> None:
    assert {own for own, _where in broken_in(make())} == {promise}


def test_every_promise_of_the_books_is_broken_here() -> None:
    assert set(BROKEN_PAGES) == set(OF_A_PAGE) and set(BROKEN_LEDGERS) == set(OF_THE_LEDGER)


def test_who_comes_late_or_is_back_from_elsewhere_may_stand_further_back() -> None:
    for why in ("lapses", "returns", "handed_from"):
        assert not list(broken_on(slips(2, rank=9, **{why: 1})))


def test_numbers_may_begin_anywhere_as_the_office_has_set_it() -> None:
    on = [own._replace(number=own.number + 100) for own in PAGE.slips]
    assert not list(broken_on(replace(PAGE, slips=on, last={("A", DAY): 103})))


def test_a_missed_visitor_may_return_and_one_sent_for_papers_be_called_back() -> None:
    more = [
        row(8, 2, "miss", "called", "no_show", counter=7), row(9, 2, "return", "no_show", "waiting"),
        row(10, 2, "call", "waiting", "called", counter=7), row(11, 2, "begin", "called", "serving", counter=7),
        row(12, 2, "hold", "serving", "held", counter=7), row(13, 2, "resume", "held", "called", counter=7),
    ]  # fmt: skip
    assert not list(broken_on(replace(PAGE, rows=[*PAGE.rows, *more])))


def test_a_counter_serves_one_and_another_waits_there_for_nobody() -> None:
    elsewhere = [slip(2, "called", counter=7), slip(3, "serving", counter=8), slip(4, "held", counter=7)]
    assert not list(broken_in(replace(LEDGER, opened=elsewhere)))
