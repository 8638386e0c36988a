"""A text that is shown from a day to a day: house rules, notices, offers, contacts in words (R6, R8, R9, R11)."""

from datetime import date

from sqlalchemy import ForeignKey, String, or_, select
from sqlalchemy.orm import Mapped, mapped_column

from counter.database import db
from counter.models.base import Model
from counter.models.words import Words
from queues.errors import NotFound
from queues.online import ONLINE, POST_IN, POST_OUT
from queues.window import Days

HOUSE_RULE, NOTICE, OFFER, CONTACT = "house_rule", "notice", "offer", "contact"
"""Shown with "please come in" (hands, mask, what to have ready); to be read; a way made cheaper; whom to ask."""
KINDS = (HOUSE_RULE, NOTICE, OFFER, CONTACT)
OFFER_WAYS = (ONLINE, POST_IN, POST_OUT)
"""The ways that an offer can make cheaper."""
PLACES = ("kiosk", "phone", "display", "door", "desk", "paper")
"""Where a text may be shown; a house rule is shown with "please come in" wherever that is said."""


class Notice(Model):
    """`from_day` and `to_day` are both shown; an empty side means no limit on that side.

    `office_id` None: of the whole province. `places`: where, by name, with spaces between; empty: everywhere. An offer
    may belong to one `way` (queues.online): "postage free" stands beside the post.
    """

    __tablename__ = "notice"

    id: Mapped[int] = mapped_column(primary_key=True)
    office_id: Mapped[int | None] = mapped_column(ForeignKey("office.id"), index=True)
    kind: Mapped[str] = mapped_column(String(12))
    text_vi: Mapped[str] = mapped_column(String(400))
    text_en: Mapped[str] = mapped_column(String(400))
    places: Mapped[str] = mapped_column(String(60), default="")
    way: Mapped[str | None] = mapped_column(String(12))
    from_day: Mapped[date | None]
    to_day: Mapped[date | None]

    @property
    def text(self) -> Words:
        return Words(self.text_vi, self.text_en)

    @property
    def days(self) -> Days:
        return Days(self.from_day, self.to_day)


def of_office(office_id: int, kind: str) -> list[Notice]:
    """All texts of a kind, in the order in which they were written."""
    own = select(Notice).where(Notice.office_id == office_id, Notice.kind == kind)
    return list(db.session.scalars(own.order_by(Notice.id)))


def valid(office_id: int, kind: str, day: date) -> tuple[Words, ...]:
    """The texts of a kind that are to be shown on a day."""
    return tuple(notice.text for notice in of_office(office_id, kind) if notice.days.include(day))


def to_read(office_id: int, place: str, day: date) -> list[Notice]:
    """The texts to be read at a place on a day, the office's own before the province's; house rules are told at the
    door."""
    own = or_(Notice.office_id == office_id, Notice.office_id.is_(None))
    rows = select(Notice).where(own, Notice.kind != HOUSE_RULE).order_by(Notice.office_id.is_(None), Notice.id)
    shown = [notice for notice in db.session.scalars(rows) if place in (notice.places.split() or PLACES)]
    return [notice for notice in shown if notice.days.include(day)]


def in_office(notice_id: int, office_id: int) -> Notice:
    """Return the office's text, or raise NotFound."""
    notice = db.session.get(Notice, notice_id)
    if notice is None or notice.office_id != office_id:
        raise NotFound(str(notice_id))
    return notice
