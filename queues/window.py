"""Is it valid at this moment: opening hours of an office or a service, the days of a text, a suspension."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, time


@dataclass(frozen=True)
class Hours:
    """From when to when, in the office's local time. An empty side means no limit on that side."""

    opens: time | None = None
    closes: time | None = None

    def includes(self, moment: time) -> bool:
        """`closes` itself is outside. Hours that end before they begin go over midnight."""
        opens, closes = self.opens or time.min, self.closes
        if closes is None:
            return moment >= opens
        if opens <= closes:
            return opens <= moment < closes
        return moment >= opens or moment < closes


@dataclass(frozen=True)
class Days:
    """From which day to which, both included. An empty side means no limit on that side."""

    first: date | None = None
    last: date | None = None

    def include(self, day: date) -> bool:
        """Whether a day is one of them."""
        return (self.first or day) <= day <= (self.last or day)


WHOLE_WEEK = "1234567"
"""The days of the week, Monday first."""


def works_on(day: date, weekdays: str) -> bool:
    """Whether a day is one of the days of the week on which an office works ("12345": Monday to Friday)."""
    return str(day.isoweekday()) in weekdays


def why_closed(
    moment: time, *, office: Hours, service: Hours, by_manager: bool, staffed: bool, holiday: bool = False,
    works: bool = True, used_up: bool = False,
) -> str | None:  # fmt: skip
    """Why a service takes no tickets at a moment: closed, holiday, weekday, office_hours, service_hours, no_counter or
    quota (as many as the day has were given).

    None means it does. The manager's word comes first: it carries a reason of its own.
    """
    reasons = {
        "closed": by_manager,
        "holiday": holiday,
        "weekday": not works,
        "office_hours": not office.includes(moment),
        "service_hours": not service.includes(moment),
        "no_counter": not staffed,
        "quota": used_up,
    }
    return next((reason for reason, holds in reasons.items() if holds), None)


@dataclass(frozen=True)
class Exempt:
    """An urgent errand that is taken during a suspension: by which service, and which procedure if it is one."""

    id: int
    service: int
    procedure: int | None = None


@dataclass(frozen=True)
class Stop:
    """Direct intake stopped on some days (R12). `services` None: of the whole office."""

    days: Days
    services: tuple[int, ...] | None = None
    exempt: tuple[Exempt, ...] = ()

    def stops(self, service: int, day: date) -> bool:
        """Whether it keeps a service from taking what is not exempt."""
        return self.days.include(day) and (self.services is None or service in self.services)

    def lets(self, service: int, procedure: int | None, exception: int | None) -> Exempt | None:
        """The exception that this errand is, chosen by itself or by its procedure, or None."""
        own = (one for one in self.exempt if one.service == service)
        return next((one for one in own if one.id == exception or (procedure and one.procedure == procedure)), None)


def shown(days: Days, places: Sequence[str], day: date, place: str) -> bool:
    """Whether a text is to be seen on a day at a place. No places: at every place (R9)."""
    return days.include(day) and (not places or place in places)


def stopped(
    stops: Iterable[Stop], service: int, day: date, *, procedure: int | None = None, exception: int | None = None
) -> Stop | None:
    """The suspension that keeps an errand from being taken on a day, or None. Both its days are included (R12).

    Where several do, the one that lasts longest: until then the visitor need not come. `day` is the date at the
    office, by its own clocks. An errand passes only if every suspension of that day lets it pass.
    """
    against = [own for own in stops if own.stops(service, day) and own.lets(service, procedure, exception) is None]
    return max(against, key=lambda own: own.days.last or date.max, default=None)
