"""The code that a new device shows and a manager types in (R18, ASVS 5.0 7.2).

The code is made of the device's own secret and the time: nothing is kept for devices that nobody has let in, so
nobody can fill a list by asking for codes. Its last figure checks the others, so that a slip of the finger is told
at once.
"""

import hashlib
import hmac

FIGURES = 8
"""Two groups of four, to be read out across a room; seven figures are secret, the last one checks them."""
WINDOW = 600
"""Seconds for which a device shows the same code; the one before it is still taken."""
_ODD_PAIR = (0, 2, 4, 6, 8, 1, 3, 5, 7, 9)


def codes(key: bytes, secret: str, now: float) -> tuple[str, str]:
    """The code that a device with this secret shows at a moment (seconds since 1970), and the one it showed before."""
    window = int(now // WINDOW)
    return _code(key, secret, window), _code(key, secret, window - 1)


def typed(text: str) -> str | None:
    """What somebody typed as a code, without blanks and hyphens; None where a figure is wrong or missing."""
    figures = "".join(letter for letter in text if letter not in " -.\u00a0")
    if len(figures) != FIGURES or not (figures.isascii() and figures.isdigit()):
        return None
    return figures if figures[-1] == _check(figures[:-1]) else None


def spaced(code: str) -> str:
    """A code as it is shown: "4829 1137"."""
    return f"{code[:4]} {code[4:]}"


def _code(key: bytes, secret: str, window: int) -> str:
    digest = hmac.new(key, f"pairing {secret} {window}".encode(), hashlib.sha256).digest()
    figures = f"{int.from_bytes(digest[:8], 'big') % 10 ** (FIGURES - 1):0{FIGURES - 1}}"
    return figures + _check(figures)


def _check(figures: str) -> str:
    """The check figure by Luhn: finds any one wrong figure and nearly every pair that changed places."""
    total = sum(_ODD_PAIR[int(f)] if at % 2 == 0 else int(f) for at, f in enumerate(reversed(figures)))
    return str(-total % 10)
