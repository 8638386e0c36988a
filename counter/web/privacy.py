"""What is kept about a visitor, what for, and until when: told to the visitor (docs/privacy.md)."""

from flask import Blueprint, render_template

from counter.access import Right, allow
from counter.actions.clean_up import ADDRESSES_KEPT, ANSWERS_KEPT, COUNTS_KEPT, LINKS_KEPT

place = Blueprint("privacy", __name__)


@place.get("/privacy")
@allow(Right.ANYONE)
def show() -> str:
    """The page that home and every phone lead to."""
    return render_template(
        "privacy/page.html", links=LINKS_KEPT.days, counts=max(COUNTS_KEPT, ANSWERS_KEPT).days,
        addresses=ADDRESSES_KEPT.days,
    )  # fmt: skip
