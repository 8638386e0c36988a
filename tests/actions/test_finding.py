"""The index of the search is true whatever is written, in both databases (R5)."""

from collections.abc import Callable

import pytest
from sqlalchemy import delete, update

from counter import clock
from counter.database import db
from counter.models import finding
from counter.models.procedure import Procedure
from counter.models.ticket import Ticket
from tests.cast import MORNING, Cast, an_office, form

Add = Callable[..., Procedure]


def add(cast: Cast, name: str, **more: object) -> Procedure:
    """An errand of the office, written and saved."""
    code = str(more.pop("code", f"1.{db.session.query(Procedure).count():06}"))
    own = Procedure(office_id=cast.office, code=code, name_vi=name, **more)
    db.session.add(own)
    db.session.commit()
    return own


def names(cast: Cast, typed: str) -> list[str]:
    db.session.rollback()
    return [errand.name.vi for errand in finding.find(cast.office, typed)]


def test_what_is_written_is_found_at_once(cast: Cast) -> None:
    assert names(cast, "khai sinh") == []
    add(cast, "Thủ tục đăng ký khai sinh")
    assert names(cast, "dang ky kai sinh") == ["Thủ tục đăng ký khai sinh"]


def test_a_changed_name_is_found_and_the_old_one_is_not(cast: Cast) -> None:
    own = add(cast, "Đăng ký tạm trú")
    own.name_vi = "Gia hạn lưu trú"
    db.session.commit()
    assert names(cast, "luu tru") == ["Gia hạn lưu trú"]
    assert names(cast, "dang ky tam") == []


def test_a_change_that_goes_round_the_program_is_not_forgotten(cast: Cast) -> None:
    own = add(cast, "Đăng ký tạm trú")
    db.session.execute(update(Procedure).where(Procedure.id == own.id).values(also="sổ KT3; giấy tạm vắng"))
    db.session.commit()
    assert names(cast, "giay tam vang") == ["Đăng ký tạm trú"]


def test_what_is_retired_or_deleted_is_not_found(cast: Cast) -> None:
    own, other = add(cast, "Đăng ký kết hôn"), add(cast, "Đăng ký lại kết hôn")
    own.retired = True
    db.session.commit()
    assert names(cast, "ket hon") == ["Đăng ký lại kết hôn"]
    own.retired = False
    db.session.execute(delete(Procedure).where(Procedure.id == other.id))
    db.session.commit()
    assert names(cast, "ket hon") == ["Đăng ký kết hôn"]


def test_an_office_finds_its_own_errands_only(cast: Cast) -> None:
    other = an_office("khac")
    add(cast, "Đăng ký kết hôn")
    add(other, "Đăng ký kết hôn lưu động")
    assert names(cast, "ket hon") == ["Đăng ký kết hôn"]
    assert names(other, "ket hon") == ["Đăng ký kết hôn lưu động"]


def test_a_code_is_found(cast: Cast) -> None:
    add(cast, "Đăng ký kết hôn", code="1.000894")
    add(cast, "Đăng ký khai tử", code="1.000656")
    assert names(cast, "1.000894") == ["Đăng ký kết hôn"]
    assert names(cast, "000656") == ["Đăng ký khai tử"]


def test_an_english_name_is_found(cast: Cast) -> None:
    add(cast, "Đăng ký kết hôn", name_en="Marriage registration")
    assert names(cast, "mariage") == ["Đăng ký kết hôn"]


@pytest.mark.parametrize(
    "typed", ["' OR 1=1 --", '"', "AND OR NOT", "a NEAR b", "words:x", "* & | !", "(((", "\\", "khai\0sinh", "𝕏 ₫ ½"]
)
def test_signs_of_a_query_language_are_only_signs(cast: Cast, typed: str) -> None:
    add(cast, "Đăng ký kết hôn")
    finding.find(cast.office, typed)


def test_pinned_errands_come_first_then_those_most_asked_for_in_ninety_days(cast: Cast) -> None:
    from counter.actions.issue import issue

    rare, often, old = (add(cast, name) for name in ("Hiếm", "Hay", "Cũ"))
    add(cast, "Ghim", pinned=True)
    add(cast, "Chưa ai hỏi")
    for own in (rare, often, often, old):
        ticket = db.session.get_one(Ticket, issue(cast.office, cast.services["A"], form())["ticket"])
        ticket.procedure_id = own.id
        ticket.day = MORNING.date() if own is not old else MORNING.date().replace(month=8)
        db.session.commit()
    frequent = finding.frequent(cast.office, clock.today("Asia/Ho_Chi_Minh"))
    assert [errand.name.vi for errand in frequent] == ["Ghim", "Hay", "Hiếm"]
