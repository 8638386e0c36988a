"""The demo office's catalogue: a real part of the national one, as an office would bring it in."""

from pathlib import Path

from counter.catalogue.files import table
from queues.catalogue import Entry, read

FILE = Path(__file__).parent / "demo.csv"


def entries() -> list[Entry]:
    """The procedures of a ward's desk, each with the letter of the service that takes it."""
    own = table(FILE.read_bytes())
    return read(own.rows, own.columns, len(own.head)).entries
