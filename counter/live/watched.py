"""One panel that somebody watches."""

from dataclasses import dataclass, field
from typing import Any

from counter.panels import Args, Panel, address_of


@dataclass
class Watched:
    """One panel that somebody watches: what they have, and who they are."""

    panel: Panel
    args: Args
    lang: str
    office_id: int | None
    ticket_id: int | None
    seq: int = -1
    view: Any = None
    html: str = ""
    screens: set[str] = field(default_factory=set)

    @property
    def address(self) -> str:
        return address_of(self.panel, self.args, self.lang)
