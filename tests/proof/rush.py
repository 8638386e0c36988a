"""A rush on running servers: many people with devices at once, each as fast as it is answered (verbs.py: what they do).

Whoever gets no answer sends the same form again until there is one, as a browser and its owner would. Every answer that
was given is written down, with the form it was given to.
"""

import re
import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import count
from random import Random

import requests

from tests.proof.store import Given, Store
from tests.server import Person, Server

TWICE = 0.3
"""How often a form is sent a second time; every second one of these at the same moment as the first."""
PATIENCE = 120.0
"""Seconds after which somebody who is not answered gives up; that is a violation."""
FINE = (303, 404, 409, 422)
"""Done, or refused with a sentence. Anything else is a violation."""


class Rush:
    """What all of them share."""

    def __init__(self, store: Store, servers: Sequence[Server], seed: int = 1) -> None:
        self.store, self.servers, self.random = store, servers, Random(seed)
        self.given: list[Given] = []
        self.violations: list[str] = []
        self.sent = 0
        self.stop = threading.Event()
        self.up = threading.Event()
        self.up.set()
        self.services = [row[0] for row in store.rows("SELECT id FROM service ORDER BY id")]
        self.sessions: dict[str, tuple[str, dict[str, str]]] = {}
        self._ids = count(1)

    def at_work(self, *crews: tuple[int, Callable[["Somebody"], None], str]) -> list[threading.Thread]:
        """Start so many threads of each crew: (how many, what each does again and again, signed in as whom)."""
        threads = []
        for many, work, username in crews:
            for n in range(many):
                somebody = Somebody(self, username.format(n % 6 + 1), n)
                threads.append(threading.Thread(target=self._again_and_again, args=(work, somebody), daemon=True))
        for thread in threads:
            thread.start()
        return threads

    def rest(self, threads: list[threading.Thread]) -> None:
        """Let everybody end what they are about."""
        self.stop.set()
        self.up.set()
        for thread in threads:
            thread.join(PATIENCE)
            if thread.is_alive():
                self.complain("somebody never came to an end")

    def next_form(self) -> str:
        """An operation id that nobody has sent before."""
        return f"rush-{next(self._ids)}"

    def complain(self, violation: str) -> None:
        """Write down what must not happen; the first ones are enough."""
        if len(self.violations) < 20:
            self.violations.append(violation)

    def _again_and_again(self, work: Callable[["Somebody"], None], somebody: "Somebody") -> None:
        while not self.stop.is_set():
            try:
                work(somebody)
            except Exception as error:
                self.complain(f"{work.__name__} failed: {error!r}")
                time.sleep(0.2)


class Somebody(Person):
    """One with a device, who asks any of the servers each time."""

    def __init__(self, rush: Rush, username: str, n: int) -> None:
        super().__init__(rush.servers[0])
        self.rush, self.n, self.random = rush, n, Random(f"{rush.random.random()} {username} {n}")
        self.counter = n % 6 + 1
        if username not in rush.sessions:
            rush.sessions[username] = self._signed_in(username)
        self.token = rush.sessions[username][0]
        self.http.cookies.update(rush.sessions[username][1])

    def _signed_in(self, username: str) -> tuple[str, dict[str, str]]:
        """One account, many devices: the password is asked once (it is slow on purpose)."""
        if username:
            self.sign_in(username)
        self.get("/session")
        return self.token, self.http.cookies.get_dict()

    def do(self, verb: str, path: str, **fields: str) -> str | None:
        """Send a form, sometimes twice; returns its operation id when it was done, None when it was refused."""
        form = {**fields, "operation": self.rush.next_form()}
        if self.random.random() > TWICE:
            answers = [self._answered(path, form)]
        elif self.random.random() < 0.5:
            answers = [self._answered(path, form), self._answered(path, form)]
        else:
            with ThreadPoolExecutor(2) as both:
                answers = list(both.map(lambda _n: self._answered(path, form), range(2)))
        return self._one_answer(verb, form["operation"], [answer for answer in answers if answer is not None])

    def _one_answer(self, verb: str, form: str, answers: list[requests.Response]) -> str | None:
        """A form has one answer, however often it is sent. (A refusal binds nobody: a moment later it may succeed.)"""
        done = {answer.headers["Location"] for answer in answers if answer.status_code == 303}
        if len(done) > 1:
            self.rush.complain(f"{verb} {form}: two answers {sorted(done)}")
        if not done:
            return None
        self.rush.given.append(Given(verb, form, done.pop()))
        return form

    def _answered(self, path: str, form: dict[str, str]) -> requests.Response | None:
        """Send a form until there is an answer to it."""
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            self.rush.up.wait(PATIENCE)
            self.server = self.random.choice(self.rush.servers)
            try:
                answer = self.post(path, **form)
            except requests.RequestException:
                time.sleep(0.05)
                continue
            self.rush.sent += 1
            if answer.status_code not in FINE:
                self.rush.complain(f"{path} was answered {answer.status_code}: {_spoken(answer)}")
            return answer
        self.rush.complain(f"{path} was never answered")
        return None


def _spoken(answer: requests.Response) -> str:
    """What a page says, without its clothes."""
    return " ".join(re.sub(r"<[^>]*>", " ", answer.text.split("<body", 1)[-1]).split())[:200]
