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
from counter.web import audit_names

NOTHING = "–"
ROWS_BY_ID = {
    "services": "service", "service_id": "service", "counter_id": "counter", "area_id": "area",
    "at_office_id": "office",
}  # fmt: skip
"""Columns that name rows of other tables."""
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


def _title(entry: Audit) -> str:
    kind = _with_name(audit_names.kinds().get(entry.what, entry.what), entry)
    if entry.what in ("let_in", "recount", "procedure", "cap_rule", "sessions"):
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
    words, values = audit_names.of_columns(), audit_names.of_values()
    return [(words.get(name, name), _shown(before, name, values), _shown(after, name, values)) for name in names]


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


def _shown(row: Row, name: str, values: dict[tuple[str, str], str]) -> str:
    if name not in row:
        return ""
    value = row[name]
    if name in ROWS_BY_ID and value is not None:
        ids = value if isinstance(value, list) else [value]
        return ", ".join(_named(ROWS_BY_ID[name], own) for own in ids) or NOTHING
    if isinstance(value, str) and name == "weekdays":
        return ", ".join(values.get(("weekday", day), day) for day in value)
    return values.get((name, value)) or _value(value) if isinstance(value, str) else _value(value)


def _named(what: str, which: int) -> str:
    """A row by what people call it: the letter of a service, the number of a counter, the name of the rest."""
    own = row_of(what, which)
    for column in ("letter", "number", "name_vi"):
        if hasattr(own, column):
            return str(getattr(own, column))
    return f"#{which}"


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
    if len(by_code) == 1:
        return next(f"{code}: {_value(value)}" for code, value in by_code.items())
    return "; ".join(f"{number}: {value}" for number, value in counted)


def _day(text: str) -> str:
    """A day or a time as people here write it; anything else as it is."""
    if len(text) == 10 and text[4:5] == "-":
        try:
            return f"{date.fromisoformat(text):%d/%m/%Y}"
        except ValueError:
            return text
    return text[:5] if len(text) == 8 and text[2:3] == ":" == text[5:6] else text
