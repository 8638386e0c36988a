"""The rows of a catalogue file, written into the office's catalogue; and what the report says of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from counter.actions.change import Change
from counter.database import db
from counter.models import audited, catalogue
from counter.models import catalogue_import as imports
from counter.models import office as offices
from counter.models.catalogue_import import DONE, RUNNING
from counter.models.procedure import Procedure
from queues.catalogue import Entry, Reading, Told
from queues.letters import fold

MOST_TOLD = 2000
"""Lines of one kind that a report keeps. It counts all of them."""
NAMES = {"name": "name_vi"}
"""Columns of a file that a procedure calls otherwise."""


@dataclass(frozen=True)
class Places:
    """Which service takes what: by its letter or name, and by the field of procedures."""

    services: Mapping[str, int]
    fields: Mapping[str, int]


def places_of(office_id: int) -> Places:
    """The office's services, and where the procedures of each field go now."""
    services = {
        fold(name): service.id
        for service in offices.by_id(office_id).services
        for name in (service.name_vi, service.name_en, service.letter)
    }
    return Places(services, catalogue.service_of_fields(office_id))


def report_of(reading: Reading) -> dict[str, Any]:
    """What is known before anything is written: the lines that stay out, and those that were mended."""
    return {
        "added": 0, "changed": 0, "unchanged": 0, "back": 0, "gone": 0, "refused": len(reading.refused),
        "lines": [_line(told) for told in reading.refused[:MOST_TOLD]],
        "notes": [_line(told) for told in reading.notes[:MOST_TOLD]],
        "which": {"added": [], "changed": [], "back": [], "gone": []},
    }  # fmt: skip


def enter(import_id: int, at: int, batch: Sequence[Entry], places: Places, change: Change) -> bool:
    """Write one batch. False, and nothing is written, where the import does not stand there: another writes it."""
    own = imports.in_office(import_id, change.office.id)
    if (own.status, own.written) != (RUNNING, at):
        return False
    report = {**own.report, "which": {kind: [*codes] for kind, codes in own.report["which"].items()}}
    before = catalogue.with_codes(change.office.id, [entry.code for entry in batch])
    for entry in batch:
        came_to = _write(change.office.id, before.get(entry.code), entry, places, report)
        report[came_to] += 1
        if came_to != "unchanged" and len(report["which"][came_to]) < MOST_TOLD:
            report["which"][came_to].append(entry.code)
    db.session.flush()
    imports.become(import_id, written=at + len(batch), report=report)
    return True


def finish(import_id: int, gone: list[str], change: Change) -> bool:
    """Retire what is gone, and let go of the file. False where it was finished already."""
    own = imports.in_office(import_id, change.office.id)
    if own.status != RUNNING:
        return False
    catalogue.retire(change.office.id, gone)
    which = {**own.report["which"], "gone": gone[:MOST_TOLD]}
    told = {name: own.report.get(name, 0) for name in ("added", "changed", "back")}
    audited.note(change.office.id, "catalogue_import", import_id, after={"name": own.name, **told, "gone": len(gone)})
    imports.become(import_id, status=DONE, body=None, report={**own.report, "gone": len(gone), "which": which})
    change.office.next_seq()
    return True


def _write(office_id: int, before: Procedure | None, entry: Entry, places: Places, report: dict[str, Any]) -> str:
    """One procedure: added, changed, unchanged, or back in the catalogue."""
    values = _values(entry, places, report)
    if before is None:
        field_service = places.fields.get(str(values.get("field", "")))
        values.setdefault("service_id", field_service)
        db.session.add(Procedure(office_id=office_id, code=entry.code, **values))
        return "added"
    other = {name: value for name, value in values.items() if name not in before.by_hand}
    other = {name: value for name, value in other.items() if getattr(before, name) != value}
    was_retired, before.retired = before.retired, False
    for name, value in other.items():
        setattr(before, name, value)
    return "back" if was_retired else "changed" if other else "unchanged"


def _values(entry: Entry, places: Places, report: dict[str, Any]) -> dict[str, Any]:
    """What a procedure gets. A service that the office does not have is told, and none is taken for it."""
    values = {NAMES.get(name, name): value for name, value in entry.values.items() if name != "service"}
    if "name_en" in values:
        values["name_en"] = values["name_en"] or None
    named = entry.values.get("service")
    service = places.services.get(fold(named)) if named else None
    if service is not None:
        values["service_id"] = service
    elif named:
        report["notes"] = [*report["notes"], _line(Told(entry.line, entry.code, "no_service", (named,)))][:MOST_TOLD]
    return values


def _line(told: Told) -> list[Any]:
    return [told.line, told.sent, told.why, *told.more]
