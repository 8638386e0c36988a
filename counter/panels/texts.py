"""What is told today, and where: notices, offers, house rules, suspensions, whom to ask (R8, R9, R11, R12).

The day is the date at the office by its own clocks, not the office's day of business: that one turns when nobody is
left (decision 0005), and a suspension, an offer or a rule that was published for a date begins at midnight.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from flask_babel import force_locale, gettext

from counter import clock
from counter.models import told
from counter.models.notice import CONTACT, HOUSE_RULE, NOTICE, OFFER
from counter.models.opening import Opening
from counter.models.snapshot import Snapshot
from counter.models.told import Stopped
from counter.models.words import Words
from queues import window

AHEAD = timedelta(days=14)
"""A suspension is told so long before it begins: who comes may still arrange for it."""


@dataclass(frozen=True)
class Offer:
    """A way made cheaper. `way` as in queues.online; None: not of one way alone."""

    text: Words
    way: str | None


@dataclass(frozen=True)
class Urgent:
    """An errand that is taken during a suspension, and by which service."""

    id: int
    service_id: int
    letter: str
    name: Words


@dataclass(frozen=True)
class Stop:
    """A suspension as a screen tells it. `begun` False: it is announced. `services` empty: the whole office."""

    id: int
    begun: bool
    head: Words
    """Until when, in a sentence."""
    why: Words
    call: str
    services: tuple[Words, ...]
    urgent: tuple[Urgent, ...]


@dataclass(frozen=True)
class News:
    """All that one place tells today."""

    notices: tuple[Words, ...]
    offers: tuple[Offer, ...]
    stops: tuple[Stop, ...]


def news(seen: Snapshot, place: str, service_id: int | None = None) -> News:
    """What a place (of models.notice.PLACES) tells today; of suspensions only those of a service, if one is named."""
    return News(notices(seen, place), offers(seen, place), stops(seen, service_id))


def notices(seen: Snapshot, place: str) -> tuple[Words, ...]:
    """The notices of a place, and offers that belong to no way."""
    loose = tuple(own.text for own in offers(seen, place) if own.way is None)
    return _shown(seen, NOTICE, place) + loose


def offers(seen: Snapshot, place: str) -> tuple[Offer, ...]:
    """The offers of a place."""
    return tuple(Offer(own.text, own.way) for own in _valid(seen, OFFER, place))


def rules(seen: Snapshot) -> tuple[Words, ...]:
    """The house rules, wherever "please come in" is said (R11)."""
    return tuple(own.text for own in seen.texts if own.kind == HOUSE_RULE and own.days.include(today(seen)))


def whom_to_ask(seen: Snapshot, place: str, field: str | None = None) -> tuple[told.Contact, ...]:
    """The contacts of a field, then those for everything (R8); None: all. Contacts in words come last."""
    theirs = [own for own in seen.contacts if field is None or _same_field(own.field, field)]
    general = [own for own in seen.contacts if not own.field and own not in theirs]
    in_words = [told.Contact(0, "", text, "", "", Words("", "")) for text in _shown(seen, CONTACT, place)]
    return (*theirs, *general, *in_words)


def stops(seen: Opening, service_id: int | None = None) -> tuple[Stop, ...]:
    """The suspensions that hold today or begin soon, those that hold first."""
    day = today(seen)
    near = [own for own in seen.stops if _is_near(own.days, day)]
    theirs = [own for own in near if service_id is None or own.services is None or service_id in own.services]
    told_first = sorted(theirs, key=lambda own: not own.days.include(day))
    return tuple(as_told(seen, own, day) for own in told_first)


def stopped(
    seen: Opening, service_id: int, *, procedure_id: int | None = None, exception_id: int | None = None
) -> Stop | None:
    """The suspension that keeps an errand from being taken today, or None."""
    if not seen.stops:
        return None
    day = today(seen)
    by_rule = [(own.rule, own) for own in seen.stops]
    against = window.stopped(
        [rule for rule, _own in by_rule], service_id, day, procedure=procedure_id, exception=exception_id
    )
    found = next((own for rule, own in by_rule if rule is against), None)
    return as_told(seen, found, day) if found else None


def in_a_sentence(stop: Stop) -> Words:
    """Until when, why, and whom to call, for places with room for one text."""
    vi, en = ([stop.head[n], stop.why[n], _call(n, stop.call)] for n in (0, 1))
    return Words(" ".join(filter(None, vi)), " ".join(filter(None, en)))


def as_told(seen: Opening, own: Stopped, day: date) -> Stop:
    """A suspension as the screens tell it on a day."""
    return Stop(
        id=own.id,
        begun=own.days.include(day),
        head=Words(_head("vi", own, day), _head("en", own, day)),
        why=Words(_ended(own.why.vi), _ended(own.why.en)),
        call=own.call,
        services=tuple(seen.services[one].name for one in own.services or () if one in seen.services),
        urgent=tuple(
            Urgent(one.id, one.service_id, seen.services[one.service_id].letter, one.name)
            for one in own.exceptions
            if one.service_id in seen.offered
        ),
    )


def today(seen: Opening) -> date:
    """The date at the office, by its own clocks."""
    return clock.today(seen.timezone)


def _valid(seen: Snapshot, kind: str, place: str) -> list[told.Text]:
    day = today(seen)
    return [own for own in seen.texts if own.kind == kind and window.shown(own.days, own.places, day, place)]


def _shown(seen: Snapshot, kind: str, place: str) -> tuple[Words, ...]:
    return tuple(own.text for own in _valid(seen, kind, place))


def _same_field(one: str, other: str) -> bool:
    return one.casefold().strip() == other.casefold().strip()


def _is_near(days: window.Days, day: date) -> bool:
    return days.include(day) or (days.first is not None and day < days.first <= day + AHEAD)


def _head(lang: str, own: Stopped, day: date) -> str:
    days = {"first": f"{own.days.first:%d/%m/%Y}", "last": f"{own.days.last:%d/%m/%Y}"}
    with force_locale(lang):
        if own.days.include(day):
            return gettext("Files are not taken at the counters until the end of %(last)s.", last=days["last"])
        return gettext("From %(first)s to %(last)s files are not taken at the counters.", **days)


def _call(lang: int, number: str) -> str:
    with force_locale(("vi", "en")[lang]):
        return gettext("Please call %(number)s.", number=number) if number else ""


def _ended(sentence: str) -> str:
    """Managers write a reason with or without a full stop."""
    return sentence if sentence.endswith((".", "!", "?", "…")) else f"{sentence}."
