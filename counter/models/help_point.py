"""Where else somebody helps with filing online: a place with equipment and a trained person (R7)."""

from sqlalchemy import ForeignKey, String, or_, select
from sqlalchemy.orm import Mapped, mapped_column

from counter.database import db
from counter.models.base import Model
from counter.models.words import Words


class HelpPoint(Model):
    """`office_id` None: shown at every office. `at_office_id`: it is an office of this installation, so that how busy
    it is can be shown and a visitor handed over to it."""

    __tablename__ = "help_point"

    id: Mapped[int] = mapped_column(primary_key=True)
    office_id: Mapped[int | None] = mapped_column(ForeignKey("office.id"), index=True)
    at_office_id: Mapped[int | None] = mapped_column(ForeignKey("office.id"))
    name_vi: Mapped[str] = mapped_column(String(120))
    name_en: Mapped[str] = mapped_column(String(120))
    address: Mapped[str] = mapped_column(String(200), default="")
    hours_vi: Mapped[str] = mapped_column(String(120), default="")
    hours_en: Mapped[str] = mapped_column(String(120), default="")
    map_url: Mapped[str] = mapped_column(String(300), default="")
    helps_vi: Mapped[str] = mapped_column(String(200), default="")
    helps_en: Mapped[str] = mapped_column(String(200), default="")

    @property
    def name(self) -> Words:
        return Words(self.name_vi, self.name_en)

    @property
    def hours(self) -> Words:
        return Words(self.hours_vi, self.hours_en or self.hours_vi)

    @property
    def helps(self) -> Words:
        return Words(self.helps_vi, self.helps_en or self.helps_vi)


def of_office(office_id: int) -> list[HelpPoint]:
    """The help points that an office tells of: its own, then the province's."""
    own = or_(HelpPoint.office_id == office_id, HelpPoint.office_id.is_(None))
    return list(db.session.scalars(select(HelpPoint).where(own).order_by(HelpPoint.office_id.is_(None), HelpPoint.id)))
