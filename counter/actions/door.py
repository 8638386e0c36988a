"""What happens at the door of the room or of a waiting area: in and out, by a typed number or a scan (R1, R2, R3)."""

import re
from hashlib import sha256

from counter.actions.change import Change
from counter.actions.closing import stand_in_line
from counter.actions.issue import check_party
from counter.actions.perform import Answer, Asked, perform
from counter.actions.settle import come_in, end, hold, settle
from counter.database import db
from counter.models import area as areas
from counter.models import audited, presence
from counter.models import ticket as tickets
from counter.models.office import Office
from counter.models.presence import Presence
from counter.models.ticket import Ticket
from queues.errors import MoveRefused, NotAskedIn, NotFound, ReasonNeeded
from queues.life import HELD, WAITING, has_ended
from queues.numbering import printed, understood

_TOKEN = re.compile(r"(?:.*/t/)?([\w-]{22})/?(?:\?.*)?")


def enter(office_id: int, code: str, asked: Asked, people: int | None = None) -> Answer:
    """Let a party in; returns {"ticket", "number", "changed", "waits"}. A second scan changes nothing (I18).

    Who was sent for papers is back with them: in line again, and `waits` outside unless it is their turn at once.
    `people` says how large the party really is, where it is not what the ticket says. Raises NotFound, RoomFull when
    no place is held and none is free (I16, I19), NotAskedIn before their turn, PartyTooLarge, MoveRefused for a
    ticket that has ended.
    """

    def work(change: Change) -> Answer:
        ticket = find(change.office, code)
        if not _back(change, ticket):
            return _let_through(change, ticket, people)
        settle(change)  # Whether they are asked in at once is for the rule to say, not for the scan.
        if ticket.status == WAITING and change.office.cap is not None:
            return _answer(ticket, changed=True, waits=True)
        return {**_let_through(change, ticket, people), "changed": True}

    return perform(office_id, asked, _errand("enter", code), work)


def let_in(office_id: int, code: str, why: str, asked: Asked) -> Answer:
    """Let this one in anyway, before their turn: only if there is room, and with a reason (I13, I16).

    Returns {"ticket", "number", "changed"}. Raises ReasonNeeded, RoomFull, NotFound, MoveRefused.
    """

    def work(change: Change) -> Answer:
        ticket = find(change.office, code)
        back = _back(change, ticket)
        stay = presence.of_ticket(ticket.id)
        if stay and stay.inside:
            return _answer(ticket, changed=back)
        if has_ended(ticket.status):
            raise MoveRefused("enter", ticket.status)
        room = presence.room_of(office_id, change.office.cap)
        room.check(ticket.party) if stay is None else room.check_entry(stay.party)
        if not why:
            raise ReasonNeeded
        come_in(change, ticket, stay or hold(change, ticket), why=why)
        audited.note(office_id, "let_in", ticket.id, after={"number": ticket.printed}, why=why)
        return _answer(ticket, changed=True)

    return perform(office_id, asked, _errand("admit", code), work)


def go_out(office_id: int, code: str, asked: Asked, area_id: int | None = None) -> Answer:
    """A party has left the room or an area; returns {"ticket", "number", "changed"}. Not there: nothing changes."""

    def work(change: Change) -> Answer:
        ticket = find(change.office, code)
        stay = presence.of_ticket(ticket.id) if area_id is None else presence.in_area(ticket.id)
        if stay is None or not stay.inside or stay.area_id != area_id:
            return _answer(ticket, changed=False)
        end(change, stay, "exit")
        return _answer(ticket, changed=True)

    return perform(office_id, asked, _errand(f"exit {area_id or ''}", code), work)


def enter_area(office_id: int, area_id: int, code: str, asked: Asked) -> Answer:
    """A party waits in an area from now on; returns {"ticket", "number", "changed"}. A second scan changes nothing.

    Who was in the room has left it: nobody stands in two places, and the place in the room is free. Raises NotFound,
    RoomFull at the area's own cap, MoveRefused for a ticket that has ended.
    """

    def work(change: Change) -> Answer:
        ticket, area = find(change.office, code), areas.in_office(area_id, office_id)
        before = presence.in_area(ticket.id)
        if before and before.area_id == area_id:
            return _answer(ticket, changed=False)
        if has_ended(ticket.status):
            raise MoveRefused("enter", ticket.status)
        presence.room_of(office_id, area.cap, area_id).check(ticket.party)
        for stay in (before, presence.of_ticket(ticket.id)):
            if stay and stay.inside:
                end(change, stay, "other zone")
        _back(change, ticket)
        _wait_there(change, ticket, area_id)
        return _answer(ticket, changed=True)

    return perform(office_id, asked, _errand(f"enter {area_id}", code), work)


def find(office: Office, code: str) -> Ticket:
    """Return today's ticket with this printed number, or the one that a scanned address opens.

    Raises NotFound, also for a ticket of another office.
    """
    number = understood(code)
    if number:
        return tickets.by_number(office.id, office.day, *number)
    scanned = _TOKEN.fullmatch(code.strip())
    ticket = tickets.by_token(scanned[1]) if scanned else None
    if ticket is None or ticket.office_id != office.id:
        raise NotFound(code)
    return ticket


def _back(change: Change, ticket: Ticket) -> bool:
    """Who was sent for papers and stands at the door again is back in line; returns whether that is so."""
    if ticket.status != HELD:
        return False
    stand_in_line(change, ticket, "rejoin")
    return True


def _let_through(change: Change, ticket: Ticket, people: int | None) -> Answer:
    stay = presence.of_ticket(ticket.id)
    if stay and stay.inside:
        return _answer(ticket, changed=_resize(change, ticket, stay, people))
    _check_turn(change, ticket, stay, people)
    stay = stay or hold(change, ticket)
    _resize(change, ticket, stay, people)
    come_in(change, ticket, stay)
    return _answer(ticket, changed=True)


def _check_turn(change: Change, ticket: Ticket, stay: Presence | None, people: int | None) -> None:
    """Who has no place yet needs a free one, and their turn to have come; nobody comes in over the cap."""
    if has_ended(ticket.status):
        raise MoveRefused("enter", ticket.status)
    room = presence.room_of(change.office.id, change.office.cap)
    if stay is not None:
        return room.check_entry(stay.party)
    room.check(people or ticket.party)
    if ticket.status == WAITING and change.office.cap is not None:
        raise NotAskedIn(ticket.printed)


def _resize(change: Change, ticket: Ticket, stay: Presence, people: int | None) -> bool:
    """The party is larger or smaller than the ticket says; returns whether that is new."""
    if people is None or people == stay.party:
        return False
    check_party(change.office, people)
    if people > stay.party:
        presence.room_of(change.office.id, change.office.cap).check(people - stay.party)
    ticket.party = stay.party = people
    change.office.next_seq()
    db.session.flush()
    return True


def _wait_there(change: Change, ticket: Ticket, area_id: int) -> None:
    there = Presence(
        office_id=change.office.id, area_id=area_id, ticket_id=ticket.id, party=ticket.party, held_at=change.now,
        entered_at=change.now,
    )  # fmt: skip
    db.session.add(there)
    change.office.next_seq()
    db.session.flush()


def _errand(verb: str, code: str) -> str:
    """What the scan is about, in few letters, and without a visitor's secret in it."""
    number = understood(code)
    return f"{verb} {printed(*number) if number else sha256(code.encode()).hexdigest()[:24]}"


def _answer(ticket: Ticket, *, changed: bool, waits: bool = False) -> Answer:
    return {"ticket": ticket.id, "number": ticket.printed, "changed": changed, "waits": waits}
