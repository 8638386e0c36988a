"""What of an office says whether it takes tickets at a moment."""

from collections.abc import Mapping
from datetime import date
from typing import Protocol

from counter.models.seen import ServiceSeen
from counter.models.told import Stopped
from counter.models.words import Words
from queues.window import Hours


class Opening(Protocol):
    """What of an office says whether it takes tickets: a snapshot has it, and a glance."""

    @property
    def timezone(self) -> str: ...
    @property
    def hours(self) -> Hours: ...
    @property
    def weekdays(self) -> str: ...
    @property
    def holidays(self) -> Mapping[date, Words]: ...
    @property
    def services(self) -> Mapping[int, ServiceSeen]: ...
    @property
    def offered(self) -> Mapping[int, ServiceSeen]: ...
    @property
    def stops(self) -> tuple[Stopped, ...]: ...
