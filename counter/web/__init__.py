"""One blueprint for each place a person stands. Routes translate: find, call one action, render."""

from flask import Flask

from counter.web import (
    audit,
    catalogue,
    closing,
    codes,
    desk,
    display,
    door,
    elsewhere,
    errand,
    find,
    guard,
    health,
    help,
    home,
    house,
    importing,
    kiosk,
    lines,
    office,
    online,
    page,
    panel,
    paper,
    people,
    phones,
    pocket,
    privacy,
    procedures,
    reports,
    session,
    settings,
    sign,
    suspension,
    taking,
    texts,
)

PLACES = (
    home, session, kiosk, audit, catalogue, closing, codes, desk, display, door, elsewhere, errand, find, help, house,
    importing, lines, office, online, panel, paper, people, phones, pocket, privacy, procedures, reports,
    settings, sign, suspension, taking, texts, health,
)  # fmt: skip


def init_app(app: Flask) -> None:
    """Open the places, behind one guard."""
    page.init_app(app)
    guard.init_app(app)
    session.limiter.init_app(app)
    for place in PLACES:
        app.register_blueprint(place.place)
