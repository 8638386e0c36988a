"""What things, columns and kept keys are called in the audit, in the reader's language."""

from collections.abc import Callable
from functools import wraps
from typing import TypeVar

from flask_babel import get_locale
from flask_babel import gettext as _

Names = TypeVar("Names")


def once_a_language(words: Callable[[], Names]) -> Callable[[], Names]:
    """Look the words up once: a page of fifty entries asks for each of them fifty times. The catalogues don't change
    while it runs."""
    known: dict[str, Names] = {}

    @wraps(words)
    def told() -> Names:
        lang = str(get_locale())
        if lang not in known:
            known[lang] = words()
        return known[lang]

    return told


@once_a_language
def kinds() -> dict[str, str]:
    """What an entry can be about → its name."""
    return {
        "office": _("The office"),
        "service": _("Service"),
        "priority_class": _("Priority class"),
        "holiday": _("Holiday"),
        "counter": _("Counter"),
        "area": _("Waiting area"),
        "cap_rule": _("Cap of the room or an area"),
        "notice": _("Text for visitors"),
        "contact": _("Contact"),
        "help_point": _("Help point"),
        "suspension": _("Suspension of direct intake"),
        "procedure": _("Errands of the catalogue"),
        "catalogue_import": _("Import of the catalogue"),
        "staff": _("Account"),
        "sensor": _("People counter"),
        "recount": _("Count of the room by eye"),
        "let_in": _("Let in before their turn"),
        "device": _("Device"),
        "sessions": _("Signed out everywhere by the office"),
    }


@once_a_language
def of_columns() -> dict[str, str]:
    """The values' names. One that is missing here is shown by its column's name."""
    return _texts() | _figures()


def _texts() -> dict[str, str]:
    return {
        "name_vi": _("Name"), "name_en": _("Name in English"), "text_vi": _("Text"), "text_en": _("Text in English"),
        "slug": _("Short name in addresses"), "timezone": _("Time zone"), "kind": _("Kind"), "places": _("Shown at"),
        "way": _("Belongs to"), "from_day": _("First day"), "to_day": _("Last day"), "first_day": _("First day"),
        "last_day": _("Last day"), "phone": _("Phone"), "email": _("E-mail"), "hours_vi": _("Hours"),
        "hours_en": _("Hours in English"), "field": _("Field"), "address": _("Address"), "map_url": _("Map"),
        "helps_vi": _("Helps with"), "helps_en": _("Helps with, in English"), "at_office_id": _("Office"),
        "portal_vi": _("Portal"), "portal_en": _("Portal in English"), "portal_url": _("Portal’s address"),
        "opens": _("Tickets from"), "closes": _("Tickets until"), "closed_vi": _("Closed because"), "why": _("Why"),
        "closed_en": _("Closed because, in English"), "why_vi": _("Why"), "why_en": _("Why, in English"),
        "call": _("Phone number for questions"), "services": _("Services"), "exceptions": _("Urgent errands"),
        "username": _("User name"), "name": _("Name"), "role": _("Role"), "password_hash": _("Password"),
        "pin_hash": _("PIN"), "shift_end": _("Sign-ins end at"),
        "token_hash": _("Secret"), "status": _("State"), "letter": _("Letter"), "level": _("Online level"),
        "payment": _("Online payment"), "post_in": _("Handing in by post"), "post_out": _("Result by post"),
        "service_id": _("Service"), "counter_id": _("Counter"), "area_id": _("Waiting area"),
    }  # fmt: skip


@once_a_language
def of_values() -> dict[tuple[str, str], str]:
    """What stands for a key that is kept: a role, a kind, a day of the week."""
    days = (_("Monday"), _("Tuesday"), _("Wednesday"), _("Thursday"), _("Friday"), _("Saturday"), _("Sunday"))
    return {
        ("role", "guide"): _("Door guide"), ("role", "clerk"): _("Clerk"), ("role", "manager"): _("Manager"),
        ("role", "coordinator"): _("Coordinator of all offices"),
        ("role", "administrator"): _("Administrator of all offices"),
        ("kind", "intake"): _("Handing in files"), ("kind", "collect"): _("Collecting results"),
        ("kind", "original"): _("Bringing originals of online files"), ("kind", "notice"): _("Notice"),
        ("kind", "offer"): _("Offer"), ("kind", "contact"): _("Whom to ask, in words"),
        ("kind", "house_rule"): _("House rule at the door"),
        ("kind", "kiosk"): _("Kiosk"), ("kind", "display"): _("Lobby screen"), ("kind", "sign"): _("Sign at the door"),
        ("kind", "door"): _("Door tablet"),
        **{("weekday", str(number)): name for number, name in enumerate(days, start=1)},
    }  # fmt: skip


def _figures() -> dict[str, str]:
    return {
        "number": _("Number"), "people": _("People"), "cap": _("Cap"), "before": _("On the list"),
        "after": _("Counted"), "position": _("Place in the list"), "hold_seconds": _("A place is held (seconds)"),
        "exit_seconds": _("Counted as gone after (seconds)"), "ratio": _("Priority visitors in a row"),
        "party_max": _("Most people on one ticket"), "pass_bound": _("May be passed by at most"),
        "count_seconds": _("The room is counted every (seconds)"), "defer_seconds": _("More minutes (seconds)"),
        "defer_bound": _("More minutes, how many times"), "guarded": _("Somebody counts at the door"),
        "day": _("Day"), "weekdays": _("Days of work"), "restart_daily": _("Numbers begin anew every day"),
        "idle_minutes": _("A sign-in not used ends after (minutes)"),
        "first_number": _("First number of the day"), "day_quota": _("Most tickets a day"),
        "whole": _("Whole catalogue"), "added": _("Added"), "changed": _("Changed"), "back": _("Back again"),
        "gone": _("Gone"),
        "paired_only": _("Only paired kiosks give tickets"), "chimes": _("Chime"), "lines": _("Lines shown"),
        "ways": _("Other ways and notices"),
        "phone_hour": _("Tickets by one phone within an hour"), "phone_day": _("Tickets by one phone a day"),
        "address_hour": _("Tickets from one address within an hour"), "here_code": _("The code on the lobby’s screen"),
        "address_day": _("Tickets from one address a day"),
        "retired": _("No longer used"), "inputs": _("Worked out from"), "total": _("Rows"),
    }  # fmt: skip
