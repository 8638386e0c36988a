"""The nouns, one file each, with their queries. Importing the package knows all tables."""

from counter.models import (
    area,
    audit,
    audited,
    cap,
    catalogue_import,
    contact,
    counter,
    device,
    finding,
    guidance,
    help_point,
    history,
    holiday,
    notice,
    office,
    operation,
    presence,
    procedure,
    recount,
    sensor,
    series,
    service,
    staff,
    suspension,
    ticket,
)

__all__ = [
    "area", "audit", "audited", "cap", "catalogue_import", "contact", "counter", "device", "finding", "guidance",
    "help_point", "history", "holiday", "notice", "office", "operation", "presence", "procedure", "recount", "sensor",
    "series", "service", "staff", "suspension", "ticket",
]  # fmt: skip
