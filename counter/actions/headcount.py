"""How many are really there: people without a ticket, a count by eye, a counter at the door (R1, R2)."""

from counter.actions.change import Change
from counter.actions.perform import Answer, Asked, perform
from counter.actions.settle import count_again_later, end
from counter.database import db
from counter.models import area as areas
from counter.models import presence, sensor
from counter.models import ticket as tickets
from counter.models.presence import Presence
from counter.models.recount import Recount
from queues.errors import ReasonNeeded, TooMany
from queues.headcount import CALLED, GONE, NAMELESS, SERVED, WAITS, Stay, correction
from queues.life import has_ended

MOST_COUNTED = 9999
MOST_SENSED = 999_999
"""A people counter that has gone mad says no more than this: it is shown, and a number of the database must hold it."""
_SURENESS = {"called": CALLED, "serving": SERVED}


def walk_in(office_id: int, people: int, asked: Asked, area_id: int | None = None) -> Answer:
    """People without a ticket come in; returns {"people", "changed"}. Raises RoomFull: they count like others (I16)."""

    def work(change: Change) -> Answer:
        _check_people(people)
        room = presence.room_of(office_id, _cap(change, area_id), area_id)
        room.check(people)
        _come_in(change, people, area_id)
        return {"people": people, "changed": True}

    return perform(office_id, asked, f"walk in {area_id}", work)


def walk_out(office_id: int, people: int, asked: Asked, area_id: int | None = None) -> Answer:
    """People without a ticket go out; returns {"people", "changed"}: no more of them than are there."""

    def work(change: Change) -> Answer:
        _check_people(people)
        gone = 0
        for stay in reversed(presence.of_zone(office_id, area_id)):
            if stay.ticket_id is None and gone < people:
                gone += _take_off(change, stay, min(stay.party, people - gone), "exit")
        return {"people": gone, "changed": gone > 0}

    return perform(office_id, asked, f"walk out {area_id}", work)


def recount(office_id: int, people: int, why: str, asked: Asked, area_id: int | None = None) -> Answer:
    """The room was counted: the list follows the count, and before, after, who and why are kept (I21).

    Returns {"before", "after"}. The count may be over the cap: it is what is, and nobody else comes in then (I17).
    Raises ReasonNeeded where the count differs and no reason is given.
    """

    def work(change: Change) -> Answer:
        _check_people(people, least=0)
        before = presence.room_of(office_id, _cap(change, area_id), area_id).inside
        if before != people and not why:
            raise ReasonNeeded
        _mend(change, people, area_id)
        _write_down(change, area_id, before, people, why)
        if area_id is None:
            count_again_later(change)
        return {"before": before, "after": people}

    return perform(office_id, asked, f"recount {area_id}", work)


def counted_by_sensor(sensor_id: int, sequence: int, entered: int, left: int) -> Answer:
    """A people counter tells its totals; returns {"changed"}. What comes twice or late changes nothing.

    The totals make a lost message harmless. Smaller totals than before: the counter has begun anew. What it says is
    shown beside the list, and never acted on.
    """
    own = sensor.by_id(sensor_id)

    def work(change: Change) -> Answer:
        told = sensor.by_id(sensor_id)
        if sequence <= told.sequence:
            return {"changed": False}
        anew = entered < told.entered or left < told.left
        more = entered - left if anew else (entered - told.entered) - (left - told.left)
        told.inside = max(-MOST_SENSED, min(told.inside + more, MOST_SENSED))
        told.sequence, told.entered, told.left = sequence, entered, left
        change.office.next_seq()
        return {"changed": True}

    return perform(own.office_id, Asked(f"sensor {own.name}"[:60]), "sensor", work)


def _mend(change: Change, counted: int, area_id: int | None) -> None:
    """Make the list agree with the count."""
    there = {stay.id: stay for stay in presence.of_zone(change.office.id, area_id) if stay.entered_at}
    mended = correction([_as_counted(stay) for stay in there.values()], counted)
    for presence_id, people in mended.remain.items():
        _take_off(change, there[presence_id], there[presence_id].party - people, "recount")
    if mended.strangers:
        _come_in(change, mended.strangers, area_id)


def _as_counted(stay: Presence) -> Stay:
    if stay.ticket_id is None:
        return Stay(stay.id, stay.party, NAMELESS, -stay.id)
    status = tickets.by_id(stay.ticket_id).status
    sureness = GONE if has_ended(status) else _SURENESS.get(status, WAITS)
    return Stay(stay.id, stay.party, sureness, stay.id)


def _take_off(change: Change, stay: Presence, people: int, why: str) -> int:
    """So many of a party are not there any more; returns how many."""
    if people == stay.party:
        end(change, stay, why)
    else:
        stay.party -= people
        change.office.next_seq()
        db.session.flush()
    return people


def _come_in(change: Change, people: int, area_id: int | None) -> None:
    """People without a ticket stand in the zone."""
    now = change.now
    db.session.add(
        Presence(office_id=change.office.id, area_id=area_id, party=people, held_at=now, entered_at=now)
    )  # fmt: skip
    change.office.next_seq()
    db.session.flush()


def _write_down(change: Change, area_id: int | None, before: int, after: int, why: str) -> None:
    db.session.add(
        Recount(
            office_id=change.office.id, area_id=area_id, seq=change.office.next_seq(), before=before, after=after,
            at=change.now, who=change.who, why=why,
        )
    )  # fmt: skip
    own = [one for one in sensor.of_office(change.office.id) if one.area_id == area_id]
    for first, one in enumerate(own):  # What was counted is the truth for the counters too: drift begins at none.
        one.inside = 0 if first else after


def _cap(change: Change, area_id: int | None) -> int | None:
    return change.office.cap if area_id is None else areas.in_office(area_id, change.office.id).cap


def _check_people(people: int, least: int = 1) -> None:
    if not least <= people <= MOST_COUNTED:
        raise TooMany(people, MOST_COUNTED)
