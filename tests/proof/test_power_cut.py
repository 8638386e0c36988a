"""A power cut at any place of the log (I27), small; full size: `python -m tests.proof.power_cut`."""

import pytest

from tests.proof import power_cut, write_ahead


def test_after_a_power_cut_at_any_place_all_that_was_complete_is_there_and_nothing_is_half_there() -> None:
    figures = power_cut.prove(full=False)
    assert figures.trials == power_cut.FEW * len(power_cut.KINDS)
    assert not figures.violations


def test_a_log_that_loses_a_complete_commit_would_be_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(write_ahead, "damaged", lambda wal, *_how: wal[: len(wal) // 3])
    monkeypatch.setattr(power_cut, "KINDS", ("cut",))
    assert [v for v in power_cut.prove(full=False).violations if "saved" in v]
