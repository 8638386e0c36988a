"""Tickets taken by phone, as far as their number is bounded: no phone and no address, only the day's marks of them."""

from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ForeignKey, Index, String, and_, case, delete, func, insert, select
from sqlalchemy.orm import Mapped, mapped_column

from counter.database import db
from counter.models.base import Model
from counter.models.words import Moment
from queues.taking import ADDRESS, DAY, HOUR, PHONE, Taken

AN_HOUR = timedelta(hours=1)


class Taking(Model):
    """One ticket that was taken by phone. `phone` and `address` are marks (queues.taking); empty where unknown."""

    __tablename__ = "taking"
    __table_args__ = (Index("taking_by_day", "office_id", "day"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    office_id: Mapped[int] = mapped_column(ForeignKey("office.id"))
    day: Mapped[date]
    at: Mapped[datetime] = mapped_column(Moment)
    phone: Mapped[str] = mapped_column(String(32))
    address: Mapped[str] = mapped_column(String(32))


def write(**row: object) -> None:
    """Count one, in the transaction that gives the ticket."""
    db.session.execute(insert(Taking.__table__), row)  # type: ignore[arg-type]


def taken(office_id: int, day: date, now: datetime, phone: str, address: str) -> Taken:
    """How many tickets were taken on this day, and within the last hour of it, by this phone and from this address.
    Whoever has no mark has taken none."""
    late = Taking.at > now - AN_HOUR
    asked: dict[tuple[str, str], Any] = {}
    for by, is_theirs in ((PHONE, Taking.phone == phone), (ADDRESS, Taking.address == address)):
        asked[by, DAY], asked[by, HOUR] = is_theirs, and_(is_theirs, late)
    counts = [func.sum(case((own, 1), else_=0)) for own in asked.values()]
    row = db.session.execute(select(*counts).where(Taking.office_id == office_id, Taking.day == day)).one()
    known = {PHONE: bool(phone), ADDRESS: bool(address)}
    return {key: (count or 0) if known[key[0]] else 0 for key, count in zip(asked, row, strict=True)}


def forget(before: datetime) -> int:
    """Drop what was counted before a moment; returns how many."""
    gone: Any = db.session.execute(delete(Taking).where(Taking.at < before))
    return int(gone.rowcount)
