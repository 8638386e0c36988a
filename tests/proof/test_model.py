"""The model of the protocol holds, and each rule that is broken on purpose is found out."""

import os

import pytest

from tests.proof import model


def test_no_interleaving_breaks_the_protocol_and_each_broken_rule_is_found() -> None:
    if lacking := model.missing():
        (pytest.fail if os.environ.get("CI") else pytest.skip)(f"install the packages {' '.join(lacking)}")
    figures = model.prove(full=False)
    assert not figures.violations
    assert figures.trials == 2 + len(model.BROKEN)
