"""Too many tries: a clear word of how long to wait, and of what to do meanwhile."""

import math
from datetime import timedelta

from flask import make_response
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response as BaseResponse


def how_long(wait: timedelta) -> str:
    """How long to wait, rounded up: "30 seconds", "3 minutes"."""
    seconds = math.ceil(wait.total_seconds())
    if seconds <= 60:
        return ngettext("%(num)s second", "%(num)s seconds", seconds)
    return ngettext("%(num)s minute", "%(num)s minutes", math.ceil(seconds / 60))


def too_many(wait: timedelta) -> str:
    """What who has tried too often is told; a stranger hears the same whether there is such an account or not."""
    return " ".join(
        (
            _("Too many wrong tries. Please wait %(time)s.", time=how_long(wait)),
            _(
                "At a computer where you or a colleague has signed in before, you get in at once. "
                "The manager can also give you a one-time code."
            ),
        )
    )


def answer(html: str, wait: timedelta) -> BaseResponse:
    """The page with that word, and for programs the same in seconds."""
    response = make_response(html, 429)
    response.headers["Retry-After"] = str(math.ceil(wait.total_seconds()))
    return response
