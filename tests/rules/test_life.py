"""The life of a ticket (I6, I10)."""

import subprocess
import sys
from pathlib import Path

import pytest

from queues import life
from queues.errors import MoveRefused

ROOT = Path(__file__).parent.parent.parent


@pytest.mark.parametrize("move", life.TABLE, ids=lambda move: move.name)
def test_a_move_leads_where_the_table_says_and_from_nowhere_else(move: life.Move) -> None:
    for status in life.STATUSES:
        if status in move.sources:
            assert life.after(move.name, status) == move.target
        else:
            with pytest.raises(MoveRefused):
                life.after(move.name, status)


def test_a_ticket_comes_into_being_once() -> None:
    assert life.after("issue", None) == "waiting"
    with pytest.raises(MoveRefused):
        life.after("issue", "waiting")


def test_an_end_is_an_end_but_a_missed_visitor_may_come_back() -> None:
    leaving_an_end = [(move.name, source) for move in life.TABLE for source in move.sources if life.has_ended(source)]
    assert leaving_an_end == [("return", "no_show")]


def test_every_status_can_be_reached_and_every_open_one_can_end() -> None:
    reached = {move.target for move in life.TABLE}
    assert reached == set(life.STATUSES)
    assert set(life.MOVES["expire"].sources) == set(life.OPEN)


def test_the_page_about_the_life_of_a_ticket_is_not_stale() -> None:
    made = subprocess.run(
        [sys.executable, "-m", "docs.ticket_life"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout
    assert (ROOT / "docs" / "ticket-life.md").read_text() == made, "run `make docs`"
