"""Every promise that can be looked up in the database, one after the other, as the database stands at one moment."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from sqlalchemy import text

from counter import engine
from counter.database import db
from counter.models import audit, books, sealed
from counter.models import office as offices
from queues.ledger import broken_in
from queues.promises import broken_on

DATABASE, AUDIT = "database", "audit"
SENTENCES = {
    DATABASE: "The database is whole, and no row refers to one that is not there",
    AUDIT: "The audit is as it was written",
    "I1": "A number is unique in its office, series and day",
    "I2": "Numbers have no gaps",
    "I3": "An answer given is never taken back",
    "I4": "The same form sent twice makes one ticket",
    "I5": "Later tickets have higher numbers",
    "I6": "Only moves of the table",
    "I7": "At most one open ticket a counter",
    "I8": "One counter a ticket",
    "I9": "Each call has exactly one winner",
    "I10": "An end is an end",
    "I11": "Issued is what waits, is served and has ended",
    "I12": "Nothing but being late costs the place; nobody who was handed over is lost",
    "I13": "Every exception to the order has a reason",
    "I15": "Headcount is the set of those present",
    "I18": "Nobody is in two places",
    "I20": "Every presence ends",
    "I21": "A recount says before, after, who and why",
    "I26": "Changes are in order",
}
"""What is looked up, in this order. The other promises speak of a step, a screen or the disk: the tests hold them."""
MOST = 10
"""Places that are named of each promise; how many more there are is said."""


@dataclass(frozen=True)
class Looked:
    """One promise: where it is broken, or nowhere."""

    promise: str
    broken: tuple[str, ...]

    @property
    def sentence(self) -> str:
        """What is promised."""
        return SENTENCES[self.promise]


def at_all() -> list[Looked]:
    """Look all promises up in the database that the app is bound to, which is at the newest migration."""
    found: dict[str, list[str]] = {promise: [] for promise in SENTENCES}
    for promise, where in _everything():
        found[promise].append(where)
    return [Looked(promise, tuple(where)) for promise, where in found.items()]


def in_one_moment() -> None:
    """From here on all that is read is of one moment, and reading may take its time."""
    db.session.rollback()
    db.session.expire_all()
    engine.room(db.engine.dialect.name).take_time(db.session.connection())


def damage() -> list[str]:
    """What SQLite says is damaged in its file. PostgreSQL would not have read it."""
    if db.engine.dialect.name != "sqlite":
        return []
    said = [str(row[0]) for row in db.session.execute(text(f"PRAGMA integrity_check({2 * MOST})"))]
    return [line for line in said if line != "ok"]


def lost() -> list[str]:
    """Rows that refer to one that is not there. PostgreSQL lets none be."""
    if db.engine.dialect.name != "sqlite":
        return []
    rows = db.session.execute(text("PRAGMA foreign_key_check")).fetchmany(2 * MOST)
    return [f"{table}: row {row} refers to a row of {parent} that is not there" for table, row, parent, _key in rows]


def _everything() -> Iterator[tuple[str, str]]:
    looks: tuple[Callable[[], Iterator[tuple[str, str]]], ...] = (_database, _audit, _offices)
    for own in looks:
        yield from own()


def _database() -> Iterator[tuple[str, str]]:
    yield from ((DATABASE, line) for line in [*damage(), *lost()])


def _audit() -> Iterator[tuple[str, str]]:
    slugs = {office.id: office.slug for office in offices.every()} | {audit.INSTALLATION: "installation"}
    for chain in sealed.chains():
        number = sealed.first_broken(chain)
        if number is not None:
            yield AUDIT, f"{slugs.get(chain, chain)}: entry {number} is not what was written, or is missing"


def _offices() -> Iterator[tuple[str, str]]:
    for office in offices.every():
        for page in books.pages(office.id):
            yield from ((promise, f"{office.slug}: {where}") for promise, where in broken_on(page))
        yield from ((promise, f"{office.slug}: {where}") for promise, where in broken_in(books.ledger(office.id)))
