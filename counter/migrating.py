"""Which migration the database is at, and how it is brought to the newest.

A server only asks. It asks without the migrations' own library, and is back sooner after a crash.
"""

from functools import cache
from pathlib import Path

from flask import Flask
from sqlalchemy import inspect, text

from counter.database import db

MIGRATIONS = Path(__file__).parent.parent / "migrations"


def is_migrated() -> bool:
    """Whether the database is at the newest migration that this program brings."""
    return version() == newest()


def version() -> str | None:
    """The migration that the database is at; None for one that has none of our tables."""
    with db.engine.connect() as connection:
        if not inspect(connection).has_table("alembic_version"):
            return None
        kept: str | None = connection.scalar(text("SELECT version_num FROM alembic_version"))
        return kept


def migrate(app: Flask) -> None:
    """Bring the database to the newest migration. Inside the app's context."""
    from flask_migrate import upgrade

    make_migratable(app)
    upgrade()


def make_migratable(app: Flask) -> None:
    """Load what runs migrations: for the command line alone."""
    from flask_migrate import Migrate

    Migrate(app, db, directory=str(MIGRATIONS), render_as_batch=True)


@cache
def newest() -> str:
    """The newest migration that this program brings. The revisions are numbered: 0001_first_tables.py and so on."""
    return max(file.name.split("_")[0] for file in (MIGRATIONS / "versions").glob("[0-9]*_*.py"))
