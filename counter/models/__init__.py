"""The nouns, one file each, with their queries. Importing the package knows all tables."""

from counter.models import (
    area,
    cap,
    counter,
    history,
    notice,
    office,
    operation,
    presence,
    recount,
    sensor,
    series,
    service,
    staff,
    ticket,
)

__all__ = [
    "area", "cap", "counter", "history", "notice", "office", "operation", "presence", "recount", "sensor", "series",
    "service", "staff", "ticket",
]  # fmt: skip
