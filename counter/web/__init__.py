"""One blueprint for each place a person stands. Routes translate: find, call one action, render."""

from flask import Flask

from counter.web import (
    codes,
    desk,
    display,
    door,
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
    suspension,
    texts,
)

PLACES = (
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
