"""A catalogue file on its way in: kept, read, and written batch by batch (R5).

The office is held for one batch at a time, so that nobody at the kiosk waits for a file. What is written already stays
written; an import that was interrupted goes on where it stood.
"""

import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial

from counter.actions import entries
from counter.actions.change import Change
from counter.actions.perform import Answer, Asked, perform
from counter.catalogue.files import Table, table
from counter.database import db
from counter.models import audited, catalogue
from counter.models import catalogue_import as imports
from counter.models.catalogue_import import FAILED, RUNNING, UPLOADED, CatalogueImport
from queues.catalogue import Given, Reading, read
from queues.errors import Unreadable

BATCH = 100
"""Rows that are written while the office is held: some hundredths of a second."""
ROWS_SHOWN = 3
"""Rows that are shown beside the columns."""

Listener = Callable[[int, int], None]
"""Hears (written, total) after each batch."""


@dataclass(frozen=True)
class How:
    """Which column is what (name → place). `whole`: what is not in the file is gone. `sure`: even if that is more than
    half of the catalogue."""

    columns: Mapping[str, int]
    whole: bool = True
    sure: bool = False


def upload(office_id: int, name: str, body: bytes, asked: Asked) -> Answer:
    """Keep a file until its columns have been looked at; returns {"import"}. Raises Unreadable."""
    looked = _table(body)
    seen = {
        "columns": looked.columns, "head": looked.head, "total": len(looked.rows),
        "rows": [row.cells for row in looked.rows[:ROWS_SHOWN]],
    }  # fmt: skip

    def work(change: Change) -> Answer:
        imports.forget_unused(office_id)
        own = CatalogueImport(
            office_id=office_id, at=change.now, who=change.who, name=name[:200], body=body, columns=seen
        )
        db.session.add(own)
        db.session.flush()
        return {"import": own.id}

    return perform(office_id, asked, "upload catalogue", work)


def start(office_id: int, import_id: int, how: How, asked: Asked) -> Answer:
    """Let a file be written, as its columns were understood; returns {"import"}. Started already: nothing changes."""

    def work(_change: Change) -> Answer:
        own = imports.in_office(import_id, office_id)
        if own.status == UPLOADED:
            audited.note(office_id, "catalogue_import", import_id, after={"name": own.name, "whole": how.whole})
            kept = {"columns": dict(how.columns), "whole": how.whole, "sure": how.sure}
            imports.become(import_id, columns={**own.columns, **kept}, status=RUNNING, total=0, written=0, report={})
        return {"import": import_id}

    return perform(office_id, asked, f"start import {import_id}", work)


def drop(office_id: int, import_id: int, asked: Asked) -> Answer:
    """Throw away a file that was not taken in; returns {"import"}."""

    def work(_change: Change) -> Answer:
        imports.forget(import_id, office_id)
        return {"import": import_id}

    return perform(office_id, asked, f"drop import {import_id}", work)


def run(office_id: int, import_id: int, asked: Asked, tell: Listener = lambda _written, _total: None) -> None:
    """Write the file of an import that was started, from where it stands.

    Where another runs already it stops; where more than half of the catalogue would go it asks first: the import is
    as it was uploaded, and its report says {"ask", "of"}.
    """
    own = imports.in_office(import_id, office_id)
    if own.status != RUNNING or own.body is None:
        return
    how, step, body = _how(own), _Step(office_id, import_id, Asked(asked.who)), own.body
    written = own.written if own.report else None
    db.session.rollback()  # Nothing is held while the file is read.
    try:
        own_table = _table(body)
    except Unreadable as error:  # It was readable when it came: only a broken disk leads here.
        return step.becomes(status=FAILED, report={"why": error.why}, body=None)
    reading = read(_breathing(own_table.rows), how.columns, len(own_table.head))
    active = catalogue.active_codes(office_id)
    gone = [code for code in active if not reading.names(code)] if how.whole else []
    if not how.sure and 2 * len(gone) > len(active):
        return step.becomes(status=UPLOADED, report={"ask": len(gone), "of": len(active)})
    step.writes(reading, written, gone, tell)


@dataclass(frozen=True)
class _Step:
    """One import, step by step, each in a transaction of its own."""

    office_id: int
    import_id: int
    asked: Asked

    def becomes(self, **values: object) -> None:
        """Write down how far it is."""

        def work(_change: Change) -> Answer:
            imports.become(self.import_id, **values)
            return {}

        perform(self.office_id, self.asked, "import", work)

    def writes(self, reading: Reading, written: int | None, gone: list[str], tell: Listener) -> None:
        """Write what was read, a batch at a time, and at the end retire what is gone."""
        if written is None:
            self.becomes(report=entries.report_of(reading), total=len(reading.entries))
        places = entries.places_of(self.office_id)
        for at in range(written or 0, len(reading.entries), BATCH):
            batch = reading.entries[at : at + BATCH]
            if not self._does(partial(entries.enter, self.import_id, at, batch, places)):
                return
            tell(at + len(batch), len(reading.entries))
            time.sleep(0)  # Others go first.
        self._does(partial(entries.finish, self.import_id, gone))

    def _does(self, work: Callable[[Change], bool]) -> bool:
        return bool(perform(self.office_id, self.asked, "import", lambda change: {"done": work(change)})["done"])


def _how(own: CatalogueImport) -> How:
    return How(own.columns["columns"], own.columns["whole"], own.columns["sure"])


def _table(body: bytes) -> Table:
    return table(body, lambda: time.sleep(0))


def _breathing(rows: Iterable[Given]) -> Iterator[Given]:
    """A long file is read without stopping the server: others go first now and then."""
    for n, row in enumerate(rows):
        if n % BATCH == 0:
            time.sleep(0)
        yield row
