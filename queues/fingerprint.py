"""A digest over rows that is the same wherever they are kept: two databases with the same digest hold the same.

A value is told with its kind, so that no two different rows read alike. Against somebody who can write rows at will the
audit's chain stands (`chain`); this tells whether a copy is the original.
"""

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any


@dataclass(frozen=True)
class TableState:
    """One table: its name, how many rows it has, and their digest (SHA-256, hex) in order."""

    name: str
    rows: int
    digest: str


@dataclass(frozen=True)
class State:
    """A whole database."""

    tables: tuple[TableState, ...]

    @property
    def rows(self) -> int:
        """How many rows all tables have."""
        return sum(table.rows for table in self.tables)

    @property
    def digest(self) -> str:
        """One digest (SHA-256, hex) for all tables, in the order of their names."""
        lines = sorted(f"{table.name} {table.rows} {table.digest}" for table in self.tables)
        return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def of_table(name: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> TableState:
    """Read a table's rows, in an order that the caller sees to, and return what stands for them."""
    said, count = hashlib.sha256(f"{name}({','.join(columns)})".encode()), 0
    for row in rows:
        said.update(_line(row))
        count += 1
    return TableState(name, count, said.hexdigest())


def differing(one: State, other: State) -> list[str]:
    """The names of the tables that are not the same in both."""
    return sorted({table.name for table in {*one.tables} ^ {*other.tables}})


def _line(row: Sequence[Any]) -> bytes:
    text = json.dumps([_plain(value) for value in row], ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return f"\n{text}".encode()


def _plain(value: Any) -> Any:
    """A value as JSON keeps it. Texts, whole numbers, true, false and nothing stand for themselves."""
    if value is None or isinstance(value, str | bool | int):
        return value
    if isinstance(value, datetime):
        return {"moment": value.isoformat(timespec="microseconds")}
    if isinstance(value, date | time):
        return {type(value).__name__: value.isoformat()}
    if isinstance(value, Decimal | float):
        return {"number": format(Decimal(str(value)).normalize(), "f")}
    if isinstance(value, bytes | bytearray | memoryview):
        return {"bytes": bytes(value).hex()}
    return {"json": value}
