"""Reading what a manager fills in about the room: numbers, measures, days. Each mistake is told at its field."""

from datetime import date, time
from decimal import Decimal

from flask import request
from flask_babel import gettext as _

from counter.web import forms
from queues.errors import SpaceNotUnderstood
from queues.space import WIDE, Space, cap_of, figure_of

LARGEST = Decimal(100_000)

Mistakes = dict[str, str]
"""Field → what is wrong with it, in the person's language."""


def space(mistakes: Mistakes) -> Space | None:
    """The measures from the form, or None where one of them is a mistake."""
    share, distance = _decimal("share", mistakes), _decimal("distance", mistakes)
    measured = Space(
        usable=_decimal("usable", mistakes),
        share=Decimal(1) if share is None else share / 100,
        distance=WIDE if distance is None else distance,
        seats=_whole("seats", mistakes),
        preset=_whole("preset", mistakes),
        staff=_whole("staff", mistakes) or 0,
    )
    if not mistakes:
        try:
            cap_of(measured)
        except SpaceNotUnderstood as error:
            mistakes[error.field] = _what_is_wrong(error.field)
    return None if mistakes else measured


def people(field: str, mistakes: Mistakes) -> int | None:
    """A number of people, or None where the field is empty."""
    return _whole(field, mistakes)


def day(field: str, mistakes: Mistakes) -> date | None:
    """A day as the browser's date field sends it, or as people here write it (25/12/2026); None where empty."""
    return day_of(forms.text(field, 20), field, mistakes)


def day_of(sent: str, field: str, mistakes: Mistakes) -> date | None:
    """A day as it was sent; a mistake in it is told at its field."""
    if not sent:
        return None
    try:
        return date.fromisoformat("-".join(reversed(sent.split("/"))) if "/" in sent else sent)
    except ValueError:
        mistakes[field] = _("Please write the day like this: 25/12/2026.")
        return None


def hour(field: str, mistakes: Mistakes) -> time | None:
    """A time of day as the browser sends it (07:30), or as people here write it (7h30, 7:30); None where empty."""
    sent = forms.text(field, 10).lower().replace("h", ":").rstrip(":")
    if not sent:
        return None
    hours, _colon, minutes = sent.partition(":")
    try:
        return time(int(hours), int(minutes[:2] or 0))
    except ValueError:
        mistakes[field] = _("Please write the time like this: 7:30.")
        return None


def hours(mistakes: Mistakes) -> dict[str, time | None]:
    """From when until when, of the fields `opens` and `closes`; over midnight, too, but not for no time at all."""
    own = {name: hour(name, mistakes) for name in ("opens", "closes")}
    if own["closes"] is not None and own["closes"] == (own["opens"] or time.min):
        mistakes["closes"] = _("That is no time at all: it begins when it ends. For the whole day leave both empty.")
    return own


def within(field: str, least: int, most: int, mistakes: Mistakes) -> int:
    """A whole number from `least` to `most`, which must be there; `least` where it is a mistake."""
    sent = request.form.get(field, "").strip()
    if sent.isascii() and sent.isdigit() and len(sent) <= 6 and least <= int(sent) <= most:
        return int(sent)
    mistakes[field] = _("Please enter a whole number from %(least)s to %(most)s.", least=least, most=most)
    return least


def at_most(field: str, most: int, mistakes: Mistakes) -> int | None:
    """A whole number from 1 on, or None where the field is empty: no limit."""
    return within(field, 1, most, mistakes) if request.form.get(field, "").strip() else None


def _whole(field: str, mistakes: Mistakes) -> int | None:
    sent = request.form.get(field, "").strip()
    if not sent:
        return None
    if not sent.isascii() or not sent.isdigit() or len(sent) > 4:
        mistakes[field] = _("Please enter a whole number from 0 to 9999.")
        return None
    return int(sent)


def _decimal(field: str, mistakes: Mistakes) -> Decimal | None:
    """A comma is a decimal point here: 12,5 m² is what people write."""
    sent = request.form.get(field, "").strip().replace(",", ".")
    if not sent:
        return None
    number = figure_of(sent)
    if number is None or number > LARGEST:
        mistakes[field] = _("Please enter a number, like 12.5.")
        return None
    return number


def _what_is_wrong(field: str) -> str:
    sentences = {
        "usable": _("Please enter the usable floor, the seats or a preset: at least one of them."),
        "share": _("The share is above 0 and at most 100 percent."),
        "distance": _("The distance is above 0 metres."),
    }
    return sentences.get(field, _("These measures do not fit any room. Please check them."))
