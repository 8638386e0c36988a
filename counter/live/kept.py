"""What was read last, kept for who asks next: a hundred screens come back at once."""

from counter import clock
from counter.models import glance
from counter.models import office as offices
from counter.models.glance import Everything
from counter.models.snapshot import Snapshot
from counter.panels import home


class Kept:
    """Each office as it was read last, and all of them together: read again only when something has changed."""

    def __init__(self) -> None:
        self._offices: dict[int, Snapshot] = {}
        self._all: tuple[tuple[int, ...], Everything] | None = None

    def read(self, office_id: int) -> Snapshot:
        """The office as it stands now."""
        kept = self._offices.get(office_id)
        if kept is None or kept.seq != offices.seq_of(office_id):
            self._offices[office_id] = kept = Snapshot(office_id)
        return kept

    def read_all(self) -> Everything:
        """All offices as they stand now. Another day has other holidays."""
        now = (*glance.how_far(), glance.utc_day(clock.now()).toordinal())
        if self._all is None or self._all[0] != now:
            self._all = now, home.all_offices()
        return self._all[1]
