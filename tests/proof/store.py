"""The database as somebody beside the server sees it: SQLite's one file, or PostgreSQL.

It reads what is saved, has the headcount written down at every write, and asks the promises at the end.
"""

import json
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, create_engine, text
from sqlalchemy.pool import NullPool

from tests.conftest import close, make_app
from tests.proof import promises
from tests.proof.promises import World

AT_THE_END = (
    promises.i1_a_number_is_unique_in_its_office_series_and_day,
    promises.i2_no_gaps,
    promises.i3_an_answer_given_is_never_taken_back,
    promises.i4_the_same_form_makes_one_ticket,
    promises.i5_later_tickets_have_higher_numbers,
    promises.i6_only_moves_of_the_table,
    promises.i7_at_most_one_open_ticket_a_counter,
    promises.i8_one_counter_a_ticket,
    promises.i9_each_call_has_exactly_one_winner,
    promises.i10_an_end_is_an_end,
    promises.i11_issued_is_what_waits_and_is_served_and_has_ended,
    promises.i14_only_a_counter_with_that_service_may_call_it,
)
"""The promises about a state and its history. The others speak of a single step, and many act at once here: the room
has its witness instead, and the order its state machine."""


@dataclass(frozen=True)
class Given:
    """An answer that was given: from now on it must hold."""

    verb: str
    operation: str
    location: str
    """Where the form was sent on to."""


@dataclass(frozen=True)
class Store:
    """`folder` is the servers' DATA_DIR; `address` says where PostgreSQL is; empty: the one file in the folder."""

    folder: Path
    address: str = ""

    def rows(self, sql: str, **values: object) -> list[tuple[Any, ...]]:
        """What is saved now. The connection is closed at once: nothing may keep a dead server's files open."""
        with self._engine.connect() as connection:
            return [tuple(row) for row in connection.execute(text(sql), values)]

    def one(self, sql: str, **values: object) -> Any:
        """The first value of the first row."""
        return self.rows(sql, **values)[0][0]

    def answer(self, operation: str) -> dict[str, Any]:
        """The answer that was kept with a form."""
        return _plain(self.one("SELECT answer FROM operation WHERE id = :id", id=operation))

    def run(self, *statements: str) -> None:
        """Change something that no page changes: before the server starts."""
        engine = self._open("rw")
        with engine.begin() as connection:
            for statement in statements:
                connection.exec_driver_sql(statement)

    def install_witness(self) -> None:
        """Have the database itself write down (inside + reserved) at every write, inside every transaction."""
        areas = self._has("area")
        seen = _SEEN.format(
            room=" AND area_id IS NULL" if areas else "", here="NEW.area_id IS NULL" if areas else "true"
        )
        before, after = _PARTY.format(row="OLD"), _PARTY.format(row="NEW")
        arrival, change = seen.format(more=after), seen.format(more=f"{after} - {before}")
        triggers = _POSTGRES if self.address else _SQLITE
        self.run(_TABLE, *(one.format(arrival=arrival, change=change) for one in triggers))

    def above_the_cap(self) -> list[tuple[Any, ...]]:
        """Writes that let more people in than the cap allows: (taken, cap, more, ticket).

        A count by eye may find more than the cap: it records what is, and is no admission.
        """
        counted = "SELECT 1 FROM recount r WHERE r.seq BETWEEN w.seq AND w.seq + 3 AND w.ticket_id IS NULL"
        excused = f" AND NOT EXISTS ({counted})" if self._has("recount") else ""
        return self.rows(f"SELECT taken, cap, more, ticket_id FROM witness w WHERE more > 0 AND taken > cap{excused}")

    def broken(self, given: list[Given], everything: bool = True) -> list[str]:
        """Every answer that does not hold and, with `everything`, every promise that is broken, in words."""
        kept = dict(self.rows("SELECT id, answer FROM operation"))
        said = [f"{one.verb} {one.operation}: the answer is gone" for one in given if one.operation not in kept]
        said += [
            f"{one.operation}: another ticket than was given"
            for one in given
            if one.verb == "issue" and one.operation in kept and _token(kept[one.operation]) != one.location[-22:]
        ]
        said += [f"ticket {ticket} was called {calls} times" for ticket, calls in self.rows(_CALLED_TWICE)]
        return said + (list(self._broken_promises(given)) if everything else [])

    def _broken_promises(self, given: list[Given]) -> Iterator[str]:
        with self._world(given) as world:
            for promise in AT_THE_END:
                try:
                    promise(world)
                except AssertionError as error:
                    yield f"{promise.__name__}: {error}"

    @contextmanager
    def _world(self, given: list[Given]) -> Iterator[World]:
        app = make_app(self.folder, self.address or None)
        with app.app_context():
            world = World(self.one("SELECT id FROM office WHERE slug = 'demo'"))
            kept = {one_id: _plain(answer) for one_id, answer in self.rows("SELECT id, answer FROM operation")}
            world.answers = {one.operation: (one.verb, kept[one.operation]) for one in given if one.operation in kept}
            world.read()
            world.open_the_books()
            yield world
        close(app)

    def _has(self, table: str) -> bool:
        with suppress(Exception):
            self.rows(f"SELECT 1 FROM {table} LIMIT 1")
            return True
        return False

    @cached_property
    def _engine(self) -> Engine:
        return self._open("ro")

    def _open(self, mode: str) -> Engine:
        """Reading alone must not mend a log that a killed server has left: that is the next server's part."""
        file = f"sqlite:///file:{self.folder}/luot.sqlite3?mode={mode}&uri=true"
        return create_engine(self.address or file, poolclass=NullPool)


def _token(answer: Any) -> str:
    return str(_plain(answer)["token"])


def _plain(answer: Any) -> dict[str, Any]:
    """A kept answer: text on SQLite, a value on PostgreSQL."""
    plain: dict[str, Any] = json.loads(answer) if isinstance(answer, str) else answer
    return plain


_CALLED_TWICE = """SELECT ticket_id, calls FROM (
    SELECT ticket_id, sum(CASE WHEN move = 'call' THEN 1 ELSE 0 END) AS calls,
    sum(CASE WHEN move IN ('return', 'transfer', 'resume') THEN 1 ELSE 0 END) AS again
    FROM history GROUP BY ticket_id) AS moved WHERE calls > 1 + again"""
_TABLE = "CREATE TABLE witness (taken INTEGER, cap INTEGER, seq INTEGER, more INTEGER, ticket_id INTEGER)"
_PARTY = "(CASE WHEN {row}.ended_at IS NULL THEN {row}.party ELSE 0 END)"
_SEEN = """INSERT INTO witness SELECT (SELECT coalesce(sum(party), 0) FROM presence
    WHERE office_id = NEW.office_id AND ended_at IS NULL{room}), cap, seq, {{more}}, NEW.ticket_id
    FROM office WHERE id = NEW.office_id AND {here};"""
_SQLITE = (
    "CREATE TRIGGER saw_arrival AFTER INSERT ON presence BEGIN {arrival} END",
    "CREATE TRIGGER saw_change AFTER UPDATE ON presence BEGIN {change} END",
)
_POSTGRES = (
    "CREATE FUNCTION saw_arrival() RETURNS trigger AS $$ BEGIN {arrival} RETURN NULL; END $$ LANGUAGE plpgsql",
    "CREATE FUNCTION saw_change() RETURNS trigger AS $$ BEGIN {change} RETURN NULL; END $$ LANGUAGE plpgsql",
    "CREATE TRIGGER saw_arrival AFTER INSERT ON presence FOR EACH ROW EXECUTE FUNCTION saw_arrival()",
    "CREATE TRIGGER saw_change AFTER UPDATE ON presence FOR EACH ROW EXECUTE FUNCTION saw_change()",
)
