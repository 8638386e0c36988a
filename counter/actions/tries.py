"""Taking a try where tries are few. What is taken is saved before anything is judged, so that a hundred asked at one
moment, of several processes, are no more than are granted."""

from datetime import datetime, timedelta
from weakref import WeakKeyDictionary

from sqlalchemy import Engine, exc

from counter import clock
from counter.database import Busy, db, save
from counter.models import tries
from queues.tries import NONE, Rate, one_less, one_more, wait

Bucket = tuple[str, Rate]
"""What is counted together, and how much of it there is."""

_spare: tries.Dues = {}
"""What has been used up while the database takes no writes: nobody is kept out by that, and nobody guesses by it."""


_empty: WeakKeyDictionary[Engine, tries.Dues] = WeakKeyDictionary()
"""Buckets of a database that were found empty, and until when: whoever goes on trying costs no look into it."""
MOST_EMPTY = 10_000


def take(buckets: list[Bucket]) -> timedelta:
    """Take one try of each bucket; returns NONE, or how long to wait: then nothing was taken, nor written."""
    keys, now = [key for key, _rate in buckets], clock.now()
    empty = _empty.setdefault(db.engine, {})
    longest = max((empty[key] - now for key in keys if key in empty), default=NONE)
    if NONE < longest <= max(rate.every for _key, rate in buckets):
        return longest
    longest = _longest_wait(buckets, tries.dues(keys), now)
    if longest:
        return longest
    try:
        return save(lambda: _take(buckets, now))
    except (exc.DBAPIError, exc.TimeoutError, Busy):
        return _take_spare(buckets, now)


def give_back(buckets: list[Bucket]) -> None:
    """It was no guess. In the transaction that is open."""
    now = clock.now()
    held = tries.held([key for key, _rate in buckets], now)
    for key, rate in buckets:
        tries.write(key, one_less(held.get(key), now, rate))
        _empty.get(db.engine, {}).pop(key, None)


def was_no_guess(buckets: list[Bucket]) -> None:
    """Give them back, and nothing else is changed."""
    save(lambda: give_back(buckets))


def _take(buckets: list[Bucket], now: datetime) -> timedelta:
    held = tries.held([key for key, _rate in buckets], now)
    longest = _longest_wait(buckets, held, now)
    if not longest:
        for key, rate in buckets:
            tries.write(key, one_more(held.get(key), now, rate))
    return longest


def _take_spare(buckets: list[Bucket], now: datetime) -> timedelta:
    longest = _longest_wait(buckets, _spare, now)
    if not longest:
        _spare.update({key: one_more(_spare.get(key), now, rate) for key, rate in buckets})
    for key in [key for key, due in _spare.items() if due <= now]:
        del _spare[key]
    return longest


def _longest_wait(buckets: list[Bucket], dues: tries.Dues, now: datetime) -> timedelta:
    waits = {key: wait(dues.get(key), now, rate) for key, rate in buckets}
    empty = _empty.setdefault(db.engine, {})
    if len(empty) > MOST_EMPTY:
        empty.clear()
    empty.update({key: now + own for key, own in waits.items() if own})
    return max(waits.values(), default=NONE)
