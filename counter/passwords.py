"""What a password must be, and the one-time codes that a manager hands out (ASVS 5.0, 6.2).

Length is what counts; letters, figures and signs are nobody's duty. What is easily guessed is refused.
"""

import re
import secrets
import unicodedata
from datetime import timedelta

SHORTEST, LONGEST = 10, 200
GOOD_FOR = timedelta(days=3)
"""How long a one-time code opens the account."""
MEASURED = 64
"""How many signs of a password are measured."""
STANDING, FOR_LETTERS = 3, frozenset("@({[<!|$+%")
"""How many different signs, beside figures, may stand for letters ("p@ssw0rd") when one is measured, and which do. With
more, all ways of reading them would be tried: 20 s for one password in place of 0.2."""
EASIEST = 2
"""The least score (of 0 to 4): 10⁶ guesses would not find it."""
HERE = (
    "matkhau", "motcua", "ubnd", "vietnam", "hanoi", "saigon", "congchuc", "anhyeuem", "yeuem", "baoan", "luot",
)  # fmt: skip
"""Words that people here make passwords of, which lists from elsewhere do not know."""
_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
"""What nobody takes for another on a slip of paper: 31 of them, so 12 are 59 bits."""
CODES = re.compile(f"([{_LETTERS}]{{4}}-){{2}}[{_LETTERS}]{{4}}")
"""How they look."""


def weakness(password: str, *known: str) -> str | None:
    """Why a password is refused: short, long or easy; None for a good one. `known`: what is known of its owner."""
    if len(password) < SHORTEST:
        return "short"
    if len(password) > LONGEST:
        return "long"
    from zxcvbn import zxcvbn  # Its lists take 0.3 s to read: only when a password is chosen.

    score = zxcvbn(_measured(password), user_inputs=[*HERE, *_of_the_owner(known)])["score"]
    return "easy" if score < EASIEST else None


def bare(text: str) -> str:
    """Without marks and capitals: "Nguyễn" and "nguyen" are guessed alike."""
    plain = unicodedata.normalize("NFD", text.lower().replace("đ", "d"))
    return "".join(letter for letter in plain if not unicodedata.combining(letter))


def _measured(password: str) -> str:
    """What is measured of it: in place of the signs that are too many, others that stand for nothing."""
    text = bare(password)[:MEASURED]
    known = list(dict.fromkeys(sign for sign in text if sign in FOR_LETTERS))[:STANDING]
    return "".join(chr(0xE000 + ord(sign)) if sign in FOR_LETTERS and sign not in known else sign for sign in text)


def _of_the_owner(known: tuple[str, ...]) -> list[str]:
    """Each name whole, its parts, and its parts run together, forwards and backwards."""
    words: list[str] = []
    for own in map(bare, known):
        parts = [part for part in re.split(r"[^a-z0-9]+", own) if part]
        words += [own, *parts, "".join(parts), "".join(reversed(parts))]
    return [word for word in words if word]


def code_as_typed(typed: str) -> str:
    """A code as it was read off a slip of paper: in capitals, or with blanks or dashes of another kind between."""
    return re.sub(r"[\s\u2010-\u2015-]+", "-", typed.strip().lower())


def one_time_code() -> str:
    """A code to be read out and typed once: three groups of four."""
    return "-".join("".join(secrets.choice(_LETTERS) for _ in range(4)) for _ in range(3))
