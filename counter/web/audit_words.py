"""An entry of the audit in the reader's words: what it is about, and each value before and after."""

from dataclasses import dataclass
from datetime import date, datetime
from types import SimpleNamespace
from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext

from counter.models import cap as caps
from counter.models.audit import Audit, Row
from counter.models.audited import row_of

NOTHING = "–"
LONGEST = 160
"""Letters of a value that are shown."""


@dataclass(frozen=True)
class Told:
    """One entry. `lines`: the name of a value, how it was, how it is; empty where it was not, or is no more."""

    number: int
    at: datetime
    who: str
    address: str
    title: str
    lines: tuple[tuple[str, str, str], ...]
    why: str | None
    undoes: int | None


def in_words(entry: Audit) -> Told:
    """The entry in the reader's language."""
    return Told(
        entry.number, entry.at, entry.who, entry.address, _title(entry), tuple(_lines(entry)), entry.why, entry.undoes
    )  # fmt: skip


def kinds() -> dict[str, str]:
    """What an entry can be about → its name."""
    return {
        "office": _("The office"),
        "service": _("Service"),
        "priority_class": _("Priority class"),
        "counter": _("Counter"),
        "area": _("Waiting area"),
        "cap_rule": _("Cap of the room or an area"),
        "notice": _("Text for visitors"),
        "contact": _("Contact"),
        "help_point": _("Help point"),
        "suspension": _("Suspension of direct intake"),
        "procedure": _("Errands of the catalogue"),
        "catalogue_import": _("Import of the catalogue"),
        "staff": _("Account"),
        "sensor": _("People counter"),
        "recount": _("Count of the room by eye"),
        "let_in": _("Let in before their turn"),
    }


def _title(entry: Audit) -> str:
    kind = _with_name(kinds().get(entry.what, entry.what), entry)
    if entry.what in ("let_in", "recount", "procedure", "cap_rule"):
        return kind
    if entry.before is None:
        return _("New: %(what)s", what=kind)
    return _("Taken away: %(what)s", what=kind) if entry.after is None else kind


def _with_name(kind: str, entry: Audit) -> str:
    """Which counter, which area: by what it is called now, or was when it was taken away."""
    if entry.what in ("office", "cap_rule", "recount", "catalogue_import"):
        return kind
    own = row_of(entry.what, entry.which) or SimpleNamespace(**(entry.before or {}))
    if entry.what == "counter":
        return f"{kind} {getattr(own, 'number', '')}".strip()
    name = next(
        (getattr(own, column) for column in ("name_vi", "name", "username", "why_vi") if hasattr(own, column)), ""
    )
    return f"{kind}: {name}" if name else kind


def _lines(entry: Audit) -> list[tuple[str, str, str]]:
    before, after = _cap_before(entry) if entry.what == "cap_rule" else entry.before or {}, entry.after or {}
    names = [name for name in {**before, **after} if _is_told(name, before, after)]
    words = _words()
    return [(words.get(name, name), _shown(before, name), _shown(after, name)) for name in names]


def _cap_before(entry: Audit) -> Row:
    """A cap is never changed, another follows it: what people ask is what it was before."""
    rule = row_of(entry.what, entry.which)
    before = caps.before(rule) if rule else None
    return (entry.before or {}) | ({"people": before.people} if before else {})


def _is_told(name: str, before: Row, after: Row) -> bool:
    """What says nothing is left out: an empty value of something new, the text in English that is the Vietnamese."""
    if name == "by_hand":
        return False
    if name.endswith("_en") and all(row.get(name) == row.get(f"{name[:-2]}vi") for row in (before, after)):
        return False
    return any(row.get(name) not in (None, "", [], {}) for row in (before, after))


def _shown(row: Row, name: str) -> str:
    return _value(row[name]) if name in row else ""


def _value(value: Any) -> str:
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, dict):
        return _many(value)
    if isinstance(value, list):
        return ", ".join(str(one) for one in value) or NOTHING
    text = _day(value) if isinstance(value, str) else "" if value is None else str(value)
    return (f"{text[:LONGEST]}…" if len(text) > LONGEST else text) or NOTHING


def _many(by_code: dict[str, Any]) -> str:
    """How many errands, and what they had: "3 errands: full; 1 errand: –"."""
    having: dict[str, int] = {}
    for value in by_code.values():
        having[_value(value)] = having.get(_value(value), 0) + 1
    counted = (
        (ngettext("%(num)s errand", "%(num)s errands", number), value)
        for value, number in sorted(having.items(), key=lambda pair: -pair[1])
    )
    return "; ".join(f"{number}: {value}" for number, value in counted)


def _day(text: str) -> str:
    """A day or a time as people here write it; anything else as it is."""
    if len(text) == 10 and text[4:5] == "-":
        try:
            return f"{date.fromisoformat(text):%d/%m/%Y}"
        except ValueError:
            return text
    return text[:5] if len(text) == 8 and text[2:3] == ":" == text[5:6] else text


def _words() -> dict[str, str]:
    """The values' names. One that is missing here is shown by its column's name."""
    return _texts() | _figures()


def _texts() -> dict[str, str]:
    return {
        "name_vi": _("Name"), "name_en": _("Name in English"), "text_vi": _("Text"), "text_en": _("Text in English"),
        "slug": _("Short name in addresses"), "timezone": _("Time zone"), "kind": _("Kind"), "places": _("Shown at"),
        "way": _("Belongs to"), "from_day": _("First day"), "to_day": _("Last day"), "first_day": _("First day"),
        "last_day": _("Last day"), "phone": _("Phone"), "email": _("E-mail"), "hours_vi": _("Hours"),
        "hours_en": _("Hours in English"), "field": _("Field"), "address": _("Address"), "map_url": _("Map"),
        "helps_vi": _("Helps with"), "helps_en": _("Helps with, in English"), "at_office_id": _("Office"),
        "portal_vi": _("Portal"), "portal_en": _("Portal in English"), "portal_url": _("Portal’s address"),
        "opens": _("Opens"), "closes": _("Closes"), "closed_vi": _("Closed because"), "why": _("Why"),
        "closed_en": _("Closed because, in English"), "why_vi": _("Why"), "why_en": _("Why, in English"),
        "call": _("Phone number for questions"), "services": _("Services"), "exceptions": _("Urgent errands"),
        "username": _("User name"), "name": _("Name"), "role": _("Role"), "password_hash": _("Password"),
        "token_hash": _("Secret"), "status": _("State"), "letter": _("Letter"), "level": _("Online level"),
        "payment": _("Online payment"), "post_in": _("Handing in by post"), "post_out": _("Result by post"),
        "service_id": _("Service"), "counter_id": _("Counter"), "area_id": _("Waiting area"),
    }  # fmt: skip


def _figures() -> dict[str, str]:
    return {
        "number": _("Number"), "people": _("People"), "cap": _("Cap"), "before": _("On the list"),
        "after": _("Counted"), "position": _("Place in the list"), "hold_seconds": _("A place is held (seconds)"),
        "exit_seconds": _("Counted as gone after (seconds)"), "ratio": _("Priority visitors in a row"),
        "party_max": _("Most people on one ticket"), "pass_bound": _("May be passed by at most"),
        "count_seconds": _("The room is counted every (seconds)"), "defer_seconds": _("More minutes (seconds)"),
        "defer_bound": _("More minutes, how many times"), "guarded": _("Somebody counts at the door"),
        "retired": _("No longer used"), "inputs": _("Worked out from"), "total": _("Rows"),
    }  # fmt: skip
