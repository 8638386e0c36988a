"""The manager's page of what visitors are told, continued: direct intake suspended (R12)."""

import re
from dataclasses import dataclass, field

from flask import Blueprint, make_response, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response as BaseResponse

from counter.access import Right, allow
from counter.actions import suspension
from counter.actions.suspension import Terms, Urgent
from counter.models import office as offices
from counter.models import procedure as procedures
from counter.models import told
from counter.models.office import Office
from counter.models.words import Words
from counter.web import entries, forms, texts
from counter.web.measures import Mistakes
from counter.web.page import asks_delete, say, see
from queues.errors import NotFound, Refused

place = Blueprint("suspension", __name__)
place.register_error_handler(Refused, texts.say_refused)

ADDRESS = f"{texts.TEXTS}/suspensions"
CODE = re.compile(r"\d+(\.[0-9A-Za-z]+)+")
"""What looks like the code of a procedure: 1.001193."""
MOST_EXCEPTIONS = 12


@dataclass
class Reading:
    """The form as it is read: the office, and what is wrong at which field."""

    office: Office
    mistakes: Mistakes = field(default_factory=dict)


@place.post(ADDRESS)
@place.post(f"{ADDRESS}/<{texts.ID}:own_id>")
@allow(Right.MANAGER)
def suspend(slug: str, own_id: int | None = None) -> BaseResponse | str:
    """Suspend, change it, or take it back (`_method=DELETE`); `try` only shows what visitors will see."""
    reading = Reading(offices.by_slug(slug))
    if asks_delete() and own_id is not None:
        suspension.lift(reading.office.id, own_id, forms.asked("office"))
        say(_("The suspension is taken back: tickets are given again."))
        return see("texts.show", slug=slug)
    terms, form = _terms(reading), f"stop-{own_id}" if own_id else "stop"
    if reading.mistakes:
        return make_response(texts.page(slug, form=form, mistakes=reading.mistakes), 422)
    if forms.text("try"):
        return texts.page(slug, form=form, stop_tried=_as_seen(terms))
    suspension.suspend(reading.office.id, terms, forms.asked("office"), own_id)
    say(_("Kept. From its first day on every screen says so; who has a ticket already is served."))
    return see("texts.show", slug=slug)


def _terms(reading: Reading) -> Terms:
    mistakes = reading.mistakes
    days = entries.days("first_day", "last_day", mistakes)
    for name, day in (("first_day", days.first), ("last_day", days.last)):
        if day is None:
            mistakes.setdefault(name, _("Please enter the day."))
    return Terms(
        days=days,
        services=_services(reading),
        why=entries.words("why", 300, mistakes, _("Please write why, in Vietnamese.")),
        call=entries.line("call", 120, mistakes, _("Please write whom visitors can call.")),
        urgent=tuple(filter(None, (_urgent(reading, n) for n in range(MOST_EXCEPTIONS)))),
    )


def _services(reading: Reading) -> tuple[int, ...] | None:
    """The services ticked, or None for the whole office."""
    if forms.text("scope") != "some":
        return None
    ticked = tuple(own.id for own in reading.office.services if request.form.get(f"service_{own.id}"))
    if not ticked:
        reading.mistakes["services"] = _("Please choose at least one service, or the whole office.")
    return ticked


def _urgent(reading: Reading, n: int) -> Urgent | None:
    """The exception in the form's row n: a code of the catalogue, or words; None where the row is empty."""
    said = entries.words(f"urgent_{n}", 300, reading.mistakes)
    if not said.vi:
        return None
    known = procedures.by_code(reading.office.id, said.vi)
    if (known is None or known.retired) and CODE.fullmatch(said.vi):
        reading.mistakes[f"urgent_{n}_vi"] = _("There is no procedure with this code in the catalogue.")
    service = forms.choice(f"urgent_{n}_service") or (known.service_id if known else None)
    if service is None:
        reading.mistakes.setdefault(f"urgent_{n}_service", _("Please choose which service takes it."))
        return None
    if service not in {own.id for own in reading.office.services}:
        raise NotFound("service")
    if known is not None:
        return Urgent(service, Words(known.name.vi[:300], (said.en or known.name.en)[:300]), known.id)
    return Urgent(service, Words(said.vi, said.en or said.vi))


def _as_seen(terms: Terms) -> told.Stopped:
    """What would come of it, for the page to show as visitors will see it."""
    urgent = (told.Urgent(n, own.name, own.service_id, own.procedure_id) for n, own in enumerate(terms.urgent))
    why = Words(terms.why.vi, terms.why.en or terms.why.vi)
    return told.Stopped(0, terms.days, terms.services, why, terms.call, tuple(urgent))
