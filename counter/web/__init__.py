"""One blueprint for each place a person stands. Routes translate: find, call one action, render."""

from flask import Flask

from counter.web import (
    catalogue,
    closing,
    codes,
    desk,
    display,
    door,
    errand,
    find,
    guard,
    health,
    help,
    home,
    house,
    importing,
    kiosk,
    office,
    online,
    page,
    panel,
    paper,
    pocket,
    procedures,
    reports,
    session,
    sign,
    suspension,
    texts,
)

PLACES = (
    home, session, kiosk, catalogue, closing, codes, desk, display, door, errand, help, house, importing, office,
    online, panel, paper, pocket, procedures, reports, sign, suspension, texts, health,
)  # fmt: skip
PLACES = (home, session, kiosk, find, pocket, door, sign, desk, display, office, house, panel, health)


def init_app(app: Flask) -> None:
    """Open the places, behind one guard."""
    page.init_app(app)
    guard.init_app(app)
    session.limiter.init_app(app)
    for place in PLACES:
        app.register_blueprint(place.place)
