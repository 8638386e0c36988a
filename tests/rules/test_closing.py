"""What came of a visit, how the result goes back, and which papers are missing (R4, R6)."""

import pytest

from queues.closing import BY_DESK, BY_ONLINE, BY_POST, ENDINGS, LONGEST_PAPER, MOST_PAPERS, Closing, named, result_ways
from queues.errors import NotFound, PapersNotNamed
from queues.online import FULL, NONE, PARTIAL, Known


@pytest.mark.parametrize("outcome", [None, *ENDINGS])
def test_what_came_of_it_may_be_said_or_left_unsaid(outcome: str | None) -> None:
    assert Closing(outcome).outcome == outcome


@pytest.mark.parametrize("outcome", ["", "missing", "done", "x" * 500])
def test_nothing_else_ends_a_visit(outcome: str) -> None:
    with pytest.raises(NotFound):
        Closing(outcome)


@pytest.mark.parametrize("outcome", [None, "result", "advised", "online", "other_desk"])
def test_only_an_accepted_file_has_a_result_that_goes_back(outcome: str | None) -> None:
    assert Closing("accepted", BY_POST).result_by == BY_POST
    with pytest.raises(NotFound):
        Closing(outcome, BY_POST)


def test_a_result_goes_back_by_a_way_that_there_is() -> None:
    with pytest.raises(NotFound):
        Closing("accepted", "pigeon")


@pytest.mark.parametrize(
    ("known", "ways"),
    [
        (Known(), (BY_DESK, BY_POST, BY_ONLINE)),
        (Known(online=FULL, post_out=True), (BY_DESK, BY_POST, BY_ONLINE)),
        (Known(online=PARTIAL, post_out=False), (BY_DESK, BY_ONLINE)),
        (Known(online=NONE), (BY_DESK, BY_POST)),
        (Known(online=NONE, post_out=False), (BY_DESK,)),
    ],
)
def test_the_ways_back_are_all_but_those_the_catalogue_rules_out(known: Known, ways: tuple[str, ...]) -> None:
    assert result_ways(known) == ways


def test_missing_papers_are_named_once_each_and_in_order() -> None:
    assert named(["Tờ khai", "  Giấy  chứng sinh ", "", "Tờ khai", "\n"]) == ["Tờ khai", "Giấy chứng sinh"]


def test_nobody_is_sent_for_papers_without_being_told_which() -> None:
    with pytest.raises(PapersNotNamed):
        named(["", "  "])


def test_a_list_of_papers_has_an_end() -> None:
    papers = named([f"{n} {'x' * 1000}" for n in range(100)])
    assert len(papers) == MOST_PAPERS
    assert {len(paper) for paper in papers} == {LONGEST_PAPER}
