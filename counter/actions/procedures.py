"""What the manager sets about errands by hand: one by one, or many at once (R5). An import leaves it as it is."""

from collections.abc import Collection, Mapping
from typing import Any

from sqlalchemy import update

from counter.actions.change import Change
from counter.actions.perform import Answer, Asked, perform
from counter.database import db
from counter.models import audited
from counter.models import procedure as procedures
from counter.models import service as services
from counter.models.procedure import Procedure
from queues.errors import ChangedSince

UNKNOWN: tuple[object, ...] = (None, "")
"""Set to that, a value is as the next file says."""


def set_procedure(office_id: int, procedure_id: int, values: Mapping[str, Any], asked: Asked) -> Answer:
    """Set some values of one errand; returns {"procedure"}. Raises NotFound."""

    def work(change: Change) -> Answer:
        own = procedures.in_office(procedure_id, office_id)
        new = {name: value for name, value in values.items() if getattr(own, name) != value}
        _check(office_id, new)
        if new:
            _note(office_id, [own], new)
        for name, value in new.items():
            setattr(own, name, value)
        own.by_hand = _by_hand(own.by_hand, new)
        change.office.next_seq()
        return {"procedure": procedure_id}

    return perform(office_id, asked, f"set procedure {procedure_id}", work)


def set_many(office_id: int, chosen: Collection[int], values: Mapping[str, Any], asked: Asked) -> Answer:
    """Set the same values of many errands; returns {"set"}: how many. Raises NotFound for a service of others."""

    def work(change: Change) -> Answer:
        _check(office_id, values)
        theirs = [own for own in procedures.of_office(office_id) if own.id in chosen]
        rows = [{"id": own.id, "by_hand": _by_hand(own.by_hand, values), **values} for own in theirs]
        if rows:
            _note(office_id, theirs, values)
            db.session.execute(update(Procedure), rows)
            change.office.next_seq()
        return {"set": len(rows)}

    return perform(office_id, asked, "set procedures", work)


def _note(office_id: int, theirs: list[Procedure], values: Mapping[str, Any]) -> None:
    """Write into the audit how these errands stood, by code, and what is set for all of them."""
    names = [*sorted(values), "by_hand"]
    before = {name: {own.code: audited.plain(getattr(own, name)) for own in theirs} for name in names}
    after = {name: audited.plain(value) for name, value in values.items()}
    audited.note(office_id, "procedure", theirs[0].id if len(theirs) == 1 else None, before=before, after=after)


def put_back(office_id: int, before: Mapping[str, Mapping[str, Any]], after: Mapping[str, Any]) -> None:
    """Set each errand as it stood, from what the audit keeps; one that a file has taken out meanwhile stays out.

    Raises ChangedSince where one is no longer as it was set.
    """
    own = {one.code: one for one in procedures.of_office(office_id)}
    codes = own.keys() & before["by_hand"].keys()
    if any(audited.plain(getattr(own[code], name)) != value for code in codes for name, value in after.items()):
        raise ChangedSince
    rows = [
        {"id": own[code].id, "by_hand": _by_hand_again(own[code], before["by_hand"][code], set(after))}
        | {name: before[name][code] for name in after}
        for code in codes
    ]
    if rows:
        db.session.execute(update(Procedure), rows)


def _by_hand_again(own: Procedure, before: Collection[str], names: set[str]) -> list[str]:
    """What is set by hand once these values stand as before; what was set by hand since stays so."""
    return sorted((set(own.by_hand) - names) | (set(before) & names))


def _check(office_id: int, values: Mapping[str, Any]) -> None:
    if values.get("service_id") is not None:
        services.in_office(values["service_id"], office_id)


def _by_hand(before: list[str], values: Mapping[str, Any]) -> list[str]:
    freed = {name for name, value in values.items() if value in UNKNOWN}
    return sorted({*before, *values} - freed)
