"""A disk that becomes full or read-only, and is well again (I28), small; full size: `python -m tests.proof.disk`."""

import pytest

from tests.proof import disk

pytestmark = pytest.mark.server


def test_a_full_or_read_only_disk_is_said_clearly_and_heals_without_a_restart_or_a_gap() -> None:
    figures = disk.prove(full=False)
    assert figures.trials >= 4
    assert not figures.violations
