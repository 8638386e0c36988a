"""The first office and its manager, as the command line and the page of a new installation make them."""

from dataclasses import dataclass

from counter import clock
from counter.database import db, save
from counter.models import audited
from counter.models import office as offices
from counter.models import staff as accounts
from counter.models.office import Office
from counter.models.staff import MANAGER, Staff
from counter.passwords import weakness

ZONE = "Asia/Ho_Chi_Minh"
LONGEST = {"name_vi": 120, "name_en": 120, "slug": 40, "username": 60}


class NotFirst(Exception):
    """There is an account by now: whoever comes first has the office."""


@dataclass(frozen=True)
class First:
    """What is asked for. The names are trimmed; the password is as it was typed, blanks at its ends left out."""

    name_vi: str
    name_en: str
    slug: str
    username: str
    password: str


def mistakes(first: First) -> dict[str, str]:
    """Field → what is wrong: `length`, `letters`, `taken`, or as `passwords.weakness` says."""
    own = {name: "length" for name, most in LONGEST.items() if not 1 <= len(getattr(first, name)) <= most}
    if not first.slug.replace("-", "").isalnum() or not first.slug.isascii() or first.slug != first.slug.lower():
        own.setdefault("slug", "letters")
    why = weakness(first.password, first.username, first.slug)
    return own | ({"password": why} if why else {})


def taken(first: First) -> dict[str, str]:
    """The same, of what the database has already."""
    known = {"slug": any(office.slug == first.slug for office in offices.every())}
    known["username"] = accounts.by_username(first.username) is not None
    return {name: "taken" for name, is_taken in known.items() if is_taken}


def set_up(first: First, who: str, address: str = "", *, only_first: bool = False) -> int:
    """Make the office and its manager; returns the manager's account. Raises NotFirst where there is an account already
    and this was to be the first."""

    def work() -> int:
        if only_first and accounts.is_any():
            raise NotFirst
        return _made(first)

    with audited.by(who, clock.now(), address):
        return save(work)


def _made(first: First) -> int:
    office = Office(
        slug=first.slug, name_vi=first.name_vi, name_en=first.name_en, timezone=ZONE, day=clock.today(ZONE),
        paired_only=True,
    )  # fmt: skip
    db.session.add(office)
    db.session.flush()
    manager = Staff(office_id=office.id, role=MANAGER, username=first.username.lower(), name=first.username)
    manager.set_password(first.password)
    db.session.add(manager)
    db.session.flush()
    return manager.id
