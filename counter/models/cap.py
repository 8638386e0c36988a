"""Where a cap comes from: a number that somebody set, or what was measured, from which day on and by whom (R1)."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, ColumnElement, ForeignKey, String, and_, select
from sqlalchemy.orm import Mapped, mapped_column

from counter.database import db
from counter.models.base import Model
from counter.models.words import Moment


class CapRule(Model):
    """`people` None: no cap. `inputs` None: the number was set as it is; else what it was worked out from."""

    __tablename__ = "cap_rule"

    id: Mapped[int] = mapped_column(primary_key=True)
    office_id: Mapped[int] = mapped_column(ForeignKey("office.id"), index=True)
    area_id: Mapped[int | None] = mapped_column(ForeignKey("area.id"))
    people: Mapped[int | None]
    inputs: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    from_day: Mapped[date]
    at: Mapped[datetime] = mapped_column(Moment)
    who: Mapped[str] = mapped_column(String(60))
    why: Mapped[str | None] = mapped_column(String(200))
    applied: Mapped[bool] = mapped_column(default=False)
    """Has come into force. One that waits for its day has not."""


def waiting(office_id: int, day: date) -> list[CapRule]:
    """Those whose day has come and that are not in force yet, in the order in which they come into force."""
    due = and_(CapRule.office_id == office_id, CapRule.applied.is_(False), CapRule.from_day <= day)
    return list(db.session.scalars(select(CapRule).where(due).order_by(CapRule.from_day, CapRule.id)))


def newest(office_id: int, most: int) -> list[CapRule]:
    """The last that were set, for the room and its areas, newest first."""
    own = select(CapRule).where(CapRule.office_id == office_id)
    return list(db.session.scalars(own.order_by(CapRule.id.desc()).limit(most)))


def newest_of_zone(office_id: int, area_id: int | None) -> CapRule | None:
    """The last that was set for the room (None) or an area, in force or not."""
    own = _of_zone(office_id, area_id)
    return db.session.scalar(select(CapRule).where(own).order_by(CapRule.id.desc()).limit(1))


def in_force(office_id: int, area_id: int | None) -> CapRule | None:
    """The one that holds now for the room (None) or an area; None where none was ever set."""
    own = and_(_of_zone(office_id, area_id), CapRule.applied)
    return db.session.scalar(select(CapRule).where(own).order_by(CapRule.id.desc()).limit(1))


def before(rule: CapRule) -> CapRule | None:
    """The one that was in force for its zone when it was set."""
    own = and_(_of_zone(rule.office_id, rule.area_id), CapRule.applied, CapRule.id < rule.id)
    return db.session.scalar(select(CapRule).where(own).order_by(CapRule.id.desc()).limit(1))


def _of_zone(office_id: int, area_id: int | None) -> ColumnElement[bool]:
    zone = CapRule.area_id.is_(None) if area_id is None else CapRule.area_id == area_id
    return and_(CapRule.office_id == office_id, zone)
