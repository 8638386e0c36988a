"""The kiosk, and the same questions on a visitor's own phone: what have you come for?"""

from collections.abc import Sequence
from typing import Any

from flask import Blueprint, Response, make_response, render_template, request, session, url_for
from flask_babel import gettext as _
from markupsafe import Markup
from werkzeug.wrappers import Response as BaseResponse

from counter import clock, qr
from counter.access import Right, allow
from counter.actions.devices import say_unprinted
from counter.actions.issue import issue as take
from counter.errors import sentence, status_of
from counter.models import office as offices
from counter.models.device import Device
from counter.models.snapshot import Snapshot
from counter.panels import NOTICES, SERVICES, draw, finding, pocket
from counter.panels.common import place as place_of
from counter.panels.kiosk import ServiceCard, card, urgent_errands
from counter.panels.pocket import Turn
from counter.panels.texts import Urgent
from counter.screens import at_own_kiosk, device, kiosk_of
from counter.web import errand, forms
from counter.web.page import language, public_address, say, see
from queues.errors import NotFound, Refused
from queues.life import has_ended

place = Blueprint("kiosk", __name__)

MOST_HELD = 3
"""Tickets of its own that a phone is reminded of."""


@place.get("/offices/<slug>/kiosk")
@allow(Right.ANYONE)
def show(slug: str) -> str | BaseResponse:
    """The start; with `?procedure=` the errand, with `?service=` the last question before the ticket."""
    if not _may_be_kiosk(slug):
        return see("pairing.show", office=slug)
    return _question(slug, phone=False)


@place.post("/offices/<slug>/kiosk/paper")
@allow(Right.ANYONE)
def no_paper(slug: str) -> BaseResponse:
    """A visitor says that no paper came: it is told on the page of devices and on the kiosk's start."""
    own = device()
    if own is None or not at_own_kiosk(slug):
        raise NotFound("kiosk")
    say_unprinted(own.id, clock.now())
    say(_("Thank you, the office knows. Please scan the code with your phone, or write the number down."))
    return see("kiosk.ticket", slug=slug, token=forms.text("token", 64))


@place.get("/offices/<slug>/tickets")
@allow(Right.ANYONE)
def phone(slug: str) -> str:
    """The same for a visitor's own phone: the ticket opens in the pocket."""
    return _question(slug, phone=True, held=_held(slug))


@place.post("/offices/<slug>/tickets")
@allow(Right.ANYONE)
def issue(slug: str) -> BaseResponse:
    """Take a ticket."""
    at_kiosk = request.form.get("place") == "kiosk" and _may_be_kiosk(slug)
    try:
        token = _take(slug, "kiosk" if at_kiosk else "phone")
    except Refused as error:
        return _again(slug, error, phone=not at_kiosk)
    if at_kiosk:
        return see("kiosk.ticket", slug=slug, token=token)
    remember(token)
    return see("pocket.show", token=token)


@place.get("/offices/<slug>/kiosk/tickets/<token>")
@allow(Right.ANYONE)
def ticket(slug: str, token: str) -> str:
    """The ticket just taken: number, QR code, how many are ahead, where to wait."""
    seen = Snapshot(offices.by_slug(slug).id)
    if pocket.office_of(token) != seen.id:
        raise NotFound("token")
    turn = pocket.turn(seen, token)
    address = public_address(url_for("pocket.show", token=token))
    return render_template(
        "kiosk/ticket.html", office=turn.office, turn=turn, qr=Markup(qr.svg(address)), address=address, phone=False,
        turn_token=token, trying=token in seen.by_token and seen.by_token[token].trying_since is not None,
    )  # fmt: skip


def _may_be_kiosk(slug: str) -> bool:
    """Where only paired kiosks are kiosks, any other browser is a visitor's phone."""
    return at_own_kiosk(slug) or not offices.by_slug(slug).paired_only


def remember(token: str) -> None:
    """This phone holds the ticket."""
    session["held"] = [token, *session.get("held", [])][:MOST_HELD]


def _take(slug: str, where: str) -> str:
    answer = take(
        offices.by_slug(slug).id,
        forms.number("service"),
        forms.asked(where),
        party=forms.number("party_size", default=1),
        priority_class_id=forms.choice("priority_class"),
        lang=language(),
        procedure_id=forms.choice("procedure"),
        papers=errand.papers_said(),
        trying=forms.text("trying") == "1",
        place=where,
        exception_id=forms.choice("exception"),
    )
    return str(answer["token"])


def _held(slug: str) -> list[Turn]:
    """The open tickets that this phone has taken: nobody takes a second one without seeing the first."""
    seen = Snapshot(offices.by_slug(slug).id)
    own = [seen.by_token[token] for token in session.get("held", []) if token in seen.by_token]
    return [pocket.turn(seen, ticket.token) for ticket in own if not has_ended(ticket.status)]


def _question(slug: str, *, phone: bool, held: Sequence[Turn] = ()) -> str:
    seen = Snapshot(offices.by_slug(slug).id)
    before = errand.before_ticket(seen, phone=phone)
    if before is not None:
        return before
    wanted, urgent = request.args.get("service", type=int), _urgent(seen, request.args.get("exception", type=int))
    if urgent:
        return _last_question(seen, urgent.service_id, phone=phone, urgent=urgent)
    if wanted is None:
        return _start(seen, phone=phone, held=held)
    if wanted not in seen.offered:
        raise NotFound("service")
    if _card(seen, wanted).closed:
        return _start(seen, phone=phone, held=held)
    return _last_question(seen, wanted, phone=phone)


def _start(seen: Snapshot, *, phone: bool, **more: Any) -> str:
    own = None if phone else kiosk_of(seen.id)
    drawn = draw(SERVICES, {"device_id": own.id} if own else {"slug": seen.slug}, language(), seen)
    posted = draw(NOTICES, {"slug": seen.slug, "where": "phone" if phone else "kiosk"}, language(), seen)
    return render_template(
        "kiosk/show.html", office=place_of(seen), services=drawn.html, notices=posted.html,
        frequent=_frequent(seen, own), phone=phone, no_paper=own is not None and own.unprinted is not None, **more,
    )  # fmt: skip


def _frequent(seen: Snapshot, own: Device | None) -> list[finding.Hit]:
    """What most people come for; a kiosk with services of its own offers theirs (a search finds everything)."""
    letters = {seen.services[id].letter for id in own.services if id in seen.services} if own and own.services else None
    return [hit for hit in finding.frequent(seen) if letters is None or hit.letter in letters]


def _urgent(seen: Snapshot, exception_id: int | None) -> Urgent | None:
    """The urgent errand that was chosen during a suspension, if it is taken now."""
    return next((one for one in urgent_errands(seen) if one.id == exception_id), None)


def _last_question(seen: Snapshot, service_id: int, *, phone: bool, **more: Any) -> str:
    return render_template(
        "kiosk/take.html", office=place_of(seen), service=_card(seen, service_id),
        kind=seen.services[service_id].kind, errand=errand.carried(seen, service_id),
        classes=list(seen.classes_offered.items()), party_max=seen.largest_party, phone=phone, **{"old": {}, **more},
    )  # fmt: skip


def _card(seen: Snapshot, service_id: int) -> ServiceCard:
    """The service as it stands for the errand that the page or the form names: an urgent one passes a suspension."""
    carried = errand.carried(seen, service_id)
    return card(seen, seen.services[service_id], procedure_id=carried.id if carried else None)


def _again(slug: str, error: Refused, *, phone: bool) -> Response:
    """Say what was refused, on the page where it was asked, with what was chosen."""
    seen = Snapshot(offices.by_slug(slug).id)
    said = [("error", sentence(error))]
    wanted, urgent = request.form.get("service", type=int), _urgent(seen, request.form.get("exception", type=int))
    if urgent:
        html = _last_question(seen, urgent.service_id, phone=phone, said=said, old=request.form, urgent=urgent)
    elif wanted in seen.offered and not _card(seen, wanted).closed:
        html = _last_question(seen, wanted, phone=phone, said=said, old=request.form)
    else:
        html = _start(seen, phone=phone, said=said)
    return make_response(html, status_of(error))
