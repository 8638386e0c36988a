"""People who work at an office, and how they prove who they are."""

import re
from datetime import datetime
from hashlib import sha256

from sqlalchemy import ForeignKey, String, select
from sqlalchemy.orm import Mapped, mapped_column
from werkzeug.security import generate_password_hash

from counter.database import db
from counter.models.base import Model
from counter.models.words import Moment

GUIDE, CLERK, MANAGER = "guide", "clerk", "manager"
COORDINATOR, ADMINISTRATOR = "coordinator", "administrator"
OF_AN_OFFICE = (GUIDE, CLERK, MANAGER)
ROLES = (*OF_AN_OFFICE, COORDINATOR, ADMINISTRATOR)
MANAGING = (MANAGER, ADMINISTRATOR)
"""Who sets an office: its manager, and an administrator every one."""
USERNAME = re.compile(r"[a-z0-9][a-z0-9._-]{1,39}")
"""What a user name looks like: typed alike on every keyboard."""
METHOD = "scrypt:32768:8:3"
"""How a password is kept: N 2¹⁵, r 8, p 3, as ASVS 5.0 asks for (11.4.2). What was kept with less goes on to open."""
NOBODY = f"{METHOD}$nobody-has-this${'0' * 128}"
"""The hash of no password, which takes as long to compare as any: not made at every start, which would take longer."""


class Staff(Model):
    """A clerk sits at one counter; a guide stands at the door; a manager may do both. A coordinator sees how all
    offices are; an administrator may do in each what its manager may. Both belong to an office like everybody.

    `one_time_until`: the password is a code that somebody else knows, good until then; another is chosen first of all.
    A session is good for its `epoch`: when that goes up, all sessions of before have ended. `retired`: works here no
    longer. `pin_hash`: of the PIN for a quick change at a computer where they have signed in today. `code_mark`: enough
    of the one-time code to know a wrong one without working on it.
    """

    __tablename__ = "staff"

    id: Mapped[int] = mapped_column(primary_key=True)
    office_id: Mapped[int] = mapped_column(ForeignKey("office.id"))
    counter_id: Mapped[int | None] = mapped_column(ForeignKey("counter.id"))
    username: Mapped[str] = mapped_column(String(60), unique=True)
    name: Mapped[str] = mapped_column(String(80))
    role: Mapped[str] = mapped_column(String(16))
    password_hash: Mapped[str] = mapped_column(String(200))
    retired: Mapped[bool] = mapped_column(default=False)
    one_time_until: Mapped[datetime | None] = mapped_column(Moment)
    epoch: Mapped[int] = mapped_column(default=0)
    last_sign_in: Mapped[datetime | None] = mapped_column(Moment)
    pin_hash: Mapped[str | None] = mapped_column(String(200))
    code_mark: Mapped[str | None] = mapped_column(String(5))

    @property
    def password_mark(self) -> str:
        """What names the password that is kept, and tells nothing of it."""
        return sha256(self.password_hash.encode()).hexdigest()[:16]

    @property
    def manages(self) -> bool:
        return self.role in MANAGING

    @property
    def may_have_pin(self) -> bool:
        """Whether a PIN may stand for the password. Never for who sets an office, or sees them all."""
        return self.role in (GUIDE, CLERK)

    @property
    def may_make(self) -> tuple[str, ...]:
        """The roles that they may give and take: nobody makes more of themselves, or of others, than they are."""
        return {MANAGER: OF_AN_OFFICE, ADMINISTRATOR: ROLES}.get(self.role, ())

    def set_password(self, password: str, one_time_until: datetime | None = None, kept: str | None = None) -> None:
        """Keep a password as scrypt only; whoever was signed in with the one before is signed out. A code in its place
        ends the PIN, too: somebody has lost what proved who they are. `kept`: what is kept of it, where that has been
        worked out already (`scrypt.keep`), beside the server and before anything was locked."""
        self.password_hash = kept or generate_password_hash(password, METHOD)
        self.one_time_until = one_time_until
        self.code_mark = mark_of_code(self.username, password) if one_time_until else None
        if one_time_until:
            self.pin_hash = None
        self.sign_out_everywhere()

    def may_have_code(self, typed: str, now: datetime) -> bool:
        """Whether this can be the one-time code that is out. One in a million others can be, too: scrypt decides."""
        out = self.one_time_until is not None and now <= self.one_time_until and not self.retired
        return out and self.code_mark == mark_of_code(self.username, typed)

    def sign_out_everywhere(self) -> None:
        """End all sessions."""
        self.epoch = (self.epoch or 0) + 1


def by_id(staff_id: int) -> Staff | None:
    """Return the account, or None when it has been taken away."""
    return db.session.get(Staff, staff_id)


def by_username(username: str) -> Staff | None:
    """Return the account with this user name, whatever its capitals."""
    return db.session.scalar(select(Staff).where(Staff.username == username.strip().lower()))


def is_any() -> bool:
    """Whether there is any account at all: without one nobody can sign in."""
    return db.session.scalar(select(Staff.id).limit(1)) is not None


def of_office(office_id: int) -> list[Staff]:
    """All who work at an office, by role and name."""
    own = select(Staff).where(Staff.office_id == office_id, Staff.retired.is_(False))
    return list(db.session.scalars(own.order_by(Staff.role, Staff.name, Staff.id)))


def gone_from(office_id: int) -> list[Staff]:
    """Those who work at an office no longer, by name."""
    own = select(Staff).where(Staff.office_id == office_id, Staff.retired.is_(True))
    return list(db.session.scalars(own.order_by(Staff.name, Staff.id)))


def with_roles(roles: tuple[str, ...]) -> list[Staff]:
    """All who have one of these roles, at whichever office, by role and name."""
    theirs = select(Staff).where(Staff.role.in_(roles), Staff.retired.is_(False))
    return list(db.session.scalars(theirs.order_by(Staff.role, Staff.name, Staff.id)))


def administrators_held() -> list[int]:
    """The administrators who have chosen a password, held until the change ends: two who go at the same moment at two
    offices must not both think that the other stays."""
    theirs = select(Staff.id).where(
        Staff.role == ADMINISTRATOR, Staff.retired.is_(False), Staff.one_time_until.is_(None)
    )
    return list(db.session.scalars(theirs.order_by(Staff.id).with_for_update()))


def at_counter(counter_id: int) -> list[Staff]:
    """Those who sit at a counter."""
    return list(db.session.scalars(select(Staff).where(Staff.counter_id == counter_id)))


def mark_of_code(username: str, code: str) -> str:
    """20 bits of the 59 of a one-time code: no scrypt is spent on a guess, and what is left is no easier to guess."""
    return sha256(f"{username} {code}".encode()).hexdigest()[:5]
