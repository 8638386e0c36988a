"""A quick change of clerk at a computer that several share: a PIN, after the first sign-in of the shift by password."""

from dataclasses import dataclass

from counter import clock, scrypt
from counter.actions.change import Change
from counter.actions.perform import Answer, Asked, perform
from counter.database import db, save
from counter.models import known_browser as browsers
from counter.models import staff as accounts
from counter.models.known_browser import PIN_TRIES
from counter.models.staff import Staff
from queues.errors import NotFound


@dataclass(frozen=True)
class Opened:
    """What a PIN came to: the account, or none where it was wrong, and how many tries are left here."""

    staff: Staff | None
    left: int


def set_pin(staff_id: int, kept: str | None, asked: Asked) -> Answer:
    """Keep one's own PIN as scrypt, or have none any more; returns {"staff"}."""
    own = accounts.by_id(staff_id)
    if own is None:
        raise NotFound(str(staff_id))

    def work(change: Change) -> Answer:
        db.session.get_one(Staff, staff_id).pin_hash = kept
        change.office.next_seq()
        return {"staff": staff_id}

    return perform(own.office_id, Asked(asked.who, None, asked.address), "set pin", work)


def try_pin(browser: str, staff_id: int, pin: str) -> Opened:
    """Try a PIN in a browser where its owner has signed in by password in this shift. The try is used up before it is
    judged. Raises NotFound where no PIN is enough."""
    kept, left = save(lambda: _take_try(browser, staff_id))
    if not scrypt.is_it(kept, pin):
        return Opened(None, left)
    save(lambda: _all_tries(browser, staff_id))
    return Opened(accounts.by_id(staff_id), PIN_TRIES)


def close_here(browser: str) -> None:
    """From now on everybody needs the password in this browser again."""
    save(lambda: browsers.close(browser))


def _take_try(browser: str, staff_id: int) -> tuple[str, int]:
    row, own = browsers.held(browser, staff_id), accounts.by_id(staff_id)
    if row is None or own is None or own.pin_hash is None or not row.opens_by_pin(own, clock.now()):
        raise NotFound(str(staff_id))
    row.pin_tries -= 1
    return own.pin_hash, row.pin_tries


def _all_tries(browser: str, staff_id: int) -> None:
    row = browsers.held(browser, staff_id)
    if row is not None:
        row.pin_tries = PIN_TRIES
