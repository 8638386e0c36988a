"""What happens at the door: in and out, by a typed number or a scanned code (R1, R2)."""

import re
from hashlib import sha256

from counter.actions.change import Change
from counter.actions.issue import check_party
from counter.actions.perform import Answer, Asked, perform
from counter.actions.settle import come_in, end, hold
from counter.models import presence
from counter.models import ticket as tickets
from counter.models.office import Office
from counter.models.presence import Presence
from counter.models.ticket import Ticket
from queues.errors import MoveRefused, NotFound
from queues.life import has_ended
from queues.numbering import printed, understood

_TOKEN = re.compile(r"(?:.*/t/)?([\w-]{22})/?(?:\?.*)?")


def enter(office_id: int, code: str, asked: Asked, people: int | None = None) -> Answer:
    """Let a party in; returns {"ticket", "number", "changed"}. A second scan changes nothing (I18).

    `people` is how many have really come, where it differs from what the ticket says. Raises NotFound, RoomFull when
    no place is held and none is free (I16, I19), PartyTooLarge, MoveRefused for a ticket that has ended.
    """

    def work(change: Change) -> Answer:
        ticket = find(change.office, code)
        stay = presence.of_ticket(ticket.id)
        if stay and stay.inside:
            return _answer(ticket, changed=False)
        if has_ended(ticket.status):
            raise MoveRefused("enter", ticket.status)
        _take_places(change, ticket, stay, ticket.party if people is None else people)
        come_in(change, ticket, stay or hold(change, ticket), why=None if stay else "let in by the guide")
        return _answer(ticket, changed=True)

    return perform(office_id, asked, _errand("enter", code), work)


def go_out(office_id: int, code: str, asked: Asked) -> Answer:
    """A party has left the room; returns {"ticket", "number", "changed"}. Nobody inside: nothing changes."""

    def work(change: Change) -> Answer:
        ticket = find(change.office, code)
        stay = presence.of_ticket(ticket.id)
        if stay is None or not stay.inside:
            return _answer(ticket, changed=False)
        end(change, stay, "exit")
        return _answer(ticket, changed=True)

    return perform(office_id, asked, _errand("exit", code), work)


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


def _take_places(change: Change, ticket: Ticket, stay: Presence | None, party: int) -> None:
    """The party is as large as it has come; what is not held for it must be free."""
    if party != ticket.party:
        check_party(change.office, party)
    held = stay.party if stay else 0
    if party > held:
        presence.room_of(change.office.id, change.office.cap).check(party - held)
    ticket.party = party
    if stay:
        stay.party = party


def _errand(verb: str, code: str) -> str:
    """What the scan is about, in few letters, and without a visitor's secret in it."""
    number = understood(code)
    return f"{verb} {printed(*number) if number else sha256(code.encode()).hexdigest()[:24]}"


def _answer(ticket: Ticket, *, changed: bool) -> Answer:
    return {"ticket": ticket.id, "number": ticket.printed, "changed": changed}
