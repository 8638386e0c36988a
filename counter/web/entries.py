"""Reading what a manager writes for visitors: texts, days, links, numbers. Each mistake is told at its field."""

import re
from urllib.parse import urlsplit

from flask import request
from flask_babel import gettext as _

from counter.models.notice import PLACES
from counter.models.words import Words
from counter.web import measures
from counter.web.measures import Mistakes
from queues.text import visible
from queues.window import Days

PHONE = re.compile(r"[0-9+().,;/ \-–]+")
EMAIL = re.compile(r"[^\s@<>,;]+@[^\s@<>,;.]+(\.[^\s@<>,;.]+)+")
FEWEST_FIGURES = 3


def line(field: str, most: int, mistakes: Mistakes, need: str = "") -> str:
    """A line of at most so many characters; `need` says what is wrong where it is empty and must not be."""
    sent = " ".join(visible(request.form.get(field, "")).split())
    if need and not sent:
        mistakes[field] = need
    if len(sent) > most:
        mistakes[field] = _("Please shorten it: at most %(most)s characters.", most=most)
    return sent


def words(field: str, most: int, mistakes: Mistakes, need: str = "") -> Words:
    """A text in two languages, of the fields `field`_vi and `field`_en; English may be empty."""
    return Words(line(f"{field}_vi", most, mistakes, need), line(f"{field}_en", most, mistakes))


def days(first: str, last: str, mistakes: Mistakes) -> Days:
    """From a day to a day, both included; an empty side means no limit on that side."""
    own = Days(measures.day(first, mistakes), measures.day(last, mistakes))
    if own.first and own.last and own.last < own.first:
        mistakes[last] = _("The last day is before the first.")
    return own


def link(field: str, mistakes: Mistakes, need: str = "") -> str:
    """An address on the web, with http or https; what people forget of it is put before it."""
    sent = line(field, 300, mistakes, need)
    if sent and "://" not in sent and not sent.lower().startswith(("javascript:", "data:", "mailto:", "tel:")):
        sent = f"https://{sent}"
    if sent and not _is_link(sent):
        mistakes[field] = _("Please enter a web address, like https://example.vn/map.")
    return sent


def phone(field: str, mistakes: Mistakes) -> str:
    """A phone number as people write it."""
    sent = line(field, 40, mistakes)
    if sent and (not PHONE.fullmatch(sent) or sum(own.isdigit() for own in sent) < FEWEST_FIGURES):
        mistakes[field] = _("Please write the number in figures, like 0218 3855 123.")
    return sent


def email(field: str, mistakes: Mistakes) -> str:
    """An e-mail address that can be one."""
    sent = line(field, 120, mistakes)
    if sent and not EMAIL.fullmatch(sent):
        mistakes[field] = _("Please check the e-mail address: name@example.vn.")
    return sent


def places(mistakes: Mistakes) -> tuple[str, ...]:
    """The places ticked; all of them is everywhere, and is kept as none: new places are then among them."""
    ticked = tuple(own for own in PLACES if request.form.get(f"place_{own}"))
    if not ticked:
        mistakes["places"] = _("Please choose at least one place.")
    return () if ticked == PLACES else ticked


def _is_link(sent: str) -> bool:
    try:
        parts = urlsplit(sent)
        return parts.scheme in ("http", "https") and "." in (parts.hostname or "") and " " not in sent
    except ValueError:
        return False
