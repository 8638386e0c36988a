"""Browsers in which somebody has signed in with their password: they are no strangers there, and today a PIN will do.

A browser is known by 128 random bits in a cookie of its own, which change with each sign-in by password; what is kept
is their digest.
"""

import secrets
from datetime import datetime, timedelta
from hashlib import sha256

from sqlalchemy import ForeignKey, String, delete, select, update
from sqlalchemy.orm import Mapped, mapped_column

from counter.database import db
from counter.models.base import Model
from counter.models.staff import Staff
from counter.models.words import Moment

PIN_TRIES = 5
"""After so many wrong ones the password is asked for again."""
KNOWN_FOR = timedelta(days=180)


class KnownBrowser(Model):
    """Somebody in a browser. `mark` is of the password they signed in with (`Staff.password_mark`): with another they
    are strangers again. Until `pin_until`, while `pin_tries` are left and the account's `epoch` is the same, a PIN
    opens the account here."""

    __tablename__ = "known_browser"

    browser: Mapped[str] = mapped_column(String(64), primary_key=True)
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"), primary_key=True)
    mark: Mapped[str] = mapped_column(String(16))
    epoch: Mapped[int]
    at: Mapped[datetime] = mapped_column(Moment)
    pin_until: Mapped[datetime | None] = mapped_column(Moment)
    pin_tries: Mapped[int] = mapped_column(default=PIN_TRIES)

    def opens_by_pin(self, own: Staff, now: datetime) -> bool:
        """Whether a PIN is enough here. Never a manager's: it would open the settings."""
        here = self.pin_until is not None and now < self.pin_until and self.pin_tries > 0
        return here and own.pin_hash is not None and own.may_have_pin and _is_same(self, own)


def new_token() -> str:
    """What a browser is given to be known by."""
    return secrets.token_urlsafe(16)


def digest(token: str) -> str:
    """What is kept of it; empty for no token."""
    return sha256(token.encode()).hexdigest() if token else ""


def who_is_known(browser: str) -> list[Staff]:
    """Those who are no strangers in a browser: still here, and with the password they signed in with; whoever came last
    first."""
    return [own for row, own in _rows(browser) if row.mark == own.password_mark]


def of_today(browser: str, now: datetime) -> list[tuple[Staff, bool]]:
    """Who has signed in here in this shift, by name, and whether a PIN is enough; of one office, the one of whoever
    came last."""
    rows = [(row, own) for row, own in _rows(browser) if row.pin_until and now < row.pin_until]
    office_id = max(rows, key=lambda one: one[0].at)[1].office_id if rows else None
    theirs = [(own, row.opens_by_pin(own, now)) for row, own in rows if own.office_id == office_id]
    return sorted(theirs, key=lambda one: (one[0].name, one[0].id))


def held(browser: str, staff_id: int) -> KnownBrowser | None:
    """Somebody in a browser, held until the transaction ends."""
    own = select(KnownBrowser).where(KnownBrowser.browser == browser, KnownBrowser.staff_id == staff_id)
    return db.session.scalar(own.with_for_update())


def remember(before: str, browser: str, own: Staff, now: datetime, pin_until: datetime) -> None:
    """Somebody has signed in with a password, in the transaction that is open: from now on the browser has a new name,
    for all who are known in it."""
    if before:
        db.session.execute(update(KnownBrowser).where(KnownBrowser.browser == before).values(browser=browser))
    row = held(browser, own.id) or KnownBrowser(browser=browser, staff_id=own.id)
    row.mark, row.epoch, row.at, row.pin_until = own.password_mark, own.epoch, now, pin_until
    row.pin_tries = PIN_TRIES
    db.session.add(row)
    db.session.execute(delete(KnownBrowser).where(KnownBrowser.at < now - KNOWN_FOR))


def close(browser: str) -> None:
    """From now on everybody needs the password here, in the transaction that is open."""
    db.session.execute(update(KnownBrowser).where(KnownBrowser.browser == browser).values(pin_until=None))


def _is_same(row: KnownBrowser, own: Staff) -> bool:
    return row.mark == own.password_mark and row.epoch == own.epoch


def _rows(browser: str) -> list[tuple[KnownBrowser, Staff]]:
    if not browser:
        return []
    own = select(KnownBrowser, Staff).join(Staff, KnownBrowser.staff_id == Staff.id)
    own = own.where(KnownBrowser.browser == browser, Staff.retired.is_(False)).order_by(KnownBrowser.at.desc())
    return [(row[0], row[1]) for row in db.session.execute(own)]
