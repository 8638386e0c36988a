"""Who is here knows what the screen in the lobby shows: a code that is another every minute (issue 5).

Eight figures: read from the seats, typed on any phone. Of a hundred million three are right at any moment, so guessing
leads nowhere even where nobody counts the tries.
"""

import hashlib
import hmac
from datetime import datetime, timedelta

FIGURES = 8
STAYS_GOOD = 2
"""Minutes for which a code is still taken after the screen has turned to the next: who reads it needs time to type."""
REMEMBERED = timedelta(minutes=15)
"""For so long a phone that has shown a code need not show another: nobody chooses an errand against the clock."""


def minute_of(moment: datetime) -> int:
    """The minute that a moment lies in, counted from 1970."""
    return int(moment.timestamp() // 60)


def code_of(secret: str, minute: int) -> str:
    """The code of an office (by its secret) in a minute: eight figures."""
    made = hmac.new(secret.encode(), f"here {minute}".encode(), hashlib.sha256).digest()
    return f"{int.from_bytes(made[:8]) % 10**FIGURES:0{FIGURES}d}"


def is_right(secret: str, minute: int, typed: str) -> bool:
    """Whether this is the code of the minute, or of one of the two before. Blanks and hyphens do no harm."""
    sent = "".join(sign for sign in typed if sign not in " -–·.\u00a0")
    good = (code_of(secret, minute - late) for late in range(STAYS_GOOD + 1))
    return any([hmac.compare_digest(own.encode(), sent.encode()) for own in good])
