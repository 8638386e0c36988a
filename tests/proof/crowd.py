"""A crowd on one office: people who do anything in any order, the same from the same seed, and what they were told.

Proofs that need a busy morning begin here. The crowd keeps a `World`, so that every promise can be checked after
any step.
"""

from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from counter import clock
from counter.actions import call as clerk
from counter.actions import clockwork, door, room, visit
from counter.actions.issue import issue
from counter.actions.perform import Answer, Asked
from counter.database import db
from counter.models import ticket as tickets
from queues.errors import Refused
from tests.cast import MORNING, Cast, form, number
from tests.proof import promises
from tests.proof.census import LEAVES_AFTER
from tests.proof.promises import World

Act = Callable[[Asked], Answer]

WEIGHTS = {"issue": 30, "call": 22, "counter": 40, "enter": 14, "exit": 10, "visitor": 6, "cap": 1, "again": 3}
"""How often people do what: a morning on which the line grows a little."""


@dataclass(frozen=True)
class Sent:
    """A form that was answered."""

    verb: str
    asked: Asked
    act: Act
    answer: Answer


class Crowd:
    """`saved` is called after everything that may have been saved."""

    def __init__(self, cast: Cast, seed: int, moment: datetime = MORNING, saved: Callable[[], None] = lambda: None):
        self.cast, self.random, self.saved = cast, Random(seed), saved
        self.world = World(cast.office)
        self.sent: list[Sent] = []
        self.moment = moment
        self._stopped = ExitStack()
        self.pass_time(0)

    def go_home(self) -> None:
        """The clock goes on by itself again."""
        self._stopped.close()

    def pass_time(self, seconds: float) -> None:
        """Let time pass: every clock goes on."""
        self.moment += timedelta(seconds=seconds)
        self._stopped.enter_context(clock.at(self.moment))

    def step(self) -> None:
        """Somebody does something, some seconds after the last."""
        self.pass_time(self.random.randint(1, 45))
        (kind,) = self.random.choices(list(WEIGHTS), list(WEIGHTS.values()))
        getattr(self, f"_{kind}")()

    def do(self, verb: str, act: Act) -> Answer | None:
        """Send a new form; returns its answer, or None if it was refused."""
        self.tick()
        asked = form()
        self._look()
        try:
            answer = act(asked)
        except Refused:
            answer = None
        else:
            self.world.answers[str(asked.operation)] = (verb, answer)
            self.sent.append(Sent(verb, asked, act, answer))
            self.world.census.note(verb, answer)
        self._settled()
        return answer

    def tick(self) -> None:
        """What the clock has made due happens first, so that a step shows the step alone."""
        self.by_itself(lambda: clockwork.tick(self.cast.office))

    def by_itself(self, act: Callable[[], object]) -> None:
        """Something happens that nobody has asked for: those whose time has come have gone."""
        self._look()
        act()
        self.world.census.clock(self.moment)
        self._settled()

    def wait_anew(self) -> None:
        """The clock was put: whose errand is over has the full time once more to go."""
        self.world.census.leaves = dict.fromkeys(self.world.census.leaves, self.moment + LEAVES_AFTER)

    def check(self) -> None:
        """Every promise, as things stand."""
        promises.check_all(self.world)

    def take(self, letter: str, party: int = 1, priority: bool = False) -> int | None:
        """Take a ticket; returns its id, or None if the kiosk refused."""
        chosen = self.cast.classes[0] if priority else None
        service = self.cast.services[letter]
        answer = self.do(
            "issue", lambda asked: issue(self.cast.office, service, asked, party=party, priority_class_id=chosen)
        )
        return answer["ticket"] if answer else None

    # What people do.

    def _issue(self) -> None:
        self.take(self.random.choice("AAB"), self.random.choice([1, 1, 1, 2, 3]), self.random.random() < 0.2)

    def _call(self) -> None:
        counter = self.cast.counters[self.random.randint(1, 3)]
        self.do("call", lambda asked: clerk.call_next(counter, asked))

    def _counter(self) -> None:
        ticket = tickets.at_counter(self.cast.counters[self.random.randint(1, 3)])
        if ticket is None:
            return
        verbs = {"called": ["begin", "begin", "begin", "call_again", "miss"], "serving": ["finish"]}[ticket.status]
        verb, about = self.random.choice(verbs), ticket.id
        self.do(verb, lambda asked: getattr(clerk, verb)(about, asked))

    def _enter(self) -> None:
        self._door("enter", door.enter)

    def _exit(self) -> None:
        self._door("exit", door.go_out)

    def _door(self, verb: str, act: Callable[[int, str, Asked], Answer]) -> None:
        ticket = self._any()
        if ticket:
            code = number(ticket)
            self.do(verb, lambda asked: act(self.cast.office, code, asked))

    def _visitor(self) -> None:
        ticket = self._any()
        if ticket:
            verb = self.random.choice(["leave", "come_back"])
            self.do(verb, lambda asked: getattr(visit, verb)(ticket, asked))

    def _cap(self) -> None:
        cap = self.random.choice([2, 4, 6, None])
        self.do("cap", lambda asked: room.set_cap(self.cast.office, cap, asked))

    def _again(self) -> None:
        """An old form comes again: the same answer, and nothing else changes."""
        if not self.sent:
            return
        self.tick()
        self._look()
        old = self.random.choice(self.sent)
        assert old.act(old.asked) == old.answer, old.verb
        assert promises.count_rows(self.world) == self.world.rows_before
        self._settled()

    # What the crowd remembers.

    def _any(self) -> int | None:
        issued = [sent.answer["ticket"] for sent in self.sent if sent.verb == "issue"]
        return self.random.choice(issued[-12:]) if issued else None

    def _look(self) -> None:
        self._read()
        self.world.remember()

    def _settled(self) -> None:
        """Who came in by the rule, and whose errand is over, in this step."""
        self._read()
        self.world.census.read(self.world.new_rows(), self.moment)
        self.saved()

    def _read(self) -> None:
        db.session.rollback()
        db.session.expire_all()
        self.world.read()
