"""Who works here: the manager lets people in, gives each a place, and a new code to who has lost the password."""

from flask import Blueprint, make_response, render_template, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response as BaseResponse

from counter import clock
from counter.access import Right, allow, signed_in
from counter.actions import people
from counter.errors import sentence, status_of
from counter.models import counter as counters
from counter.models import office as offices
from counter.models import staff as accounts
from counter.models.staff import ADMINISTRATOR, CLERK, COORDINATOR, GUIDE, MANAGER, OF_AN_OFFICE, ROLES, USERNAME
from counter.passwords import GOOD_FOR, one_time_code
from counter.web import entries, forms
from counter.web.guard import Answer, may_draw, refused
from counter.web.measures import Mistakes
from counter.web.page import asks_delete, say, see
from queues.errors import NotFound, Refused, Taken

place = Blueprint("people", __name__)

PEOPLE = "/offices/<slug>/settings/people"
ID = "int(max=2147483647)"


@place.get(PEOPLE)
@allow(Right.MANAGER)
def show(slug: str) -> str:
    """Who works here, where they sit, when they last signed in."""
    return page(slug)


@place.post(PEOPLE)
@allow(Right.MANAGER)
def add(slug: str) -> BaseResponse:
    """Let somebody in, with a one-time code that is shown once."""
    mistakes: Mistakes = {}
    username = forms.text("username", 60).lower()
    if not USERNAME.fullmatch(username):
        mistakes["username"] = _("From 2 to 40 of a–z, 0–9, dot, hyphen, without Vietnamese marks.")
    values = _values(mistakes) | {"username": username}
    if mistakes:
        return make_response(page(slug, form="person", mistakes=mistakes), 422)
    code, until = one_time_code(), clock.now() + GOOD_FOR
    people.add_person(offices.by_slug(slug).id, values, code, until, forms.asked("office"), _roles())
    return make_response(page(slug, code=code, code_for=username))


@place.post(f"{PEOPLE}/<{ID}:staff_id>")
@allow(Right.MANAGER)
def change(slug: str, staff_id: int) -> BaseResponse:
    """Change somebody's name, role or counter; with `_method=DELETE` they work here no longer."""
    office_id, asked = offices.by_slug(slug).id, forms.asked("office")
    if asks_delete():
        people.retire_person(office_id, staff_id, asked, _roles())
        say(_("Works here no longer, and is signed out everywhere."))
        return see("people.show", slug=slug)
    mistakes: Mistakes = {}
    values = _values(mistakes)
    if mistakes:
        return make_response(page(slug, form=f"person-{staff_id}", mistakes=mistakes), 422)
    people.change_person(office_id, staff_id, values, asked, _roles())
    say(_("Kept."))
    return see("people.show", slug=slug)


@place.post(f"{PEOPLE}/<{ID}:staff_id>/code")
@allow(Right.MANAGER)
def give_code(slug: str, staff_id: int) -> BaseResponse:
    """A one-time code in place of a password that was lost. Nobody's own: whoever sits down at an open desk would have
    the account."""
    me = signed_in()
    if me is not None and me.id == staff_id:
        raise NotFound("code")
    code, until = one_time_code(), clock.now() + GOOD_FOR
    people.give_code(offices.by_slug(slug).id, staff_id, code, until, forms.asked("office"), _roles())
    own = accounts.by_id(staff_id)
    return make_response(page(slug, code=code, code_for=own.username if own else ""))


@place.post(f"{PEOPLE}/<{ID}:staff_id>/return")
@allow(Right.MANAGER)
def let_in_again(slug: str, staff_id: int) -> BaseResponse:
    """Somebody who has gone works here again, with a one-time code."""
    code, until = one_time_code(), clock.now() + GOOD_FOR
    people.let_in_again(offices.by_slug(slug).id, staff_id, code, until, forms.asked("office"), _roles())
    own = accounts.by_id(staff_id)
    return make_response(page(slug, code=code, code_for=own.username if own else ""))


@place.post(f"{PEOPLE}/<{ID}:staff_id>/sessions")
@allow(Right.MANAGER)
def sign_out(slug: str, staff_id: int) -> BaseResponse:
    """Sign somebody out wherever they are signed in."""
    people.sign_out(offices.by_slug(slug).id, staff_id, forms.asked("office"), _roles())
    say(_("Signed out everywhere."))
    return see("people.show", slug=slug)


def page(slug: str, *, form: str = "", mistakes: Mistakes | None = None, **more: object) -> str:
    """The page; a mistake is told at its field, a new code once and above everything else."""
    office, own = offices.by_slug(slug), signed_in()
    return render_template(
        "settings/people.html", office=office, people=accounts.of_office(office.id), local=clock.local, me=own,
        counters=counters.of_office(office.id), form_sent=form, typed=request.form if form else {},
        roles=names_of_roles(), may_make=_roles(), mistakes=mistakes or {},
        hours=int(GOOD_FOR.total_seconds() // 3600), gone=accounts.gone_from(office.id), **more,
    )  # fmt: skip


def names_of_roles() -> dict[str, str]:
    """What people are called by what they do."""
    return {
        GUIDE: _("Door guide"), CLERK: _("Clerk"), MANAGER: _("Manager"), COORDINATOR: _("Coordinator of all offices"),
        ADMINISTRATOR: _("Administrator of all offices"),
    }  # fmt: skip


@place.errorhandler(Refused)
def say_refused(error: Refused) -> Answer:
    """Say it at the field it is about, or above the page."""
    if isinstance(error, NotFound) or not may_draw():
        return refused(error)
    slug = (request.view_args or {})["slug"]
    if isinstance(error, Taken):
        mistakes = {error.field: _of_who_has_gone(slug, error.value) or sentence(error)}
        return make_response(page(slug, form="person", mistakes=mistakes), status_of(error))
    return make_response(page(slug, said=[("error", sentence(error))]), status_of(error))


def _of_who_has_gone(slug: str, username: str) -> str:
    """What is told where the name is somebody's who has gone: names in the books are not given to others."""
    gone = [own for own in accounts.gone_from(offices.by_slug(slug).id) if own.username == username]
    if not gone:
        return ""
    return _(
        "%(name)s worked here under this name, and the books still name them by it. If it is the same person, let them "
        "in again below; else please choose another name.", name=gone[0].name,
    )  # fmt: skip


def _roles() -> tuple[str, ...]:
    """The roles that who asks may give and take."""
    own = signed_in()
    return own.may_make if own else OF_AN_OFFICE


def _values(mistakes: Mistakes) -> dict[str, object]:
    """A counter belongs to a clerk alone."""
    name, role = entries.line("name", 80, mistakes, _("Please write the name.")), forms.text("role")
    if role not in ROLES:
        raise NotFound("role")
    return {"name": name, "role": role, "counter_id": forms.choice("counter") if role == CLERK else None}
