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
    guard,
    health,
    home,
    house,
    importing,
    kiosk,
    office,
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
    home, session, kiosk, pocket, door, sign, desk, display, office, house, catalogue, importing, procedures, panel,
    health,
)  # fmt: skip
PLACES = (home, session, kiosk, pocket, door, sign, desk, display, office, house, panel, paper, reports, health)
PLACES = (home, session, kiosk, pocket, door, sign, desk, closing, display, office, house, panel, health)
PLACES = (home, session, kiosk, errand, pocket, door, sign, desk, display, office, house, panel, health)
    home,
    session,
    kiosk,
    pocket,
    door,
    sign,
    desk,
    display,
    office,
    house,
    texts,
    suspension,
    codes,
    panel,
    health,
)


def init_app(app: Flask) -> None:
    """Open the places, behind one guard."""
    page.init_app(app)
    guard.init_app(app)
    session.limiter.init_app(app)
    for place in PLACES:
        app.register_blueprint(place.place)
