"""Reading what a form has sent, without ever trusting it."""

from hashlib import sha256

from flask import request

from counter.access import signed_in
from counter.actions.perform import Asked
from counter.screens import device
from queues.errors import NotFound

LONGEST_ID, LONGEST_STANDING = 64, 500
LARGEST = 2**31 - 1


def asked(place: str) -> Asked:
    """Who asks, with which form and from which machine: staff and devices by name, a visitor by the place."""
    staff, own = signed_in(), device()
    who = f"{staff.role} {staff.username}" if staff else f"device {own.name}" if own else place
    standing = text("standing", LONGEST_STANDING) or None
    return Asked(who[:60], operation_id(), request.remote_addr or "", standing, _said() if standing else "")


def _said() -> str:
    """What the form says, in short: sent again with something else it asks for something else."""
    fields = sorted((name, own) for name, own in request.form.items(multi=True) if name != "csrf_token")
    return sha256(repr(fields).encode()).hexdigest()[:16]


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


def word(field: str) -> str | None:
    """One of a few words that the form offers, or None where none was chosen."""
    return text(field) or None


def change(field: str) -> tuple[int, str]:
    """People who come in or go out, from the form: "+2" is (2, "walk_in"), "-1" is (1, "walk_out").

    Raises NotFound for anything else: no page of ours sends it.
    """
    sent = request.form.get(field, "").strip().replace("−", "-")
    people = sent.lstrip("+-")
    if not people.isascii() or not people.isdigit() or len(people) > 4 or len(sent) - len(people) > 1:
        raise NotFound(field)
    return int(people), "walk_out" if sent.startswith("-") else "walk_in"


def text(field: str, longest: int = 200) -> str:
    """A line of text from the form, cut to what any honest one needs; no database of ours keeps a NUL."""
    return request.form.get(field, "").replace("\0", "").strip()[:longest]
