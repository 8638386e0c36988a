"""An office's books read as plain values, for the promises that are looked up in them (queues/promises.py).

A page is a day: an installation that has run for years is read without ever being held in memory as a whole.
"""

from collections import defaultdict, deque
from collections.abc import Iterator
from datetime import date
from typing import Any

from sqlalchemy import Select, and_, func, or_, select

from counter.database import db
from counter.models.history import History
from counter.models.office import Office
from counter.models.operation import Operation
from counter.models.presence import IS_OPEN, Presence
from counter.models.recount import Recount
from counter.models.series import Series
from counter.models.ticket import IS_OPEN as HAS_NOT_ENDED
from counter.models.ticket import Ticket
from queues import books
from queues.books import Ledger, Page, Row, Slip

_SLIP: tuple[Any, ...] = (
    Ticket.id, Ticket.token, Ticket.day, Ticket.letter, Ticket.number, Ticket.sequence, Ticket.rank, Ticket.setback,
    Ticket.status, Ticket.counter_id, Ticket.passed, Ticket.lapses, Ticket.returns, Ticket.deferrals,
    Ticket.handed_from,
)  # fmt: skip
_ROW: tuple[Any, ...] = (
    History.seq, History.ticket_id, History.move, History.source, History.target, History.counter_id, History.who,
    History.why,
)  # fmt: skip
_STAY: tuple[Any, ...] = (
    Presence.id, Presence.area_id, Presence.ticket_id, Ticket.status, Ticket.office_id, Presence.party,
    Presence.hold_until, Presence.entered_at, Presence.exit_due,
)  # fmt: skip
SOME = 1000
"""Moves that are fetched at a time."""
_TELLING = or_(Operation.errand == "issue", Operation.errand.startswith("call "))
"""The errands whose answer names a ticket that a visitor or a clerk has been told of."""


def pages(office_id: int) -> Iterator[Page]:
    """The books of an office, a day a page. The history is read once: a page is full when the last move that any of its
    tickets knows of has been read. Moves that come later, or of tickets that are not there, are a page of their own."""
    days = _days(office_id)
    ends = deque(sorted(_ends(office_id).items(), key=lambda end: end[1]))
    rows: dict[date | None, list[Row]] = defaultdict(list)
    for row in db.session.execute(_moves(office_id).execution_options(yield_per=SOME)):
        while ends and ends[0][1] < row[0]:
            day, _end = ends.popleft()
            yield _page(office_id, day, rows.pop(day, []))
        rows[days.get(row[1])].append(Row(*row))
    for day, _end in ends:
        yield _page(office_id, day, rows.pop(day, []))
    yield from (Page([], own) for own in rows.values())


def page(office_id: int) -> Page:
    """All days of an office on one page."""
    return _page(office_id, None, [Row(*row) for row in db.session.execute(_moves(office_id))])


def _page(office_id: int, day: date | None, rows: list[Row]) -> Page:
    """So many days (None: all) with their moves. The letters are named so that the index is asked, not the table."""
    letters = select(Ticket.letter).where(Ticket.office_id == office_id).distinct().scalar_subquery()
    theirs = [Ticket.office_id == office_id, *([Ticket.letter.in_(letters), Ticket.day == day] if day else [])]
    series = [Series.office_id == office_id, *([Series.day == day] if day else [])]
    columns: tuple[Any, ...] = (Series.letter, Series.day, Series.last)
    return Page(
        [Slip(*row) for row in db.session.execute(select(*_SLIP).where(*theirs).order_by(Ticket.sequence))],
        rows,
        {(letter, of): last for letter, of, last in db.session.execute(select(*columns).where(*series))},
    )


def _moves(office_id: int) -> Select[Any]:
    return select(*_ROW).where(History.office_id == office_id).order_by(History.seq)


def _days(office_id: int) -> dict[int, date]:
    columns: tuple[Any, ...] = (Ticket.id, Ticket.day)
    return _pairs(select(*columns).where(Ticket.office_id == office_id))


def _ends(office_id: int) -> dict[date, int]:
    """Day → the last change that any of its tickets knows of."""
    columns: tuple[Any, ...] = (Ticket.day, func.max(Ticket.seq))
    return _pairs(select(*columns).where(Ticket.office_id == office_id).group_by(Ticket.day))


def ledger(office_id: int) -> Ledger:
    """What of an office can't be told page by page."""
    office = db.session.get_one(Office, office_id, populate_existing=True)
    tokens: tuple[Any, ...] = (Ticket.id, Ticket.token)
    opened = select(*_SLIP).where(Ticket.office_id == office_id, HAS_NOT_ENDED)
    return Ledger(
        tickets=_pairs(select(*tokens).where(Ticket.office_id == office_id)),
        issued=office.issued, seq=office.seq, last_seq=_last_seq(office_id),
        opened=[Slip(*row) for row in db.session.execute(opened)],
        stays=_stays(office_id), counts=_counts(office_id), given=_given(office_id),
        calls=_calls(office_id), handed=_handed(office_id), sent_on=_sent_on(office_id),
    )  # fmt: skip


def _last_seq(office_id: int) -> int:
    return db.session.scalar(select(func.max(History.seq)).where(History.office_id == office_id)) or 0


def _stays(office_id: int) -> list[books.Stay]:
    rows = select(*_STAY).outerjoin(Ticket, Ticket.id == Presence.ticket_id)
    found = [list(row) for row in db.session.execute(rows.where(Presence.office_id == office_id, IS_OPEN))]
    for row in found:
        row[4] = row[4] in (None, office_id)
    return [books.Stay(*row) for row in found]


def _counts(office_id: int) -> list[books.Count]:
    columns: tuple[Any, ...] = (Recount.seq, Recount.before, Recount.after, Recount.who, Recount.why)
    rows = select(*columns).where(Recount.office_id == office_id).order_by(Recount.seq)
    return [books.Count(*row) for row in db.session.execute(rows)]


def _given(office_id: int) -> list[books.Given]:
    columns: tuple[Any, ...] = (Operation.errand, Operation.answer)
    rows = db.session.execute(select(*columns).where(Operation.office_id == office_id, _TELLING))
    named = ((errand, answer) for errand, answer in rows if "ticket" in answer)
    return [books.Given(errand, answer["ticket"], answer.get("token")) for errand, answer in named]


def _calls(office_id: int) -> dict[int, int]:
    theirs = and_(History.office_id == office_id, History.move == "call")
    columns: tuple[Any, ...] = (History.ticket_id, func.count())
    return _pairs(select(*columns).where(theirs).group_by(History.ticket_id))


def _handed(office_id: int) -> dict[int, int]:
    theirs = select(Ticket.id).where(Ticket.office_id == office_id)
    columns: tuple[Any, ...] = (Ticket.handed_from, func.count())
    return _pairs(select(*columns).where(Ticket.handed_from.in_(theirs)).group_by(Ticket.handed_from))


def _sent_on(office_id: int) -> list[int]:
    theirs = and_(History.office_id == office_id, History.move == "hand_over")
    return list(db.session.scalars(select(History.ticket_id).where(theirs)))


def _pairs(rows: Any) -> dict[Any, Any]:
    return {key: value for key, value in db.session.execute(rows)}
