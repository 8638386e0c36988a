"""One blueprint for each place a person stands. Routes translate: find, call one action, render."""

from flask import Flask

from counter.web import (
    desk,
    display,
    door,
    find,
    guard,
    health,
    home,
    house,
    kiosk,
    office,
    page,
    panel,
    pocket,
    session,
    sign,
)

PLACES = (home, session, kiosk, find, pocket, door, sign, desk, display, office, house, panel, health)


def init_app(app: Flask) -> None:
    """Open the places, behind one guard."""
    page.init_app(app)
    guard.init_app(app)
    session.limiter.init_app(app)
    for place in PLACES:
        app.register_blueprint(place.place)
