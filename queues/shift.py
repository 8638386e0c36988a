"""How long a sign-in lasts: until it has not been used for a while, and never longer than the shift (issue 5)."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo

LONGEST = timedelta(hours=12)
"""No sign-in lasts longer, whatever an office sets; one of an office that never closes lasts so long."""
AFTER_CLOSING = timedelta(hours=1)
IDLE, SHIFT = "idle", "shift"


@dataclass(frozen=True)
class Terms:
    """What an office says about it: not used for `idle` it ends, and so it does at the hour `ends` by the clocks of
    `zone` (None: at no hour)."""

    idle: timedelta
    ends: time | None
    zone: tzinfo


def unless_set(closes: time | None) -> time | None:
    """The hour at which shifts end where the office has set none: one hour after it closes."""
    return (datetime.combine(date.min, closes) + AFTER_CLOSING).time() if closes else None


def end_of(since: datetime, terms: Terms) -> datetime:
    """The moment at which the shift of somebody ends who signed in at another, in UTC."""
    latest = since.astimezone(UTC) + LONGEST
    if terms.ends is None:
        return latest
    own = since.astimezone(terms.zone)
    days = (own.date(), own.date() + timedelta(days=1))
    ends = (datetime.combine(day, terms.ends, terms.zone).astimezone(UTC) for day in days)
    return min(latest, next(end for end in ends if end > since))


def why_ended(since: datetime, used: datetime, now: datetime, terms: Terms) -> str | None:
    """Why a sign-in is over: SHIFT, IDLE, or None while it lasts. One of a time to come, by more than a shift, is none:
    the clock was wrong."""
    if now >= end_of(since, terms) or since - now > LONGEST:
        return SHIFT
    return IDLE if now - used >= terms.idle else None
