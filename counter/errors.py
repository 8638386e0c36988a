"""What went wrong, as a status for programs and a sentence for people."""

from collections.abc import Callable
from typing import Any

from flask_babel import get_locale, ngettext
from flask_babel import gettext as _
from sqlalchemy import exc

from counter.access import Forbidden, SignInFirst
from counter.database import Busy
from queues import errors
from queues.taking import ADDRESS, HOUR

DATABASE_AWAY = (
    exc.OperationalError, exc.InterfaceError, exc.InternalError, exc.TimeoutError, exc.DisconnectionError, Busy,
)  # fmt: skip
"""The database is locked, read-only, full or gone. Nothing was half done; it heals when the cause does.

PostgreSQL says InternalError when it is read-only, and when it has ended a transaction that said nothing for long."""

_STATUS: dict[type[Exception], int] = {
    errors.NotFound: 404,
    errors.PartyTooLarge: 422,
    errors.TooMany: 422,
    errors.ReasonNeeded: 422,
    errors.SpaceNotUnderstood: 422,
    errors.Unreadable: 422,
    errors.PapersNotNamed: 422,
    errors.NotHere: 422,
    errors.TooManyTaken: 429,
    errors.OnlyAdministrators: 403,
    errors.Refused: 409,
    SignInFirst: 401,
    Forbidden: 403,
}


def status_of(error: Exception) -> int:
    """The HTTP status that a refusal is told with."""
    return next(status for kind, status in _STATUS.items() if isinstance(error, kind))


def sentence(error: Exception) -> str:
    """The refusal in the person's language."""
    with_figures = next((words for kind, words in _WITH_FIGURES.items() if isinstance(error, kind)), _plain)
    return with_figures(error)


def _plain(error: Exception) -> str:
    sentences = _of_settings() | {
        errors.NobodyWaits: _("Nobody is waiting for this counter now."),
        errors.ServiceClosed: _("This service takes no tickets now."),
        errors.OtherService: _("This errand is taken by another service now. Please choose it again."),
        errors.ReasonNeeded: _("Please give a reason; it is kept."),
        errors.PapersNotNamed: _("Please tick the papers that are missing, or write them down."),
        errors.NotHere: _(
            "Please enter the eight figures that the screen in the lobby shows now, or scan its code. "
            "Or take the ticket at the ticket machine, or ask at the door."
        ),
        errors.AlreadyReturned: _("This ticket has been used up. Please take a new one."),
        errors.Unreadable: _("The file is damaged, or not a spreadsheet. Please save it again as .xlsx or CSV."),
        errors.NotFound: _("There is no such number or page here. Please check it."),
        SignInFirst: _("Please sign in first."),
        Forbidden: _("This place belongs to somebody else."),
    }
    return sentences[type(error)]


def _of_settings() -> dict[type[Exception], str]:
    """What is said on the pages of settings."""
    return {
        errors.SpaceNotUnderstood: _("These measures do not fit any room. Please check them."),
        errors.LastManager: _("This is the last manager of the office. Please name another first."),
        errors.LastAdministrator: _("This is the last administrator. Please make another one first."),
        errors.NotEmpty: _("This office has been set up already. Make a new one from the file."),
        errors.OnlyAdministrators: _("Only an administrator may do that."),
        errors.CannotUndo: _("This can’t be taken back here. Please set it as it should be on its own page."),
        errors.ChangedMeanwhile: _(
            "Somebody else has changed this meanwhile, and yours is not kept. Here it is as it stands now: "
            "please change it again."
        ),
        errors.ChangedSince: _("It has been changed again since. Please take the later change back first."),
    }


def _no_more_minutes(error: errors.NoMoreMinutes) -> str:
    if not error.bound:
        return _("This office gives no more minutes. Please come now, or give up the ticket.")
    return ngettext(
        "You have asked for more minutes once already; more is not possible. Please come now, or give up the ticket.",
        "You have asked for more minutes %(num)s times already; more is not possible. "
        "Please come now, or give up the ticket.",
        error.bound,
    )


def _too_many_taken(error: errors.TooManyTaken) -> str:
    most, way_on = error.bound.most or 0, _("Please take the ticket at the ticket machine, or ask at the door.")
    if error.bound.by == ADDRESS:
        why = _("Very many tickets have been taken from this network.")
    elif error.bound.within == HOUR:
        why = ngettext(
            "This phone has taken %(num)s ticket within the hour.",
            "This phone has taken %(num)s tickets within the hour.",
            most,
        )
    else:
        why = ngettext(
            "This phone has taken %(num)s ticket today.", "This phone has taken %(num)s tickets today.", most
        )
    return f"{why} {way_on}"


def _suspended(error: errors.Suspended) -> str:
    head = _("Files are not taken at the counters until the end of %(last)s.", last=f"{error.until:%d/%m/%Y}")
    why = error.why[1] if str(get_locale()) == "en" else error.why[0]
    call = _("Please call %(number)s.", number=error.call) if error.call else ""
    return " ".join(filter(None, (head, why if why.endswith(".") else f"{why}.", call)))


def _move_sentence(error: errors.MoveRefused) -> str:
    return _("The ticket is now “%(status)s”, so this can no longer be done.", status=status_name(error.status))


def status_name(status: str) -> str:
    """A ticket's status in the person's language."""
    names = {
        "waiting": _("waiting"),
        "admitted": _("asked to come in"),
        "inside": _("in the room"),
        "called": _("called"),
        "serving": _("being served"),
        "held": _("on hold"),
        "done": _("finished"),
        "no_show": _("missed"),
        "left": _("given up"),
        "online": _("done online"),
        "expired": _("expired"),
    }
    return names.get(status, status)


def why_failed(key: str | None) -> str:
    """Why it did not work online (`queues.online.WHY_FAILED`), in the reader's language; empty for None."""
    sentences = {
        "no_account": _("No account, or signing in does not work"),
        "not_digital": _("A paper is not there in digital form"),
        "page_broken": _("The page did not work"),
        "not_understood": _("Not clear what to do"),
        "payment": _("The payment did not work"),
        "other": _("Another reason"),
        "unsaid": _("did not say why"),
    }
    return sentences.get(key, key) if key else ""


_WITH_FIGURES: dict[type[Exception], Callable[[Any], str]] = {
    errors.RoomFull: lambda error: _(
        "The room is full: %(free)d free places, %(party)d needed. Please wait.", free=error.free, party=error.party
    ),
    errors.PartyTooLarge: lambda error: _("Please choose from 1 to %(most)d people.", most=error.most),
    errors.TooMany: lambda error: _("Please enter a number up to %(most)d.", most=error.most),
    errors.NotAskedIn: lambda error: _(
        "It is not yet the turn of %(number)s. To let them in anyway, give a reason.", number=error.number
    ),
    errors.CounterBusy: lambda error: _("Number %(number)s is still open at this counter.", number=error.number),
    errors.NoMoreMinutes: _no_more_minutes,
    errors.Suspended: _suspended,
    errors.TooManyTaken: _too_many_taken,
    errors.Taken: lambda error: _("%(value)s is in use already. Please choose another.", value=error.value),
    errors.StillOpen: lambda error: ngettext(
        "%(num)s visitor is still waiting or being served there. Please finish first, then take it out of use.",
        "%(num)s visitors are still waiting or being served there. Please finish first, then take it out of use.",
        error.visitors,
    ),
    errors.MoveRefused: _move_sentence,
}
"""What refuses with a figure, and the words for it."""
