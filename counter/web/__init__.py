"""One blueprint for each place a person stands. Routes translate: find, call one action, render."""

from flask import Flask

from counter.web import desk, display, door, guard, health, home, kiosk, page, panel, pocket, session

PLACES = (home, session, kiosk, pocket, door, desk, display, panel, health)


def init_app(app: Flask) -> None:
    """Open the places, behind one guard."""
    page.init_app(app)
    guard.init_app(app)
    session.limiter.init_app(app)
    for place in PLACES:
        app.register_blueprint(place.place)
