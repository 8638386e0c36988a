"""`kill -9` under load, a few times (`tests/proof/kill.py`)."""

import pytest

from tests.proof import kill

pytestmark = pytest.mark.server


def test_every_answer_that_was_given_holds_after_kills() -> None:
    figures = kill.prove(full=False)
    assert not figures.violations
    assert figures.operations > 0
