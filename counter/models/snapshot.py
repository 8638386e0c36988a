"""An office at one moment, as plain values: read once, and every screen of the office is drawn from it."""

from datetime import date
from functools import cached_property

from sqlalchemy import and_, select

from counter.database import db
from counter.models import area as areas
from counter.models import counter as counters
from counter.models import device as devices
from counter.models import history, presence, sensor, told
from counter.models import holiday as holidays
from counter.models import office as offices
from counter.models import procedure as procedures
from counter.models import service as services
from counter.models import ticket as tickets
from counter.models.office import Office
from counter.models.presence import IN_THE_ROOM, Presence
from counter.models.seen import COLUMNS, CounterSeen, Errand, Seen, ServiceSeen, ZoneSeen, errand_of
from counter.models.ticket import IS_OPEN, Ticket
from counter.models.words import Words
from queues.headcount import drift
from queues.life import AT_COUNTER, IN_LINE, WAITING
from queues.order import Standing, interleaved, places_ahead, ready, streak_of
from queues.room import Room
from queues.zones import Area, where_to_wait

MOST_RECENT = 8
_HERE = and_(Presence.ticket_id == Ticket.id, IN_THE_ROOM)


class Snapshot:
    """Everything the screens of one office show, read in one transaction."""

    def __init__(self, office_id: int) -> None:
        office = offices.by_id(office_id)
        self.id, self.slug, self.name, self.seq = office.id, office.slug, office.name, office.seq
        self.timezone, self.day, self.ratio, self.hours = office.timezone, office.day, office.ratio, office.hours
        self.largest_party, self.pass_bound = office.largest_party, office.pass_bound
        self.defer_seconds, self.defer_bound = office.defer_seconds, office.defer_bound
        self.count_asked, self.weekdays = office.count_asked, office.weekdays
        self.classes = {own.id: own.name for own in services.all_classes_of_office(office_id)}
        self.classes_offered = {own.id: own.name for own in office.classes}
        self.services, self.counters = self._services_and_counters(office)
        self.zones = self._zones(office.cap)
        self.room: Room = self.zones[None].room
        self.portal, self.portal_url = office.portal, office.portal_url
        self.in_areas = presence.areas_of_tickets(office_id) if len(self.zones) > 1 else {}
        self.portal, self.portal_url = office.portal, office.portal_url
        self.texts, self.stops = told.texts_of(office_id), told.stops_of(office_id)
        self.tickets = self._tickets()
        self.errands = self._errands()
        self.recent = self._recent()
        self.admit_streak = streak_of(history.last_classes_admitted(office_id, office.ratio))

    @cached_property
    def in_line(self) -> list[Seen]:
        """All who may be called."""
        return [seen for seen in self.tickets.values() if seen.status in IN_LINE]

    @cached_property
    def ahead(self) -> dict[int, int]:
        """For each ticket in the line, how many of its service go before it."""
        return places_ahead([seen.standing for seen in self.in_line], self.ratio, self.admit_streak)

    @cached_property
    def outside(self) -> list[Standing]:
        """Those who have not been asked in, in the order in which they will be."""
        waiting = ready(seen.standing for seen in self.in_line if seen.status == WAITING)
        return [pick.standing for pick in interleaved(waiting, self.ratio, self.admit_streak)]

    @cached_property
    def spots(self) -> dict[int, int]:
        """For each ticket that should wait in an extra area, which."""
        areas = [Area(zone.id, zone.room.free or 0) for zone in self.zones.values() if zone.id is not None]
        there = {ticket: area for ticket, (area, _since) in self.in_areas.items()}
        deferred = [seen.standing for seen in self.in_line if seen.defer_until and seen.status == WAITING]
        return where_to_wait([*self.outside, *deferred], areas, there)

    @cached_property
    def waiting_for(self) -> dict[int, int]:
        """For each service, how many tickets are in the line."""
        counts = dict.fromkeys(self.services, 0)
        for seen in self.in_line:
            counts[seen.service_id] += 1
        return counts

    @cached_property
    def numbers(self) -> dict[int, int]:
        """The number on each counter's sign, also of those that are no longer used: who was called there is shown."""
        return counters.numbers_of(self.id)

    @cached_property
    def offered(self) -> dict[int, ServiceSeen]:
        """The services that are used; the others only name what was done in them."""
        return {own.id: own for own in self.services.values() if not own.retired}

    @cached_property
    def holidays(self) -> dict[date, Words]:
        """The days on which the office does not work, besides those of the week."""
        return {own.day: own.name for own in holidays.of_office(self.id)}

    @cached_property
    def devices(self) -> dict[int, devices.Shown]:
        """What each device shows."""
        return devices.shown(self.id)

    @cached_property
    def contacts(self) -> tuple[told.Contact, ...]:
        """Whom to ask, by field."""
        return told.contacts_of(self.id)

    @cached_property
    def help_points(self) -> tuple[told.HelpPoint, ...]:
        """Where else somebody helps."""
        return told.help_points_of(self.id)

    @cached_property
    def by_token(self) -> dict[str, Seen]:
        return {seen.token: seen for seen in self.tickets.values()}

    def at_counter(self, counter_id: int) -> Seen | None:
        """The ticket that a counter has called or serves."""
        theirs = (seen for seen in self.tickets.values() if seen.counter_id == counter_id)
        return next((seen for seen in theirs if seen.status in AT_COUNTER), None)

    def number_of(self, counter_id: int | None) -> int | None:
        """The number on the counter's sign."""
        return self.numbers.get(counter_id) if counter_id is not None else None

    def _services_and_counters(self, office: Office) -> tuple[dict[int, ServiceSeen], dict[int, CounterSeen]]:
        taken = counters.services_of_office(office.id)
        staffed = {service for _counter, service in taken}
        seen = {
            own.id: ServiceSeen(
                own.id,
                own.letter,
                own.name,
                own.hours,
                own.closed,
                own.id in staffed,
                own.kind,
                own.retired,
                own.day_quota is not None and tickets.given(office.id, office.day, own.letter) >= own.day_quota,
            )
            for own in services.all_of_office(office.id)
        }
        desks = {
            own.id: CounterSeen(
                own.id, own.number, tuple(s for c, s in taken if c == own.id), own.stamp, own.open, own.people
            )
            for own in counters.of_office(office.id)
        }
        return seen, desks

    def _zones(self, cap: int | None) -> dict[int | None, ZoneSeen]:
        """The room first, then its areas."""
        names: dict[int | None, Words | None] = {None: None}
        caps: dict[int | None, int | None] = {None: cap}
        for area in areas.of_office(self.id):
            names[area.id], caps[area.id] = area.name, area.cap
        sensed = sensor.inside_by_zone(self.id)
        return {
            zone: ZoneSeen(
                zone, names[zone], room, nameless, drift(sensed[zone], room.inside) if zone in sensed else None
            )
            for zone, (room, nameless) in presence.zones_of(self.id, caps).items()
        }

    def _tickets(self) -> dict[int, Seen]:
        """Open tickets, and ended ones whose people are still in the room or in an area."""
        opened = select(*COLUMNS).outerjoin(Presence, _HERE).where(Ticket.office_id == self.id, IS_OPEN)
        staying = select(*COLUMNS).join(Presence, _HERE).where(Presence.office_id == self.id)
        rows = [*db.session.execute(opened), *db.session.execute(staying)]
        missing = set(self.in_areas) - {row[0] for row in rows}
        if missing:
            rows += db.session.execute(select(*COLUMNS).outerjoin(Presence, _HERE).where(Ticket.id.in_(missing)))
        return {row[0]: Seen(*row) for row in rows}

    def _errands(self) -> dict[int, Errand]:
        """What those with an open ticket came for."""
        wanted = {seen.procedure_id for seen in self.tickets.values() if seen.procedure_id is not None}
        return {own.id: errand_of(own) for own in procedures.by_ids(wanted).values()}

    def _recent(self) -> list[Seen]:
        """The tickets called last today, newest first."""
        called = history.last_calls(self.id, MOST_RECENT)
        rows = select(*COLUMNS).outerjoin(Presence, _HERE).where(Ticket.id.in_(called), Ticket.day == self.day)
        found = {row[0]: Seen(*row) for row in db.session.execute(rows)}
        return [found[ticket_id] for ticket_id in called if ticket_id in found]


def one_ticket(token: str) -> Seen | None:
    """A ticket that may have left the snapshot, since it has ended; None if no ticket has this token."""
    row = db.session.execute(select(*COLUMNS).outerjoin(Presence, _HERE).where(Ticket.token == token)).first()
    return Seen(*row) if row else None
