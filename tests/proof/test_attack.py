"""Malformed requests, forms and words at the running server, a few hundred of each (`tests/proof/attack.py`)."""

import pytest

from tests.proof import attack

pytestmark = pytest.mark.server


def test_nothing_malformed_breaks_the_server_and_a_stolen_cookie_is_worth_nothing() -> None:
    figures = attack.prove(full=False)
    assert not figures.violations
    assert figures.operations > sum(attack.SMALL[:3])
