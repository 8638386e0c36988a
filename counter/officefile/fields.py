"""What stands in an office's file, part by part: each value's kind, and what it is where the file says nothing.

`LEFT_OUT` names the columns that are in no file, and why; a test holds that every column of a setting is in one or the
other.
"""

from typing import Any, NamedTuple

from counter.officefile import kinds
from counter.officefile.kinds import Kind, link, text, tick, whole, words
from counter.officefile.moments import DAY, DAY_OR_NONE, HOUR, WEEKDAYS, ZONE
from queues.numbering import LETTERS
from queues.online import FULL, ONLINE, PARTIAL, POST_IN, POST_OUT
from queues.room import BOUND

NEEDED: Any = object()
"""The file must say it."""
LONG = 20_000
"""Characters of a text of the catalogue; the longest real one has 6,000."""
MINUTES_600 = 36_000
"""Seconds."""


class Field(NamedTuple):
    """A value of a part: its kind, and what it is where the file says nothing."""

    kind: Kind
    default: Any = NEEDED


Shape = dict[str, Field]

OFFICE: Shape = {
    "name": Field(words(120)),
    "address": Field(text(200), ""),
    "timezone": Field(ZONE, "Asia/Ho_Chi_Minh"),
    "weekdays": Field(WEEKDAYS, [1, 2, 3, 4, 5, 6, 7]),
    "opens": Field(HOUR, None),
    "closes": Field(HOUR, None),
    "restart_daily": Field(tick(), True),
    "guarded": Field(tick(), True),
    "paired_only": Field(tick(), True),
    "party_max": Field(whole(1, 99), 5),
    "ratio": Field(whole(1, 99), 2),
    "pass_bound": Field(whole(0, 99), BOUND),
    "hold_seconds": Field(whole(1, MINUTES_600), 180),
    "exit_seconds": Field(whole(1, MINUTES_600), 600),
    "count_seconds": Field(whole(1, MINUTES_600), 3600),
    "defer_seconds": Field(whole(1, MINUTES_600), 300),
    "defer_bound": Field(whole(0, 9), 2),
    "idle_minutes": Field(whole(5, 240), 30),
    "shift_end": Field(HOUR, None),
    "phone_hour": Field(whole(1, 9999, need=False), 5),
    "phone_day": Field(whole(1, 9999, need=False), 10),
    "address_hour": Field(whole(1, 9999, need=False), 60),
    "address_day": Field(whole(1, 9999, need=False), 300),
    "here_code": Field(tick(), False),
    "portal": Field(words(120), {"vi": "Cổng Dịch vụ công quốc gia", "en": "National Public Service Portal"}),
    "portal_url": Field(link(300), "https://dichvucong.gov.vn"),
}
CAP = Field(whole(0, 9999, need=False), None)
AREA: Shape = {"name": Field(words(60)), "cap": Field(whole(0, 9999))}
SERVICE: Shape = {
    "letter": Field(kinds.one_of(LETTERS)),
    "name": Field(words(120)),
    "kind": Field(kinds.one_of(("intake", "collect", "original")), "intake"),
    "opens": Field(HOUR, None),
    "closes": Field(HOUR, None),
    "closed": Field(words(200, need=False), None),
    "first_number": Field(whole(1, 900), 1),
    "day_quota": Field(whole(1, 9999, need=False), None),
}
CLASS: Shape = {"name": Field(words(80))}
COUNTER: Shape = {"number": Field(whole(1, 999)), "people": Field(whole(1, 9), 2)}
HOLIDAY: Shape = {"day": Field(DAY), "name": Field(words(120))}
TEXT: Shape = {
    "kind": Field(kinds.one_of(("house_rule", "notice", "offer", "contact"))),
    "text": Field(words(400)),
    "places": Field(kinds.places(("kiosk", "phone", "display", "door", "desk", "paper")), []),
    "way": Field(kinds.one_of((ONLINE, POST_IN, POST_OUT), need=False), None),
    "from_day": Field(DAY_OR_NONE, None),
    "to_day": Field(DAY_OR_NONE, None),
}
_MAY_BE_EMPTY = kinds.also_empty(words(120, need=False))
CONTACT: Shape = {
    "field": Field(text(200), ""),
    "name": Field(words(120)),
    "phone": Field(text(40), ""),
    "email": Field(text(120), ""),
    "hours": Field(_MAY_BE_EMPTY, None),
}
HELP_POINT: Shape = {
    "name": Field(words(120)),
    "address": Field(text(200), ""),
    "hours": Field(_MAY_BE_EMPTY, None),
    "map_url": Field(link(300), ""),
    "helps": Field(kinds.also_empty(words(200, need=False)), None),
}
PROCEDURE: Shape = {
    "code": Field(text(40, need=True)),
    "name": Field(words(LONG)),
    "also": Field(text(LONG), ""),
    "field": Field(text(200), ""),
    "level": Field(text(120), ""),
    "authority": Field(text(300), ""),
    "online": Field(kinds.one_of((FULL, PARTIAL, "none"), need=False), None),
    "online_payment": Field(tick(need=False), None),
    "post_in": Field(tick(need=False), None),
    "post_out": Field(tick(need=False), None),
    "fee": Field(text(LONG), ""),
    "days": Field(text(LONG), ""),
    "papers": Field(kinds.lines(200, LONG), []),
    "url": Field(link(LONG), ""),
    "pinned": Field(tick(), False),
}
LISTS: dict[str, tuple[Shape, int]] = {
    "services": (SERVICE, len(LETTERS)),
    "classes": (CLASS, 30),
    "counters": (COUNTER, 999),
    "areas": (AREA, 50),
    "holidays": (HOLIDAY, 1000),
    "texts": (TEXT, 500),
    "contacts": (CONTACT, 500),
    "help_points": (HELP_POINT, 500),
    "catalogue": (PROCEDURE, 20_000),
}
"""The parts that are lists, and how many entries each may have."""
REFERS: dict[str, dict[str, str]] = {
    "counters": {"services": "letters"},
    "catalogue": {"service": "letter"},
    "help_points": {"at_office": "slug"},
}
"""Values that name another entry: services by their letter, an office of the installation by its short name."""
LEFT_OUT: dict[str, frozenset[str]] = {
    "office": frozenset({"id", "slug", "day", "seq", "issued", "cap", "count_due", "count_asked", "here_secret"}),
    "service": frozenset({"id", "office_id", "position", "retired"}),
    "priority_class": frozenset({"id", "office_id", "position", "retired"}),
    "counter": frozenset({"id", "office_id", "seq", "open", "retired"}),
    "area": frozenset({"id", "office_id", "retired"}),
    "holiday": frozenset({"id", "office_id"}),
    "notice": frozenset({"id", "office_id"}),
    "contact": frozenset({"id", "office_id"}),
    "help_point": frozenset({"id", "office_id", "at_office_id"}),
    "procedure": frozenset({"id", "office_id", "service_id", "by_hand", "retired"}),
}
"""Columns that are no settings (the day's work, the place in a list), or stand elsewhere in the file."""
