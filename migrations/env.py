"""How migrations run: on the app's own engine, in one transaction.

On SQLite a constraint is changed by making the table anew, which no other table may refer to meanwhile: foreign keys
are off for that long, and looked through before anything is kept.
"""

from typing import Any, Literal

from alembic import context
from flask import current_app
from sqlalchemy import Connection

from counter.models.words import Moment


def render_item(kind: str, item: Any, _autogenerate: Any) -> str | Literal[False]:
    """A migration stands for itself: it names no type of today's program."""
    return "sa.DateTime()" if kind == "type" and isinstance(item, Moment) else False


def let_go(connection: Connection) -> None:
    """Foreign keys off: asked of the driver itself, since it is only heard outside a transaction."""
    if connection.dialect.name == "sqlite":
        connection.connection.cursor().execute("PRAGMA foreign_keys=OFF")


def check(connection: Connection) -> None:
    """No row may refer to one that is not there. Raises RuntimeError, and nothing is kept."""
    if connection.dialect.name == "sqlite":
        broken = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
        if broken:
            raise RuntimeError(f"rows that refer to nothing: {broken[:5]}")


database = current_app.extensions["migrate"].db
with database.engine.connect() as connection:
    context.configure(
        connection=connection,
        target_metadata=database.metadata,
        render_as_batch=True,
        render_item=render_item,
        transactional_ddl=True,  # SQLite too: all steps, or none.
    )
    let_go(connection)
    try:
        with context.begin_transaction():
            context.run_migrations()
            check(connection)
    finally:
        connection.invalidate()  # The next one begins with foreign keys on.
