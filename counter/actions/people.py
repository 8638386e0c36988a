"""Who works at an office: made, changed, given a new code, taken out again by the manager; each chooses a password.

Codes and passwords come in and are kept as scrypt alone. Nothing of them is answered, so nothing of them is kept with
the answers; that is why a form that comes twice gives a second code: the last one opens.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy.exc import IntegrityError

from counter import scrypt
from counter.actions.change import Change
from counter.actions.perform import Answer, Asked, perform
from counter.actions.who_stays import check_another
from counter.database import db
from counter.models import audited
from counter.models import counter as counters
from counter.models import staff as accounts
from counter.models.staff import CLERK, OF_AN_OFFICE, Staff
from queues.errors import NotFound, OnlyAdministrators, Taken

Values = Mapping[str, Any]
"""`name`, `role`, `counter_id`; for somebody new `username`."""
Roles = tuple[str, ...]
"""Those that who asks may give and take (`Staff.may_make`); a manager's, unless it is said otherwise."""


def add_person(
    office_id: int, values: Values, code: str, until: datetime, asked: Asked, roles: Roles = OF_AN_OFFICE
) -> Answer:
    """Let somebody work here; returns {"staff"}. They sign in with the one-time code until a moment, and then choose a
    password. Raises Taken (user name), NotFound, OnlyAdministrators."""

    kept = scrypt.keep(code)

    def work(change: Change) -> Answer:
        own = _new(office_id, values["username"], roles)
        own.set_password(code, until, kept)
        _place(own, values, roles)
        db.session.add(own)
        return _written(change, own)

    return perform(office_id, _unkept(asked), "add person", work)


def change_person(office_id: int, staff_id: int, values: Values, asked: Asked, roles: Roles = OF_AN_OFFICE) -> Answer:
    """Change somebody's name, role or counter; returns {"staff"}. With another role or counter they are signed out
    everywhere. Raises LastManager, LastAdministrator, OnlyAdministrators, NotFound."""

    def work(change: Change) -> Answer:
        own = _own(office_id, staff_id, roles)
        if own.role != values["role"]:
            check_another(own, values["role"])
        if (own.role, own.counter_id) != (values["role"], values["counter_id"]):
            own.sign_out_everywhere()
        _place(own, values, roles)
        return _written(change, own)

    return perform(office_id, _unkept(asked), "change person", work)


def give_code(
    office_id: int, staff_id: int, code: str, until: datetime, asked: Asked, roles: Roles = OF_AN_OFFICE,
    *, sure: bool = False,
) -> Answer:  # fmt: skip
    """A one-time code in place of a password that was lost; returns {"staff"}. Signed out everywhere. `sure`: also the
    last one who could set the office; who gives it sits at the machine, and can give another. Raises LastManager,
    LastAdministrator, OnlyAdministrators, NotFound."""

    kept = scrypt.keep(code)

    def work(change: Change) -> Answer:
        own = _own(office_id, staff_id, roles)
        if not sure:
            check_another(own)  # Who has a code may never choose a password.
        own.set_password(code, until, kept)
        return _written(change, own)

    return perform(office_id, _unkept(asked), "give code", work)


def sign_out(office_id: int, staff_id: int, asked: Asked, roles: Roles = OF_AN_OFFICE) -> Answer:
    """Sign somebody out wherever they are signed in; returns {"staff"}. Raises OnlyAdministrators, NotFound."""

    def work(change: Change) -> Answer:
        own = _own(office_id, staff_id, roles)
        own.sign_out_everywhere()
        audited.note(office_id, "sessions", own.id, before={"username": own.username})
        return _written(change, own)

    return perform(office_id, _unkept(asked), "sign out", work)


def retire_person(office_id: int, staff_id: int, asked: Asked, roles: Roles = OF_AN_OFFICE) -> Answer:
    """Somebody works here no longer; returns {"staff"}. What they did stays in the books. Raises LastManager,
    LastAdministrator, OnlyAdministrators, NotFound."""

    def work(change: Change) -> Answer:
        own = _own(office_id, staff_id, roles)
        check_another(own)
        own.retired, own.counter_id = True, None
        own.sign_out_everywhere()
        return _written(change, own)

    return perform(office_id, _unkept(asked), "retire person", work)


def let_in_again(
    office_id: int, staff_id: int, code: str, until: datetime, asked: Asked, roles: Roles = OF_AN_OFFICE
) -> Answer:
    """Somebody who has gone works here again, under their own name, with a one-time code; returns {"staff"}. Who has
    that name in the books is one person, then as now. Raises OnlyAdministrators, NotFound."""

    kept = scrypt.keep(code)

    def work(change: Change) -> Answer:
        own = accounts.by_id(staff_id)
        if own is None or own.office_id != office_id or not own.retired:
            raise NotFound(str(staff_id))
        if own.role not in roles:
            raise OnlyAdministrators
        own.retired = False
        own.set_password(code, until, kept)
        return _written(change, own)

    return perform(office_id, _unkept(asked), "let in again", work)


def choose_password(staff_id: int, password: str, asked: Asked) -> Answer:
    """Set one's own password; returns {"staff"}. Signed out everywhere else."""
    kept = scrypt.keep(password)
    return _by_oneself(staff_id, "choose password", lambda own: own.set_password(password, kept=kept), asked)


def sign_out_elsewhere(staff_id: int, asked: Asked) -> Answer:
    """End one's own sessions, wherever they are; returns {"staff"}. Who asks signs in anew."""
    return _by_oneself(staff_id, "sign out", Staff.sign_out_everywhere, asked)


def _by_oneself(staff_id: int, what: str, do: Callable[[Staff], None], asked: Asked) -> Answer:
    own = accounts.by_id(staff_id)
    if own is None:
        raise NotFound(str(staff_id))

    def work(change: Change) -> Answer:
        own = db.session.get_one(Staff, staff_id)
        do(own)
        return _written(change, own)

    return perform(own.office_id, _unkept(asked), what, work)


def _new(office_id: int, username: str, roles: Roles) -> Staff:
    """A new account, or the one that a form sent a moment ago has made: nobody has signed in with it yet."""
    before = accounts.by_username(username)
    if before is None:
        return Staff(office_id=office_id, username=username)
    unused = before.one_time_until is not None and before.last_sign_in is None and not before.retired
    if before.office_id != office_id or not unused or before.role not in roles:
        raise Taken("username", username)
    return before


def _unkept(asked: Asked) -> Asked:
    return replace(asked, operation=None)


def _written(change: Change, own: Staff) -> Answer:
    change.office.next_seq()
    change.told.rights = True
    try:
        db.session.flush()
    except IntegrityError as error:  # At this very moment another office took the name.
        raise Taken("username", own.username) from error
    return {"staff": own.id}


def _place(own: Staff, values: Values, roles: Roles) -> None:
    """Who they are and where they sit. Only a clerk has a counter, and only one of the office."""
    role, counter_id = values["role"], values["counter_id"]
    if role not in roles:
        raise OnlyAdministrators
    if counter_id is not None and (role != CLERK or counters.by_id(counter_id).office_id != own.office_id):
        raise NotFound(str(counter_id))
    own.name, own.role, own.counter_id = values["name"], role, counter_id


def _own(office_id: int, staff_id: int, roles: Roles) -> Staff:
    """Whoever asks changes nobody who is more than they are: a code for an administrator would be the way up."""
    own = accounts.by_id(staff_id)
    if own is None or own.office_id != office_id or own.retired:
        raise NotFound(str(staff_id))
    if own.role not in roles:
        raise OnlyAdministrators
    return own
