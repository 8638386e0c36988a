"""The manager's page about the room, continued: waiting areas, counters, house rules."""

from flask import Blueprint, make_response
from flask_babel import gettext as _
from werkzeug.wrappers import Response as BaseResponse

from counter.access import Right, allow
from counter.actions import house, texts
from counter.models import counter as counters
from counter.models import office as offices
from counter.models.notice import HOUSE_RULE
from counter.models.words import Words
from counter.web import forms, measures, office
from counter.web.measures import Mistakes
from counter.web.page import only_delete, say, see
from queues.errors import NotFound, Refused
from queues.window import Days

place = Blueprint("house", __name__)
place.register_error_handler(Refused, office.say_refused)

ROOM = "/offices/<slug>/settings/room"
ID = "int(max=2147483647)"


@place.post(f"{ROOM}/areas")
@allow(Right.MANAGER)
def add_area(slug: str) -> BaseResponse:
    """Open an extra waiting area."""
    mistakes: Mistakes = {}
    name, cap = Words(forms.text("name_vi", 60), forms.text("name_en", 60)), measures.people("cap", mistakes)
    if not name.vi:
        mistakes["name_vi"] = _("Please give it a name that visitors can find.")
    if cap is None:
        mistakes.setdefault("cap", _("Please enter how many people may wait there."))
    if mistakes or cap is None:
        return make_response(office.page(slug, form="area", mistakes=mistakes), 422)
    house.add_area(offices.by_slug(slug).id, name, cap, forms.asked("office"))
    say(_("%(name)s is open.", name=name.vi))
    return see("office.show", slug=slug)


@place.post(f"{ROOM}/areas/<{ID}:area_id>")
@allow(Right.MANAGER)
def close_area(slug: str, area_id: int) -> BaseResponse:
    """Use a waiting area no longer (`_method=DELETE`)."""
    only_delete()
    house.retire_area(offices.by_slug(slug).id, area_id, forms.asked("office"))
    say(_("The waiting area is closed."))
    return see("office.show", slug=slug)


@place.post(f"{ROOM}/counters/<{ID}:counter_id>")
@allow(Right.MANAGER)
def set_people_at(slug: str, counter_id: int) -> BaseResponse:
    """Set how many people may stand at a counter."""
    counter, people = counters.by_id(counter_id), forms.number("people")
    if counter.office_id != offices.by_slug(slug).id:
        raise NotFound(str(counter_id))
    house.set_people_at(counter_id, people, forms.asked("office"))
    say(_("Counter %(number)s: at most %(people)s people.", number=counter.number, people=people))
    return see("office.show", slug=slug)


@place.post(f"{ROOM}/rules")
@allow(Right.MANAGER)
def add_rule(slug: str) -> BaseResponse:
    """Show a house rule with "please come in", from a day to a day."""
    mistakes: Mistakes = {}
    text = Words(forms.text("text_vi"), forms.text("text_en"))
    days = Days(measures.day("from_day", mistakes), measures.day("to_day", mistakes))
    if not text.vi:
        mistakes["text_vi"] = _("Please write the rule in Vietnamese.")
    if days.first and days.last and days.last < days.first:
        mistakes["to_day"] = _("The last day is before the first.")
    if mistakes:
        return make_response(office.page(slug, form="rule", mistakes=mistakes), 422)
    texts.write_notice(offices.by_slug(slug).id, HOUSE_RULE, text, days, forms.asked("office"))
    say(_("The rule is shown at the door from its first day on."))
    return see("office.show", slug=slug)


@place.post(f"{ROOM}/rules/<{ID}:notice_id>")
@allow(Right.MANAGER)
def remove_rule(slug: str, notice_id: int) -> BaseResponse:
    """Show a house rule no longer (`_method=DELETE`)."""
    only_delete()
    texts.take_away(offices.by_slug(slug).id, "notice", notice_id, forms.asked("office"))
    say(_("The rule is no longer shown."))
    return see("office.show", slug=slug)
