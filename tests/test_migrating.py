"""An office that works keeps all it has when the database is brought to the newest migration."""

import pytest
from flask import Flask, current_app
from flask_migrate import downgrade
from sqlalchemy import inspect, text

from counter import migrating
from counter.actions import house
from counter.actions.perform import Asked
from counter.database import db
from counter.models import sealed
from tests.actions.test_issue import take
from tests.cast import Cast
from tests.conftest import on_both

OLDEST = "0004"
"""Anything older never left the house."""
BEFORE_ADDRESSES_ARE_FORGOTTEN = "0007"


def rows() -> dict[str, int]:
    tables = [table for table in inspect(db.engine).get_table_names() if not table.startswith("procedure_words")]
    return {table: db.session.scalar(text(f"SELECT count(*) FROM {table}")) or 0 for table in tables}


@on_both
def test_back_to_an_older_one_and_forth_again_nothing_is_lost(app: Flask, cast: Cast, database_kind: str) -> None:
    ticket = take(cast)
    before = rows()
    db.session.remove()
    migrating.make_migratable(app)
    downgrade(revision=OLDEST)
    migrating.migrate(app)
    assert migrating.is_migrated()
    assert rows() == before
    assert db.session.scalar(text(f"SELECT letter FROM ticket WHERE id = {ticket}")) == "A"


CHAIN = "SELECT number, seal FROM audit ORDER BY number"


def changed(cast: Cast, times: int) -> None:
    for n in range(times):
        house.set_people_at(cast.counters[1], 1 + n % 2, Asked("manager lan", f"form {n}", "10.0.0.7"))


def down_and_up(to: str) -> None:
    """To an older migration, as its own program left it, and forth again."""
    db.session.remove()
    migrating.make_migratable(current_app._get_current_object())  # type: ignore[attr-defined]
    downgrade(revision=to)
    migrating.migrate(current_app._get_current_object())  # type: ignore[attr-defined]


@on_both
def test_a_chain_that_is_whole_is_whole_after_it_was_sealed_anew(cast: Cast, database_kind: str) -> None:
    changed(cast, 3)
    before = db.session.execute(text(CHAIN)).all()
    down_and_up(BEFORE_ADDRESSES_ARE_FORGOTTEN)
    assert sealed.first_broken(cast.office) is None
    after = db.session.execute(text(CHAIN)).all()
    assert len(after) == 3 and not set(before) & set(after)
    assert set(db.session.scalars(text("SELECT address FROM audit"))) == {"10.0.0.7"}


@pytest.mark.parametrize(
    ("tamper", "broken"),
    [
        ("UPDATE audit SET who = 'nobody' WHERE number = 2", 2), ("DELETE FROM audit WHERE number = 3", 3),
        ("UPDATE audit SET address = '10.0.0.9' WHERE number = 1", 1), ("DELETE FROM audit_end", 1),
    ],
)  # fmt: skip
def test_what_was_altered_before_is_not_made_whole_by_it(cast: Cast, tamper: str, broken: int) -> None:
    changed(cast, 3)
    db.session.remove()
    migrating.make_migratable(current_app._get_current_object())  # type: ignore[attr-defined]
    downgrade(revision=BEFORE_ADDRESSES_ARE_FORGOTTEN)
    db.session.execute(text(tamper))
    db.session.commit()
    db.session.remove()
    migrating.migrate(current_app._get_current_object())  # type: ignore[attr-defined]
    assert sealed.first_broken(cast.office) == broken


@pytest.mark.parametrize("pragma", ["foreign_keys", "synchronous"])
def test_after_migrating_the_file_is_as_strict_as_before(app: Flask, pragma: str) -> None:
    before = db.session.scalar(text(f"PRAGMA {pragma}"))
    db.session.remove()
    migrating.migrate(app)
    assert db.session.scalar(text(f"PRAGMA {pragma}")) == before != 0
