"""The kiosk: what have you come for?"""

from collections import Counter
from dataclasses import dataclass, replace
from datetime import time

from flask_babel import force_locale, gettext

from counter import clock
from counter.models.opening import Opening
from counter.models.seen import ServiceSeen
from counter.models.service import INTAKE
from counter.models.snapshot import Snapshot
from counter.models.words import Words
from counter.panels import texts
from counter.panels.common import Place, place, shown_by
from queues.window import Hours, why_closed, works_on


@dataclass(frozen=True)
class ServiceCard:
    """A service as the kiosk offers it. `closed` says why it can't be taken now, in a sentence. `short`: the short
    errand that it is the office's only service for (`models.service` COLLECT, ORIGINAL), else None (R6, R17)."""

    id: int
    letter: str
    name: Words
    waiting: int
    closed: Words | None
    short: str | None = None


@dataclass(frozen=True)
class Services:
    """The kiosk's question: what have you come for?"""

    office: Place
    services: tuple[ServiceCard, ...]


def services(seen: Snapshot, slug: str = "", device_id: int | None = None) -> Services:
    """Every service, how many wait for it, and why it is closed if it is; short errands first. A kiosk with services
    of its own offers those."""
    own = shown_by(seen, device_id)
    offered = seen.offered.values()
    here = [one for one in offered if own is None or own.services is None or one.id in own.services]
    kinds = Counter(service.kind for service in seen.offered.values())
    cards = [
        replace(card(seen, own), short=own.kind if own.kind != INTAKE and kinds[own.kind] == 1 else None)
        for own in here
    ]
    return Services(place(seen), tuple(sorted(cards, key=lambda own: own.short is None)))


def card(
    seen: Snapshot, service: ServiceSeen, *, procedure_id: int | None = None, exception_id: int | None = None
) -> ServiceCard:
    """One service as the kiosk offers it, or as it takes one errand: an urgent one during a suspension (R12)."""
    stop = texts.stopped(seen, service.id, procedure_id=procedure_id, exception_id=exception_id)
    closed = stop.head if stop else _closed(seen, service)
    return ServiceCard(service.id, service.letter, service.name, seen.waiting_for[service.id], closed)


def is_open(seen: Opening) -> bool:
    """Whether any service takes tickets now, be it for urgent errands alone."""
    return any(takes(seen, service) for service in seen.offered.values()) or bool(urgent_errands(seen))


def takes(seen: Opening, service: ServiceSeen, *, exception_id: int | None = None) -> bool:
    """Whether a service takes tickets now, or one errand of a suspension's exceptions."""
    return _reason(seen, service) is None and texts.stopped(seen, service.id, exception_id=exception_id) is None


def why_not(seen: Opening, service: ServiceSeen) -> Words | None:
    """Why a service takes no tickets now, in a sentence; None if it does."""
    stop = texts.stopped(seen, service.id)
    return stop.head if stop else _closed(seen, service)


def urgent_errands(seen: Opening) -> tuple[texts.Urgent, ...]:
    """What is taken now during a suspension, with a ticket of its own."""
    listed = [one for stop in texts.stops(seen) if stop.begun for one in stop.urgent]
    return tuple(one for one in listed if takes(seen, seen.services[one.service_id], exception_id=one.id))


def _reason(seen: Opening, service: ServiceSeen) -> str | None:
    today = clock.today(seen.timezone)
    return why_closed(
        clock.time_of_day(seen.timezone), office=seen.hours, service=service.hours,
        by_manager=service.closed is not None, staffed=service.staffed, holiday=today in seen.holidays,
        works=works_on(today, seen.weekdays), used_up=service.used_up,
    )  # fmt: skip


def _closed(seen: Opening, service: ServiceSeen) -> Words | None:
    today, reason = clock.today(seen.timezone), _reason(seen, service)
    if reason is None or reason == "closed":
        return service.closed
    holiday = seen.holidays.get(today, Words("", ""))
    hours = seen.hours if reason == "office_hours" else service.hours
    return Words(_sentence("vi", reason, hours, holiday.vi), _sentence("en", reason, hours, holiday.en))


def _sentence(lang: str, reason: str, hours: Hours, holiday: str) -> str:
    with force_locale(lang):
        if reason == "holiday":
            return gettext("Closed today: %(holiday)s.", holiday=holiday)
        if reason == "weekday":
            return gettext("Closed today.")
        if reason == "no_counter":
            return gettext("No counter takes this service today.")
        if reason == "quota":
            return gettext("All tickets of today have been given.")
        return gettext(
            "Open from %(opens)s to %(closes)s.", opens=_hour(hours.opens, "00:00"), closes=_hour(hours.closes, "24:00")
        )


def _hour(hour: time | None, missing: str) -> str:
    return f"{hour:%H:%M}" if hour else missing
