"""The code that a device shows: nobody guesses it, a slip of the finger is told."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from queues.pairing import FIGURES, WINDOW, codes, spaced, typed

KEY = b"the key of this installation"
texts = st.text(min_size=1, max_size=40)
moments = st.floats(min_value=0, max_value=4e9)


@given(texts, moments)
def test_a_code_is_taken_as_it_is_shown(secret: str, now: float) -> None:
    own, before = codes(KEY, secret, now)
    assert typed(spaced(own)) == own
    assert len(own) == len(before) == FIGURES


@given(texts, moments)
def test_the_code_of_ten_minutes_ago_is_still_known(secret: str, now: float) -> None:
    assert codes(KEY, secret, now + WINDOW)[1] == codes(KEY, secret, now)[0]


@given(texts, moments, st.integers(0, FIGURES - 1), st.integers(1, 9))
def test_one_wrong_figure_is_always_noticed(secret: str, now: float, at: int, off: int) -> None:
    own = codes(KEY, secret, now)[0]
    wrong = own[:at] + str((int(own[at]) + off) % 10) + own[at + 1 :]
    assert typed(wrong) is None


def test_another_secret_and_another_key_make_another_code() -> None:
    assert codes(KEY, "one", 0)[0] != codes(KEY, "two", 0)[0] != codes(b"another", "two", 0)[0]


@pytest.mark.parametrize("text", ["", "1234", "123456789", "abcdefgh", "１２３４５６７８", "1234 567x"])
def test_what_is_no_code_is_none(text: str) -> None:
    assert typed(text) is None
