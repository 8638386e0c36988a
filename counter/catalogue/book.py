"""A spreadsheet file (XLSX), read row by row, and only after a look at what it would unpack to.

openpyxl reads it with defusedxml at hand: no document type, no entities.
"""

import io
import zipfile
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from queues.catalogue import Given
from queues.columns import match
from queues.errors import Unreadable

MOST_UNPACKED = 64 * 1024 * 1024
"""Bytes of all parts together. A catalogue of 5,000 procedures has about 6 MB."""
MOST_TIMES = 200
"""How many times its packed size a part of more than a megabyte may have: real sheets stay below 40."""
SMALL = 1024 * 1024
MOST_PARTS, MOST_ROWS, MOST_COLUMNS = 500, 50_000, 60
CHUNK = 256 * 1024


def rows(body: bytes) -> Iterator[Given]:
    """The rows of the sheet that has the names of the columns, else of the first. Raises Unreadable(bomb, damaged)."""
    from openpyxl import load_workbook  # Read when first needed, and not at every start.

    _weigh(body)
    try:
        book = load_workbook(io.BytesIO(body), read_only=True, data_only=True, keep_links=False)
        yield from _of_sheet(_sheet(book))
    except Unreadable:
        raise
    except Exception as error:  # Whatever a malformed file makes the library stumble over.
        raise Unreadable("damaged") from error


def _weigh(body: bytes) -> None:
    """Unpack every part once, as far as is allowed: what a part says of its own size is not believed."""
    left = MOST_UNPACKED
    try:
        with zipfile.ZipFile(io.BytesIO(body)) as parts:
            listed = parts.infolist()
            if len(listed) > MOST_PARTS or sum(part.file_size for part in listed) > MOST_UNPACKED:
                raise Unreadable("bomb")
            for part in listed:
                left -= _weight(parts, part, left)
            if not any(part.filename.startswith("xl/") for part in listed):
                raise Unreadable("damaged")
    except (zipfile.BadZipFile, zipfile.LargeZipFile, NotImplementedError, RuntimeError, OSError, EOFError) as error:
        raise Unreadable("damaged") from error
    except ValueError as error:
        raise Unreadable("damaged") from error


def _weight(parts: zipfile.ZipFile, part: zipfile.ZipInfo, left: int) -> int:
    weight, last = 0, b""
    with parts.open(part) as opened:
        while chunk := opened.read(CHUNK):
            weight += len(chunk)
            if weight > left or (weight > SMALL and weight > MOST_TIMES * max(part.compress_size, 1)):
                raise Unreadable("bomb")
            if b"<!DOCTYPE" in last + chunk or b"<!ENTITY" in last + chunk:
                raise Unreadable("damaged")
            last = chunk[-16:]
    return weight


def _sheet(book: Any) -> Any:
    if not book.worksheets:
        raise Unreadable("damaged")

    def worth(sheet: Any) -> int:
        top = sheet.iter_rows(max_row=30, max_col=MOST_COLUMNS, values_only=True)
        return max((len(match([str(cell or "") for cell in row])) for row in top), default=0)

    return max(book.worksheets[:20], key=worth)


def _of_sheet(sheet: Any) -> Iterator[Given]:
    sheet.reset_dimensions()  # What a sheet says of its own size is not believed either.
    blank: list[Given] = []
    for line, row in enumerate(sheet.iter_rows(max_row=MOST_ROWS, max_col=MOST_COLUMNS), start=1):
        given = Given(line, tuple(_text(cell) for cell in row))
        blank.append(given)
        if any(given.cells):  # The empty rows behind the last one are no rows.
            yield from _wide(blank)
            blank = []


def _wide(given: list[Given]) -> Iterator[Given]:
    """All rows of a sheet are as wide: a cell that is not written is empty, and none ever stands for another."""
    for row in given:
        yield Given(row.line, row.cells + ("",) * (MOST_COLUMNS - len(row.cells)))


def _text(cell: Any) -> str:
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, bool):
        return "có" if value else "không"
    if isinstance(value, float):
        return _number(value, str(cell.number_format))
    if isinstance(value, datetime):
        return value.date().isoformat()
    return value.isoformat() if isinstance(value, date) else str(value)


def _number(value: float, shown_as: str) -> str:
    """A number as it was shown, where that is known: 1.00002 shown with six decimals is the code 1.000020."""
    if shown_as == "0.000000":
        return f"{value:.6f}"
    return str(int(value)) if value.is_integer() else repr(value)
