"""How many files and lines a server may have open."""

import logging
import resource
from collections.abc import Iterator

import pytest

from counter import descriptors


@pytest.fixture
def limits() -> Iterator[tuple[int, int]]:
    before = resource.getrlimit(resource.RLIMIT_NOFILE)
    yield before
    resource.setrlimit(resource.RLIMIT_NOFILE, before)


def test_a_service_that_is_given_few_takes_what_it_may(limits: tuple[int, int]) -> None:
    resource.setrlimit(resource.RLIMIT_NOFILE, (1024, limits[1]))
    got = descriptors.enough()
    assert got == resource.getrlimit(resource.RLIMIT_NOFILE)[0] > 1024


def test_too_few_are_told(monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> None:
    monkeypatch.setattr(resource, "getrlimit", lambda _what: (1024, 1024))
    with caplog.at_level(logging.WARNING):
        assert descriptors.enough() == 1024
    assert "LimitNOFILE" in caplog.text
