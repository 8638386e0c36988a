"""Signing in and out (docs/decisions/0024). Strangers share few tries, so that guessing leads nowhere; who has signed
in with a browser before has tries of their own there, so that guessing keeps nobody out."""

import time
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from hashlib import sha256

from sqlalchemy import exc

from counter import clock, scrypt, sessions
from counter.actions import tries as taken
from counter.actions.tries import Bucket
from counter.database import Busy, db, save
from counter.models import known_browser as browsers
from counter.models import office as offices
from counter.models import sign_in as sign_ins
from counter.models import staff as accounts
from counter.models import tries
from counter.models.sign_in import CODE, PASSWORD
from counter.models.staff import NOBODY, Staff
from counter.passwords import CODES, code_as_typed
from counter.sessions import Who
from queues import shift
from queues.taking import network
from queues.tries import NONE, Rate

OWN = Rate(10, timedelta(minutes=1))
"""Tries at an account in a browser that is known: nobody else can use them up. And tries at others' accounts, where one
person was the last to sign in, however many browsers they make known."""
COLLEAGUES = Rate(10, timedelta(minutes=5))
"""Tries at one account in all browsers that are known, but not by its owner: 298 a day."""
ACCOUNT = Rate(5, timedelta(minutes=5))
"""All strangers' tries at one account: 293 a day."""
ADDRESS = Rate(10, timedelta(seconds=30))
"""Strangers' tries from one address."""
STRANGERS = Rate(8, timedelta(seconds=1))
"""Tries of all strangers together: what guessing from everywhere may cost the desks."""
AGAIN = Rate(5, timedelta(minutes=1))
"""Tries at the password of somebody who is signed in: whoever sits down at an open desk does not guess it."""
REMEMBERED = timedelta(days=90)
"""How long it is kept who signed in when and from where."""
KEEP_EVERY = 30.0
"""Seconds between two times that uses are written down."""
ALL = "strangers"
"""What is counted of all of them together."""
AWAY = (exc.DBAPIError, exc.TimeoutError, Busy)

_kept_at = 0.0


@dataclass(frozen=True)
class Tried:
    """What a try came to: the account that it opens, or how long to wait; neither where it was wrong."""

    staff: Staff | None = None
    wait: timedelta = NONE
    how: str = PASSWORD
    taken: list[Bucket] = field(default_factory=list)


def who_signs_in(username: str, password: str, browser: str, address: str) -> Tried:
    """Try a user name and a password or one-time code. `browser`: the digest that it is known by, or empty.

    A wrong name takes as long and counts as much as a wrong password. A code has its own 59 bits to stand behind: who
    holds it is let in whatever strangers are trying, so it is the way in for an owner at a new machine.
    """
    by_code = _may_be_code(username, code_as_typed(password))
    password = code_as_typed(password) if by_code else password  # A password is exactly as it was typed.
    buckets = [] if by_code else _buckets(username, browser, address)
    if wait := taken.take(buckets):
        return Tried(wait=wait)
    own = accounts.by_username(username)
    kept = own.password_hash if own else NOBODY
    db.session.rollback()  # Nobody waits for a turn with a connection in hand.
    if not scrypt.is_it(kept, password, stranger=by_code or (ALL, STRANGERS) in buckets):
        return Tried()
    own = accounts.by_username(username)
    return Tried(own, NONE, CODE if by_code else PASSWORD, buckets) if _is_open(own, kept, clock.now()) else Tried()


def proves(own: Staff, password: str) -> Tried:
    """Try the present password of somebody who is signed in, before what opens the account is changed."""
    buckets, kept = [(f"again {own.id}", AGAIN)], own.password_hash
    if wait := taken.take(buckets):
        return Tried(wait=wait)
    if not scrypt.is_it(kept, password):
        return Tried()
    with suppress(*AWAY):
        save(lambda: taken.give_back(buckets))
    return Tried(own)


def begin(own: Staff, how: str, address: str, tried: list[Bucket] | None = None) -> Who:
    """Somebody is in: returns the sign-in that their cookie is to carry. Nobody is kept out because it can't be written
    down."""
    now, key = clock.now(), sign_ins.new_key()
    who = Who(own.id, own.epoch, key, now)

    def work() -> None:
        db.session.get_one(Staff, who.staff_id).last_sign_in = now
        row = {"key": key, "staff_id": who.staff_id, "epoch": who.epoch, "at": now, "used": now}
        sign_ins.write(**row, address=address[:45], how=how)
        sign_ins.forget(who.staff_id, now - REMEMBERED)
        taken.give_back(tried or [])

    with suppress(*AWAY):
        save(work)
    return who


def remember(staff_id: int, before: str) -> str:
    """Know the browser from now on: returns the token it is to carry, which is new for all who are known in it; empty
    where it can't be kept."""
    now, token = clock.now(), browsers.new_token()

    def work() -> None:
        own = db.session.get_one(Staff, staff_id)
        until = shift.end_of(now, sessions.terms_of(offices.by_id(own.office_id)))
        browsers.remember(before, browsers.digest(token), own, now, until)
        if before:  # Its new name gives nobody new tries at the others who are known in it.
            tries.rename(_in_browser(before, ""), _in_browser(browsers.digest(token), ""))

    with suppress(*AWAY):
        save(work)
        return token
    return ""


def end(who: Who) -> None:
    """Somebody has signed out here."""
    with suppress(*AWAY):
        save(lambda: sign_ins.end(who.key, clock.now()))


def keep() -> None:
    """Write down, every half minute, what was used meanwhile, and forget the tries that have come back."""
    global _kept_at
    if time.monotonic() - _kept_at < KEEP_EVERY:
        return
    _kept_at = time.monotonic()
    if uses := sessions.take_uses():
        save(lambda: sign_ins.note_uses(uses))
        sessions.written(uses)
    if tries.any_spent(clock.now()):
        save(lambda: tries.forget_spent(clock.now()))


def _may_be_code(username: str, typed: str) -> bool:
    """Whether this is, as good as surely, the one-time code that is out. What looks like none is not looked up."""
    own = accounts.by_username(username) if CODES.fullmatch(typed) else None
    return own is not None and own.may_have_code(typed, clock.now())


def _is_open(own: Staff | None, kept: str, now: datetime) -> bool:
    """Whether the account is still what was tried, and open: a code may have run out."""
    if own is None or own.retired or own.password_hash != kept:
        return False
    return own.one_time_until is None or own.one_time_until >= now


def _buckets(username: str, browser: str, address: str) -> list[Bucket]:
    """One of their own for who is known. A colleague at a browser of the office counts with who signed in there last,
    and at the account: whoever makes new browsers known guesses no more by it. Strangers share theirs."""
    name, known = username.strip().lower(), browsers.who_is_known(browser)
    mine = next((own.id for own in known if own.username == name), None)
    if mine is not None:
        return [(_in_browser(browser, mine), OWN)]
    account = sha256(name.encode()).hexdigest()[:32]
    if known:
        return [(f"vouched {known[0].id}", OWN), (f"colleagues {account}", COLLEAGUES)]
    return [(f"account {account}", ACCOUNT), (f"address {network(address)}", ADDRESS), (ALL, STRANGERS)]


def _in_browser(browser: str, staff_id: int | str) -> str:
    """What is counted of somebody's own tries in a browser."""
    return f"known {browser[:32]} {staff_id}"
