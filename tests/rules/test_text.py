"""What nobody sees in a text is taken out of it."""

import pytest

from queues.text import visible


@pytest.mark.parametrize("unseen", ["\u200b", "\u202e", "\ufeff\u2060", "\0", "\u00ad", "\u200e\u200f", "\ue000"])
def test_what_is_made_of_it_alone_is_nothing(unseen: str) -> None:
    assert visible(unseen) == ""
    assert visible(f"Một{unseen} cửa") == "Một cửa"


def test_what_is_seen_stays_and_marks_are_one_sign_with_their_letter() -> None:
    assert visible("Bộ phận Một cửa – “phường” số 1 ₫") == "Bộ phận Một cửa – “phường” số 1 ₫"
    assert visible("Bo\u0323\u0302") == "Bộ"
    assert visible("a\n\tb\u3000c") == "a  b c"
