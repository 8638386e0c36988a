"""Whether a sign-in still holds. The one judgement, for an address as for an open line; it needs no request.

What is asked at each request must write nothing: that somebody did something is kept here, and written down every half
minute (`actions.signing.keep`). A panel that is watched is no use: a screen goes on by itself.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from counter import clock
from counter.models import office as offices
from counter.models import sign_in as sign_ins
from counter.models import staff as accounts
from counter.models.office import Office
from counter.models.sign_in import SignIn
from counter.models.staff import Staff
from queues import shift
from queues.shift import Terms

OUT = "out"


@dataclass(frozen=True)
class Who:
    """A sign-in as its browser's cookie names it: whose, of which epoch, which one, since when."""

    staff_id: int
    epoch: int
    key: str
    since: datetime

    def staff(self) -> Staff | None:
        """The account that it opens now, unless it has ended."""
        return holds(self)


_uses: dict[str, datetime] = {}
"""Sign-in → when it was last used, as far as this process knows and has not written down."""


def holds(who: Who | None) -> Staff | None:
    """The account that a sign-in opens now; None where it has ended: signed out here or everywhere, not used for long,
    the shift over, works here no longer.

    Ask in a transaction of its own (an application context): what was read before is not read again.
    """
    own = accounts.by_id(who.staff_id) if who else None
    if who is None or own is None or own.retired or own.epoch != who.epoch:
        return None
    return None if why_ended(who, own) else own


def why_ended(who: Who, own: Staff) -> str | None:
    """Why a sign-in is over: OUT, or as `queues.shift` says; None while it lasts."""
    row = sign_ins.by_key(who.key)
    if row and row.ended:
        return OUT
    used = last_use(row) if row else _uses.get(who.key, who.since)
    return shift.why_ended(who.since, used, clock.now(), terms_of(offices.by_id(own.office_id)))


def still(row: SignIn, own: Staff) -> bool:
    """The same, of a sign-in that has been written down: whether somebody is there."""
    if own.retired or own.epoch != row.epoch:
        return False
    return why_ended(Who(own.id, row.epoch, row.key, row.at), own) is None


def last_use(row: SignIn) -> datetime:
    """When somebody last did something, as far as it is known here."""
    return max(row.used, _uses.get(row.key, row.used))


def terms_of(office: Office) -> Terms:
    """How long a sign-in lasts at an office."""
    ends = office.shift_end or shift.unless_set(office.closes)
    return Terms(timedelta(minutes=office.idle_minutes), ends, ZoneInfo(office.timezone))


def use(who: Who) -> None:
    """Somebody has done something: the time in which nothing is done begins anew."""
    _uses[who.key] = clock.now()


def take_uses() -> dict[str, datetime]:
    """What is to be written down. It is kept here until `written`."""
    return dict(_uses)


def written(uses: dict[str, datetime]) -> None:
    """These have been written down."""
    for key, used in uses.items():
        if _uses.get(key) == used:
            del _uses[key]
