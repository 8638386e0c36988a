"""Take back one change of the settings, as the audit has it: one press, and an entry of its own (issue 5).

Only what still stands as that change left it: what was changed again since is taken back first. What people did with
it meanwhile stays: a cap taken back throws nobody out (I17).
"""

from datetime import date, datetime, time
from typing import Any

from sqlalchemy import inspect
from sqlalchemy.exc import IntegrityError

from counter.actions import procedures
from counter.actions.change import Change
from counter.actions.house import close_area
from counter.actions.perform import Answer, Asked, perform
from counter.actions.room import bring_into_force
from counter.actions.settings import take_out_of_use
from counter.database import db
from counter.models import audit, audited
from counter.models import cap as caps
from counter.models.area import Area
from counter.models.audit import Audit, Row
from counter.models.base import Model
from counter.models.cap import CapRule
from counter.models.contact import Contact
from counter.models.counter import Counter
from counter.models.device import Device
from counter.models.help_point import HelpPoint
from counter.models.holiday import Holiday
from counter.models.notice import Notice
from counter.models.office import Office
from counter.models.procedure import Procedure
from counter.models.service import PriorityClass, Service
from queues.errors import CannotUndo, ChangedSince
from queues.taking import belong

ROWS: dict[str, type[Model]] = {
    model.__tablename__: model
    for model in (Office, Holiday, Service, PriorityClass, Counter, Area, Notice, Contact, HelpPoint, Device)
}
"""What can be taken back column by column."""
CAP, PROCEDURES = CapRule.__tablename__, Procedure.__tablename__


def can_undo(entry: Audit) -> bool:
    """Whether there is a way back from this change at all."""
    if entry.what == PROCEDURES:
        return entry.undoes is None
    if entry.what == CAP:
        return entry.after is not None
    if entry.what == Office.__tablename__:
        return entry.before is not None  # An office that was made stays.
    if "token_hash" in {**(entry.before or {}), **(entry.after or {})}:
        return False  # A secret can't be given back: the device is paired anew.
    return entry.what in ROWS


def undo(office_id: int, number: int, asked: Asked) -> Answer:
    """Take back the change with this number; returns {"undone"}. Taken back already: nothing changes.

    Raises NotFound, CannotUndo for what has no way back, ChangedSince where it no longer stands as that change left it.
    """

    def work(change: Change) -> Answer:
        entry = audit.by_number(office_id, number)
        if not audit.was_undone(office_id, number):
            if not can_undo(entry):
                raise CannotUndo
            with audited.taking_back(number):
                _BACK.get(entry.what, _row_back)(change, entry)
                change.office.next_seq()
                _write()
        return {"undone": number}

    return perform(office_id, asked, f"undo {number}", work)


def _write() -> None:
    """Raises ChangedSince where another has meanwhile taken the letter, the number or the day."""
    try:
        db.session.flush()
    except IntegrityError as error:
        raise ChangedSince from error


def _row_back(change: Change, entry: Audit) -> None:
    model = ROWS[entry.what]
    if entry.after is None:
        own: Any = model(office_id=change.office.id, **_values(model, entry.before or {}))
        db.session.add(own)
        return
    own = db.session.get(model, entry.which)
    if own is None or any(_now(own, name) != value for name, value in entry.after.items()):
        raise ChangedSince
    if entry.before is not None:
        _set_back(change, own, entry.before)
    elif isinstance(own, Area):
        close_area(change, own)
    elif isinstance(own, Service | PriorityClass | Counter):
        take_out_of_use(change, own)
    else:
        db.session.delete(own)


def _set_back(change: Change, own: Any, before: Row) -> None:
    for name, value in _values(type(own), before).items():
        setattr(own, name, value)
    if isinstance(own, Office) and not (
        belong(own.phone_hour, own.phone_day) and belong(own.address_hour, own.address_day)
    ):
        raise ChangedSince  # The other bound has been set to go with this one.
    if "services" in before and isinstance(own, Counter):
        own.services = [one for one in change.office.services if one.id in before["services"]]
        if _now(own, "services") != before["services"]:  # One of them is no longer used.
            raise ChangedSince


def _now(own: Any, name: str) -> Any:
    """How it stands now, as the audit would write it."""
    if name == "services" and isinstance(own, Counter):
        return sorted(one.id for one in own.services)
    return audited.plain(getattr(own, name))


def _cap_back(change: Change, entry: Audit) -> None:
    """The cap before it, from now on; one that still waits for its day never comes into force."""
    own = db.session.get_one(CapRule, entry.which)
    newest = caps.newest_of_zone(change.office.id, own.area_id)
    if newest is None or (newest.people, newest.inputs, newest.applied) != (own.people, own.inputs, own.applied):
        raise ChangedSince
    before = caps.before(own)
    if not own.applied:
        db.session.delete(own)
    elif before is None and own.area_id is not None:
        raise CannotUndo
    else:
        people, inputs = (before.people, before.inputs) if before else (None, None)
        db.session.add(
            CapRule(
                office_id=own.office_id, area_id=own.area_id, people=people, inputs=inputs, from_day=change.office.day,
                at=change.now, who=change.who, applied=False,
            )
        )  # fmt: skip
        bring_into_force(change)


def _procedures_back(change: Change, entry: Audit) -> None:
    procedures.put_back(change.office.id, entry.before or {}, entry.after or {})
    audited.note(change.office.id, PROCEDURES, entry.which, before=entry.after, after=entry.before)


_BACK = {CAP: _cap_back, PROCEDURES: _procedures_back}


def _values(model: type[Model], row: Row) -> Row:
    """The columns as they were, from plain values."""
    kinds = {attr.key: attr.columns[0].type.python_type for attr in inspect(model).column_attrs}
    known = {name: value for name, value in row.items() if name in kinds}
    return {name: _read(value, kinds[name]) for name, value in known.items()}


def _read(value: Any, kind: type) -> Any:
    if isinstance(value, str) and kind in (date, time, datetime):
        return kind.fromisoformat(value)
    return value
