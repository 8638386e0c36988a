"""One blueprint for each place a person stands. Routes translate: find, call one action, render."""

from flask import Flask

from counter.web import (
    administration,
    audit,
    catalogue,
    closing,
    codes,
    desk,
    devices,
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
    office_file,
    online,
    overview,
    page,
    pairing,
    panel,
    paper,
    people,
    pocket,
    procedures,
    reports,
    session,
    settings,
    sign,
    suspension,
    texts,
)

PLACES = (
    home, session, kiosk, audit, catalogue, closing, codes, desk, devices, display, door, elsewhere, errand, find, help,
    house, importing, lines, office, online, pairing, panel, paper, people, pocket, procedures, reports, settings, sign,
    suspension, texts, health, overview, administration, office_file,
)  # fmt: skip


def init_app(app: Flask) -> None:
    """Open the places, behind one guard."""
    page.init_app(app)
    guard.init_app(app)
    session.limiter.init_app(app)
    for place in PLACES:
        app.register_blueprint(place.place)
