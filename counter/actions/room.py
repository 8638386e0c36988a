"""What the competent authority sets: how many people the room and its waiting areas may hold (R1, R3)."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from counter.actions.change import Change
from counter.actions.perform import Answer, Asked, perform
from counter.database import db
from counter.models import area as areas
from counter.models import cap as caps
from counter.models.area import Area
from counter.models.cap import CapRule
from queues.errors import TooMany
from queues.space import Space, cap_of

MOST_PEOPLE = 9999


@dataclass(frozen=True)
class From:
    """From which day on a cap holds (None: at once), and why it was set."""

    day: date | None = None
    why: str | None = None


def set_cap(
    office_id: int, cap: int | Space | None, asked: Asked, area_id: int | None = None, when: From = From()
) -> Answer:
    """Set the cap of the room or of an area, in people, or None for no cap; returns {"cap", "in_force"}.

    A Space is worked out, and its measures are kept beside the result. With a day later than the office's the cap
    comes into force when that day begins. A lowered cap throws nobody out and lets nobody in until there is room
    (I17); a raised one lets the next in at once. Raises SpaceNotUnderstood, TooMany, NotFound.
    """
    people = cap_of(cap) if isinstance(cap, Space) else cap
    if people is not None and not 0 <= people <= MOST_PEOPLE:
        raise TooMany(people, MOST_PEOPLE)

    def work(change: Change) -> Answer:
        if area_id is not None:
            areas.in_office(area_id, office_id)
        rule = CapRule(
            office_id=office_id, area_id=area_id, people=people, inputs=_inputs(cap), at=change.now, who=change.who,
            from_day=when.day or change.office.day, why=when.why, applied=False,
        )  # fmt: skip
        db.session.add(rule)
        bring_into_force(change)
        return {"cap": people, "in_force": rule.applied}

    return perform(office_id, asked, f"cap {area_id or ''} {people}", work)


def bring_into_force(change: Change) -> None:
    """Apply every cap whose day has come."""
    db.session.flush()
    for rule in caps.waiting(change.office.id, change.office.day):
        rule.applied = True
        if rule.area_id is None:
            change.office.cap = rule.people
        else:
            db.session.get_one(Area, rule.area_id).cap = rule.people or 0
        change.office.next_seq()
    db.session.flush()


def _inputs(cap: object) -> dict[str, str | int | None] | None:
    """The measures as they are kept, decimals in full; None for a number that was set as it is."""
    if not isinstance(cap, Space):
        return None
    return {name: str(value) if isinstance(value, Decimal) else value for name, value in vars(cap).items()}
