"""What came of the other way: counted once, and told no better than it is (R4, R14)."""

from datetime import date

import pytest

from queues import tally
from queues.tally import BACK, DONE, FAILED, OFFERED, OPENED, TRIED, Fate, Saved, Step

DAY = date(2026, 11, 23)
LAND, CIVIL = 1, 2
ONLINE, SERVED = Fate("online"), Fate("done")


def step(name: str, ticket: int | None = 7, moment: int = 0, service: int = LAND, **more: object) -> Step:
    return Step(moment, DAY, ticket, None, service, name, **more)  # type: ignore[arg-type]


def saved(*steps: Step, fates: dict[int, Fate] | None = None, seconds: float = 600, counters: int = 2) -> Saved:
    return tally.saved(steps, fates or {7: ONLINE}, {LAND: seconds}, {LAND: counters})


def test_three_ways_shown_to_one_visitor_are_one_offer() -> None:
    assert tally.by(tally.once([step(OFFERED), step(OFFERED), step(OFFERED, moment=9)]), "day") == {DAY: {OFFERED: 1}}


def test_who_took_no_ticket_is_known_by_the_moment() -> None:
    shown = [step(OFFERED, None, 1), step(OFFERED, None, 1), step(OPENED, None, 1), step(OFFERED, None, 2)]
    assert tally.by(tally.once(shown), "service") == {LAND: {OFFERED: 2, OPENED: 1}}


def test_a_ticket_that_tried_twice_counts_once_and_where_it_tried_first() -> None:
    tried = [step(TRIED, service=LAND), step(FAILED, why="page"), step(TRIED, service=CIVIL), step(DONE, service=CIVIL)]
    assert tally.by(tally.once(tried), "service") == {LAND: {TRIED: 1, FAILED: 1}, CIVIL: {DONE: 1}}


def test_groups_add_up_to_the_whole() -> None:
    steps = tally.once([step(TRIED, n, service=n % 3) for n in range(1, 20)])
    assert sum(counts[TRIED] for counts in tally.by(steps, "service").values()) == len(steps) == 19


def test_done_online_and_never_served_is_a_turn_avoided() -> None:
    assert saved(step(TRIED), step(DONE, behind=4)).visits == 1


def test_done_but_served_at_the_counter_nevertheless_is_none() -> None:
    answer = saved(step(DONE, behind=4), step(BACK), fates={7: SERVED})
    assert (answer.visits, answer.minutes) == (0, 0)


@pytest.mark.parametrize("name", [OFFERED, OPENED, TRIED, FAILED])
def test_nothing_short_of_done_counts_as_avoided(name: str) -> None:
    assert saved(step(name, behind=4)).visits == 0


def test_chosen_without_a_ticket_is_told_apart_and_claimed_for_nothing() -> None:
    answer = saved(step(OFFERED, None, 1), step(OPENED, None, 1), step(OPENED, None, 2))
    assert answer == Saved(visits=0, results=0, minutes=0, untimed=0, perhaps=2)


def test_each_who_waited_behind_is_spared_one_service_shared_among_the_counters() -> None:
    assert saved(step(DONE, behind=4), seconds=600, counters=2).minutes == 4 * 10 / 2


def test_the_same_ticket_done_twice_spares_once() -> None:
    answer = saved(step(DONE, behind=4), step(DONE, behind=4, moment=1))
    assert (answer.visits, answer.minutes) == (1, 20)


def test_no_minutes_are_claimed_where_no_service_time_is_known() -> None:
    answer = saved(step(DONE, service=CIVIL, behind=4))
    assert (answer.visits, answer.minutes, answer.untimed) == (1, 0, 1)


def test_a_service_that_no_counter_takes_is_counted_as_if_one_did() -> None:
    assert tally.saved([step(DONE, behind=3)], {7: ONLINE}, {LAND: 60}, {}).minutes == 3


def test_a_result_by_post_or_online_spares_the_visit_to_collect_it() -> None:
    fates = {1: Fate("done", "post"), 2: Fate("done", "online"), 3: Fate("done", "desk"), 4: Fate("done")}
    assert saved(fates=fates).results == 2


def test_a_ticket_is_not_counted_in_two_figures() -> None:
    answer = saved(step(DONE, behind=0), fates={7: Fate("online", "post")})
    assert (answer.visits, answer.results) == (1, 0)


def test_a_service_that_nobody_ended_in_time_does_not_falsify_the_middle() -> None:
    assert tally.middle([300, 360, 9 * 3600]) == 360
    assert tally.middle([-5]) is None
