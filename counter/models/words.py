"""Texts in two languages, and moments in one time zone."""

from datetime import UTC, datetime
from typing import Any, NamedTuple

from sqlalchemy import DateTime
from sqlalchemy.types import TypeDecorator


class Words(NamedTuple):
    """One text in the two languages of the house."""

    vi: str
    en: str


class Moment(TypeDecorator[datetime]):
    """A moment, stored in UTC; the database never sees another zone."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Any) -> datetime | None:
        return value.astimezone(UTC).replace(tzinfo=None) if value else None

    def process_result_value(self, value: datetime | None, dialect: Any) -> datetime | None:
        return value.replace(tzinfo=UTC) if value else None
