"""Text as people type it, or paste it from somewhere."""

import unicodedata

UNSEEN = ("Cc", "Cf", "Co", "Cs")
"""Kinds of signs that nobody sees: controls, marks of direction and width, private ones, halves of signs."""


def visible(text: str) -> str:
    """Return the text without what nobody sees in it: a name that is made of it is no name, and marks of direction turn
    around what stands beside them. Ends of lines are blanks."""
    plain = unicodedata.normalize("NFC", text)
    return "".join(
        " " if sign.isspace() else sign for sign in plain if sign.isspace() or unicodedata.category(sign) not in UNSEEN
    )
