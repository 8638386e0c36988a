"""From the file that came to a table: its head, the rows under it, and which column is what."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from counter.catalogue import book, plain
from queues.catalogue import Given
from queues.columns import is_head, match
from queues.errors import Unreadable
from queues.letters import tidy

LARGEST = 8 * 1024 * 1024
"""Bytes of a file."""
MOST_ROWS = 20_000
HEAD_WITHIN = 30
"""Rows in which the head is looked for."""
BREATH = 100
"""Rows between two breaths."""
_OLD_BOOK = b"\xd0\xcf\x11\xe0"
_ZIP = b"PK"


@dataclass(frozen=True)
class Table:
    """`head`: the names of the columns as they stand there; `columns`: which of them is known to be what."""

    head: tuple[str, ...]
    rows: Sequence[Given]
    columns: dict[str, int]


def table(body: bytes, breathe: Callable[[], None] = lambda: None) -> Table:
    """Read a file, by what it is and not by its name. `breathe` is called now and then: others may go first.

    Raises Unreadable: too_large, old_book (XLS, or with a password), bomb, damaged, encoding, empty, too_many_rows.
    """
    if len(body) > LARGEST:
        raise Unreadable("too_large")
    if body.startswith(_OLD_BOOK):
        raise Unreadable("old_book")
    given = []
    for row in book.rows(body) if body.startswith(_ZIP) else plain.rows(body):
        given.append(row)
        if len(given) % BREATH == 0:
            breathe()
        if len(given) > MOST_ROWS + HEAD_WITHIN:
            raise Unreadable("too_many_rows")
    return _under_its_head(given)


def _under_its_head(given: list[Given]) -> Table:
    """The head is the first row that names code and name; without one, the first row with anything in it."""
    written = [at for at, row in enumerate(given) if any(cell.strip() for cell in row.cells)]
    if not written:
        raise Unreadable("empty")
    near = given[:HEAD_WITHIN]
    head_at = next((at for at, row in enumerate(near) if is_head(row.cells)), written[0])
    head = tuple(tidy(cell)[0][:80] for cell in given[head_at].cells)
    while head and not head[-1]:
        head = head[:-1]
    return Table(head, _as_wide(given[head_at + 1 :], len(head)), match(head))


def _as_wide(rows: list[Given], width: int) -> list[Given]:
    """Empty cells to the right of the last named column are no cells."""
    return [Given(row.line, _cut(row.cells, width), row.quotes) for row in rows]


def _cut(cells: tuple[str, ...], width: int) -> tuple[str, ...]:
    return cells[:width] if not any(cell.strip() for cell in cells[width:]) else cells
