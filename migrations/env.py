"""How migrations run: on the app's own engine, in one transaction."""

from typing import Any, Literal

from alembic import context
from flask import current_app

from counter.models.words import Moment


def render_item(kind: str, item: Any, _autogenerate: Any) -> str | Literal[False]:
    """A migration stands for itself: it names no type of today's program."""
    return "sa.DateTime()" if kind == "type" and isinstance(item, Moment) else False


database = current_app.extensions["migrate"].db
with database.engine.connect() as connection:
    context.configure(
        connection=connection,
        target_metadata=database.metadata,
        render_as_batch=True,
        render_item=render_item,
    )
    with context.begin_transaction():
        context.run_migrations()
    connection.commit()
