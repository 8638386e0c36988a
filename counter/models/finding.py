"""The search in an office's catalogue: the database finds whose words fit, the rules say what fits best (R5).

The index is the database's own full text (docs/decisions/0014); triggers keep it true (migration 0004).
"""

from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ForeignKey, and_, func, or_, select, text
from sqlalchemy.orm import Mapped, mapped_column

from counter.database import db
from counter.models import procedure as procedures
from counter.models.base import Model
from counter.models.procedure import Procedure
from counter.models.seen import Errand, errand_of
from counter.models.ticket import Ticket
from queues import finding
from queues.finding import Search
from queues.folding import words
from queues.ranking import Entry, Question, ranked
from queues.spelling import Vocabulary

MOST = 6
"""Hits that a person reads."""
LOOKED_AT = 60
"""Errands that the rules look at for one search, shortest names first."""
DAYS = 90
"""Days for which it is counted what is asked most."""
VOCABULARIES = 64
"""Offices whose words are kept in memory."""

_FOUND = {
    "sqlite": "SELECT rowid FROM procedure_words WHERE procedure_words MATCH :wanted",
    "postgresql": "SELECT procedure_id FROM procedure_words WHERE words @@ CAST(:wanted AS tsquery)",
}
_SIGNS = {"sqlite": (" AND ", " OR ", "*"), "postgresql": (" & ", " | ", ":*")}
"""And, or, and "all words that begin so"."""
_HERE, _PINNED, _NEAR = 0.02, 0.03, {"Cấp xã": 0.02, "Cấp tỉnh": 0.01}
"""What speaks for an errand whatever was asked: this office takes it, the manager has pinned it, its level is near."""

_NAMES = (Procedure.name_vi, Procedure.name_en, Procedure.also, Procedure.field)
_AHEAD = (Procedure.level, Procedure.service_id, Procedure.pinned)

_vocabularies: dict[tuple[str, int], tuple[int, Vocabulary]] = {}


class CatalogueStamp(Model):
    """Grows whenever a name in an office's catalogue changes. Only triggers write it."""

    __tablename__ = "catalogue_stamp"

    office_id: Mapped[int] = mapped_column(ForeignKey("office.id"), primary_key=True)
    stamp: Mapped[int]


def find(office_id: int, typed: str, most: int = MOST) -> list[Errand]:
    """The office's errands that answer what somebody has typed so far, best first; without the retired."""
    vocabulary = vocabulary_of(office_id)
    questions = [Question(reading, vocabulary) for reading in finding.readings(typed, vocabulary)]
    for question in questions:
        _look_for(office_id, question, questions)
    ids = ranked(questions, most)
    rows = procedures.by_ids(set(ids))
    return [errand_of(rows[own]) for own in ids]


def frequent(office_id: int, today: date, most: int = MOST) -> list[Errand]:
    """The errands that the manager has pinned, then those most asked for in the last 90 days, `today` included."""
    asked = (
        select(Ticket.procedure_id, func.count().label("often"))
        .where(Ticket.office_id == office_id, Ticket.day > today - timedelta(DAYS), Ticket.procedure_id.is_not(None))
        .group_by(Ticket.procedure_id)
        .subquery()
    )
    rows = (
        select(Procedure)
        .outerjoin(asked, asked.c.procedure_id == Procedure.id)
        .where(Procedure.office_id == office_id, Procedure.retired.is_(False))
        .where(or_(Procedure.pinned, asked.c.often > 0))
        .order_by(Procedure.pinned.desc(), func.coalesce(asked.c.often, 0).desc(), Procedure.code)
        .limit(most)
    )
    return [errand_of(own) for own in db.session.scalars(rows)]


def vocabulary_of(office_id: int) -> Vocabulary:
    """The words of an office's catalogue, read again when it has changed."""
    stamp = db.session.scalar(select(CatalogueStamp.stamp).where(CatalogueStamp.office_id == office_id)) or 0
    key = (str(db.engine.url), office_id)
    known = _vocabularies.pop(key, None)
    if known is None or known[0] != stamp:
        known = (stamp, _read_vocabulary(office_id))
    _vocabularies[key] = known  # At the end: the one not asked for the longest goes first.
    while len(_vocabularies) > VOCABULARIES:
        del _vocabularies[next(iter(_vocabularies))]
    return known[1]


def forget() -> None:
    """Keep no office's words in memory any longer."""
    _vocabularies.clear()


def _read_vocabulary(office_id: int) -> Vocabulary:
    own = and_(Procedure.office_id == office_id, Procedure.retired.is_(False))
    rows = db.session.execute(select(*_NAMES).where(own)).all()
    return Vocabulary(Counter(words(" ".join(text for row in rows for text in row if text))), len(rows))


def _look_for(office_id: int, question: Question, others: Sequence[Question]) -> None:
    """Look at what has all of the words, then at what has all but one, and so on, until the question is answered, in
    this way or in another."""
    for left_out, search in finding.searches(question.reading):
        if left_out and any(other.is_answered_fairly for other in others):
            break
        question.look_at(_entry(row) for row in _matching(office_id, search) if row.id not in question.scores)
        if question.is_answered or any(other.is_answered_by_name for other in others):
            break


def _matching(office_id: int, search: Search) -> Sequence[Any]:
    """The shortest names among those whose words match."""
    kind = db.engine.dialect.name
    both, either, begun = _SIGNS[kind]
    ways = [both.join(f"({either.join(sorted(group))})" for group in groups) for groups in search]
    wanted = f"office{office_id}{both}({either.join(f'({way})' for way in ways)})".replace("*", begun)
    ids = text(_FOUND[kind]).bindparams(wanted=wanted).columns(Procedure.id)
    shortest = select(Procedure.id).where(Procedure.id.in_(ids)).order_by(func.length(Procedure.name_vi), Procedure.id)
    few = shortest.limit(LOOKED_AT).subquery()  # Rows are long (papers): only these few are read.
    own = select(Procedure.id, Procedure.code, *_NAMES, *_AHEAD).where(Procedure.id.in_(select(few.c.id)))
    return db.session.execute(own).all()


def _entry(row: Any) -> Entry:
    titles = [row.name_vi, row.name_en or "", *row.also.split(";"), row.code]
    near = max((good for level, good in _NEAR.items() if level in row.level), default=0.0)
    ahead = near + _HERE * (row.service_id is not None) + _PINNED * row.pinned
    return Entry(row.id, tuple(filter(None, map(words, titles))), frozenset(words(row.field)), ahead)
