"""Entries sealed over each other: whatever is changed afterwards is found, and where it begins."""

from dataclasses import replace

import pytest

from queues.chain import FIRST, Link, first_broken, seal


def chain(*texts: str) -> list[Link]:
    links, before = [], FIRST
    for number, text in enumerate(texts, start=1):
        before = seal(before, {"why": text})
        links.append(Link(number, {"why": text}, before))
    return links


WHOLE = chain("một", "hai", "ba", "bốn")
LENGTH, LAST = len(WHOLE), WHOLE[-1].seal


def test_a_whole_chain_is_whole() -> None:
    assert first_broken(WHOLE, LENGTH, LAST) is None


def test_an_empty_chain_is_whole() -> None:
    assert first_broken([], 0, FIRST) is None


@pytest.mark.parametrize("at", range(4))
def test_an_entry_that_says_something_else_is_found(at: int) -> None:
    changed = [*WHOLE]
    changed[at] = replace(changed[at], said={"why": "khác"})
    assert first_broken(changed, LENGTH, LAST) == at + 1


@pytest.mark.parametrize("at", range(4))
def test_an_entry_that_says_something_else_and_is_sealed_again_is_found_by_what_follows(at: int) -> None:
    changed = [*WHOLE]
    before = changed[at - 1].seal if at else FIRST
    changed[at] = replace(changed[at], said={"why": "khác"}, seal=seal(before, {"why": "khác"}))
    assert first_broken(changed, LENGTH, LAST) == at + 2


@pytest.mark.parametrize("at", range(4))
def test_an_entry_taken_out_is_found(at: int) -> None:
    assert first_broken([*WHOLE[:at], *WHOLE[at + 1 :]], LENGTH, LAST) == at + 1


def test_an_entry_put_in_is_found() -> None:
    assert first_broken([*WHOLE, *chain("năm")], LENGTH, LAST) == 5
    more = Link(5, {"why": "năm"}, seal(LAST, {"why": "năm"}))
    assert first_broken([*WHOLE, more], LENGTH, LAST) == 5


def test_entries_in_another_order_are_found() -> None:
    assert first_broken([WHOLE[0], WHOLE[2], WHOLE[1], WHOLE[3]], LENGTH, LAST) == 2


def test_the_order_of_names_in_an_entry_does_not_matter() -> None:
    assert seal(FIRST, {"a": 1, "b": [2]}) == seal(FIRST, {"b": [2], "a": 1})


def test_what_is_no_plain_value_is_not_sealed() -> None:
    with pytest.raises((TypeError, ValueError)):
        seal(FIRST, {"a": float("nan")})
