"""The first office and its administrator, as the command line and the page of a new installation make them."""

from dataclasses import dataclass

from counter import clock
from counter.actions.offices import new_office
from counter.database import db, save
from counter.models import audited
from counter.models import office as offices
from counter.models import staff as accounts
from counter.models.staff import ADMINISTRATOR, USERNAME, Staff
from counter.models.words import Words
from counter.officefile.samples import sample
from counter.passwords import weakness

LONGEST = {"name_vi": 120, "name_en": 120, "slug": 40, "username": 60}


class NotFirst(Exception):
    """There is an account by now: whoever comes first has the office."""


@dataclass(frozen=True)
class First:
    """What is asked for. The names are trimmed; the password is exactly as it was typed.
    `sample`: what to begin with, as `officefile.samples` names it; empty for nothing."""

    name_vi: str
    name_en: str
    slug: str
    username: str
    password: str
    sample: str = ""


def mistakes(first: First) -> dict[str, str]:
    """Field → what is wrong: `length`, `letters`, `username`, `taken`, or as `passwords.weakness` says."""
    own = {name: "length" for name, most in LONGEST.items() if not 1 <= len(getattr(first, name)) <= most}
    if not first.slug.replace("-", "").isalnum() or not first.slug.isascii() or first.slug != first.slug.lower():
        own.setdefault("slug", "letters")
    if not USERNAME.fullmatch(first.username.lower()):
        own.setdefault("username", "username")
    why = weakness(first.password, first.username, first.slug)
    return own | ({"password": why} if why else {})


def taken(first: First) -> dict[str, str]:
    """The same, of what the database has already."""
    known = {"slug": any(office.slug == first.slug for office in offices.every())}
    known["username"] = accounts.by_username(first.username) is not None
    return {name: "taken" for name, is_taken in known.items() if is_taken}


def set_up(first: First, who: str, address: str = "", *, only_first: bool = False) -> int:
    """Make the office and its administrator; returns that account. Raises NotFirst where there is an account already
    and this was to be the first."""

    def work() -> int:
        if only_first and accounts.is_any():
            raise NotFirst
        return _made(first, who)

    with audited.by(who, clock.now(), address):
        return save(work)


def _made(first: First, who: str) -> int:
    plain = sample(first.sample) if first.sample else {}
    office = new_office(first.slug, Words(first.name_vi, first.name_en), who, plain)
    own = Staff(office_id=office.id, role=ADMINISTRATOR, username=first.username.lower(), name=first.username)
    own.set_password(first.password)
    db.session.add(own)
    db.session.flush()
    return own.id
