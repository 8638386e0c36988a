"""Offices made: empty, from a file, as a copy of another; and an empty one filled from a file (issue 5, R18).

A file is read before anything is written (`counter/officefile`). Its settings come in one transaction, each of them in
the audit; its catalogue after that, a batch at a time, so that nobody at another office waits for it.
"""

from collections.abc import Iterable
from typing import Any

from sqlalchemy.exc import IntegrityError

from counter import clock
from counter.actions.change import Change
from counter.actions.perform import Answer, Asked, perform
from counter.database import db, save
from counter.models import audited
from counter.models import office as offices
from counter.models.area import Area
from counter.models.cap import CapRule
from counter.models.contact import Contact
from counter.models.counter import Counter
from counter.models.help_point import HelpPoint
from counter.models.holiday import Holiday
from counter.models.notice import Notice
from counter.models.office import Office
from counter.models.office_file import is_empty
from counter.models.operation import keep, kept
from counter.models.procedure import Procedure
from counter.models.service import PriorityClass, Service
from counter.models.words import Words
from counter.officefile.fields import LISTS, OFFICE, Shape
from queues.errors import NotEmpty, Taken

ZONE = "Asia/Ho_Chi_Minh"
MAKE = "make office"
BATCH = 200
"""Errands of a catalogue that are written while the office is held."""
Plain = dict[str, Any]
Nothing: Plain = {}


def make_office(slug: str, name: Words, asked: Asked, plain: Plain = Nothing) -> Answer:
    """Make an office with this short name, set as a file says (`officefile.reading.read`), empty without one; returns
    {"office"}. The name given here stands before the file's. Raises Taken (slug)."""

    def work() -> Answer:
        before = offices.with_slug(slug)
        return _made_before(before, asked) if before else _made(new_office(slug, name, asked.who, plain), asked)

    try:
        with audited.by(asked.who, clock.now(), asked.address):
            answer = save(work)
    except IntegrityError as error:  # At this very moment somebody else has made it.
        raise Taken("slug", slug) from error
    _bring_catalogue(answer["office"], plain, asked)
    return answer


def new_office(slug: str, name: Words, who: str, plain: Plain = Nothing) -> Office:
    """A new row with all that a file sets, but its catalogue. Only inside a transaction that may write."""
    zone = plain["office"]["timezone"] if plain else ZONE
    own = {"slug": slug, "name_vi": name.vi, "name_en": name.en or name.vi}
    office = Office(**own, timezone=zone, day=clock.today(zone), paired_only=True)
    db.session.add(office)
    db.session.flush()
    if plain:
        _fill(office, plain, who)
    return office


def fill_office(office_id: int, plain: Plain, asked: Asked) -> Answer:
    """Set an office in which nothing was set up yet as a file says; its own names stay, and its address where it has
    one; returns {"office"}. Raises NotEmpty."""

    def work(change: Change) -> Answer:
        if not is_empty(change.office):
            raise NotEmpty
        _fill(change.office, plain, change.who)
        change.office.next_seq()
        db.session.flush()
        return {"office": office_id}

    answer = perform(office_id, asked, "fill office", work)
    _bring_catalogue(office_id, plain, asked)
    return answer


def _made_before(before: Office, asked: Asked) -> Answer:
    """What the same form was told when it came first."""
    answer = kept(before.id, MAKE, asked.operation) if asked.operation else None
    if answer is None:
        raise Taken("slug", before.slug)
    return answer


def _made(office: Office, asked: Asked) -> Answer:
    answer = {"office": office.id}
    if asked.operation:
        keep(office_id=office.id, id=asked.operation, errand=MAKE, answer=answer, at=clock.now())
    return answer


def _fill(office: Office, plain: Plain, who: str) -> None:
    """Everything but the names and the catalogue."""
    kept_as_it_is = {"name", *(["address"] if office.address else [])}
    _set(office, {name: own for name, own in OFFICE.items() if name not in kept_as_it_is}, plain["office"])
    services = _rows(Service, "services", plain["services"], office)
    db.session.add_all(_rows(PriorityClass, "classes", plain["classes"], office))
    for at, own in enumerate(services):
        own.position = at
    db.session.flush()
    by_letter = {own.letter: own for own in services}
    for own, said in zip(_rows(Counter, "counters", plain["counters"], office), plain["counters"], strict=True):
        own.services = [by_letter[letter] for letter in said["services"]]
    _tell(office, plain)
    db.session.flush()
    _set_caps(office, plain, who)


def _tell(office: Office, plain: Plain) -> None:
    """Days off, texts, whom to ask. An office that is named as a help point and is not here is left unnamed."""
    for model, part in ((Holiday, "holidays"), (Notice, "texts"), (Contact, "contacts")):
        _rows(model, part, plain[part], office)
    points = _rows(HelpPoint, "help_points", plain["help_points"], office)
    for own, said in zip(points, plain["help_points"], strict=True):
        there = offices.with_slug(said["at_office"]) if said["at_office"] else None
        own.at_office_id = there.id if there else None


def _set_caps(office: Office, plain: Plain, who: str) -> None:
    """Every cap with where it comes from, in force at once (R1)."""
    areas = _rows(Area, "areas", plain["areas"], office)
    db.session.flush()
    zones = [(None, plain["room"]), *((own.id, said) for own, said in zip(areas, plain["areas"], strict=True))]
    office.cap = plain["room"]["cap"]
    for area_id, said in zones:
        if said["cap"] is not None:
            db.session.add(
                CapRule(
                    office_id=office.id, area_id=area_id, people=said["cap"], inputs=said["measured"],
                    from_day=office.day, at=clock.now(), who=who, applied=True,
                )
            )  # fmt: skip
    db.session.flush()


def _rows(model: Any, part: str, entries: Iterable[Plain], office: Office) -> list[Any]:
    """The rows of a part of the file, in its order."""
    rows = []
    for at, said in enumerate(entries):
        own = model(office_id=office.id)
        _set(own, LISTS[part][0], said)
        if model is PriorityClass:
            own.position = at
        db.session.add(own)
        rows.append(own)
    return rows


def _set(own: Any, shape: Shape, said: Plain) -> None:
    for name, field in shape.items():
        for column, value in field.kind.into(name, said[name]).items():
            setattr(own, column, value)


def _bring_catalogue(office_id: int, plain: Plain, asked: Asked) -> None:
    """Batch by batch. A form that came twice brings it once."""
    entries = plain.get("catalogue", [])
    for at in range(0, len(entries), BATCH):
        batch = entries[at : at + BATCH]

        def work(change: Change, batch: list[Plain] = batch, first: bool = at == 0) -> Answer:
            return _enter(change, batch, len(entries) if first else 0)

        perform(office_id, asked, f"catalogue of a file {at}", work)


def _enter(change: Change, batch: list[Plain], total: int) -> Answer:
    letters = {own.letter: own.id for own in change.office.services}
    for own, said in zip(_rows(Procedure, "catalogue", batch, change.office), batch, strict=True):
        own.service_id = letters.get(said["service"])
        own.name_en = own.name_en if own.name_en != own.name_vi else None
    if total:
        audited.note(change.office.id, "catalogue_import", None, after={"total": total})
    change.office.next_seq()
    db.session.flush()
    return {"entered": len(batch)}
