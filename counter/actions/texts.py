"""What the office tells: notices and offers, contacts, help points, its portal (R6 to R9, R11).

Without an English text the Vietnamese stands for both. Rows of the whole province belong to no office and are
written from the command line alone: no office's manager may change them.
"""

from collections.abc import Mapping
from typing import Any

from counter import clock
from counter.actions.change import Change
from counter.actions.perform import Answer, Asked, perform
from counter.database import db, save
from counter.models import audited
from counter.models import office as offices
from counter.models.contact import Contact
from counter.models.help_point import HelpPoint
from counter.models.notice import Notice
from counter.models.words import Words
from queues.errors import NotFound
from queues.window import Days

Told = Notice | Contact | HelpPoint
KINDS: dict[str, type[Told]] = {"notice": Notice, "contact": Contact, "point": HelpPoint}


def write_notice(
    office_id: int,
    kind: str,
    text: Words,
    days: Days,
    asked: Asked,
    *,
    places: tuple[str, ...] = (),
    way: str | None = None,
    notice_id: int | None = None,
) -> Answer:
    """Show a text of a kind (models.notice) from a day to a day, both included, or change one; returns {"notice"}.

    No `places`: everywhere. Raises NotFound for a text of another office.
    """
    row = {
        "kind": kind, "text_vi": text.vi, "text_en": text.en or text.vi, "from_day": days.first, "to_day": days.last,
        "places": " ".join(places), "way": way,
    }  # fmt: skip
    return _write(office_id, "notice", row, asked, notice_id)


def write_contact(office_id: int, row: dict[str, str], asked: Asked, contact_id: int | None = None) -> Answer:
    """Name somebody to ask, or change it; `row` by the names of models.contact; returns {"contact"}."""
    return _write(office_id, "contact", row | {"name_en": row["name_en"] or row["name_vi"]}, asked, contact_id)


def write_help_point(
    office_id: int, row: dict[str, str], at_office: int | None, asked: Asked, point_id: int | None = None
) -> Answer:
    """Tell of a help point, or change it; `row` by the names of models.help_point; returns {"point"}.

    `at_office`: it is that office of this installation. Raises NotFound if there is none.
    """
    if at_office is not None:
        offices.by_id(at_office)
    full = row | {"name_en": row["name_en"] or row["name_vi"], "at_office_id": at_office}
    return _write(office_id, "point", full, asked, point_id)


def take_away(office_id: int, what: str, own_id: int, asked: Asked) -> Answer:
    """Tell a notice, a contact or a help point (KINDS) no longer; returns its id. Gone already: nothing changes."""

    def work(change: Change) -> Answer:
        try:
            db.session.delete(_own(office_id, what, own_id))
        except NotFound:
            return {what: own_id}
        change.office.next_seq()
        db.session.flush()
        return {what: own_id}

    return perform(office_id, asked, f"take away {what} {own_id}", work)


def set_portal(office_id: int, name: Words, url: str, asked: Asked) -> Answer:
    """Set where people of this office file online; returns {"portal"}."""

    def work(change: Change) -> Answer:
        office = change.office
        office.portal_vi, office.portal_en, office.portal_url = name.vi, name.en or name.vi, url
        office.next_seq()
        return {"portal": url}

    return perform(office_id, asked, "set portal", work)


def tell_all(
    kind: str, text: Words, days: Days, places: tuple[str, ...], asked: Asked, way: str | None = None
) -> int:  # fmt: skip
    """Show a text at every office of the province, from a day to a day; returns its number. `way`: an offer for it."""
    notice = Notice(
        kind=kind, way=way, text_vi=text.vi, text_en=text.en or text.vi, from_day=days.first, to_day=days.last,
        places=" ".join(places),
    )  # fmt: skip
    with audited.by(asked.who, clock.now(), asked.address):
        save(lambda: db.session.add(notice))
    _show_everywhere(asked)
    return notice.id


def tell_all_no_longer(notice_id: int, asked: Asked) -> None:
    """Take a text of the province away. Raises NotFound for one that is not there, or is an office's own."""
    notice = db.session.get(Notice, notice_id)
    if notice is None or notice.office_id is not None:
        raise NotFound(str(notice_id))
    with audited.by(asked.who, clock.now(), asked.address):
        save(lambda: db.session.delete(db.session.get_one(Notice, notice_id)))
    _show_everywhere(asked)


def _show_everywhere(asked: Asked) -> None:
    for office in [own.id for own in offices.every()]:
        perform(office, asked, "texts of the province", _count_one)


def _count_one(change: Change) -> Answer:
    return {"seq": change.office.next_seq()}


def _write(office_id: int, what: str, row: Mapping[str, object], asked: Asked, own_id: int | None) -> Answer:
    def work(change: Change) -> Answer:
        own: Told = _own(office_id, what, own_id) if own_id is not None else KINDS[what](office_id=office_id)
        for name, value in row.items():
            setattr(own, name, value)
        db.session.add(own)
        change.office.next_seq()
        db.session.flush()
        return {what: own.id}

    return perform(office_id, asked, f"write {what} {own_id or ''}".strip(), work)


def _own(office_id: int, what: str, own_id: int) -> Told:
    kind: type[Any] = KINDS[what]
    found: Told | None = db.session.get(kind, own_id)
    if found is None or found.office_id != office_id:
        raise NotFound(str(own_id))
    return found
