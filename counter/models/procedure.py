"""The catalogue: which errands there are, and what is known of each (R5).

Each office keeps its own: what one manager imports or sets changes nobody else's (docs/decisions/0013).
"""

from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, Text, UniqueConstraint, and_, func, select
from sqlalchemy.orm import Mapped, mapped_column

from counter.database import db
from counter.models.base import Model
from counter.models.words import Words
from queues.errors import NotFound
from queues.online import FULL, PARTIAL, Known


class Procedure(Model):
    """One administrative procedure. What the catalogue does not say is None or empty, and never guessed.

    `online` is full, partial or none; `papers` what to bring; `service_id` the service of this office that takes
    it; `also` other names that people use, for the search; `pinned` among the frequent errands of the kiosk.
    `by_hand`: what the manager has set; a later import leaves it as it is.
    Those gone from a later import are `retired`, not deleted: tickets and reports still name them.
    """

    __tablename__ = "procedure"
    __table_args__ = (UniqueConstraint("office_id", "code"), Index("procedure_by_field", "office_id", "field"))

    id: Mapped[int] = mapped_column(primary_key=True)
    office_id: Mapped[int] = mapped_column(ForeignKey("office.id"))
    code: Mapped[str] = mapped_column(String(40))
    name_vi: Mapped[str] = mapped_column(Text)
    name_en: Mapped[str | None] = mapped_column(Text)
    also: Mapped[str] = mapped_column(Text, default="")
    field: Mapped[str] = mapped_column(String(200), default="")
    level: Mapped[str] = mapped_column(String(120), default="")
    authority: Mapped[str] = mapped_column(String(300), default="")
    online: Mapped[str | None] = mapped_column(String(8))
    online_payment: Mapped[bool | None]
    post_in: Mapped[bool | None]
    post_out: Mapped[bool | None]
    fee: Mapped[str] = mapped_column(Text, default="")
    days: Mapped[str] = mapped_column(Text, default="")
    papers: Mapped[list[str]] = mapped_column(JSON, default=list)
    url: Mapped[str] = mapped_column(Text, default="")
    service_id: Mapped[int | None] = mapped_column(ForeignKey("service.id"))
    pinned: Mapped[bool] = mapped_column(default=False)
    by_hand: Mapped[list[str]] = mapped_column(JSON, default=list)
    retired: Mapped[bool] = mapped_column(default=False)

    @property
    def name(self) -> Words:
        """Where no English name is given, the Vietnamese one stands for both."""
        return Words(self.name_vi, self.name_en or self.name_vi)

    @property
    def known(self) -> Known:
        """What the catalogue says about other ways, for the rules."""
        return Known(self.online, self.online_payment, self.post_in, self.post_out, self.url)


def in_office(procedure_id: int, office_id: int) -> Procedure:
    """Return the office's procedure, or raise NotFound, also for one that is no longer in the catalogue."""
    own = db.session.get(Procedure, procedure_id)
    if own is None or own.office_id != office_id or own.retired:
        raise NotFound(str(procedure_id))
    return own


def by_code(office_id: int, code: str) -> Procedure | None:
    """Return the office's procedure with this code, retired or not, or None."""
    return db.session.scalar(select(Procedure).where(Procedure.office_id == office_id, Procedure.code == code))


def of_office(office_id: int) -> list[Procedure]:
    """The catalogue of an office, by code, without the retired."""
    own = and_(Procedure.office_id == office_id, Procedure.retired.is_(False))
    return list(db.session.scalars(select(Procedure).where(own).order_by(Procedure.code)))


def known_ways(office_id: int) -> tuple[int, bool, bool]:
    """What the office's catalogue says: how many procedures can be filed online, wholly or in part; whether any can be
    handed in by post; whether any result goes back by post."""
    own = and_(Procedure.office_id == office_id, Procedure.retired.is_(False))
    online, post_in, post_out = (
        db.session.scalar(select(func.count()).select_from(Procedure).where(own, fits)) or 0
        for fits in (Procedure.online.in_((FULL, PARTIAL)), Procedure.post_in.is_(True), Procedure.post_out.is_(True))
    )
    return online, post_in > 0, post_out > 0


def by_ids(ids: set[int]) -> dict[int, Procedure]:
    """These procedures, retired or not."""
    rows: Any = db.session.scalars(select(Procedure).where(Procedure.id.in_(ids))) if ids else ()
    return {own.id: own for own in rows}


def fields(office_id: int) -> list[str]:
    """The fields of the catalogue, by name."""
    own = and_(Procedure.office_id == office_id, Procedure.retired.is_(False), Procedure.field != "")
    return list(db.session.scalars(select(Procedure.field).where(own).distinct().order_by(Procedure.field)))
