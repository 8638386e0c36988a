"""Tables that people take home, as CSV and XLSX. No cell of ours is ever a formula (issue 4).

What begins like one gets an apostrophe in CSV, which a spreadsheet takes for "this is text", and our own import takes
off again. In XLSX a cell says itself that it is a text.
"""

import csv
import re
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from io import BytesIO, StringIO
from typing import Any

from queues.cells import FORMULA

Cell = str | int | float | None

LONGEST_CELL = 32_767
"""Characters: what a cell of an XLSX file takes."""
_NO_LETTERS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")


def csv_of(rows: Iterable[Sequence[Cell]]) -> bytes:
    """Rows as CSV, the first one the heading; with a byte order mark, so that spreadsheets read Vietnamese letters."""
    written = StringIO()
    writer = csv.writer(written, quoting=csv.QUOTE_NONNUMERIC, lineterminator="\r\n")
    writer.writerows([_plain(cell) for cell in row] for row in _unhurried(rows))
    return written.getvalue().encode("utf-8-sig")


def xlsx_of(rows: Iterable[Sequence[Cell]], title: str = "") -> bytes:
    """Rows as an XLSX file with one sheet, the first row standing still."""
    from openpyxl import Workbook  # Read when first needed, and not at every start.
    from openpyxl.cell import WriteOnlyCell

    book = Workbook(write_only=True)
    sheet = book.create_sheet(title[:31] or None)
    sheet.freeze_panes = "A2"
    for row in _unhurried(rows):
        sheet.append([_typed(cell, partial(WriteOnlyCell, sheet)) for cell in row])
    written = BytesIO()
    book.save(written)
    return written.getvalue()


def _unhurried(rows: Iterable[Sequence[Cell]]) -> Iterator[Sequence[Cell]]:
    """The same rows, and after each whoever else waits for the server: ten thousand take seconds."""
    for row in rows:
        yield row
        time.sleep(0)


def _plain(cell: Cell) -> Cell:
    if cell is None:
        return ""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith((*FORMULA, "'")) else cell


def _typed(cell: Cell, made: Callable[[str], Any]) -> Any:
    if not isinstance(cell, str):
        return cell
    text = made(_NO_LETTERS.sub("", cell)[:LONGEST_CELL])
    text.data_type, text.number_format, text.quotePrefix = "s", "@", cell.startswith(FORMULA)
    return text
