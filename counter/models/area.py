"""An extra waiting area beside the room, with a cap of its own (R3)."""

from sqlalchemy import ForeignKey, String, select
from sqlalchemy.orm import Mapped, mapped_column

from counter.database import db
from counter.models.base import Model
from counter.models.words import Words
from queues.errors import NotFound


class Area(Model):
    """`cap` in people. One that is no longer used is `retired`: its visits stay in the books."""

    __tablename__ = "area"

    id: Mapped[int] = mapped_column(primary_key=True)
    office_id: Mapped[int] = mapped_column(ForeignKey("office.id"))
    name_vi: Mapped[str] = mapped_column(String(60))
    name_en: Mapped[str] = mapped_column(String(60))
    cap: Mapped[int]
    retired: Mapped[bool] = mapped_column(default=False)

    @property
    def name(self) -> Words:
        return Words(self.name_vi, self.name_en)


def of_office(office_id: int) -> list[Area]:
    """The areas in use, in the order in which they were made."""
    own = select(Area).where(Area.office_id == office_id, Area.retired.is_(False))
    return list(db.session.scalars(own.order_by(Area.id)))


def in_office(area_id: int, office_id: int) -> Area:
    """Return the office's area, or raise NotFound, also for one of another office or one no longer used."""
    area = db.session.get(Area, area_id)
    if area is None or area.office_id != office_id or area.retired:
        raise NotFound(str(area_id))
    return area
