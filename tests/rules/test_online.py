"""The wait put to use: who may pass whom, and where somebody stands who comes from another office (R4, R7)."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from queues.errors import NoMoreMinutes
from queues.online import check_minutes, minutes_left
from queues.order import (
    HANDED_OVER,
    Standing,
    for_counter,
    how_many_behind,
    in_order,
    interleaved,
    one_behind,
    place_by_wait,
    places_ahead,
)
from queues.room import Desk, Room, next_admitted, next_called
from tests.rules.test_order import line

ROOM = Room(cap=2, inside=0, expected=0)


def deferring(standings: list[Standing], *tickets: int) -> list[Standing]:
    """The same line; these have asked for more minutes."""
    return [replace(standing, deferred=standing.ticket in tickets) for standing in standings]


def test_who_needs_more_minutes_is_not_let_in_and_the_next_is() -> None:
    pick = next_admitted(ROOM, deferring(line("rrr"), 1), 2, 0)
    assert pick is not None
    assert pick.standing.ticket == 2


def test_who_needs_more_minutes_is_not_called_and_the_next_is() -> None:
    inside = [replace(standing, inside=True, place_held=True) for standing in line("rr")]
    pick = next_called(ROOM, deferring(inside, 1), 2, 0)
    assert pick is not None
    assert pick.standing.ticket == 2
    assert next_called(ROOM, deferring(inside, 1, 2), 2, 0) is None


def test_who_needs_more_minutes_stands_in_nobodys_way_even_at_the_bound() -> None:
    first, second = line("rr")
    at_the_bound = replace(first, passed=3, deferred=True)
    pick = next_admitted(ROOM, [at_the_bound, second], 2, 0, bound=3)
    assert pick is not None
    assert pick.standing.ticket == 2


def test_who_lets_others_go_first_is_not_passed_against_their_will() -> None:
    desks = [Desk(frozenset({2}), free=True)]
    feeds = replace(line("rr")[1], service=2)
    pick = next_admitted(ROOM, [*deferring(line("r"), 1), feeds], 2, 0, desks=desks)
    assert pick is not None
    assert (pick.standing.ticket, pick.passing) == (2, ())


def test_who_waits_inside_for_more_minutes_feeds_no_counter() -> None:
    inside = replace(line("r")[0], inside=True, place_held=True, deferred=True)
    room, desks = Room(cap=2, inside=1, expected=0), [Desk(frozenset({1}), free=True)]
    big = replace(line("rr")[1], party=1)
    assert next_admitted(room, [big], 2, 0, present=[inside], desks=desks) is not None


def test_who_is_ready_again_is_next() -> None:
    pick = next_admitted(ROOM, line("rrr"), 2, 0)
    assert pick is not None
    assert pick.standing.ticket == 1


def test_a_counter_has_nobody_to_call_who_needs_more_minutes() -> None:
    assert [standing.ticket for standing in for_counter(deferring(line("rr"), 1), [1])] == [2]


def test_who_lets_others_go_first_is_before_nobody_and_keeps_their_own_place() -> None:
    assert places_ahead(deferring(line("rrr"), 2), 2, 0) == {1: 0, 2: 1, 3: 1}


def test_one_place_back_is_behind_somebody_who_goes_first() -> None:
    first, *others = deferring(line("rrr"), 2)
    back = replace(first, rank=one_behind(first, others)[0], setback=one_behind(first, others)[1])
    assert [standing.ticket for standing in in_order([back, *others])] == [2, 3, 1]


@given(st.text(alphabet="rP", min_size=1, max_size=20), st.data())
def test_whoever_is_deferred_the_others_keep_their_order(text: str, data: st.DataObject) -> None:
    standings = line(text)
    away = data.draw(st.sets(st.sampled_from([standing.ticket for standing in standings])))
    ahead = places_ahead(deferring(standings, *away), 2, 0)
    left = [standing for standing in standings if standing.ticket not in away]
    assert ahead.keys() == {standing.ticket for standing in standings}
    assert {t: n for t, n in ahead.items() if t not in away} == places_ahead(left, 2, 0)
    assert all(ahead[ticket] <= len(left) for ticket in away)


def test_so_many_move_up_when_one_is_done_online() -> None:
    first, second, third = line("rrr")
    other = replace(third, ticket=9, service=2)
    standings = [first, second, third, other]
    assert how_many_behind(second, standings, 2, 0) == 1
    assert how_many_behind(replace(first, status="called"), standings[1:], 2, 0) == 2


@pytest.mark.parametrize(("asked", "bound", "left"), [(0, 2, 2), (1, 2, 1), (2, 2, 0), (3, 2, 0), (0, 0, 0)])
def test_more_minutes_can_be_asked_for_so_many_times(asked: int, bound: int, left: int) -> None:
    assert minutes_left(asked, bound) == left
    if left:
        check_minutes(asked, bound)
    else:
        with pytest.raises(NoMoreMinutes):
            check_minutes(asked, bound)


@given(st.lists(st.booleans(), max_size=12), st.data())
def test_who_comes_from_another_office_stands_as_if_they_had_come_here(here: list[bool], data: st.DataObject) -> None:
    """Tickets 10, 20, … of the installation: some were taken here, the others elsewhere and are handed over, in any
    order. At the end everybody stands as they came."""
    own = [10 * n for n, is_here in enumerate(here, start=1) if is_here]
    others = data.draw(st.permutations([10 * n for n, is_here in enumerate(here, start=1) if not is_here]))
    standings = [Standing(ticket, 1, n, sequence=n) for n, ticket in enumerate(own, start=1)]
    came = {ticket: ticket for ticket in own}
    for sequence, first in enumerate(others, start=len(own) + 1):
        ticket = 1000 + sequence
        came[ticket] = first
        rank, setback = place_by_wait(first, standings, sequence)
        standings.append(Standing(ticket, 1, rank, setback, sequence))
    order = [came[standing.ticket] for standing in in_order(standings)]
    assert [first for first in order if first in own] == own, "nobody's own order changes"
    if own and (not others or max(own) > max(others)):
        assert order == sorted(order)


def test_a_handed_over_visitor_who_waited_longest_is_first_and_one_who_waited_least_is_last() -> None:
    standings = [Standing(10, 1, 1, sequence=1), Standing(20, 1, 2, sequence=2)]
    assert place_by_wait(5, standings, 3) == (1, HANDED_OVER + 5)
    assert place_by_wait(15, standings, 3) == (2, HANDED_OVER + 15)
    assert place_by_wait(25, standings, 3) == (3, HANDED_OVER + 25)


def test_who_has_been_set_back_stays_behind_whom_they_were_set_back_behind() -> None:
    late, other = Standing(3, 1, 2, setback=1, sequence=1), Standing(20, 1, 2, sequence=2)
    rank, setback = place_by_wait(15, [late, other], 3)
    handed = Standing(30, 1, rank, setback, 3)
    assert [standing.ticket for standing in in_order([late, other, handed])] == [30, 20, 3]


def test_a_handed_over_visitor_who_is_late_is_set_back_by_one_place() -> None:
    here = Standing(10, 1, 1, sequence=1)
    handed = Standing(30, 1, 1, HANDED_OVER + 5, 3)
    rank, setback = one_behind(handed, [here])
    back = replace(handed, rank=rank, setback=setback)
    assert [pick.standing.ticket for pick in interleaved([here, back], 2, 0)] == [10, 30]
