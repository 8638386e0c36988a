"""Tables that people take home, as CSV and XLSX. No cell of ours is ever a formula.

What begins like one gets an apostrophe in CSV, which a spreadsheet takes for "this is text", and our own import takes
off again. In XLSX a cell says itself that it is a text.
"""

import csv
import io
from collections.abc import Iterable, Sequence

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell

from queues.cells import FORMULA

Cell = str | int | float | None


def as_csv(head: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """A CSV file with a byte order mark, so that spreadsheets read Vietnamese letters; every text in quotes."""
    written = io.StringIO()
    writer = csv.writer(written, quoting=csv.QUOTE_NONNUMERIC, lineterminator="\r\n")
    for row in (head, *rows):
        writer.writerow([_plain(cell) for cell in row])
    return written.getvalue().encode("utf-8-sig")


def as_xlsx(head: Sequence[str], rows: Iterable[Sequence[Cell]], title: str = "") -> bytes:
    """A spreadsheet file with one sheet."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(title[:31] or None)
    sheet.freeze_panes = "A2"
    for row in (head, *rows):
        sheet.append([_typed(sheet, cell) for cell in row])
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def _plain(cell: Cell) -> Cell:
    if cell is None:
        return ""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith((*FORMULA, "'")) else cell


def _typed(sheet: object, cell: Cell) -> object:
    if not isinstance(cell, str):
        return cell
    text = WriteOnlyCell(sheet, cell[:32_767])
    text.data_type = "s"
    text.number_format = "@"
    text.quotePrefix = cell.startswith(FORMULA)
    return text
