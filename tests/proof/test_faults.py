"""The planted faults still fit today's code (`tests/proof/faults.py`; `make prove-faults` shows that each is seen)."""

import re
from pathlib import Path

import pytest

from tests.proof import faults
from tests.proof.faults import ROOT, Fault

PROMISES = set(re.findall(r"^\| ([IR]\d+) \|", (ROOT / "docs/promises.md").read_text(), re.MULTILINE))


def test_there_are_enough_faults_to_be_worth_it() -> None:
    assert len(faults.planted()) >= 12


@pytest.mark.parametrize("fault", faults.planted(), ids=lambda fault: fault.name)
def test_a_fault_can_be_planted_in_todays_code(fault: Fault) -> None:
    assert not faults.refusal(fault, ROOT, only_asked=True)


@pytest.mark.parametrize("fault", faults.planted(), ids=lambda fault: fault.name)
def test_a_fault_says_what_was_done_and_which_promise_it_breaks(fault: Fault) -> None:
    assert fault.said.endswith(".")
    assert fault.promise in PROMISES


def test_a_fault_that_fits_nowhere_is_refused(tmp_path: Path) -> None:
    """What the two above rest on can fail."""
    assert "No such file" in faults.refusal(faults.planted()[0], tmp_path, only_asked=True)
