"""The lobby's code is another one every minute, though nothing at the office has changed."""

from counter.live.line import Line
from counter.panels import HERE, SCREENS
from counter.panels.here import this_minute


def draw_new_codes(line: Line) -> None:
    """Draw where an older minute's code stands. Called every few seconds; what shows nothing new is not drawn."""
    now = this_minute()
    theirs = [watched for watched in line.watched.values() if watched.panel is HERE and watched.view]
    for office_id in {watched.office_id for watched in theirs if watched.view.minute not in (None, now)}:
        if office_id is not None:
            line._later(office_id, SCREENS)
