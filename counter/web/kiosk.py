"""The kiosk, and the same questions on a visitor's own phone: what have you come for?"""

from collections.abc import Sequence
from typing import Any

from flask import Blueprint, Response, make_response, render_template, request, session, url_for
from markupsafe import Markup
from werkzeug.wrappers import Response as BaseResponse

from counter import qr
from counter.access import Right, allow
from counter.actions.issue import issue as take
from counter.errors import sentence, status_of
from counter.models import office as offices
from counter.models.snapshot import Snapshot
from counter.panels import SERVICES, draw, finding, pocket
from counter.panels.common import place as place_of
from counter.panels.kiosk import card
from counter.panels.pocket import Turn
from counter.web import find, forms
from counter.web.page import language, public_address, see
from queues.errors import NotFound, Refused
from queues.life import has_ended

place = Blueprint("kiosk", __name__)

MOST_HELD = 3
"""Tickets of its own that a phone is reminded of."""


@place.get("/offices/<slug>/kiosk")
@allow(Right.ANYONE)
def show(slug: str) -> str:
    """The start, or with `?service=` the last question before the ticket."""
    return _question(slug, phone=False)


@place.get("/offices/<slug>/tickets")
@allow(Right.ANYONE)
def phone(slug: str) -> str:
    """The same for a visitor's own phone: the ticket opens in the pocket."""
    return _question(slug, phone=True, held=_held(slug))


@place.post("/offices/<slug>/tickets")
@allow(Right.ANYONE)
def issue(slug: str) -> BaseResponse:
    """Take a ticket."""
    at_kiosk = request.form.get("place") == "kiosk"
    try:
        token = _take(slug, "kiosk" if at_kiosk else "phone")
    except Refused as error:
        return _again(slug, error, phone=not at_kiosk)
    if at_kiosk:
        return see("kiosk.ticket", slug=slug, token=token)
    session["held"] = [token, *session.get("held", [])][:MOST_HELD]
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
        "kiosk/ticket.html", office=turn.office, turn=turn, qr=Markup(qr.svg(address)), address=address, phone=False
    )


def _take(slug: str, where: str) -> str:
    answer = take(
        offices.by_slug(slug).id,
        forms.number("service"),
        forms.asked(where),
        party=forms.number("party_size", default=1),
        priority_class_id=forms.choice("priority_class"),
        lang=language(),
    )
    return str(answer["token"])


def _held(slug: str) -> list[Turn]:
    """The open tickets that this phone has taken: nobody takes a second one without seeing the first."""
    seen = Snapshot(offices.by_slug(slug).id)
    own = [seen.by_token[token] for token in session.get("held", []) if token in seen.by_token]
    return [pocket.turn(seen, ticket.token) for ticket in own if not has_ended(ticket.status)]


def _question(slug: str, *, phone: bool, held: Sequence[Turn] = ()) -> str:
    seen = Snapshot(offices.by_slug(slug).id)
    wanted = request.args.get("service", type=int) or find.service_of_errand(seen.id)
    if wanted is None:
        return _start(seen, phone=phone, held=held)
    if wanted not in seen.services:
        raise NotFound("service")
    if card(seen, seen.services[wanted]).closed:
        return _start(seen, phone=phone, held=held)
    return _last_question(seen, wanted, phone=phone)


def _start(seen: Snapshot, *, phone: bool, **more: Any) -> str:
    drawn = draw(SERVICES, {"slug": seen.slug}, language(), seen)
    return render_template(
        "kiosk/show.html", office=place_of(seen), services=drawn.html, choices=finding.start(seen), phone=phone, **more
    )


def _last_question(seen: Snapshot, service_id: int, *, phone: bool, **more: Any) -> str:
    return render_template(
        "kiosk/take.html", office=place_of(seen), service=card(seen, seen.services[service_id]),
        classes=list(seen.classes.items()), party_max=seen.largest_party, phone=phone, **{"old": {}, **more},
    )  # fmt: skip


def _again(slug: str, error: Refused, *, phone: bool) -> Response:
    """Say what was refused, on the page where it was asked, with what was chosen."""
    seen = Snapshot(offices.by_slug(slug).id)
    said = [("error", sentence(error))]
    wanted = request.form.get("service", type=int)
    if wanted in seen.services and not card(seen, seen.services[wanted]).closed:
        html = _last_question(seen, wanted, phone=phone, said=said, old=request.form)
    else:
        html = _start(seen, phone=phone, said=said)
    return make_response(html, status_of(error))
