"""What was counted in the room by eye: before, after, who and why (I21)."""

from datetime import datetime

from sqlalchemy import ForeignKey, String, select
from sqlalchemy.orm import Mapped, mapped_column

from counter.database import db
from counter.models.base import Model
from counter.models.words import Moment


class Recount(Model):
    """`before` is what the list said, `after` what was counted, in people. `area_id` None: the room."""

    __tablename__ = "recount"

    id: Mapped[int] = mapped_column(primary_key=True)
    office_id: Mapped[int] = mapped_column(ForeignKey("office.id"), index=True)
    area_id: Mapped[int | None] = mapped_column(ForeignKey("area.id"))
    seq: Mapped[int]
    before: Mapped[int]
    after: Mapped[int]
    at: Mapped[datetime] = mapped_column(Moment)
    who: Mapped[str] = mapped_column(String(60))
    why: Mapped[str] = mapped_column(String(200))


def last(office_id: int, area_id: int | None) -> Recount | None:
    """The last count of the room or of an area."""
    own = select(Recount).where(Recount.office_id == office_id, Recount.area_id.is_not_distinct_from(area_id))
    return db.session.scalar(own.order_by(Recount.id.desc()).limit(1))
