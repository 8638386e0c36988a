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
    known_browser,
    notice,
    office,
    operation,
    presence,
    procedure,
    recount,
    sensor,
    series,
    service,
    sign_in,
    staff,
    suspension,
    ticket,
    tries,
)

__all__ = [
    "area", "audit", "audited", "cap", "catalogue_import", "contact", "counter", "device", "finding", "guidance",
    "help_point", "history", "holiday", "known_browser", "notice", "office", "operation", "presence", "procedure",
    "recount", "sensor", "series", "service", "sign_in", "staff", "suspension", "ticket", "tries",
]  # fmt: skip
