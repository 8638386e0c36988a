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
    first_run,
    guard,
    health,
    help,
    home,
    house,
    importing,
    journal,
    kiosk,
    lines,
    metrics,
    office,
    office_file,
    online,
    overview,
    page,
    pairing,
    panel,
    paper,
    people,
    phones,
    pin,
    pocket,
    privacy,
    procedures,
    reports,
    session,
    settings,
    sign,
    signed,
    signing,
    suspension,
    taking,
    texts,
    today,
)

PLACES = (
    home, session, kiosk, administration, audit, catalogue, closing, codes, desk, devices, display, door, elsewhere,
    errand, find, first_run, health, help, house, importing, lines, metrics, office, office_file, online, overview,
    pairing, panel, paper, people, phones, pin, pocket, privacy, procedures, reports, settings, sign, signing,
    suspension, taking, texts, today,
)  # fmt: skip


def init_app(app: Flask) -> None:
    """Open the places, behind one guard."""
    journal.init_app(app)
    signed.init_app(app)
    page.init_app(app)
    guard.init_app(app)
    for place in PLACES:
        app.register_blueprint(place.place)
