"""Who signed in when, from where and how; when they last did something; when they signed out."""

import secrets
from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, String, delete, insert, select, update
from sqlalchemy.orm import Mapped, mapped_column

from counter.database import db
from counter.models.base import Model
from counter.models.staff import Staff
from counter.models.words import Moment

PASSWORD, CODE, PIN = "password", "code", "pin"


class SignIn(Model):
    """`key` is what the browser's signed cookie carries. `used` is written down every half minute, not at each request;
    `how`: with a password, a one-time code, or the PIN of a quick change. `address` is the machine's. `epoch`: the
    account's at that time; once it is another, this has ended everywhere."""

    __tablename__ = "sign_in"

    key: Mapped[str] = mapped_column(String(22), primary_key=True)
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"), index=True)
    epoch: Mapped[int] = mapped_column(default=0)
    at: Mapped[datetime] = mapped_column(Moment)
    used: Mapped[datetime] = mapped_column(Moment)
    ended: Mapped[datetime | None] = mapped_column(Moment)
    address: Mapped[str] = mapped_column(String(45))
    how: Mapped[str] = mapped_column(String(10))


def new_key() -> str:
    """What names a new sign-in: 128 random bits."""
    return secrets.token_urlsafe(16)


def by_key(key: str) -> SignIn | None:
    """Return the sign-in; None for one that could not be written down, or was long ago."""
    return db.session.get(SignIn, key)


def write(**row: object) -> None:
    """Write one down, in the transaction that is open."""
    db.session.execute(insert(SignIn), row)


def end(key: str, now: datetime) -> None:
    """Write down that somebody has signed out, in the transaction that is open."""
    db.session.execute(update(SignIn).where(SignIn.key == key, SignIn.ended.is_(None)).values(ended=now))


def note_uses(uses: dict[str, datetime]) -> None:
    """Write down when each was last used, in the transaction that is open. Another process may know of a later use."""
    for key, used in sorted(uses.items()):
        db.session.execute(update(SignIn).where(SignIn.key == key, SignIn.used < used).values(used=used))


def last_of(staff_id: int, most: int) -> list[SignIn]:
    """Somebody's last sign-ins, newest first."""
    own = select(SignIn).where(SignIn.staff_id == staff_id).order_by(SignIn.at.desc(), SignIn.key)
    return list(db.session.scalars(own.limit(most)))


def open_in(office_id: int, since: datetime) -> list[tuple[SignIn, Staff]]:
    """The sign-ins of an office since a moment that nobody has ended, the last used first, each with its account."""
    own = select(SignIn, Staff).join(Staff, SignIn.staff_id == Staff.id)
    own = own.where(Staff.office_id == office_id, SignIn.at >= since, SignIn.ended.is_(None))
    return [(row[0], row[1]) for row in db.session.execute(own.order_by(SignIn.used.desc(), SignIn.key))]


def forget(staff_id: int, before: datetime) -> None:
    """Forget somebody's sign-ins of before a moment, in the transaction that is open."""
    db.session.execute(delete(SignIn).where(SignIn.staff_id == staff_id, SignIn.at < before))


def forget_all(before: datetime) -> int:
    """Forget everybody's sign-ins of before a moment, also of who has gone; returns how many. In the open
    transaction."""
    gone: Any = db.session.execute(delete(SignIn).where(SignIn.at < before))
    return int(gone.rowcount)
