"""What was counted in the room by eye: before, after, who and why (I21)."""

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

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
