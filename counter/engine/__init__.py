"""How the database is opened, begun and kept: one SQLite file, or PostgreSQL where its address says so.

Two rooms with the same words: `options` (how an engine is made), `teach` (how its connections behave), `begin` (how
a change begins), `take_time` (for a reading that is longer than any page's), `create` (what `prepare` makes before the
first migration) and `ONE_WRITER` (whether the whole database takes one change at a time, or each office its own).
"""

from types import ModuleType

from sqlalchemy import make_url

from counter.engine import postgres, sqlite

_ROOMS: dict[str, ModuleType] = {"sqlite": sqlite, "postgresql": postgres}


class UnknownDatabase(Exception):
    """DATABASE_URL names something that this program can't work on."""


def at(address: str) -> ModuleType:
    """Return the room for a database's address. Raises UnknownDatabase."""
    return room(make_url(address).get_backend_name())


def room(kind: str) -> ModuleType:
    """Return the room for a kind of database, as the engine names it. Raises UnknownDatabase."""
    if kind not in _ROOMS:
        raise UnknownDatabase(f"DATABASE_URL must begin with postgresql://, not {kind}://")
    return _ROOMS[kind]
