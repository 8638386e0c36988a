"""What a visitor came for, and the way they chose: kept with the ticket, or without one (R4, R5, R6)."""

from dataclasses import dataclass
from datetime import datetime

from counter.actions.change import Change
from counter.actions.perform import Answer, Asked, perform
from counter.models import guidance
from counter.models import procedure as procedures
from counter.models import service as services
from counter.models import ways as ways_of
from counter.models.guidance import OFFERED, OPENED, TRIED
from counter.models.service import COLLECT, Service
from counter.models.ticket import Ticket
from queues import online
from queues.errors import NotFound, OtherService

LONGEST_NAME = 60
"""Letters of a kept errand's name."""


@dataclass(frozen=True)
class Came:
    """What a visitor has said before the ticket. `ways` were shown; `tries` is the one they try while they wait."""

    procedure_id: int | None = None
    papers: str | None = None
    ways: tuple[str, ...] = ()
    tries: str | None = None


def came_for(
    office_id: int, service: Service, procedure_id: int | None, papers: str | None, *, trying: bool
) -> Came:  # fmt: skip
    """What the ticket is to carry. An errand that can't be tried online is kept without the trying.

    Raises NotFound (no such errand here, or not any more; no such answer about papers), OtherService.
    """
    if papers not in (None, *online.PAPERS):
        raise NotFound("papers")
    if procedure_id is None:
        return Came(None, papers, ways_of.of_collecting(office_id) if service.kind == COLLECT else ())
    own = procedures.in_office(procedure_id, office_id)
    if own.service_id != service.id:
        raise OtherService
    return Came(own.id, papers, ways_of.of_errand(office_id, own), online.way_to_try(own.known) if trying else None)


def carry(ticket: Ticket, came: Came, now: datetime) -> None:
    """Put on a new ticket what was said before it."""
    ticket.procedure_id, ticket.papers = came.procedure_id, came.papers
    ticket.trying_since = now if came.tries else None


def write_ways(change: Change, came: Came, place: str, service_id: int | None, ticket_id: int | None = None) -> None:
    """Write down which ways were shown, and which of them is tried, in the change that makes it so."""
    steps = [(OFFERED, way) for way in came.ways] + ([(TRIED, came.tries)] if came.tries else [])
    for step, way in steps:
        _write(change, step, way, came.procedure_id, place, service_id=service_id, ticket_id=ticket_id)


def open_way(office_id: int, procedure_id: int, way: str, asked: Asked, place: str) -> Answer:
    """Choose another way instead of a ticket; returns {"way"}. Raises NotFound for a way that this errand has not."""

    def work(change: Change) -> Answer:
        own = procedures.in_office(procedure_id, office_id)
        return _opened(change, Came(own.id, None, ways_of.of_errand(office_id, own)), way, place, own.service_id)

    return perform(office_id, asked, f"way {procedure_id} {way}"[:LONGEST_NAME], work)


def open_return(office_id: int, service_id: int, way: str, asked: Asked, place: str) -> Answer:
    """Have a result sent instead of collecting it (R6); returns {"way"}. Raises NotFound where nothing is collected."""

    def work(change: Change) -> Answer:
        service = services.in_office(service_id, office_id)
        ways = ways_of.of_collecting(office_id) if service.kind == COLLECT else ()
        return _opened(change, Came(ways=ways), way, place, service_id)

    return perform(office_id, asked, f"return {service_id} {way}"[:LONGEST_NAME], work)


def _opened(change: Change, came: Came, way: str, place: str, service_id: int | None) -> Answer:
    if way not in came.ways:
        raise NotFound(way)
    write_ways(change, came, place, service_id)
    _write(change, OPENED, way, came.procedure_id, place, service_id=service_id, ticket_id=None)
    return {"way": way}


def _write(change: Change, step: str, way: str, procedure_id: int | None, place: str, **more: int | None) -> None:
    guidance.write(
        office_id=change.office.id, day=change.office.day, at=change.now, step=step, way=way,
        procedure_id=procedure_id, place=place, **more,
    )  # fmt: skip
