"""The test's own idea of who is where, kept from what was answered and what the history says, never from the rooms."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from counter.models import ticket as tickets
from counter.models.history import History
from queues.life import has_ended

LEAVES_AFTER = timedelta(seconds=600)


@dataclass
class Census:
    """People in the room and in the one waiting area, by ticket; and those without a ticket."""

    inside: dict[int, int] = field(default_factory=dict)
    nameless: int = 0
    waiting: dict[int, int] = field(default_factory=dict)
    """In the area."""
    leaves: dict[int, datetime] = field(default_factory=dict)
    """Whose errand is over, and when they are taken to have gone by themselves."""
    corrected: bool = False
    """A count by eye has just mended the list: which of the tickets were taken off is for the rule to say."""

    @property
    def people(self) -> int:
        return sum(self.inside.values()) + self.nameless

    def note(self, verb: str, answer: dict[str, Any]) -> None:
        """An errand was answered."""
        ticket = answer.get("ticket")
        if verb in ("enter", "admit", "begin"):
            if answer.get("changed", ticket not in self.inside) and not answer.get("waits"):
                self._in(ticket)
        elif (verb == "exit" and answer["changed"]) or verb == "miss":
            self.inside.pop(ticket, None)
        elif verb == "wait" and answer["changed"]:
            self.inside.pop(ticket, None)  # type: ignore[arg-type]
            self.waiting[ticket] = tickets.by_id(ticket).party  # type: ignore[index,arg-type]
        elif verb == "stop waiting" and answer["changed"]:
            del self.waiting[ticket]  # type: ignore[arg-type]
        else:
            self._note_numbers(verb, answer)

    def read(self, rows: Iterable[History], moment: datetime) -> None:
        """The moves of a step: who came in by themselves, whose errand is over, who is back."""
        for row in rows:
            if row.move == "enter" and row.ticket_id not in self.inside:
                self._in(row.ticket_id)
            if (has_ended(row.target) or row.move == "hold") and (
                row.ticket_id in self.inside or row.ticket_id in self.waiting
            ):
                self.leaves[row.ticket_id] = moment + LEAVES_AFTER
            if row.move in ("return", "rejoin", "resume"):
                self.leaves.pop(row.ticket_id, None)

    def clock(self, moment: datetime) -> None:
        """Time has passed: those whose time has come have gone."""
        for ticket in [ticket for ticket, due in self.leaves.items() if due <= moment]:
            self.inside.pop(ticket, None)
            self.waiting.pop(ticket, None)
            del self.leaves[ticket]

    def _in(self, ticket: Any) -> None:
        self.inside[ticket] = tickets.by_id(ticket).party
        self.waiting.pop(ticket, None)

    def _note_numbers(self, verb: str, answer: dict[str, Any]) -> None:
        if verb == "walk in":
            self.nameless += answer["people"]
        elif verb == "walk out":
            self.nameless -= answer["people"]
        elif verb == "recount" and answer["before"] != answer["after"]:
            self.corrected = True
        elif verb == "close":
            self.inside, self.waiting, self.leaves, self.nameless = {}, {}, {}, 0
