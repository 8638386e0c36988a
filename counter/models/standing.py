"""How a setting stood when a form about it was drawn: who sends an old page is told, and puts nothing back unseen.

The form carries it as a line of text: table, row, columns (none: all of them) and a fingerprint of their values.
"""

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from counter.database import db
from counter.models import audited
from counter.models.base import Model
from counter.models.office import Office


def of(own: Model, *names: str) -> str:
    """How a row stands, or some of its columns."""
    row = audited.as_it_is(own)
    said = {name: row[name] for name in names or row}
    text = json.dumps(said, ensure_ascii=False, sort_keys=True)
    key: Any = own
    return f"{own.__tablename__} {key.id} {','.join(names)} {hashlib.sha256(text.encode()).hexdigest()[:16]}"


def as_drawn(said: str, typed: Mapping[str, str] | None = None) -> str:
    """How it stood when the form was drawn first, in a form that comes back with what was typed: what others have
    changed until then is not in it. `typed`: what was sent, of this form or of another."""
    before = typed.get("standing", "") if typed else ""
    return before if before.rpartition(" ")[0] == said.rpartition(" ")[0] else said


def now(said: str, office_id: int) -> str:
    """The same as it is by now, in the transaction that is open; empty for what names no row of this office, or none
    any more."""
    what, which, names, *_print = [*said.split(" "), "", "", ""]
    own = audited.row_of(what, int(which)) if which.isdecimal() and len(which) < 10 else None
    wanted = [name for name in names.split(",") if name]
    if own is None or office_id != (own.id if isinstance(own, Office) else own.office_id):
        return ""
    if not set(wanted) <= audited.as_it_is(own).keys():
        return ""
    db.session.flush()
    db.session.refresh(own)
    return of(own, *wanted)
