"""Whom to ask: named contacts by field, with phone, e-mail and hours (R8)."""

from sqlalchemy import ForeignKey, String, or_, select
from sqlalchemy.orm import Mapped, mapped_column

from counter.database import db
from counter.models.base import Model
from counter.models.words import Words


class Contact(Model):
    """`office_id` None: of the whole province. `field` empty: for everything."""

    __tablename__ = "contact"

    id: Mapped[int] = mapped_column(primary_key=True)
    office_id: Mapped[int | None] = mapped_column(ForeignKey("office.id"), index=True)
    field: Mapped[str] = mapped_column(String(200), default="")
    name_vi: Mapped[str] = mapped_column(String(120))
    name_en: Mapped[str] = mapped_column(String(120))
    phone: Mapped[str] = mapped_column(String(40), default="")
    email: Mapped[str] = mapped_column(String(120), default="")
    hours_vi: Mapped[str] = mapped_column(String(120), default="")
    hours_en: Mapped[str] = mapped_column(String(120), default="")

    @property
    def name(self) -> Words:
        return Words(self.name_vi, self.name_en)

    @property
    def hours(self) -> Words:
        return Words(self.hours_vi, self.hours_en or self.hours_vi)


def of_office(office_id: int) -> list[Contact]:
    """The office's contacts, then the province's."""
    own = or_(Contact.office_id == office_id, Contact.office_id.is_(None))
    return list(db.session.scalars(select(Contact).where(own).order_by(Contact.office_id.is_(None), Contact.id)))
