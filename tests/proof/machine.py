"""A Hypothesis state machine over everything people can do, on a real SQLite file or a real PostgreSQL.

After each step every promise is checked. `python -m tests.proof.machine sqlite|postgres` runs it on one of them at full
size; with PROVE_SHRINK set, a fault that is found is made small, which takes minutes.
"""

import logging
import os
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import ClassVar

from flask import g
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule, run_state_machine_as_test
from sqlalchemy import Connection, create_engine, text
from sqlalchemy.pool import NullPool

from counter import clock, database
from counter.actions import call as clerk
from counter.actions import clockwork, closing, door, headcount, minutes, online, room, visit
from counter.actions import hand_over as handing
from counter.actions.house import add_area
from counter.actions.issue import issue
from counter.actions.perform import Answer, Asked
from counter.database import Told, db
from counter.live.line import Watched, _ticket_of
from counter.models import office as offices
from counter.models import other_way
from counter.models import ticket as tickets
from counter.models.snapshot import Snapshot
from counter.models.words import Words
from counter.panels import at, draw
from queues.closing import Closing
from queues.errors import Refused
from tests.cast import MORNING, Cast, an_office, form, number
from tests.conftest import POSTGRES, SQLITE, close, make_app
from tests.proof import promises
from tests.proof.databases import Fresh, databases
from tests.proof.figures import Figures, main
from tests.proof.promises import World

SIZES = {SQLITE: (10, 30), POSTGRES: (6, 20)}
"""Examples and steps of each when the proof is small."""
FULL = (500, 50)


class Crash(Refused):
    """The machine goes down in the middle; what was saved is saved."""


@dataclass
class Scene:
    """One of the two offices, and what the test knows of it."""

    cast: Cast
    area: int
    world: World
    sent: list[tuple[str, Asked, Callable[[Asked], Answer]]] = field(default_factory=list)


class Morning(RuleBasedStateMachine):
    """People do anything, in any order, at any time."""

    fresh_database: ClassVar[Fresh]
    trials: ClassVar[int] = 0
    operations: ClassVar[int] = 0

    @initialize(
        cap=st.sampled_from([None, 1, 2, 3, 5]), ratio=st.integers(1, 3), guarded=st.booleans(),
        bound=st.integers(0, 3), minutes=st.integers(0, 2), there=st.sampled_from([None, 2]),
    )  # fmt: skip
    def open(self, cap: int | None, ratio: int, guarded: bool, bound: int, minutes: int, there: int | None) -> None:
        self.stack = ExitStack()
        self.folder = Path(self.stack.enter_context(tempfile.TemporaryDirectory()))
        Morning.trials += 1
        address = type(self).fresh_database(self.folder)
        self.app = make_app(self.folder, address)
        self.reader = self.stack.enter_context(_reader(address))
        self.stack.callback(close, self.app)
        self.stack.enter_context(self.app.app_context())
        self.moment = MORNING
        self._stop_clock()
        rules = {"ratio": ratio, "guarded": guarded, "pass_bound": bound, "defer_bound": minutes}
        self.here = self._scene(an_office(cap=cap, **rules))
        self.there = self._scene(an_office("xa", cap=there, **rules))
        database.listen(self._hear)
        database.listen(self._fail)
        self._put_up_screens()

    def _scene(self, cast: Cast) -> Scene:
        area = int(add_area(cast.office, Words("Khu vực B", "Area B"), 2, form())["area"])
        return Scene(cast, area, World(cast.office, fresh=self._fresh))

    @property
    def cast(self) -> Cast:
        return self.here.cast

    @property
    def area(self) -> int:
        return self.here.area

    @property
    def world(self) -> World:
        return self.here.world

    @property
    def sent(self) -> list[tuple[str, Asked, Callable[[Asked], Answer]]]:
        return self.here.sent

    def teardown(self) -> None:
        if hasattr(self, "stack"):
            database.unlisten(self._hear)
            database.unlisten(self._fail)
            self.stack.close()

    # What people do.

    @rule(letter=st.sampled_from("AAB"), party=st.integers(1, 3), priority=st.booleans())
    def take_a_ticket(self, letter: str, party: int, priority: bool) -> None:
        chosen = self.cast.classes[0] if priority else None
        service = self.cast.services[letter]
        self._do("issue", lambda asked: issue(self.cast.office, service, asked, party=party, priority_class_id=chosen))

    @rule(counter=st.integers(1, 3))
    def call_next(self, counter: int) -> None:
        self._do("call", lambda asked: clerk.call_next(self.cast.counters[counter], asked))

    @rule(counter=st.integers(1, 3), verb=st.sampled_from(["call_again", "begin", "begin", "finish", "finish", "miss"]))
    def at_the_counter(self, counter: int, verb: str) -> None:
        ticket = tickets.at_counter(self.cast.counters[counter])
        if ticket:
            act = getattr(clerk, verb)
            self._do(verb, lambda asked: act(ticket.id, asked))

    @precondition(lambda self: self.some_ticket())
    @rule(data=st.data(), verb=st.sampled_from(["enter", "enter", "exit"]))
    def at_the_door(self, data: st.DataObject, verb: str) -> None:
        ticket = self._any(data)
        code, act = number(ticket), {"enter": door.enter, "exit": door.go_out}[verb]
        self._do(verb, lambda asked: act(self.cast.office, code, asked), ticket)

    @precondition(lambda self: self.some_ticket())
    @rule(data=st.data(), people=st.integers(1, 3))
    def another_party_than_on_the_ticket(self, data: st.DataObject, people: int) -> None:
        ticket = self._any(data)
        code = number(ticket)
        self._do("enter", lambda asked: door.enter(self.cast.office, code, asked, people))

    @precondition(lambda self: self.some_ticket())
    @rule(data=st.data(), why=st.sampled_from(["", "người già yếu"]))
    def let_one_in_anyway(self, data: st.DataObject, why: str) -> None:
        code = number(self._any(data))
        self._do("admit", lambda asked: door.let_in(self.cast.office, code, why, asked))

    @precondition(lambda self: self.some_ticket())
    @rule(data=st.data(), goes_in=st.booleans())
    def at_the_waiting_area(self, data: st.DataObject, goes_in: bool) -> None:
        code = number(self._any(data))
        if goes_in:
            self._do("wait", lambda asked: door.enter_area(self.cast.office, self.area, code, asked))
        else:
            self._do("stop waiting", lambda asked: door.go_out(self.cast.office, code, asked, self.area))

    @rule(people=st.integers(1, 2), goes_in=st.booleans())
    def people_without_a_ticket(self, people: int, goes_in: bool) -> None:
        if goes_in:
            self._do("walk in", lambda asked: headcount.walk_in(self.cast.office, people, asked))
        else:
            self._do("walk out", lambda asked: headcount.walk_out(self.cast.office, people, asked))

    @rule(people=st.integers(0, 6), why=st.sampled_from(["", "đếm bằng mắt"]))
    def the_room_is_counted(self, people: int, why: str) -> None:
        self._do("recount", lambda asked: headcount.recount(self.cast.office, people, why, asked))

    @rule(counter=st.integers(1, 3))
    def a_clerk_pauses(self, counter: int) -> None:
        self._do("pause", lambda asked: clerk.pause(self.cast.counters[counter], asked))

    @precondition(lambda self: self.some_ticket())
    @rule(data=st.data(), verb=st.sampled_from(["leave", "come_back", "begin", "finish", "miss"]))
    def about_any_ticket(self, data: st.DataObject, verb: str) -> None:
        ticket = self._any(data)
        act = getattr(visit, verb, None) or getattr(clerk, verb)
        self._do(verb, lambda asked: act(ticket, asked), ticket)

    @rule(counter=st.integers(1, 3))
    def who_is_called_needs_more_minutes(self, counter: int) -> None:
        ticket = tickets.at_counter(self.cast.counters[counter])
        if ticket:
            self._do("defer", lambda asked: minutes.defer(ticket.id, asked), ticket.id)

    @precondition(lambda self: self.some_ticket())
    @rule(data=st.data(), verb=st.sampled_from(["defer", "ready", "ready"]))
    def more_minutes_or_ready(self, data: st.DataObject, verb: str) -> None:
        act = {"defer": minutes.defer, "ready": minutes.ready}[verb]
        others_first = [late.id for late in other_way.deferred(self.cast.office)]
        ticket = self._any(data, among=others_first if verb == "ready" else None)
        self._do(verb, lambda asked: act(ticket, asked), ticket)

    @precondition(lambda self: self.some_ticket())
    @rule(data=st.data(), verb=st.sampled_from(["try_online", "ask_help", "help_given", "done_online", "failed"]))
    def the_other_way(self, data: st.DataObject, verb: str) -> None:
        ticket = self._any(data)
        more = {"done_online": ("H01",), "failed": ("no_account",)}.get(verb, ())
        self._do(verb, lambda asked: getattr(online, verb)(ticket, *more, asked), ticket)

    @precondition(lambda self: self.some_ticket())
    @rule(data=st.data(), letter=st.sampled_from("AB"), crash=st.booleans())
    def go_on_at_the_other_office(self, data: st.DataObject, letter: str, crash: bool) -> None:
        ticket, there = self._any(data), self.there.cast
        self._meanwhile_there()
        with self._going_down(crash):
            self._do("hand over", lambda asked: handing.hand_over(ticket, there.office, there.services[letter], asked))
        self._arrived_there(ticket)

    @rule()
    def what_was_half_done_is_finished(self) -> None:
        Morning.operations += 1
        self._tick()
        self.world.remember()
        self._meanwhile_there()
        handing.finish_hand_overs()
        assert not other_way.half_handed()
        self._settle_up()
        self._settle_up_there()

    @rule()
    def turn_to_the_other_office(self) -> None:
        self.here, self.there = self.there, self.here

    @rule(cap=st.sampled_from([None, 0, 1, 2, 4]))
    def set_the_cap(self, cap: int | None) -> None:
        self._do("cap", lambda asked: room.set_cap(self.cast.office, cap, asked))

    @precondition(lambda self: self.sent)
    @rule(data=st.data())
    def send_an_old_form_again(self, data: st.DataObject) -> None:
        Morning.operations += 1
        verb, asked, act = data.draw(st.sampled_from(self.sent))
        self.world.remember()
        assert act(asked) == self.world.answers[str(asked.operation)][1], verb
        assert promises.count_rows(self.world) == self.world.rows_before
        self._settle_up()

    @rule(seconds=st.sampled_from([5, 100, 181, 700, -3600, 90_000]))
    def time_passes(self, seconds: int) -> None:
        Morning.operations += 1
        self.moment += timedelta(seconds=seconds)
        self._stop_clock()

    @rule(tomorrow=st.booleans())
    def the_day_is_closed(self, tomorrow: bool) -> None:
        if tomorrow:
            self.moment += timedelta(days=1)
            self._stop_clock()
        self._do("close", lambda asked: clockwork.close_day(self.cast.office, asked))

    @rule(counter=st.integers(1, 3), verb=st.sampled_from(["hold", "hold", "transfer", "accepted", "online"]))
    def the_visit_is_closed(self, counter: int, verb: str) -> None:
        ticket = tickets.at_counter(self.cast.counters[counter])
        if ticket:
            self._do(verb, lambda asked: self._close(ticket.id, verb, asked))

    @precondition(lambda self: self.some_ticket())
    @rule(data=st.data(), verb=st.sampled_from(["rejoin", "rejoin", "resume"]))
    def back_with_the_papers(self, data: st.DataObject, verb: str) -> None:
        away = [own for own in self.some_ticket() if tickets.by_id(own).status == "held"]
        ticket = data.draw(st.sampled_from(away)) if away else self._any(data)
        self._do(verb, lambda asked: getattr(closing, verb)(ticket, asked), ticket)

    def _close(self, ticket: int, verb: str, asked: Asked) -> Answer:
        if verb == "hold":
            return closing.put_on_hold(ticket, ["giấy khai sinh"], asked)
        if verb == "transfer":
            other = {self.cast.services["A"]: "B", self.cast.services["B"]: "A"}[tickets.by_id(ticket).service_id]
            return closing.transfer(ticket, self.cast.services[other], asked)
        return clerk.finish(ticket, asked, Closing(verb))

    # How the test keeps count.

    def some_ticket(self) -> list[int]:
        return [answer["ticket"] for verb, answer in self.world.answers.values() if verb == "issue"]

    def _any(self, data: st.DataObject, among: list[int] | None = None) -> int:
        return data.draw(st.sampled_from(among or self.some_ticket()[-8:]))

    def _do(self, verb: str, act: Callable[[Asked], Answer], about: int | None = None) -> None:
        Morning.operations += 1
        self._tick()
        asked = form()
        db.session.rollback()
        self.world.remember()
        try:
            answer = act(asked)
        except Refused:
            assert promises.count_rows(self.world) == self.world.rows_before, "a refusal that changed something"
        else:
            self.world.answers[str(asked.operation)] = (verb, answer)
            self.sent.append((verb, asked, act))
            self.world.census.note(verb, answer)
        self._settle_up()

    # What happens at the other office meanwhile.

    def _meanwhile_there(self) -> None:
        """What the clock has made due there happens first."""
        self.here, self.there = self.there, self.here
        self._tick()
        self.world.remember()
        self.here, self.there = self.there, self.here

    def _settle_up_there(self) -> None:
        self.here, self.there = self.there, self.here
        self._settle_up()
        self.here, self.there = self.there, self.here

    def _arrived_there(self, ticket: int) -> None:
        """Whoever has been given a new ticket has it, whatever has become of the old one."""
        new = other_way.handed_to(ticket)
        if new and new.office_id == self.there.cast.office:
            answer = {"ticket": new.id, "token": new.token}
            self.there.world.answers.setdefault(f"over {ticket}", ("issue", answer))
        self._settle_up_there()

    @contextmanager
    def _going_down(self, crash: bool) -> Iterator[None]:
        """Between the two offices the machine goes down."""
        before = handing.end_handed
        if crash:
            handing.end_handed = _crash
        try:
            yield
        finally:
            handing.end_handed = before

    def _tick(self) -> None:
        """What the clock has made due happens first, so that a step shows the step alone."""
        self.world.remember()
        clockwork.tick(self.cast.office)
        self.world.census.clock(self.moment)
        self._read_moves()

    def _read_moves(self) -> None:
        self.world.read()
        self.world.census.read(self.world.new_rows(), self.moment)

    def _settle_up(self) -> None:
        db.session.rollback()
        db.session.expire_all()
        self._read_moves()
        self._watch_phones()
        self.read_afresh = Snapshot(self.cast.office)
        promises.check_all(self.world)

    def _stop_clock(self) -> None:
        self.stack.enter_context(clock.at(self.moment))

    # What screens show, and when they are told.

    def _put_up_screens(self) -> None:
        self.line = self.app.extensions["line"]
        database.unlisten(self.line.told)  # The test draws after each step itself, in this thread.
        self._put_up(f"/offices/{self.there.cast.slug}/display/board")
        counters = [f"/counters/{counter}/desk" for counter in self.cast.counters.values()]
        for address in (
            "/offices/demo/display/board",
            "/offices/demo/door/state",
            "/offices/demo/door/sign/state",
            f"/offices/demo/areas/{self.area}/door/state",
            "/offices/demo/kiosk/services",
            *counters,
        ):
            self._put_up(address)
        self._draw()

    def _put_up(self, address: str) -> None:
        found = at(address)
        assert found is not None
        panel, args, lang = found
        watched = Watched(panel, args, lang, panel.office_of(**args), _ticket_of(args), screens={"me"})
        self.line.watched[address] = watched

    def _draw(self) -> None:
        """What the line does after a change, at once and in this thread."""
        self.line._draw_all(list(self.line.watched.values()))
        for watched in self.line.watched.values():
            scene = self.here if watched.office_id == self.cast.office else self.there
            scene.world.screens[watched.address] = (watched.seq, _without_seq(watched.html))

    def _watch_phones(self) -> None:
        for ticket in self.some_ticket()[-3:]:
            token = tickets.by_id(ticket).token
            if f"/t/{token}/turn" not in self.line.watched:
                self._put_up(f"/t/{token}/turn")
        self._draw()
        own = [w for w in self.line.watched.values() if "token" in w.args and w.office_id == self.cast.office]
        self.world.pages = {str(w.args["token"]): w.html for w in own}

    def _fresh(self, address: str) -> str:
        panel, args, lang = at(address)  # type: ignore[misc]
        with self.app.test_request_context(f"/?lang={lang}"):
            g.pushed = True
            return _without_seq(str(draw(panel, args, lang, self.read_afresh).html))

    def _hear(self, told: Told) -> None:
        """Another connection must find what this listener is told of."""
        saved = self.reader.execute(text("SELECT seq FROM office WHERE id = :id"), {"id": told.office_id}).scalar_one()
        self.world.told.append((offices.by_id(told.office_id).seq, saved))

    def _fail(self, told: Told) -> None:
        raise RuntimeError("a screen that can't be told")


def _crash(_ticket: int, _asked: Asked) -> Answer:
    raise Crash


def _without_seq(html: str) -> str:
    start = html.index(' data-seq="')
    return html[:start] + html[html.index('"', start + 11) + 1 :]


def _reader(address: str) -> Connection:
    """Another program at the same database: it sees what is saved, and no more."""
    return create_engine(address, isolation_level="AUTOCOMMIT", poolclass=NullPool).connect()


def run(examples: int, steps: int, fresh: Fresh) -> None:
    """Let people do so many things on so many mornings; raises what Hypothesis has found."""
    phases = [Phase.generate, Phase.shrink] if os.environ.get("PROVE_SHRINK") else [Phase.generate]
    Morning.fresh_database = staticmethod(fresh)
    run_state_machine_as_test(
        Morning,
        settings=settings(
            max_examples=examples, stateful_step_count=steps, deadline=None, print_blob=True,
            suppress_health_check=list(HealthCheck), database=None, phases=phases,
        ),
    )  # fmt: skip


def prove_on(kind: str, full: bool) -> Figures:
    """The machine on one of the two databases."""
    Morning.trials = Morning.operations = 0
    figures = Figures(f"Anything in any order, {kind}")
    try:
        with databases(kind) as fresh:
            run(*(FULL if full else SIZES[kind]), fresh)
    except Exception as error:  # Whatever stops a morning, a promise or a surprise, is told.
        figures.violations.append(f"{error!r}\n" + "\n".join(getattr(error, "__notes__", [])))
    figures.trials, figures.operations = Morning.trials, Morning.operations
    return figures


def prove(full: bool) -> Figures:
    """The machine on both, one after the other."""
    rows = [prove_on(kind, full) for kind in (SQLITE, POSTGRES)]
    return Figures(
        "Anything in any order, on both databases",
        sum(row.trials for row in rows),
        sum(row.operations for row in rows),
        [violation for row in rows for violation in row.violations],
    )


if __name__ == "__main__":
    logging.disable(logging.CRITICAL)  # One listener fails at every change, on purpose.
    main(*(partial(prove_on, kind) for kind in sys.argv[1:] or (SQLITE, POSTGRES)))
