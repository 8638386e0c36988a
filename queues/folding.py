"""A text as people type it in a hurry: without marks, without capitals, words and figures alone (R5)."""

import re
import unicodedata
from functools import lru_cache

LONGEST = 120
"""Letters of a question that are looked at."""
KEPT = 4096
"""Texts whose words are kept in memory: who types is asked about the same names with every letter."""
_MARKS = dict.fromkeys(range(0x300, 0x370))
_BARE = {**_MARKS, **dict.fromkeys(map(ord, "đĐðÐ"), "d")}
_OTHER = re.compile(r"[^a-z0-9]+")


def fold(text: str) -> str:
    """Return the words of a text without marks and capitals, one space between: "Đăng  ký" → "dang ky".

    It is the same whether the marks stand on their letters (NFC) or after them (NFD). Signs part words.
    """
    return _OTHER.sub(" ", unicodedata.normalize("NFD", text).translate(_BARE).lower()).strip()


@lru_cache(maxsize=KEPT)
def words(text: str) -> tuple[str, ...]:
    """The folded words of a text, in order."""
    return tuple(fold(text).split())
