"""Counters are kept fed, and nobody is passed without end (R1; I13, I16)."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from queues.feeding import lacking
from queues.order import FEEDS, FIRST, Pick, Standing, interleaved
from queues.room import Desk, Room, next_admitted, next_called

A, B, C = 1, 2, 3


def line(text: str, **more: object) -> list[Standing]:
    """ "AABb" are four in the order in which they came: services A, A, B and B, the last one with priority."""
    services = {"A": A, "B": B, "C": C}
    return [
        replace(Standing(n, services[letter.upper()], n, sequence=n, priority=letter.islower()), **more)  # type: ignore[arg-type]
        for n, letter in enumerate(text, start=1)
    ]


def free(*services: int) -> Desk:
    return Desk(frozenset(services), True)


def busy(*services: int) -> Desk:
    return Desk(frozenset(services), False)


def admitted(room: Room, waiting: list[Standing], *desks: Desk, present: str = "", bound: int = 10) -> Pick | None:
    return next_admitted(room, waiting, 2, 0, present=line(present), desks=desks, bound=bound)


def test_a_free_counter_gets_its_visitor_before_another_waits_inside_for_a_busy_one() -> None:
    pick = admitted(Room(9, 8, 0), line("AAB"), busy(A), free(B), present="A")
    assert pick is not None
    assert (pick.standing.ticket, pick.why) == (3, FEEDS)
    assert [passed.ticket for passed in pick.passing] == [1, 2]


def test_who_comes_first_passes_nobody_and_needs_no_reason() -> None:
    pick = admitted(Room(9, 0, 0), line("BA"), free(A), free(B))
    assert pick is not None
    assert (pick.standing.ticket, pick.why, pick.passing) == (1, FIRST, ())


def test_without_open_counters_strictly_in_turn() -> None:
    pick = admitted(Room(9, 8, 0), line("AAB"), present="A")
    assert pick is not None
    assert pick.standing.ticket == 1


def test_one_who_is_coming_already_is_enough_for_a_free_counter() -> None:
    pick = admitted(Room(9, 6, 0), line("AB"), busy(A), free(B), present="B")
    assert pick is not None
    assert pick.standing.ticket == 1


def test_nobody_is_passed_more_often_than_the_bound() -> None:
    weary, *others = line("AAB")
    pick = admitted(Room(9, 8, 0), [replace(weary, passed=3), *others], busy(A), free(B), present="A", bound=3)
    assert pick is not None
    assert pick.standing.ticket == 1


def test_nobody_behind_a_large_party_that_must_not_be_passed_again_until_it_fits() -> None:
    large = replace(line("A")[0], party=3, passed=3)
    others = line("AAB")[1:]
    assert admitted(Room(9, 8, 0), [large, *others], busy(A), free(B), bound=3) is None
    pick = admitted(Room(9, 6, 0), [large, *others], busy(A), free(B), bound=3)
    assert pick is not None
    assert pick.standing == large


def test_a_large_party_may_be_passed_to_feed_a_counter_but_not_by_its_own_service_and_class() -> None:
    large, *others = line("BAB")
    large = replace(large, party=3)
    assert admitted(Room(9, 8, 0), [large, *others], busy(A), free(B), present="A") is None
    pick = admitted(Room(9, 8, 0), [large, *others], free(A), free(B))
    assert pick is not None
    assert pick.standing.ticket == 2


def test_a_place_is_kept_for_a_counter_that_has_nobody() -> None:
    assert admitted(Room(9, 8, 0), line("A"), busy(A), free(B), present="A") is None
    assert admitted(Room(9, 7, 0), line("A"), busy(A), free(B), present="A") is not None


def test_the_next_one_for_a_busy_counter_comes_in_at_once() -> None:
    assert admitted(Room(9, 8, 0), line("A"), busy(A), free(B)) is not None


def test_a_kept_place_never_stops_who_has_been_passed_enough_nor_an_empty_room() -> None:
    weary = line("A", passed=3)
    assert admitted(Room(9, 8, 0), weary, busy(A), free(B), present="A", bound=3) is not None
    assert admitted(Room(9, 8, 0), line("C"), busy(A), free(B)) is not None


def test_a_party_larger_than_the_whole_cap_is_not_counted_among_the_passed() -> None:
    large, *others = line("AAB")
    pick = admitted(Room(2, 1, 0), [replace(large, party=3), *others], busy(A), free(B), present="A")
    assert pick is not None
    assert [passed.ticket for passed in pick.passing] == [2]


@pytest.mark.parametrize("cap", [None, 0])
def test_no_cap_or_no_place_lets_nobody_in(cap: int | None) -> None:
    assert admitted(Room(cap, 0, 0), line("A"), free(A)) is None


def test_a_counter_of_two_services_leaves_its_visitor_to_the_one_that_can_do_only_that() -> None:
    mixed, only = frozenset({A, B}), frozenset({A})
    assert lacking([A], [mixed, only]) == ({A, B}, 1)
    assert lacking([A, B], [mixed, only]) == (set(), 0)
    assert lacking([B], [mixed, only]) == ({A}, 1)
    assert lacking([A, A], [mixed, frozenset({B})]) == ({B}, 1)
    assert lacking([], [mixed, frozenset({C})]) == ({A, B, C}, 2)


def test_a_call_from_outside_stops_at_the_bound() -> None:
    large, small = line("AB")
    room = Room(9, 8, 0)
    pick = next_called(room, [small], 2, 0, waiting=[replace(large, party=2), small])
    assert pick is not None
    assert (pick.standing.ticket, pick.why, [one.ticket for one in pick.passing]) == (2, FEEDS, [1])
    weary = replace(large, party=2, passed=10)
    assert next_called(room, [small], 2, 0, waiting=[weary, small]) is None


def test_a_call_from_inside_or_without_a_cap_passes_nobody() -> None:
    weary, small = line("AB")
    waiting = [replace(weary, passed=10), small]
    inside = replace(small, inside=True, place_held=True)
    for room, own in ((Room(9, 9, 0), inside), (Room(None, 9, 0), small)):
        pick = next_called(room, [own], 2, 0, waiting=waiting)
        assert pick is not None
        assert (pick.standing.ticket, pick.passing) == (2, ())


people = st.lists(st.tuples(st.sampled_from([A, B, C]), st.booleans(), st.integers(1, 3)), min_size=1, max_size=14)
counters = st.lists(st.sets(st.sampled_from([A, B, C]), min_size=1), min_size=1, max_size=4)


class Day:
    """An office in which at each step one thing happens: a place is taken, somebody is called, somebody leaves."""

    def __init__(self, people: list[tuple[int, bool, int]], counters: list[set[int]], cap: int, bound: int) -> None:
        self.cap, self.bound, self.streak = cap, bound, 0
        self.outside = [
            Standing(n, service, n, sequence=n, priority=priority, party=min(party, cap))
            for n, (service, priority, party) in enumerate(people)
        ]
        self.desks: list[tuple[frozenset[int], Standing | None]] = [(frozenset(own), None) for own in counters]
        self.present: list[Standing] = []
        self.order: list[Standing] = []
        self.passed = {one.ticket: 0 for one in self.outside}

    def room(self) -> Room:
        served = [one for _own, one in self.desks if one]
        return Room(self.cap, sum(one.party for one in [*self.present, *served]), 0)

    def admit(self) -> bool:
        desks = [Desk(own, one is None) for own, one in self.desks]
        pick = next_admitted(
            self.room(), self.outside, 2, self.streak, present=self.present, desks=desks, bound=self.bound
        )
        if pick:
            self._let_in(pick)
        return pick is not None

    def call(self, n: int) -> bool:
        own, at_desk = self.desks[n]
        line = [one for one in [*self.present, *self.outside] if one.service in own]
        pick = None if at_desk else next_called(
            self.room(), line, 2, 0, waiting=self.outside, admitted=self.streak, bound=self.bound
        )  # fmt: skip
        if pick is None:
            return False
        if not pick.standing.place_held:
            self._let_in(pick)
        called = next(one for one in self.present if one.ticket == pick.standing.ticket)
        self.present.remove(called)
        self.desks[n] = (own, called)
        return True

    def finish(self, n: int) -> bool:
        own, at_desk = self.desks[n]
        self.desks[n] = (own, None)
        return at_desk is not None

    def _let_in(self, pick: Pick) -> None:
        assert pick.standing.party <= (self.room().free or 0), "above the cap"
        expected = [one.standing for one in interleaved(self.outside, 2, self.streak)]
        assert list(pick.passing) == expected[: expected.index(pick.standing)]
        for passed in pick.passing:
            self.passed[passed.ticket] += 1
            self.outside[self.outside.index(passed)] = replace(passed, passed=passed.passed + 1)
        self.outside.remove(pick.standing)
        self.order.append(pick.standing)
        self.streak = self.streak + 1 if pick.standing.priority else 0
        self.present.append(replace(pick.standing, inside=True, place_held=True))


@settings(max_examples=300, deadline=None)
@given(people, counters, st.integers(1, 8), st.integers(0, 4), st.data())
def test_whatever_happens_everybody_is_let_in_and_nobody_is_passed_beyond_the_bound(
    coming: list[tuple[int, bool, int]], takes: list[set[int]], cap: int, bound: int, data: st.DataObject
) -> None:
    served = set().union(*takes)
    day = Day([one for one in coming if one[0] in served], takes, cap, bound)
    chosen = st.tuples(st.sampled_from(["admit", "call", "finish"]), st.integers(0, len(takes) - 1))
    for verb, n in data.draw(st.lists(chosen, max_size=40)):
        day.admit() if verb == "admit" else getattr(day, verb)(n)
        assert max(day.passed.values(), default=0) <= bound
    while any([day.admit(), *(day.call(n) or day.finish(n) for n in range(len(takes)))]):
        assert max(day.passed.values(), default=0) <= bound
    assert not day.outside and not day.present


@settings(max_examples=200, deadline=None)
@given(people, counters, st.integers(1, 8), st.integers(0, 4))
def test_admissions_keep_the_order_within_a_service_and_class(
    coming: list[tuple[int, bool, int]], takes: list[set[int]], cap: int, bound: int
) -> None:
    day = Day(coming, takes, cap, bound)
    while day.admit():
        pass
    for kind in {(one.service, one.priority) for one in day.order}:
        own = [one.ticket for one in day.order if (one.service, one.priority) == kind]
        assert own == sorted(own)
        first = [one.ticket for one in day.outside if (one.service, one.priority) == kind]
        assert not first or max(own) < min(first)
