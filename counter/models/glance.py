"""All offices at one moment, read in a few questions: how busy each is, for pages that show them all (R18).

A snapshot of each would be two thousand questions at 150 offices; here the database counts. What says whether an
office is open has the same names as in a snapshot (models.opening), so that the same rules are asked.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any, TypeVar

from sqlalchemy import and_, case, func, select
from sqlalchemy.orm import selectinload

from counter.database import db
from counter.models import told
from counter.models.counter import Counter, counter_service
from counter.models.holiday import Holiday
from counter.models.office import Office
from counter.models.presence import IN_THE_ROOM, Presence
from counter.models.seen import ServiceSeen
from counter.models.service import Service
from counter.models.suspension import Suspension
from counter.models.ticket import IS_OPEN, Ticket
from counter.models.words import Words
from queues.letters import fold
from queues.life import IN_LINE
from queues.room import Room
from queues.window import Hours

Row = TypeVar("Row")
NEAR = timedelta(days=1)
"""No office's date is further than this from the date in UTC."""


@dataclass(frozen=True)
class Glance:
    """One office. `waiting` tickets in the line, the oldest of them issued at `since`; `counters` in use, of which
    `calling` are open."""

    id: int
    slug: str
    name: Words
    address: str
    timezone: str
    hours: Hours
    weekdays: str
    holidays: Mapping[date, Words]
    services: Mapping[int, ServiceSeen]
    stops: tuple[told.Stopped, ...]
    waiting: int
    since: datetime | None
    room: Room
    counters: int
    calling: int

    @property
    def offered(self) -> Mapping[int, ServiceSeen]:
        return self.services


@dataclass(frozen=True)
class Everything:
    """All offices at one moment. Their sequences only grow, and so does the sum."""

    seq: int
    offices: tuple[Glance, ...]


def everything(today: date) -> Everything:
    """Read every office, by name. `today`: the date in UTC."""
    columns: tuple[Any, ...] = (
        Office.id, Office.seq, Office.cap, Office.slug, Office.name_vi, Office.name_en, Office.address,
        Office.timezone, Office.opens, Office.closes, Office.weekdays,
    )  # fmt: skip
    rows = sorted(db.session.execute(select(*columns)), key=lambda row: (fold(row.name_vi), row.id))
    read = _Parts(_services(), _holidays(today), _stops(today), _lines(), _rooms(), _counters())
    return Everything(sum(row[1] for row in rows), tuple(_glance(row, read) for row in rows))


def how_far() -> tuple[int, int]:
    """How many offices there are, and how many changes all of them have seen."""
    row = db.session.execute(select(func.count(Office.id), func.coalesce(func.sum(Office.seq), 0))).one()
    return row[0], int(row[1])


@dataclass(frozen=True)
class _Parts:
    """What the questions came to, by office."""

    services: dict[int, dict[int, ServiceSeen]]
    holidays: dict[int, dict[date, Words]]
    stops: dict[int, tuple[told.Stopped, ...]]
    lines: dict[int, tuple[int, datetime]]
    rooms: dict[int, tuple[int, int]]
    counters: dict[int, tuple[int, int]]


def _glance(row: Any, read: _Parts) -> Glance:
    own, _seq, cap, slug, name_vi, name_en, address, timezone, opens, closes, weekdays = row
    waiting, since = read.lines.get(own, (0, None))
    inside, expected = read.rooms.get(own, (0, 0))
    return Glance(
        own, slug, Words(name_vi, name_en), address, timezone, Hours(opens, closes), weekdays,
        read.holidays.get(own, {}), read.services.get(own, {}), read.stops.get(own, ()), waiting, since,
        Room(cap, inside, expected), *read.counters.get(own, (0, 0)),
    )  # fmt: skip


def _services() -> dict[int, dict[int, ServiceSeen]]:
    """Those that are offered."""
    columns: tuple[Any, ...] = (
        Service.office_id, Service.id, Service.letter, Service.name_vi, Service.name_en, Service.opens, Service.closes,
        Service.closed_vi, Service.closed_en, Service.kind, Service.day_quota,
    )  # fmt: skip
    rows = db.session.execute(select(*columns).where(Service.retired.is_(False)).order_by(Service.position)).all()
    staffed = set(db.session.scalars(select(counter_service.c.service_id).distinct()))
    given = _given() if any(row[-1] is not None for row in rows) else {}
    found: dict[int, dict[int, ServiceSeen]] = defaultdict(dict)
    for office, own, letter, vi, en, opens, closes, closed_vi, closed_en, kind, quota in rows:
        closed = Words(closed_vi, closed_en or closed_vi) if closed_vi else None
        found[office][own] = ServiceSeen(
            own, letter, Words(vi, en), Hours(opens, closes), closed, own in staffed, kind,
            used_up=quota is not None and given.get((office, letter), 0) >= quota,
        )  # fmt: skip
    return found


def _given() -> dict[tuple[int, str], int]:
    """How many tickets of each letter were given on its office's day, where a service has a limit."""
    limited = and_(Service.office_id == Ticket.office_id, Service.letter == Ticket.letter)
    rows = (
        select(Ticket.office_id, Ticket.letter, func.count())
        .join(Office, and_(Office.id == Ticket.office_id, Office.day == Ticket.day))
        .join(Service, and_(limited, Service.retired.is_(False), Service.day_quota.is_not(None)))
        .group_by(Ticket.office_id, Ticket.letter)
    )
    return {(row[0], row[1]): row[2] for row in db.session.execute(rows)}


def _holidays(today: date) -> dict[int, dict[date, Words]]:
    """Those of yesterday, today and tomorrow: one of them is today at each office."""
    near = select(Holiday).where(Holiday.day.between(today - NEAR, today + NEAR))
    found: dict[int, dict[date, Words]] = defaultdict(dict)
    for own in db.session.scalars(near):
        found[own.office_id][own.day] = own.name
    return found


def _stops(today: date) -> dict[int, tuple[told.Stopped, ...]]:
    """Suspensions that have not ended, by their first day."""
    own = select(Suspension).where(Suspension.last_day >= today - NEAR).options(selectinload(Suspension.exceptions))
    rows = db.session.scalars(own.order_by(Suspension.first_day, Suspension.id))
    return {office: tuple(map(told.stopped_of, theirs)) for office, theirs in _by(rows, lambda one: one.office_id)}


def _lines() -> dict[int, tuple[int, datetime]]:
    """How many wait, and since when the first of them."""
    columns: tuple[Any, ...] = (Ticket.office_id, func.count(), func.min(Ticket.issued_at))
    rows = select(*columns).where(IS_OPEN, Ticket.status.in_(IN_LINE)).group_by(Ticket.office_id)
    return {row[0]: (row[1], row[2]) for row in db.session.execute(rows)}


def _rooms() -> dict[int, tuple[int, int]]:
    """People in the room, and those for whom a place is held (I15)."""
    inside = func.sum(case((Presence.entered_at.is_not(None), Presence.party), else_=0))
    columns: tuple[Any, ...] = (Presence.office_id, inside, func.sum(Presence.party))
    rows = select(*columns).where(IN_THE_ROOM).group_by(Presence.office_id)
    return {row[0]: (int(row[1]), int(row[2]) - int(row[1])) for row in db.session.execute(rows)}


def _counters() -> dict[int, tuple[int, int]]:
    """Counters in use, and those of them that are open."""
    calling = func.sum(case((Counter.open, 1), else_=0))
    columns: tuple[Any, ...] = (Counter.office_id, func.count(), calling)
    rows = select(*columns).where(Counter.retired.is_(False)).group_by(Counter.office_id)
    return {row[0]: (row[1], int(row[2])) for row in db.session.execute(rows)}


def _by(rows: Iterable[Row], key: Callable[[Row], int]) -> Iterable[tuple[int, list[Row]]]:
    found: dict[int, list[Row]] = defaultdict(list)
    for row in rows:
        found[key(row)].append(row)
    return found.items()


def utc_day(now: datetime) -> date:
    """The date in UTC, from which every office's own is at most a day away."""
    return now.astimezone(UTC).date()
