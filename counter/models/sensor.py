"""A people counter at a door: what it has seen, told by messages that may come late, twice or not at all."""

import hashlib
import secrets

from sqlalchemy import ForeignKey, String, func, select
from sqlalchemy.orm import Mapped, mapped_column

from counter.database import db
from counter.models.base import Model


class Sensor(Model):
    """`entered` and `left` are its own totals at message `sequence`; `inside` is what they say of the room."""

    __tablename__ = "sensor"

    id: Mapped[int] = mapped_column(primary_key=True)
    office_id: Mapped[int] = mapped_column(ForeignKey("office.id"), index=True)
    area_id: Mapped[int | None] = mapped_column(ForeignKey("area.id"))
    name: Mapped[str] = mapped_column(String(60))
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    sequence: Mapped[int] = mapped_column(default=-1)
    entered: Mapped[int] = mapped_column(default=0)
    left: Mapped[int] = mapped_column(default=0)
    inside: Mapped[int] = mapped_column(default=0)

    def new_token(self) -> str:
        """Give it a secret of 128 bits, told once; only its digest is kept."""
        token = secrets.token_urlsafe(16)
        self.token_hash = _digest(token)
        return token


def by_token(token: str) -> Sensor | None:
    """The sensor that this secret belongs to."""
    return db.session.scalar(select(Sensor).where(Sensor.token_hash == _digest(token)))


def by_id(sensor_id: int) -> Sensor:
    """Return the sensor as it stands now."""
    return db.session.get_one(Sensor, sensor_id)


def of_office(office_id: int) -> list[Sensor]:
    """All sensors of an office."""
    return list(db.session.scalars(select(Sensor).where(Sensor.office_id == office_id).order_by(Sensor.id)))


def inside_by_zone(office_id: int) -> dict[int | None, int]:
    """How many people the counters at the doors of each zone have inside; None is the room."""
    rows = select(Sensor.area_id, func.sum(Sensor.inside)).where(Sensor.office_id == office_id)
    return {row[0]: int(row[1]) for row in db.session.execute(rows.group_by(Sensor.area_id))}


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
