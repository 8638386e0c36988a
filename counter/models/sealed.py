"""The chains of the audit read from their first entry to their last: is each what was written there?"""

from collections.abc import Iterator

from sqlalchemy import Select, select

from counter.database import db
from counter.models.audit import Audit, AuditEnd
from counter.models.audit_read import readable
from queues import chain
from queues.chain import FIRST, Link

SOME = 500
"""Entries that are read at a time."""
BEFORE_ALL = -(2**31)
"""No entry has such a number, not even one that somebody has put in by hand."""


def of_chain(own: int) -> Iterator[Link]:
    """A whole chain in order, some at a time: it may be long, and nobody has to read it to its end. An entry that can't
    be read stands there without a seal."""
    after = BEFORE_ALL
    while some := readable(_some(own, after)):
        for number, entry in some:
            yield Link(number, entry.said, entry.seal) if entry else Link(number, {}, "")
        after = some[-1][0]
        for entry in filter(None, (entry for _number, entry in some)):
            db.session.expunge(entry)


def _some(own: int, after: int) -> Select[Audit]:
    return select(Audit).where(Audit.chain == own, Audit.number > after).order_by(Audit.number).limit(SOME)


def first_broken(own: int) -> int | None:
    """The number of the first entry of a chain that is not what was written; None for a whole chain."""
    end = db.session.get(AuditEnd, own)
    return chain.first_broken(of_chain(own), end.length if end else 0, end.seal if end else FIRST)


def length_of(own: int) -> int:
    """How many entries a chain should have."""
    end = db.session.get(AuditEnd, own)
    return end.length if end else 0


def ends() -> list[AuditEnd]:
    """Where each chain ends."""
    return list(db.session.scalars(select(AuditEnd).order_by(AuditEnd.chain)))


def chains() -> list[int]:
    """All chains there are, also one whose end is gone."""
    return sorted({*db.session.scalars(select(AuditEnd.chain)), *db.session.scalars(select(Audit.chain).distinct())})
