"""Every promise, and no figure below nothing on any screen or in any waiting."""

from dataclasses import fields, is_dataclass
from datetime import timedelta

from counter import clock
from counter.actions import clockwork
from counter.models import office as offices
from counter.models import presence
from counter.models.snapshot import Snapshot
from counter.panels import BOARD, DESK, DOOR, OFFICES, SERVICES, TURN, home
from tests.proof.crowd import Crowd


def check(crowd: Crowd) -> None:
    """Check both, as things stand."""
    crowd.check()
    for shown in _screens(crowd):
        _not_negative(shown)
    for stay in presence.open_in(crowd.cast.office):
        until = stay.exit_due if stay.entered_at else stay.hold_until
        assert until is None or until > clock.now(), "waits for a moment that is past"
    _quiet_is_not_negative(crowd)


def _quiet_is_not_negative(crowd: Crowd) -> None:
    """As a process that has just begun would see it."""
    kept = dict(clockwork._seen)
    clockwork._seen.clear()
    assert clockwork._quiet(offices.by_id(crowd.cast.office)) >= timedelta(0)
    clockwork._seen.update(kept)


def _screens(crowd: Crowd) -> list[object]:
    seen = Snapshot(crowd.cast.office)
    shown = [panel.show(seen, slug=seen.slug) for panel in (BOARD, SERVICES, DOOR)]
    shown += [DESK.show(seen, counter_id=counter) for counter in crowd.cast.counters.values()]
    shown += [TURN.show(seen, token=ticket.token) for ticket in crowd.world.tickets]
    return [*shown, OFFICES.show(home.all_offices())]


def _not_negative(shown: object) -> None:
    if is_dataclass(shown):
        for own in fields(shown):
            _not_negative(getattr(shown, own.name))
    elif isinstance(shown, tuple):
        for one in shown:
            _not_negative(one)
    elif isinstance(shown, timedelta):
        assert shown >= timedelta(0)
    elif isinstance(shown, int | float):
        assert shown >= 0
