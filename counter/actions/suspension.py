"""Stop direct intake from a day to a day, but for a published list of exceptions (R12, document 004 §5)."""

from dataclasses import dataclass

from counter import clock
from counter.actions.change import Change
from counter.actions.perform import Answer, Asked, perform
from counter.database import db
from counter.models import procedure as procedures
from counter.models import service as services
from counter.models import told
from counter.models.office import Office
from counter.models.suspension import Suspension, SuspensionException
from counter.models.words import Words
from queues.errors import NotFound, Suspended
from queues.window import Days, stopped

LONGEST_WHY = 200


@dataclass(frozen=True)
class Urgent:
    """An exception as the manager sets it: a procedure of the catalogue, or words; by which service."""

    service_id: int
    name: Words
    procedure_id: int | None = None


@dataclass(frozen=True)
class Terms:
    """From when to when (both included), which services (None: the whole office), why, whom to call, but for what."""

    days: Days
    services: tuple[int, ...] | None
    why: Words
    call: str
    urgent: tuple[Urgent, ...] = ()


def suspend(office_id: int, terms: Terms, asked: Asked, suspension_id: int | None = None) -> Answer:
    """Suspend direct intake, or change a suspension; returns {"suspension"}. Who waits already is served.

    Raises NotFound for services, procedures or a suspension of another office.
    """

    def work(change: Change) -> Answer:
        own = _own(office_id, suspension_id) if suspension_id else Suspension(office_id=office_id)
        _fill(own, terms, office_id)
        db.session.add(own)
        change.office.next_seq()
        db.session.flush()
        return {"suspension": own.id}

    return perform(office_id, asked, f"suspend {suspension_id or ''}".strip(), work)


def lift(office_id: int, suspension_id: int, asked: Asked) -> Answer:
    """Take a suspension back; returns {"suspension"}. Gone already: nothing changes."""

    def work(change: Change) -> Answer:
        try:
            db.session.delete(_own(office_id, suspension_id))
        except NotFound:
            return {"suspension": suspension_id}
        change.office.next_seq()
        db.session.flush()
        return {"suspension": suspension_id}

    return perform(office_id, asked, f"lift {suspension_id}", work)


def let_through(
    office: Office, service_id: int, *, procedure_id: int | None = None, exception_id: int | None = None
) -> told.Urgent | None:
    """Return the exception by which an errand is taken today; None where nothing stops it.

    The day is the date at the office by its own clocks, not its day of business: a suspension begins at midnight,
    whoever is still in the room. Raises Suspended for what is stopped and no exception.
    """
    day, stops = clock.today(office.timezone), told.stops_of(office.id)
    rules = [own.rule for own in stops]
    against = stopped(rules, service_id, day, procedure=procedure_id, exception=exception_id)
    if against is not None:
        own = next(one for one, rule in zip(stops, rules, strict=True) if rule is against)
        raise Suspended(own.days.last or day, own.why, own.call)
    by = [rule.lets(service_id, procedure_id, exception_id) for rule in rules if rule.stops(service_id, day)]
    ids = {one.id for one in by if one}
    return next((one for own in stops for one in own.exceptions if one.id in ids), None)


def why_let_through(urgent: told.Urgent | None) -> str | None:
    """What the ticket's history keeps of it."""
    return f"exception: {urgent.name.vi}"[:LONGEST_WHY] if urgent else None


def _fill(own: Suspension, terms: Terms, office_id: int) -> None:
    wanted = {one.service_id for one in terms.urgent} | set(terms.services or ())
    for service_id in wanted:
        services.in_office(service_id, office_id)
    for urgent in terms.urgent:
        if urgent.procedure_id is not None:
            procedures.in_office(urgent.procedure_id, office_id)
    if terms.days.first is None or terms.days.last is None:
        raise NotFound("days")
    own.first_day, own.last_day = terms.days.first, terms.days.last
    own.services = list(terms.services) if terms.services is not None else None
    own.why_vi, own.why_en, own.call = terms.why.vi, terms.why.en or terms.why.vi, terms.call
    own.exceptions = [_exception(one, own) for one in terms.urgent]


def _exception(urgent: Urgent, own: Suspension) -> SuspensionException:
    """The exception that stands already, if it does: a kiosk may be showing it at this moment."""
    key = (urgent.service_id, urgent.procedure_id, urgent.name.vi)
    before = (one for one in own.exceptions if (one.service_id, one.procedure_id, one.name_vi) == key)
    found = next(before, None) or SuspensionException(service_id=urgent.service_id, procedure_id=urgent.procedure_id)
    found.name_vi, found.name_en = urgent.name.vi, urgent.name.en or urgent.name.vi
    return found


def _own(office_id: int, suspension_id: int) -> Suspension:
    own = db.session.get(Suspension, suspension_id)
    if own is None or own.office_id != office_id:
        raise NotFound(str(suspension_id))
    return own
