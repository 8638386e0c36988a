"""Reading what a form has sent, without ever trusting it."""

from flask import request

from counter.access import signed_in
from counter.actions.perform import Asked
from queues.errors import NotFound

LONGEST_ID = 64
LARGEST = 2**31 - 1


def asked(place: str) -> Asked:
    """Who asks, and with which form: a member of staff by name, a visitor by the place."""
    staff = signed_in()
    who = f"{staff.role} {staff.username}" if staff else place
    return Asked(who[:60], operation_id())


def operation_id() -> str | None:
    """The form's operation id. One that is too long to be ours is as good as none."""
    sent = text("operation", LONGEST_ID + 1)
    return sent if 0 < len(sent) <= LONGEST_ID else None


def number(field: str, default: int | None = None) -> int:
    """A whole number from the form. Raises NotFound for anything else: no page of ours sends it."""
    sent = request.form.get(field, "").strip()
    if not sent and default is not None:
        return default
    if not sent.isascii() or not sent.isdigit() or len(sent) > 10 or int(sent) > LARGEST:
        raise NotFound(field)
    return int(sent)


def choice(field: str) -> int | None:
    """A whole number from the form, or None where nothing was chosen."""
    return number(field) if request.form.get(field, "").strip() else None


def text(field: str, longest: int = 200) -> str:
    """A line of text from the form, cut to what any honest one needs; no database of ours keeps a NUL."""
    return request.form.get(field, "").replace("\0", "").strip()[:longest]
