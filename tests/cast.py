"""The standing cast: an office with two lines and three counters, and the people who work there."""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import count

from werkzeug.security import generate_password_hash

from counter.actions.perform import Asked
from counter.database import db
from counter.models.counter import Counter
from counter.models.office import Office
from counter.models.service import PriorityClass, Service
from counter.models.staff import CLERK, GUIDE, MANAGER, Staff
from counter.models.ticket import Ticket

MORNING = datetime(2026, 11, 23, 1, 41, tzinfo=UTC)
"""Monday, 08:41 in Hà Nội."""
PASSWORD = "mot-hai-ba-bon"
PASSWORD_HASH = generate_password_hash(PASSWORD, method="scrypt:1024:8:1")  # Weak on purpose: tests sign in often.

_forms = count(1)


def form(who: str = "tester") -> Asked:
    """A form that nobody has sent before."""
    return Asked(who, f"form-{next(_forms)}")


@dataclass
class Cast:
    """Ids only: what is read from the database is read afresh."""

    office: int
    slug: str
    services: dict[str, int]
    counters: dict[int, int]
    classes: list[int] = field(default_factory=list)


def an_office(slug: str = "demo", *, cap: int | None = None, **settings: object) -> Cast:
    """Services A, B (and C, which no counter takes); counters 1 (A), 2 (A and B), 3 (B)."""
    office = Office(
        slug=slug, name_vi=f"Một cửa {slug}", name_en=f"Desk {slug}", day=MORNING.date(), cap=cap, **settings
    )
    office.services = [
        Service(letter=letter, name_vi=vi, name_en=en, position=position)
        for position, (letter, vi, en) in enumerate(
            [("A", "Hộ tịch", "Civil status"), ("B", "Đất đai", "Land"), ("C", "Xây dựng", "Construction")]
        )
    ]
    office.classes = [PriorityClass(name_vi="Người cao tuổi", name_en="Elderly")]
    db.session.add(office)
    db.session.flush()
    by_letter = {service.letter: service for service in office.services}
    counters = [
        Counter(office_id=office.id, number=number, services=[by_letter[letter] for letter in letters])
        for number, letters in enumerate(["A", "AB", "B"], start=1)
    ]
    db.session.add_all(counters)
    db.session.flush()
    _hire(office, counters)
    db.session.commit()
    return Cast(
        office.id,
        slug,
        {letter: service.id for letter, service in by_letter.items()},
        {counter.number: counter.id for counter in counters},
        [own.id for own in office.classes],
    )


def _hire(office: Office, counters: list[Counter]) -> None:
    people = [("quanly", MANAGER, None), ("huongdan", GUIDE, None)]
    people += [(f"quay{counter.number}", CLERK, counter.id) for counter in counters]  # type: ignore[list-item]
    suffix = "" if office.slug == "demo" else f"-{office.slug}"
    for username, role, counter_id in people:
        db.session.add(
            Staff(
                office_id=office.id, username=username + suffix, name=username, role=role, counter_id=counter_id,
                password_hash=PASSWORD_HASH,
            )
        )  # fmt: skip


def hire(office_id: int, role: str, username: str) -> int:
    """One more account with the usual password; returns its id."""
    own = Staff(office_id=office_id, username=username, name=username, role=role, password_hash=PASSWORD_HASH)
    db.session.add(own)
    db.session.commit()
    return own.id


def status(ticket_id: int) -> str:
    """A ticket's status, read afresh."""
    db.session.rollback()
    db.session.expire_all()
    return db.session.get_one(Ticket, ticket_id).status


def number(ticket_id: int) -> str:
    """What is printed on a ticket."""
    return db.session.get_one(Ticket, ticket_id).printed
