"""The state of a database as one digest, the same on SQLite and on PostgreSQL (I29).

The tables are read as the database itself describes them, not as this program's models do: a backup of an older
version has its state too.
"""

from typing import Any

from sqlalchemy import Connection, MetaData, String, Table, inspect, select
from sqlalchemy import column as untyped
from sqlalchemy.sql.elements import ColumnElement

from queues.fingerprint import State, TableState, of_table

LEFT_OUT = {"probe", "sqlite_sequence"}
"""Written by watchdogs, and by SQLite for itself."""
SEARCH_INDEX = "procedure_words"
"""Made from `procedure` by each database in its own way."""
SOME = 500
"""Rows that are read at a time."""


def of_database(connection: Connection) -> State:
    """Read all rows of all tables, in the transaction that the connection is in."""
    names = inspect(connection).get_table_names()
    kept = sorted(name for name in names if name not in LEFT_OUT and not name.startswith(SEARCH_INDEX))
    return State(tuple(_of_table(connection, name) for name in kept))


def _of_table(connection: Connection, name: str) -> TableState:
    table = Table(name, MetaData(), autoload_with=connection, resolve_fks=False)
    columns = sorted(table.columns, key=lambda column: column.name)
    names, order = [column.name for column in columns], _order(connection, table)

    def read(wanted: list[ColumnElement[Any]]) -> TableState:
        rows = select(*wanted).select_from(table).order_by(*order).execution_options(yield_per=SOME)
        return of_table(name, names, (tuple(row) for row in connection.execute(rows)))

    try:
        return read(list(columns))
    except (ValueError, TypeError):  # Somebody has written what is no such value: as it stands, then.
        return read([untyped(own) for own in names])


def _order(connection: Connection, table: Table) -> list[ColumnElement[Any]]:
    """By the primary key, texts by their bytes: each PostgreSQL sorts them as its own language does."""
    keys = list(table.primary_key.columns) or sorted(table.columns, key=lambda column: column.name)
    if connection.dialect.name != "postgresql":
        return list(keys)
    return [_by_bytes(key) for key in keys]


def _by_bytes(key: Any) -> ColumnElement[Any]:
    return key.collate("C") if isinstance(key.type, String) else key  # type: ignore[no-any-return]
