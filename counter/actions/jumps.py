"""When somebody puts the clock forward or back, nobody loses a place by it (I26).

A place in the room is held for some minutes of waiting, not until the hands of a clock stand somewhere. Each process
notices by its steady clock that the other has been put, and lets every place be held in full once more. That may be
done twice, by two processes, without harm: it sets, and does not add.
"""

from datetime import datetime, timedelta

from counter import clock
from counter.database import in_office
from counter.models import office as offices
from counter.models import other_way, presence
from counter.models.office import Office
from counter.models.presence import Presence

UNNOTICED = timedelta(seconds=10)
"""A clock that is put by so little does no harm: a place is held for minutes."""
STILL = timedelta(minutes=10)
"""So long a clock must have been left alone before its date is believed."""

_heeded: dict[int, timedelta] = {}
"""Office → how far the clock had been put when its places were last held anew."""
_put = (timedelta(0), datetime.min)
"""How far the clock has been put, and when that was noticed, by the steady clock."""


def heed(office_id: int) -> None:
    """Before anything is judged by a clock that has been put: hold every place of the office in full once more.

    Who is done has the full time once more to go, and who needs more minutes has them in full once more.
    """
    put = clock.put_by()
    if abs(put - _heeded.get(office_id, timedelta(0))) > UNNOTICED:
        in_office(office_id, lambda _told: _hold_again(offices.held(office_id)))
        _heeded[office_id] = put


def is_still() -> bool:
    """Whether nobody has put the clock for a while. A wrong date that is soon put right must turn no day."""
    global _put
    put, since = clock.put_by(), clock.steady().replace(tzinfo=None)
    if abs(put - _put[0]) > UNNOTICED:
        _put = (put, since)
    return since - _put[1] >= STILL


def shorten(office: Office, now: datetime) -> None:
    """No place is held for longer than the office says: the machine may have come up with a clock behind the last."""
    latest = now + timedelta(seconds=office.hold_seconds)
    for stay in presence.open_in(office.id):
        if stay.hold_until and stay.hold_until > latest:
            stay.hold_until = latest
            office.next_seq()


def _hold_again(office: Office) -> None:
    stays, deferred = presence.open_in(office.id), other_way.deferred(office.id)
    for stay in stays:
        _from_now(stay, office, clock.now())
    for ticket in deferred:
        ticket.defer_until = clock.now() + timedelta(seconds=office.defer_seconds)
    if stays or deferred:
        office.next_seq()


def _from_now(stay: Presence, office: Office, now: datetime) -> None:
    if stay.hold_until:
        stay.hold_until = now + timedelta(seconds=office.hold_seconds)
    if stay.exit_due:
        stay.exit_due = now + timedelta(seconds=office.exit_seconds)
