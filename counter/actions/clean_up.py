"""What is no longer needed goes, once a night and by one process: the least is kept (docs/privacy.md)."""

import logging
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from counter import clock
from counter.actions.jumps import is_still
from counter.database import save
from counter.models import audit, ended, night, operation, sealed, sign_in, taking

log = logging.getLogger(__name__)

ANSWERS_KEPT = timedelta(days=2)
"""A form is sent again within seconds, a phone without a line within hours; a page that stands open, the next day."""
COUNTS_KEPT = timedelta(days=2)
"""Bounds are of a day; an office's day may last over midnight, and its clock may have been put."""
LINKS_KEPT = timedelta(days=30)
"""Which papers are missing and how the result comes back is read at home, often weeks later."""
ADDRESSES_KEPT = timedelta(days=90)
"""Whoever looks into what was changed in the settings does so within the quarter."""
AT_ONCE = 1000
"""Rows that are written at a time: whoever takes a ticket meanwhile waits for no more than these."""
ZONE, HOUR = "Asia/Ho_Chi_Minh", 2
"""By whose clock it is night, and from when on; a machine that was off does it when it comes up."""


@dataclass(frozen=True)
class Cleaned:
    """How many of each have gone."""

    answers: int
    counts: int
    links: int
    addresses: int
    sign_ins: int


def tonight() -> Cleaned | None:
    """Clean up if it is night and nobody has; returns what has gone, or None. A clock that was just put is not
    believed: what it calls old may be of this morning."""
    now = clock.local(clock.now(), ZONE)
    if now.hour < HOUR or night.last(night.CLEAN_UP) in (now.date(), None) or not is_still():
        return None
    if not save(lambda: night.claim(night.CLEAN_UP, now.date())):
        return None
    cleaned = clean_up()
    _say_where_the_audit_ends()
    return cleaned


def clean_up() -> Cleaned:
    """Drop what is older than it is needed. May be done at any time, and twice."""
    now = clock.now()
    return Cleaned(
        answers=_some_at_a_time(lambda: operation.forget(now - ANSWERS_KEPT, AT_ONCE)),
        counts=save(lambda: taking.forget(now - COUNTS_KEPT)),
        links=_close_links(now - LINKS_KEPT),
        addresses=save(lambda: audit.forget_addresses(now - ADDRESSES_KEPT)),
        sign_ins=save(lambda: sign_in.forget_all(now - ADDRESSES_KEPT)),
    )


def _say_where_the_audit_ends() -> None:
    """Into the log, which is kept apart: whoever writes into the database can write a shorter chain, or a new one."""
    for end in sealed.ends():
        log.info("the audit ends", extra={"about": {"chain": end.chain, "entries": end.length, "seal": end.seal}})


def _close_links(before: datetime) -> int:
    """Tickets that ended long ago get a token that nobody was ever told, and lose the number of their online file."""
    total, after = 0, 0
    while old := ended.with_links(clock.local(before, ZONE).date(), after, AT_ONCE):
        closed = {own: ended.CLOSED + secrets.token_urlsafe(15) for own in old}
        save(partial(ended.close_links, closed))
        total, after = total + len(old), old[-1]
    return total


def _some_at_a_time(work: Callable[[], int]) -> int:
    total = 0
    while some := save(work):
        total += some
    return total
