"""A small catalogue for tests: an errand as somebody comes for it, and what an office says beside it."""

from typing import Any

from counter.database import db
from counter.models.contact import Contact
from counter.models.guidance import Guidance
from counter.models.help_point import HelpPoint
from counter.models.notice import OFFER, Notice
from counter.models.procedure import Procedure
from tests.cast import Cast

PAGE = "https://portal.example/thu-tuc/khai-sinh"


def a_procedure(cast: Cast, letter: str | None = "A", **known: Any) -> int:
    """Birth registration, wholly online unless told otherwise; returns its id."""
    own = Procedure(**{
        "office_id": cast.office, "code": f"1.{db.session.query(Procedure).count():06}", "name_vi": "Đăng ký khai sinh",
        "name_en": "Birth registration", "field": "Hộ tịch", "online": "full", "fee": "Miễn phí", "days": "1 ngày",
        "papers": ["Tờ khai", "Giấy chứng sinh"], "url": PAGE,
        "service_id": cast.services[letter] if letter else None, **known,
    })  # fmt: skip
    db.session.add(own)
    db.session.commit()
    return own.id


def a_contact(cast: Cast, phone: str = "0218 385 1234", field: str = "") -> None:
    """Somebody to call."""
    db.session.add(Contact(office_id=cast.office, field=field, name_vi="Chị Lan", name_en="Ms Lan", phone=phone))
    db.session.commit()


def a_help_point(cast: Cast, at: Cast | None = None) -> None:
    """A place where somebody helps, be it another office."""
    at_office_id = at.office if at else None
    db.session.add(HelpPoint(office_id=cast.office, at_office_id=at_office_id, name_vi="Tổ 5", name_en="Quarter 5"))
    db.session.commit()


def an_offer(cast: Cast, way: str | None, text: str, **when: Any) -> None:
    """Something made cheaper."""
    db.session.add(Notice(office_id=cast.office, kind=OFFER, text_vi=text, text_en=text, way=way, **when))
    db.session.commit()


def steps() -> list[tuple[str, str]]:
    """What has been written down of the other way: (step, way), in order."""
    db.session.rollback()
    return [(one.step, one.way) for one in db.session.query(Guidance).order_by(Guidance.id)]
