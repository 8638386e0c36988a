"""Which errands have another way, and which way fits (R4, R5, R6; documents 001 §1, 004 §1).

Nothing is claimed that the catalogue does not say: unknown means "see its page", never "yes" and never "no".
"""

from dataclasses import dataclass

from queues.errors import NoMoreMinutes

FULL, PARTIAL, NONE = "full", "partial", "none"
"""Online service: wholly (toàn trình), in part (một phần), not at all."""
LEVELS = (FULL, PARTIAL, NONE)

ONLINE, LOOK, POST_IN, POST_OUT, HELP_POINT, PHONE = "online", "look", "post_in", "post_out", "help_point", "phone"
"""The ways: file it online; see its page on the portal; hand in by post; get the result by post; a help point; ask by
phone."""

WHY_FAILED = ("no_account", "not_digital", "page_broken", "not_understood", "payment", "other")
"""Why it did not work online, as the visitor says: a short list, so that it can be counted."""

UNSAID = "unsaid"
"""Why it did not work online, of somebody who tried and did not say."""

ALL, SOME = "all", "some"
"""What a visitor says of the papers: I have them; I miss some."""
PAPERS = (ALL, SOME)

LONGEST_ADDRESS = 500
"""Letters of an address that a small code on a screen still carries."""


@dataclass(frozen=True)
class Known:
    """What the catalogue says of one procedure. None: it does not say."""

    online: str | None = None
    payment: bool | None = None
    post_in: bool | None = None
    post_out: bool | None = None
    url: str = ""


def ways(known: Known, *, help_points: bool = False, phone: bool = False) -> tuple[str, ...]:
    """Return the ways that fit an errand, the one that spares the visitor most first.

    `help_points` and `phone` say whether the office has any to name.
    """
    fits = {
        ONLINE: known.online in (FULL, PARTIAL),
        LOOK: known.online is None and opens(known.url),
        POST_IN: known.post_in is True,
        POST_OUT: known.post_out is True,
        HELP_POINT: help_points and known.online != NONE,
        PHONE: phone,
    }
    return tuple(way for way, is_so in fits.items() if is_so)


def can_try(known: Known) -> bool:
    """Whether it makes sense to try online while waiting: yes where the catalogue says so, or leaves it open and names
    a page."""
    return way_to_try(known) is not None


def way_to_try(known: Known) -> str | None:
    """The way that somebody who waits would try: online, or its page where the catalogue leaves it open; else None."""
    return next((way for way in ways(known) if way in (ONLINE, LOOK)), None)


def to_collect(*, phone: bool = False) -> tuple[str, ...]:
    """The ways for somebody who only collects a result: have it sent, or ask by phone (R6)."""
    return (POST_OUT, PHONE) if phone else (POST_OUT,)


def opens(address: str) -> bool:
    """Whether an address of a page is one that a phone opens: a web address, and short enough for a code."""
    return address.startswith(("https://", "http://")) and len(address) <= LONGEST_ADDRESS


def way_while_waiting(known: Known | None, *, files: bool) -> str | None:
    """The way to offer to somebody who waits: the errand's own; to look at the portal, where the catalogue leaves it
    open or the errand was not named; None where it says no, or (`files` False) there is nothing to file."""
    if known is None:
        return LOOK if files else None
    return way_to_try(known) or (LOOK if known.online is None else None)


def minutes_left(deferrals: int, bound: int) -> int:
    """How many times somebody may still ask for more minutes, after having asked `deferrals` times."""
    return max(bound - deferrals, 0)


def check_minutes(deferrals: int, bound: int) -> None:
    """Raise NoMoreMinutes for who has asked for more minutes as often as the office allows."""
    if not minutes_left(deferrals, bound):
        raise NoMoreMinutes(bound)
