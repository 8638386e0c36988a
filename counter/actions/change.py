"""An open change of one office: the only place where a ticket moves (I6) and where history is written."""

from dataclasses import dataclass
from datetime import datetime

from counter.database import Occurrence, Told, db
from counter.models import history
from counter.models.counter import Counter
from counter.models.office import Office
from counter.models.ticket import Ticket
from queues import life

CLOCK = "clock"
RULE = "rule"


@dataclass
class Change:
    """An open transaction that holds its office."""

    office: Office
    now: datetime
    who: str
    told: Told

    def move(
        self, ticket: Ticket, name: str, *, counter: Counter | None = None, who: str = "", why: str | None = None
    ) -> None:
        """Move a ticket as the table allows, and write down who, when, from where and why.

        Raises MoveRefused when the table has no such move from the ticket's status.
        """
        source, ticket.status = ticket.status, life.after(name, ticket.status)
        ticket.seq = self.office.next_seq()
        self._write(ticket, name, source, counter, who or self.who, why)
        if counter is not None:
            counter.seq = ticket.seq
        if life.has_ended(ticket.status):
            ticket.defer_until = ticket.help_asked = None  # Nobody waits for them any more.

    def touch(self, ticket: Ticket) -> None:
        """Something about a ticket is new though it has not moved: a new stamp, and the screens are told."""
        ticket.seq = self.office.next_seq()

    def issue(self, ticket: Ticket, why: str | None = None) -> None:
        """The first move: the ticket comes into being; `why` where it is an exception."""
        ticket.status, ticket.seq = life.after("issue", None), self.office.next_seq()
        db.session.add(ticket)
        db.session.flush()
        self._write(ticket, "issue", None, None, self.who, why)

    def tell_call(self, ticket: Ticket, counter: Counter) -> None:
        """Have the call told once it is saved, for chime and voice."""
        self.told.occurrences.append(Occurrence(ticket.seq, ticket.id, ticket.printed, counter.number))

    def _write(
        self, ticket: Ticket, name: str, source: str | None, counter: Counter | None, who: str, why: str | None
    ) -> None:
        self.told.moved.append((name, ticket.status, (self.now - ticket.issued_at).total_seconds()))
        history.write(
            office_id=self.office.id, seq=ticket.seq, ticket_id=ticket.id, move=name, source=source,
            target=ticket.status, at=self.now, who=who, counter_id=counter.id if counter else None,
            priority=ticket.priority_class_id is not None, why=why[: history.LONGEST_WHY] if why else why,
        )  # fmt: skip
