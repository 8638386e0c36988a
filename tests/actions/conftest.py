"""What people do must come to the same on both databases."""

import pytest

from tests.conftest import POSTGRES, SQLITE


@pytest.fixture(params=[SQLITE, POSTGRES])
def database_kind(request: pytest.FixtureRequest) -> str:
    """Where a test's data are."""
    return str(request.param)
