"""An office: one one-stop desk with its room, its rules and its lock."""

import re
import secrets
from datetime import date, datetime, time

from sqlalchemy import String, and_, select
from sqlalchemy.orm import Mapped, mapped_column, relationship

from counter.database import db
from counter.models.base import Model
from counter.models.service import PriorityClass, Service
from counter.models.words import Moment, Words
from queues.errors import NotFound
from queues.room import BOUND
from queues.window import WHOLE_WEEK, Hours

SLUG = re.compile(r"[a-z0-9]([a-z0-9-]{0,38}[a-z0-9])?")
"""A short name, as it stands in addresses."""
PORTAL = Words("Cổng Dịch vụ công quốc gia", "National Public Service Portal")
PORTAL_URL = "https://dichvucong.gov.vn"
"""Until the office sets another."""


class Office(Model):
    """`seq` grows with every change of the office; screens carry it, so that none goes back in time.

    `pass_bound` is how many may be let in ahead of somebody so that a counter does not stand idle. Every
    `count_seconds` the guide is asked to count the room: at `count_due`, and `count_asked` until it is done.
    Who is called while trying online may ask for `defer_seconds` more, `defer_bound` times. `portal_*` is where
    people of this office file online; names and addresses of portals change, so they are settings. `weekdays`: the
    days of work, 1 for Monday. A sign-in that is not used for `idle_minutes` ends, and so it does at `shift_end` (None:
    an hour after closing). Numbers begin anew each day unless `restart_daily` is off. `paired_only`: only a paired
    kiosk is one, any other browser is a visitor's phone. `services` and `classes` are those in use. So many tickets a
    phone and an address may take by themselves within an hour and a day (`phone_*`, `address_*`; None: no bound), with
    `here_code` only who knows what the lobby's screen shows; it is made of `here_secret`, which no page shows.
    """

    __tablename__ = "office"

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(String(40), unique=True)
    name_vi: Mapped[str] = mapped_column(String(120))
    name_en: Mapped[str] = mapped_column(String(120))
    timezone: Mapped[str] = mapped_column(String(40), default="Asia/Ho_Chi_Minh")
    day: Mapped[date]
    seq: Mapped[int] = mapped_column(default=0)
    issued: Mapped[int] = mapped_column(default=0)
    cap: Mapped[int | None]
    guarded: Mapped[bool] = mapped_column(default=True)
    hold_seconds: Mapped[int] = mapped_column(default=180)
    exit_seconds: Mapped[int] = mapped_column(default=600)
    ratio: Mapped[int] = mapped_column(default=2)
    party_max: Mapped[int] = mapped_column(default=5)
    pass_bound: Mapped[int] = mapped_column(default=BOUND)
    count_seconds: Mapped[int] = mapped_column(default=3600)
    count_due: Mapped[datetime | None] = mapped_column(Moment)
    count_asked: Mapped[bool] = mapped_column(default=False)
    defer_seconds: Mapped[int] = mapped_column(default=300)
    defer_bound: Mapped[int] = mapped_column(default=2)
    portal_vi: Mapped[str] = mapped_column(String(120), default=PORTAL.vi)
    portal_en: Mapped[str] = mapped_column(String(120), default=PORTAL.en)
    portal_url: Mapped[str] = mapped_column(String(300), default=PORTAL_URL)
    opens: Mapped[time | None]
    closes: Mapped[time | None]
    address: Mapped[str] = mapped_column(String(200), default="")
    weekdays: Mapped[str] = mapped_column(String(7), default=WHOLE_WEEK)
    restart_daily: Mapped[bool] = mapped_column(default=True)
    paired_only: Mapped[bool] = mapped_column(default=False)
    idle_minutes: Mapped[int] = mapped_column(default=30)
    shift_end: Mapped[time | None]
    phone_hour: Mapped[int | None] = mapped_column(default=5)
    phone_day: Mapped[int | None] = mapped_column(default=10)
    address_hour: Mapped[int | None] = mapped_column(default=60)
    address_day: Mapped[int | None] = mapped_column(default=300)
    here_code: Mapped[bool] = mapped_column(default=False)
    here_secret: Mapped[str] = mapped_column(String(32), default=lambda: secrets.token_hex(16))

    services: Mapped[list[Service]] = relationship(
        order_by=Service.position, primaryjoin="and_(Office.id == Service.office_id, Service.retired.is_(False))"
    )
    classes: Mapped[list[PriorityClass]] = relationship(
        order_by=PriorityClass.position,
        primaryjoin="and_(Office.id == PriorityClass.office_id, PriorityClass.retired.is_(False))",
    )

    @property
    def name(self) -> Words:
        return Words(self.name_vi, self.name_en)

    @property
    def portal(self) -> Words:
        return Words(self.portal_vi, self.portal_en)

    @property
    def hours(self) -> Hours:
        return Hours(self.opens, self.closes)

    @property
    def counts(self) -> bool:
        """Whether somebody at the door keeps count of a room that has a cap."""
        return self.guarded and self.cap is not None

    @property
    def largest_party(self) -> int:
        """The most people who may stand on one ticket: never more than the room takes."""
        return min(self.party_max, self.cap) if self.cap is not None else self.party_max

    def next_seq(self) -> int:
        """Count one more change. Only inside a transaction that holds the office."""
        self.seq += 1
        return self.seq


def with_slug(slug: str) -> Office | None:
    """The office with this address, or None."""
    return db.session.scalar(select(Office).where(Office.slug == slug))


def by_slug(slug: str) -> Office:
    """Return the office with this address, or raise NotFound."""
    office = with_slug(slug)
    if office is None:
        raise NotFound(slug)
    return office


def by_id(office_id: int) -> Office:
    """Return the office, or raise NotFound."""
    office = db.session.get(Office, office_id)
    if office is None:
        raise NotFound(str(office_id))
    return office


def seq_of(office_id: int) -> int:
    """How many changes the office has seen, as it stands now."""
    return db.session.scalar(select(Office.seq).where(Office.id == office_id)) or 0


def all_seqs() -> dict[int, int]:
    """How many changes each office has seen."""
    return {row[0]: row[1] for row in db.session.execute(select(Office.id, Office.seq))}


def with_count_due(now: datetime) -> set[int]:
    """Offices whose room is to be counted, and whose guide has not been asked yet."""
    late = and_(Office.count_due <= now, Office.count_asked.is_(False))
    return set(db.session.scalars(select(Office.id).where(late)))


def held(office_id: int) -> Office:
    """Take the office for a change and return it as it stands now; others wait. Raises NotFound."""
    office = db.session.scalar(select(Office).where(Office.id == office_id).with_for_update())
    if office is None:
        raise NotFound(str(office_id))
    return office


def every() -> list[Office]:
    """All offices of this installation, by name."""
    return list(db.session.scalars(select(Office).order_by(Office.name_vi)))
