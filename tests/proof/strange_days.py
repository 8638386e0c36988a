"""Places and moments where the local clock does something strange."""

from dataclasses import dataclass
from datetime import UTC, datetime
from zoneinfo import ZoneInfo


@dataclass(frozen=True)
class Ground:
    """A place on earth, and a moment by its own clocks shortly before something strange."""

    name: str
    zone: str
    moment: datetime

    @property
    def utc(self) -> datetime:
        return self.moment.replace(tzinfo=ZoneInfo(self.zone)).astimezone(UTC)


HANOI = "Asia/Ho_Chi_Minh"
GROUNDS = (
    Ground("midnight", HANOI, datetime(2026, 11, 23, 23, 58)),
    Ground("the day before leap day ends", HANOI, datetime(2028, 2, 28, 23, 58)),
    Ground("leap day ends", HANOI, datetime(2028, 2, 29, 23, 58)),
    Ground("the year ends", HANOI, datetime(2026, 12, 31, 23, 58)),
    Ground("summer time begins", "Europe/Berlin", datetime(2027, 3, 28, 1, 58)),
    Ground("summer time ends", "Europe/Berlin", datetime(2026, 10, 25, 2, 58)),
    Ground("an hour that comes twice, the second time", "Europe/Berlin", datetime(2026, 10, 25, 2, 58, fold=1)),
    Ground("summer time begins on the half hour", "America/St_Johns", datetime(2027, 3, 14, 1, 58)),
    Ground("summer time ends on the half hour", "America/St_Johns", datetime(2026, 11, 1, 1, 58)),
    Ground("midnight comes twice", "America/St_Johns", datetime(2010, 11, 7, 0, 0)),
    Ground("a day that never was", "Pacific/Apia", datetime(2011, 12, 29, 23, 58)),
)
