"""Who sits where today, for the manager: each counter, whether it calls, who is signed in for it; and all others."""

from dataclasses import dataclass
from datetime import datetime

from flask import Blueprint, render_template

from counter import clock, sessions
from counter.access import Right, allow
from counter.models import counter as counters
from counter.models import office as offices
from counter.models import sign_in as sign_ins
from counter.models import staff as accounts
from counter.models.counter import Counter
from counter.models.office import Office
from counter.models.staff import CLERK, Staff
from queues import shift

place = Blueprint("today", __name__)


@dataclass(frozen=True)
class There:
    """Somebody who is signed in: since when, from which machine, when they last did something."""

    staff: Staff
    since: datetime
    address: str
    used: datetime


@place.get("/offices/<slug>/settings/today")
@allow(Right.MANAGER)
def show(slug: str) -> str:
    """The counters, and who is signed in."""
    office = offices.by_slug(slug)
    there = _there(office)
    own = [(one, *_seats(one, there)) for one in counters.of_office(office.id)]
    seated = {who.staff.id for _one, here, _away in own for who in here}
    return render_template(
        "settings/today.html", office=office, counters=own, local=clock.local,
        others=[who for who in there if who.staff.id not in seated],
    )  # fmt: skip


def _seats(counter: Counter, there: list[There]) -> tuple[list[There], list[Staff]]:
    """Who sits at a counter: those signed in, and those who are not."""
    here = [who for who in there if who.staff.role == CLERK and who.staff.counter_id == counter.id]
    ids = {who.staff.id for who in here}
    away = [own for own in accounts.at_counter(counter.id) if own.id not in ids and not own.retired]
    return here, away


def _there(office: Office) -> list[There]:
    """Whose sign-in still holds: each once, as they were last seen."""
    found: dict[int, There] = {}
    for one, own in sign_ins.open_in(office.id, clock.now() - shift.LONGEST):
        if own.id not in found and sessions.still(one, own):
            found[own.id] = There(own, one.at, one.address, sessions.last_use(one))
    return sorted(found.values(), key=lambda who: (who.staff.name, who.staff.id))
