"""An office that works keeps all it has when the database is brought to the newest migration."""

import pytest
from flask import Flask
from flask_migrate import downgrade
from sqlalchemy import inspect, text

from counter import migrating
from counter.database import db
from tests.actions.test_issue import take
from tests.cast import Cast
from tests.conftest import on_both

OLDEST = "0004"
"""Anything older never left the house."""


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


@pytest.mark.parametrize("pragma", ["foreign_keys", "synchronous"])
def test_after_migrating_the_file_is_as_strict_as_before(app: Flask, pragma: str) -> None:
    before = db.session.scalar(text(f"PRAGMA {pragma}"))
    db.session.remove()
    migrating.migrate(app)
    assert db.session.scalar(text(f"PRAGMA {pragma}")) == before != 0
