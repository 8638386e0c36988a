"""An office's file and the tables of its settings say the same things (issue 5)."""

import pytest
from sqlalchemy import inspect

from counter.models import notice
from counter.models.area import Area
from counter.models.contact import Contact
from counter.models.counter import Counter
from counter.models.help_point import HelpPoint
from counter.models.holiday import Holiday
from counter.models.notice import Notice
from counter.models.office import Office
from counter.models.procedure import Procedure
from counter.models.service import PriorityClass, Service
from counter.officefile import fields
from counter.officefile.kinds import Kind
from counter.officefile.mistakes import Wrong

SETTINGS = {
    Office: fields.OFFICE, Service: fields.SERVICE, PriorityClass: fields.CLASS, Counter: fields.COUNTER,
    Area: fields.AREA, Holiday: fields.HOLIDAY, Notice: fields.TEXT, Contact: fields.CONTACT,
    HelpPoint: fields.HELP_POINT, Procedure: fields.PROCEDURE,
}  # fmt: skip


@pytest.mark.parametrize("model", SETTINGS, ids=lambda model: model.__tablename__)
def test_every_setting_is_in_the_file_or_left_out_by_name(model: type[Office]) -> None:
    columns = {attr.key for attr in inspect(model).column_attrs}
    said = {column for name, own in SETTINGS[model].items() for column in columns_of(name, own.kind)}
    assert columns == said | fields.LEFT_OUT[model.__tablename__]
    assert not said & fields.LEFT_OUT[model.__tablename__]


def columns_of(name: str, kind: Kind) -> set[str]:
    try:
        return set(kind.into(name, None))
    except TypeError:
        return {name}


def test_what_a_file_may_say_is_what_the_product_knows() -> None:
    def options(kind: Kind) -> str:
        with pytest.raises(Wrong) as refused:
            kind.read(["?"])
        return str(refused.value.figures["options"])

    assert options(fields.TEXT["places"].kind) == ", ".join(notice.PLACES)
    assert options(fields.TEXT["kind"].kind) == "house_rule, notice, offer, contact" == ", ".join(notice.KINDS)
    assert options(fields.TEXT["way"].kind) == ", ".join(notice.OFFER_WAYS)
