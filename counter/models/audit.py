"""What was changed in the settings and rights, and every exception: who, when, from where, before, after, why.

Each office has a chain of its own (queues.chain), the installation another. Written in the transaction that makes the
change, so none is without the other.
"""

import secrets
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, insert, or_, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from counter.database import db
from counter.models.base import Model
from counter.models.words import Moment
from queues import chain
from queues.chain import FIRST
from queues.errors import NotFound

Row = dict[str, Any]
INSTALLATION = 0
"""The chain of what belongs to no office."""


class Audit(Model):
    """`what` is the table and `which` the row; `before` None: it was made, `after` None: it was taken away.

    `before` and `after` hold the columns that have changed, as plain values. `undoes` is the number of the entry that
    this one took back. `address`: from which machine it was asked. That is forgotten some day, with its `salt`: what is
    sealed is only what both make (`address_seal`), so that the chain stays whole.
    """

    __tablename__ = "audit"
    __table_args__ = (
        Index("audit_number", "chain", "number", unique=True),
        Index("audit_of_row", "what", "which"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    chain: Mapped[int]
    number: Mapped[int]
    office_id: Mapped[int | None] = mapped_column(ForeignKey("office.id"))
    at: Mapped[datetime] = mapped_column(Moment)
    who: Mapped[str] = mapped_column(String(60))
    address: Mapped[str] = mapped_column(String(45))
    salt: Mapped[str] = mapped_column(String(32), default="")
    address_seal: Mapped[str] = mapped_column(String(64), default="")
    what: Mapped[str] = mapped_column(String(30))
    which: Mapped[int | None]
    before: Mapped[Row | None] = mapped_column(JSON(none_as_null=True))
    after: Mapped[Row | None] = mapped_column(JSON(none_as_null=True))
    why: Mapped[str | None] = mapped_column(String(200))
    undoes: Mapped[int | None]
    seal: Mapped[str] = mapped_column(String(64))

    @property
    def is_readable(self) -> bool:
        """Whether it looks like an entry at all: in a SQLite file anything can stand anywhere."""
        return all(isinstance(getattr(self, name), kind) for kind, names in KINDS for name in names)

    @property
    def said(self) -> Row:
        """What is sealed: all of it but the seal, and of the address what stands for it. An address that is not the one
        that was written is no seal's."""
        row = {name: getattr(self, name) for name in SEALED}
        if (self.address or self.salt) and chain.hidden(self.salt, self.address) != self.address_seal:
            row["address_seal"] = ALTERED
        return said_of(row)


KINDS: tuple[tuple[Any, tuple[str, ...]], ...] = (
    (dict | None, ("before", "after")), (datetime, ("at",)), (int, ("number",)), (int | None, ("which", "undoes")),
    (str, ("who", "address", "salt", "address_seal", "what", "seal")), (str | None, ("why",)),
)  # fmt: skip
"""What each value of an entry is."""
SEALED = (
    "chain", "number", "office_id", "at", "who", "address_seal", "what", "which", "before", "after", "why", "undoes",
)  # fmt: skip
ALTERED = "altered"
"""Stands where no seal can."""


class AuditEnd(Model):
    """Where a chain ends: how many entries it has, and the seal of the last."""

    __tablename__ = "audit_end"

    chain: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    length: Mapped[int] = mapped_column(default=0)
    seal: Mapped[str] = mapped_column(String(64), default=FIRST)


@dataclass(frozen=True)
class Author:
    """Who changes something, from which machine, and when."""

    who: str
    address: str
    at: datetime


def said_of(row: Row) -> Row:
    """An entry as plain values: the moment in UTC, to the microsecond."""
    return row | {"at": row["at"].astimezone(UTC).isoformat(timespec="microseconds")}


def append(
    session: Session, author: Author, office_id: int | None, what: str, which: int | None, *,
    before: Row | None, after: Row | None, why: str | None = None, undoes: int | None = None,
) -> None:  # fmt: skip
    """Write one entry at the end of its chain, in the session's transaction; others wait for this chain's end."""
    own = INSTALLATION if office_id is None else office_id
    end = _end_of(session, own)
    salt = secrets.token_hex(16) if author.address else ""
    row: Row = {
        "chain": own, "number": end.length + 1, "office_id": office_id, "at": author.at, "who": author.who,
        "address_seal": chain.hidden(salt, author.address), "what": what, "which": which, "before": before,
        "after": after, "why": why, "undoes": undoes,
    }  # fmt: skip
    sealed = chain.seal(end.seal, said_of(row))
    connection = session.connection()  # Straight to the tables: this is asked for in the middle of a flush.
    kept = row | {"seal": sealed, "address": author.address, "salt": salt}
    connection.execute(insert(Audit.__table__), kept)  # type: ignore[arg-type]
    theirs = update(AuditEnd.__table__).where(AuditEnd.chain == own)  # type: ignore[arg-type]
    connection.execute(theirs.values(length=row["number"], seal=sealed))


def forget_addresses(before: datetime) -> int:
    """Drop from which machine was asked what was asked before a moment; returns of how many entries."""
    old = update(Audit).where(Audit.at < before, or_(Audit.address != "", Audit.salt != ""))
    gone: Any = db.session.execute(old.values(address="", salt=""))
    return int(gone.rowcount)


def by_number(office_id: int, number: int) -> Audit:
    """Return an entry of the office's chain, or raise NotFound."""
    entry = db.session.scalar(select(Audit).where(Audit.chain == office_id, Audit.number == number))
    if entry is None:
        raise NotFound(str(number))
    return entry


def undone_among(own: int, numbers: list[int]) -> set[int]:
    """Those of these entries that a later one has taken back."""
    rows = select(Audit.undoes).where(Audit.chain == own, Audit.undoes.in_(numbers))
    return {number for number in db.session.scalars(rows) if number is not None}


def was_undone(office_id: int, number: int) -> bool:
    """Whether a later entry has taken this one back."""
    return bool(undone_among(office_id, [number]))


def _end_of(session: Session, own: int) -> Any:
    """The end of a chain, held until the transaction ends."""
    connection = session.connection()
    ours = select(AuditEnd.length, AuditEnd.seal).where(AuditEnd.chain == own).with_for_update()
    end = connection.execute(ours).first()
    if end is None:
        connection.execute(insert(AuditEnd.__table__), {"chain": own, "length": 0, "seal": FIRST})  # type: ignore[arg-type]
        end = connection.execute(ours).first()
    return end
