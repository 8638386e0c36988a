"""People who work at an office, and how they prove who they are."""

from sqlalchemy import ForeignKey, String, select
from sqlalchemy.orm import Mapped, mapped_column
from werkzeug.security import check_password_hash, generate_password_hash

from counter.database import db
from counter.models.base import Model

GUIDE, CLERK, MANAGER = "guide", "clerk", "manager"
_NOBODY = f"scrypt:32768:8:1$nobody-has-this${'0' * 128}"
"""The hash of no password, which takes as long to compare as any: not made at every start, which would take longer."""


class Staff(Model):
    """A clerk sits at one counter; a guide stands at the door; a manager may do both."""

    __tablename__ = "staff"

    id: Mapped[int] = mapped_column(primary_key=True)
    office_id: Mapped[int] = mapped_column(ForeignKey("office.id"))
    counter_id: Mapped[int | None] = mapped_column(ForeignKey("counter.id"))
    username: Mapped[str] = mapped_column(String(60), unique=True)
    name: Mapped[str] = mapped_column(String(80))
    role: Mapped[str] = mapped_column(String(10))
    password_hash: Mapped[str] = mapped_column(String(200))

    def set_password(self, password: str) -> None:
        """Keep a password as scrypt only."""
        self.password_hash = generate_password_hash(password)


def by_id(staff_id: int) -> Staff | None:
    """Return the account, or None when it has been taken away."""
    return db.session.get(Staff, staff_id)


def by_username(username: str) -> Staff | None:
    """Return the account with this user name, whatever its capitals."""
    return db.session.scalar(select(Staff).where(Staff.username == username.strip().lower()))


def who_signs_in(username: str, password: str) -> Staff | None:
    """Return the account that name and password open. A wrong name takes as long as a wrong password."""
    staff = by_username(username)
    matches = check_password_hash(staff.password_hash if staff else _NOBODY, password)
    return staff if staff and matches else None
