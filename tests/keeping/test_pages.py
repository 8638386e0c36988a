"""The books are read a day a page, and nothing is lost between the pages."""

from datetime import timedelta

from flask import Flask

from counter import clock
from counter.actions.call import call_next
from counter.actions.clockwork import close_day
from counter.database import db
from counter.keeping import look
from counter.models import books
from tests.actions.test_issue import take
from tests.cast import MORNING, Cast, form
from tests.conftest import on_both


@on_both
def test_all_pages_are_the_whole_book_and_a_move_that_comes_too_late_is_found(app: Flask, cast: Cast) -> None:
    first = take(cast)
    for day in range(3):
        with clock.at(MORNING + timedelta(days=day)):
            take(cast)
            call_next(cast.counters[1], form())
            close_day(cast.office, form())
    pages, whole = list(books.pages(cast.office)), books.page(cast.office)
    assert len(pages) == 2 and all(page.rows for page in pages)
    assert [slip for page in pages for slip in page.slips] == whole.slips
    assert [row for page in pages for row in page.rows] == whole.rows
    assert not [own for own in look.at_all() if own.broken]
    late = "INSERT INTO history (office_id, seq, ticket_id, move, source, target, at, who, priority)"
    values = f"SELECT office_id, seq + 500, {first}, 'begin', 'called', 'serving', at, who, priority FROM history"
    db.session.execute(db.text(f"{late} {values} WHERE ticket_id = {first} AND move = 'issue'"))
    assert {own.promise for own in look.at_all() if own.broken} >= {"I6", "I26"}
    db.session.rollback()
