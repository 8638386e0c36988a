"""How the office is laid out: waiting areas and counters (R3, R13)."""

from counter.actions.change import Change
from counter.actions.perform import Answer, Asked, perform
from counter.actions.settle import end
from counter.database import db
from counter.models import area as areas
from counter.models import counter as counters
from counter.models import presence
from counter.models.area import Area
from counter.models.words import Words
from queues.errors import TooMany

MOST_IN_AREA = 9999
MOST_AT_COUNTER = 9


def add_area(office_id: int, name: Words, cap: int, asked: Asked) -> Answer:
    """Open an extra waiting area with a cap of its own, in people (R3); returns {"area"}. Raises TooMany."""
    if not 0 <= cap <= MOST_IN_AREA:
        raise TooMany(cap, MOST_IN_AREA)

    def work(change: Change) -> Answer:
        area = Area(office_id=office_id, name_vi=name.vi, name_en=name.en or name.vi, cap=cap)
        db.session.add(area)
        change.office.next_seq()
        db.session.flush()
        return {"area": area.id}

    return perform(office_id, asked, "add area", work)


def retire_area(office_id: int, area_id: int, asked: Asked) -> Answer:
    """Use a waiting area no longer; returns {"area"}. Who stands there waits outside from now on."""

    def work(change: Change) -> Answer:
        close_area(change, areas.in_office(area_id, office_id))
        change.office.next_seq()
        return {"area": area_id}

    return perform(office_id, asked, f"retire area {area_id}", work)


def close_area(change: Change, area: Area) -> None:
    """Nobody stands there any more."""
    area.retired = True
    for stay in presence.of_zone(change.office.id, area.id):
        end(change, stay, "area closed")


def set_people_at(counter_id: int, people: int, asked: Asked) -> Answer:
    """Set how many people may stand at a counter, of the one party that is there (R13); returns {"people"}."""
    if not 1 <= people <= MOST_AT_COUNTER:
        raise TooMany(people, MOST_AT_COUNTER)

    def work(change: Change) -> Answer:
        counters.by_id(counter_id).people = people
        change.office.next_seq()
        return {"people": people}

    return perform(counters.by_id(counter_id).office_id, asked, f"people {counter_id} {people}", work)
