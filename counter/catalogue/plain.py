"""A text file with one procedure a line, as spreadsheets and hands write it.

The rows are told by the physical line on which they begin. Python's own reader is not used: it takes everything up to
the next quote, or to the end of the file, for one cell where somebody forgot to close a quote.
"""

import re
from collections.abc import Iterator

from queues.catalogue import BROKEN, LOOSE, Given
from queues.columns import match
from queues.errors import Unreadable

DELIMITERS = ";,\t|"
LOOKED_AT = 30
"""Lines in which the names of the columns are looked for: titles stand above them."""
LONGEST_CELL = 50
"""Lines of one quoted cell. More means that its quote was never closed."""
FEW = 0.02
"""So small a share of unreadable letters is damage in a UTF-8 file, not another encoding."""
_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))


def rows(body: bytes) -> Iterator[Given]:
    """The rows of a file, empty ones too. Raises Unreadable(encoding)."""
    lines = decoded(body).replace("\r\n", "\n").replace("\r", "\n").split("\n")
    if lines and not lines[-1]:
        lines.pop()
    delimiter = _delimiter(lines[:LOOKED_AT])
    at = 0
    while at < len(lines):
        row, at = _record(lines, at, delimiter)
        yield row


def decoded(body: bytes) -> str:
    """The text: by its mark, else UTF-8, else Windows-1258, whose marks stand behind their letters. What UTF-8 can't
    read in a file that is UTF-8 otherwise becomes U+FFFD, and the row's fault. Raises Unreadable(encoding)."""
    for mark, encoding in _MARKS:
        if body.startswith(mark):
            return body.decode(encoding, errors="replace")
    text = body.decode("utf-8", errors="replace")
    lost, foreign = text.count("\ufffd"), len(re.findall(r"[^\x00-\x7f]", text))
    if lost <= foreign * FEW:
        return text
    try:
        return body.decode("cp1258")
    except UnicodeDecodeError as error:
        raise Unreadable("encoding") from error


def _delimiter(lines: list[str]) -> str:
    """The sign that gives the most columns with a known name, then the most cells."""

    def worth(delimiter: str) -> tuple[int, int]:
        heads = [line.replace('"', "").split(delimiter) for line in lines]
        return max((len(match(head)), len(head)) for head in heads) if heads else (0, 0)

    return max(DELIMITERS, key=worth)


def _record(lines: list[str], at: int, delimiter: str) -> tuple[Given, int]:
    """The row that begins on a line, and the line after it. Of a quote that is never closed only that one line is
    lost."""
    if '"' not in lines[at]:
        return Given(at + 1, tuple(lines[at].split(delimiter))), at + 1
    cells: list[str] = []
    line, begin, quotes = at, 0, ""
    while True:
        read = _quoted(lines, line, begin, delimiter) if lines[line].startswith('"', begin) else None
        cell, line, end = read or _bare(lines, line, begin, delimiter)
        if line < 0:
            return Given(at + 1, tuple(lines[at].split(delimiter)), BROKEN), at + 1
        quotes = LOOSE if read is None and '"' in cell else quotes
        cells.append(cell)
        if end >= len(lines[line]):
            return Given(at + 1, tuple(cells), quotes), line + 1
        begin = end + 1


def _bare(lines: list[str], line: int, begin: int, delimiter: str) -> tuple[str, int, int]:
    """A cell without quotes round it."""
    end = lines[line].find(delimiter, begin)
    end = end if end >= 0 else len(lines[line])
    return lines[line][begin:end], line, end


def _quoted(lines: list[str], line: int, begin: int, delimiter: str) -> tuple[str, int, int] | None:
    """A quoted cell (RFC 4180), the line on which it ends, and where. Line -1: never closed. None: the quotes belong to
    the text, since more of it follows them on the same line."""
    first, parts, at = line, list[str](), begin + 1
    while True:
        quote = lines[line].find('"', at)
        if quote < 0:
            parts.append(lines[line][at:] + "\n")
            line, at = line + 1, 0
            if line >= len(lines) or line - first > LONGEST_CELL:
                return "", -1, 0
            continue
        parts.append(lines[line][at:quote])
        if lines[line].startswith('""', quote):
            parts.append('"')
            at = quote + 2
            continue
        rest = lines[line][quote + 1 :].lstrip(" ")
        if not rest or rest.startswith(delimiter):
            return "".join(parts), line, len(lines[line]) - len(rest)
        return None if line == first else ("", -1, 0)
