"""What stands on an office's paper, as plain values: read from the models once, then drawn without them.

Nothing is claimed that the catalogue does not say: how many procedures can be filed online is counted, and the post
is a way only where a procedure of the office or an offer names it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from counter.models import contact as contacts
from counter.models import help_point as help_points
from counter.models import notice as notices
from counter.models import procedure as procedures
from counter.models import suspension as suspensions
from counter.models.notice import OFFER
from counter.models.office import Office
from counter.models.words import Words

PAPER = "paper"
OFFER_LINE, NOTICE_LINE, STOP_LINE = "offer", "notice", "stop"

Say = Callable[[str], Words]
"""A message in both languages."""


@dataclass(frozen=True)
class Way:
    """One way to get it done. `address`: what its code opens; empty: it has none."""

    head: Words
    body: Words
    address: str = ""


@dataclass(frozen=True)
class Told:
    """A notice, an offer, or that direct intake is stopped; `days` in words, empty for always."""

    kind: str
    text: Words
    days: Words


@dataclass(frozen=True)
class Person:
    """Whom to ask. `field` empty: for everything."""

    field: str
    name: Words
    phone: str
    email: str
    hours: Words


@dataclass(frozen=True)
class Point:
    """Where else somebody helps."""

    name: Words
    address: str
    hours: Words
    helps: Words
    map_url: str


@dataclass(frozen=True)
class Labels:
    """The fixed words on the paper."""

    lead: Words
    services: Words
    told: Words
    persons: Words
    points: Words
    more: Words
    updated: Words


@dataclass(frozen=True)
class Sheet:
    """All that a poster or a leaflet says. Equal sheets are the same file. `home` is the office's own page."""

    lang: str
    day: date
    name: Words
    home: str
    services: tuple[tuple[str, Words], ...]
    ways: tuple[Way, ...]
    told: tuple[Told, ...]
    persons: tuple[Person, ...]
    points: tuple[Point, ...]
    labels: Labels


def sheet_of(office: Office, home: str, lang: str, bilingual: Say) -> Sheet:
    """What stands on the paper of an office on its present day; `home` is the address of its tickets for phones."""
    told = (*_stops(office, bilingual), *_texts(office, bilingual))
    return Sheet(
        lang, office.day, office.name, home, tuple((own.letter, own.name) for own in office.services),
        _ways(office, home, bilingual), told, _persons(office.id), _points(office.id), _labels(office, bilingual),
    )  # fmt: skip


def _labels(office: Office, bilingual: Say) -> Labels:
    return Labels(
        lead=bilingual("Fewer trips, less waiting"),
        services=bilingual("What this desk does"),
        told=bilingual("Notices and offers"),
        persons=bilingual("Whom to ask"),
        points=bilingual("Help points"),
        more=bilingual("More at"),
        updated=_with(bilingual("As of %(day)s"), day=_day(office.day)),
    )


def _ways(office: Office, home: str, bilingual: Say) -> tuple[Way, ...]:
    online, post_in, post_out = procedures.known_ways(office.id)
    offered = {notice.way for notice in notices.to_read(office.id, PAPER, office.day)}
    post = _post(post_in or "post_in" in offered, post_out or "post_out" in offered, bilingual)
    return (_online(office, online, bilingual), *post, _when_quiet(office, home, bilingual))


def _online(office: Office, count: int, bilingual: Say) -> Way:
    """`count`: how many procedures of the office its catalogue says can be filed online."""
    some = bilingual("At home, at any hour: %(num)s procedures of this desk on the %(portal)s.")
    unknown = bilingual("At home, at any hour. See on the %(portal)s whether yours can.")
    text, num = some if count else unknown, {"num": count}
    body = Words(text.vi % {"portal": office.portal_vi, **num}, text.en % {"portal": office.portal_en, **num})
    return Way(bilingual("File it online"), body, office.portal_url)


def _post(there: bool, back: bool, bilingual: Say) -> tuple[Way, ...]:
    both = bilingual(
        "Send your papers, or have the result brought to you, by the public postal service. Ask which can."
    )
    only = bilingual("Have the result brought to you by the public postal service, instead of coming again.")
    sent = bilingual("Send your papers by the public postal service. Ask which procedures can.")
    body = both if there and back else only if back else sent
    return (Way(bilingual("By post"), body),) if there or back else ()


def _when_quiet(office: Office, home: str, bilingual: Say) -> Way:
    body = bilingual("See how many wait before you set out; take a ticket by phone and follow it.")
    if office.opens and office.closes:
        times = {"opens": f"{office.opens:%H:%M}", "closes": f"{office.closes:%H:%M}"}
        body = _joined(body, _with(bilingual("Open %(opens)s–%(closes)s."), **times))
    return Way(bilingual("Come when it is quiet"), body, home)


def _stops(office: Office, bilingual: Say) -> tuple[Told, ...]:
    """That direct intake is stopped now: the first thing to know."""
    stopped = bilingual("No direct intake: %(why)s.")
    told = []
    for own in suspensions.of_office(office.id):
        if own.days.include(office.day):
            why = own.why.vi.rstrip("."), own.why.en.rstrip(".")
            text = Words(stopped.vi % {"why": why[0]}, stopped.en % {"why": why[1]})
            whom = _with(bilingual("Call %(call)s."), call=own.call) if own.call else Words("", "")
            told.append(Told(STOP_LINE, _joined(text, whom), _days(own.first_day, own.last_day, bilingual)))
    return tuple(told)


def _texts(office: Office, bilingual: Say) -> tuple[Told, ...]:
    """Offers before notices: an offer ends."""
    valid = sorted(notices.to_read(office.id, PAPER, office.day), key=lambda own: own.kind != OFFER)
    return tuple(
        Told(OFFER_LINE if own.kind == OFFER else NOTICE_LINE, own.text, _days(own.from_day, own.to_day, bilingual))
        for own in valid
    )


def _days(first: date | None, last: date | None, bilingual: Say) -> Words:
    if last is None:
        return Words("", "")
    if first is None:
        return _with(bilingual("Until %(last)s"), last=_day(last))
    return _with(bilingual("From %(first)s to %(last)s"), first=_day(first), last=_day(last))


def _persons(office_id: int) -> tuple[Person, ...]:
    own = contacts.of_office(office_id)
    return tuple(Person(one.field, one.name, one.phone, one.email, one.hours) for one in own)


def _points(office_id: int) -> tuple[Point, ...]:
    own = help_points.of_office(office_id)
    return tuple(Point(one.name, one.address, one.hours, one.helps, one.map_url) for one in own)


def _with(words: Words, **values: str) -> Words:
    return Words(words.vi % values, words.en % values)


def _joined(first: Words, second: Words) -> Words:
    return Words(f"{first.vi} {second.vi}".strip(), f"{first.en} {second.en}".strip())


def _day(day: date) -> str:
    return f"{day:%d/%m/%Y}"
