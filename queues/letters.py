"""Letters as offices send them: composed, tidied, compared without marks, and encodings that went wrong.

Every function knows only the text. What was mended is told by name, so that it can be said on which line.
"""

import re
import unicodedata
from collections.abc import Callable

COMPOSED, INVISIBLE, SPACES, LINE_BREAK, ETH = "composed", "invisible", "spaces", "line_break", "eth"
"""What `tidy` mends: letters and marks that came apart; signs nobody sees; spaces; a line break; ð written for đ."""
REPLACED, MOJIBAKE, OLD_FONT = "replaced", "mojibake", "old_font"
"""What can't be read: letters lost on the way; UTF-8 read as something else; TCVN3 or VNI, letters of an old font."""

_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u2064\ufeff\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f]")
_BREAK = re.compile(r"(?<=\S)[ \t]*[\r\n\x0b\x0c\x85]+[ \t]*(?=\S)")
_SPACES = re.compile(r"\s+")
_ETH = str.maketrans("Ðð", "Đđ")
_PLAIN_D = str.maketrans("Đđ", "Dd")
_MARK, _WORD = re.compile("[\u0300-\u036f]"), re.compile(r"[^\W_]+")
_UNTIDY = re.compile(rf"{_INVISIBLE.pattern}|[^\S ]|  |^ | $|[Ðð]")
_STEPS: tuple[tuple[str, Callable[[str], str]], ...] = (
    (COMPOSED, lambda text: unicodedata.normalize("NFC", text)),
    (LINE_BREAK, lambda text: _BREAK.sub(" ", text)),
    (INVISIBLE, lambda text: _INVISIBLE.sub("", text)),
    (SPACES, lambda text: _SPACES.sub(" ", text).strip()),
    (ETH, lambda text: text.translate(_ETH)),
)
_MOJIBAKE = re.compile(
    "á[»º][\x80-\xbf\u0152-\u0178\u2013-\u2122]|Ã[\xa1-\xbf]|Ä[\u2018\u2019\u0192\x90\x91]|Æ[°¡]|â€|Â[\xa1-\xbf]"
)
_OLD_FONT = re.compile("(?<=[A-Za-z])[®¨©¬µ¶¸¹¼½¾ÆæøûïöüåäëñçÑØÛÏÖÜÅÄË]|[®¨©¬µ¶¸¹¼½¾ÆæøûïöüåäëñçÑØÛÏÖÜÅÄË](?=[A-Za-z])")


def tidy(text: str) -> tuple[str, frozenset[str]]:
    """Return the text as it was meant, on one line, and what had to be mended for that. No meaning is touched."""
    if unicodedata.is_normalized("NFC", text) and not _UNTIDY.search(text):  # Nearly always.
        return text, frozenset()
    mended = set()
    for name, step in _STEPS:
        before, text = text, step(text)
        if text != before:
            mended.add(name)
    return text, frozenset(mended)


def unreadable(text: str) -> str | None:
    """Why a text can't be read, or None. What is lost is not guessed: the office saves the file again."""
    if "\ufffd" in text:
        return REPLACED
    if _MOJIBAKE.search(text):
        return MOJIBAKE
    return OLD_FONT if len(_OLD_FONT.findall(text)) > 1 else None


def fold(text: str) -> str:
    """A text to be compared: no marks, no case, one space between words. "Lĩnh vực:" and "LINH VUC" are the same."""
    apart = unicodedata.normalize("NFD", text.translate(_ETH)).translate(_PLAIN_D).casefold()
    return " ".join(_WORD.findall(_MARK.sub("", apart)))
