"""The state machine, small: everything people can do, in any order, on both databases (`tests/proof/machine.py`)."""

from pathlib import Path

import pytest

from tests.conftest import POSTGRES, SQLITE
from tests.postgres import Cluster
from tests.proof import machine
from tests.proof.databases import Fresh, on_cluster, on_files
from tests.proof.machine import Morning

pytestmark = pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")


@pytest.fixture(autouse=True)
def quiet(caplog: pytest.LogCaptureFixture) -> None:
    """One listener fails at every change, on purpose."""
    caplog.set_level("CRITICAL")


def test_no_promise_is_broken_on_sqlite_whatever_people_do(migrated_file: Path) -> None:
    run_small(SQLITE, on_files(migrated_file))


def test_no_promise_is_broken_on_postgresql_whatever_people_do(migrated_cluster: Cluster) -> None:
    run_small(POSTGRES, on_cluster(migrated_cluster))


def run_small(kind: str, fresh: Fresh) -> None:
    """Let what Hypothesis has found through: it says step by step how to see it again."""
    Morning.operations = 0
    examples, steps = machine.SIZES[kind]
    machine.run(examples, steps, fresh)
    assert Morning.operations > examples * steps / 4, "hardly anything was done"
