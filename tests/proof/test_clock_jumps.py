"""Clocks that jump and days that are strange (I26), small; full size: `python -m tests.proof.clock_jumps`."""

from tests.proof import clock_jumps


def test_whatever_the_clock_does_no_number_resets_no_order_changes_and_nobody_loses_a_place() -> None:
    figures = clock_jumps.prove(full=False)
    assert figures.trials == len(clock_jumps.STAGES) + len(clock_jumps.GROUNDS)
    assert not figures.violations
