"""What has been used up of the tries that are granted, for all processes on one database (docs/decisions/0024)."""

from datetime import datetime

from sqlalchemy import String, delete, func, insert, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Mapped, mapped_column

from counter.database import db
from counter.models.base import Model
from counter.models.words import Moment

Dues = dict[str, datetime]


class Tries(Model):
    """`due`: when all that has been used up will have come back (`queues.tries`). No row: all is there."""

    __tablename__ = "tries"

    key: Mapped[str] = mapped_column(String(80), primary_key=True)
    due: Mapped[datetime] = mapped_column(Moment, index=True)


def dues(keys: list[str]) -> Dues:
    """Those of the keys of which something has been used up."""
    return {row[0]: row[1] for row in db.session.execute(select(Tries.key, Tries.due).where(Tries.key.in_(keys)))}


def held(keys: list[str], now: datetime) -> Dues:
    """The same, held until the transaction ends; others that want one of them wait. All in one order: nobody waits for
    somebody who waits for them."""
    for key in sorted(keys):
        _there(key, now)
    own = select(Tries.key, Tries.due).where(Tries.key.in_(keys)).order_by(Tries.key).with_for_update()
    return {row[0]: row[1] for row in db.session.execute(own)}


def write(key: str, due: datetime) -> None:
    """Write it down, in the transaction that holds it."""
    db.session.execute(update(Tries).where(Tries.key == key).values(due=due))


def rename(before: str, after: str) -> None:
    """What begins with one name is counted under another from now on, in the transaction that is open."""
    theirs = update(Tries).where(Tries.key.startswith(before, autoescape=True))
    db.session.execute(theirs.values(key=after + func.substr(Tries.key, len(before) + 1)))


def forget_spent(now: datetime) -> None:
    """Forget what has come back whole, in a transaction of its own. Any row that somebody holds is left alone."""
    spent = select(Tries.key).where(Tries.due <= now).limit(500).with_for_update(skip_locked=True)
    db.session.execute(delete(Tries).where(Tries.key.in_(list(db.session.scalars(spent)))))


def any_spent(now: datetime) -> bool:
    """Whether there is anything to forget: a look that writes nothing."""
    return db.session.scalar(select(Tries.key).where(Tries.due <= now).limit(1)) is not None


def _there(key: str, now: datetime) -> None:
    """See to it that the row is there, also when another process makes it at this moment."""
    if db.session.scalar(select(Tries.key).where(Tries.key == key)) is None:
        try:
            with db.session.begin_nested():
                db.session.execute(insert(Tries), {"key": key, "due": now})
        except IntegrityError:
            pass
