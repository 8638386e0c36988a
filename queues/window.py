"""Is it valid at this moment: opening hours of an office or a service, the days of a text."""

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


def why_closed(moment: time, *, office: Hours, service: Hours, by_manager: bool, staffed: bool) -> str | None:
    """Why a service takes no tickets at a moment: closed, office_hours, service_hours or no_counter.

    None means it does. The manager's word comes first: it carries a reason of its own.
    """
    reasons = {
        "closed": by_manager,
        "office_hours": not office.includes(moment),
        "service_hours": not service.includes(moment),
        "no_counter": not staffed,
    }
    return next((reason for reason, holds in reasons.items() if holds), None)
