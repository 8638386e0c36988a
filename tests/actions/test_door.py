"""Scans that come too early, and whom a call takes ahead of others (I13, I18)."""

from counter.actions.call import call_next
from counter.actions.door import go_out
from tests.actions.test_issue import take
from tests.actions.test_room import headcount, let_in
from tests.actions.test_zones import busy_at, passed
from tests.cast import Cast, form, number, status


def test_a_scan_at_the_way_out_leaves_the_place_of_who_has_not_come_in_yet(capped: Cast) -> None:
    ticket = take(capped)
    assert go_out(capped.office, number(ticket), form())["changed"] is False
    assert (headcount(capped), status(ticket)) == ((0, 1), "admitted")
    let_in(capped, ticket)
    assert headcount(capped) == (1, 0)


def test_whom_a_call_from_outside_passes_is_passed_once_more(capped: Cast) -> None:
    busy_at(capped, 3, "B")
    pair, single = take(capped, party=2), take(capped)
    assert call_next(capped.counters[1], form())["ticket"] == single, "the pair does not fit, and the counter is free"
    assert (passed(pair), passed(single)) == (1, 0)
