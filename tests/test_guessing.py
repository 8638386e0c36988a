"""Scripts guess passwords at a real server as fast as they can: they get nowhere, and nobody at the office notices.

A machine has thousands of addresses of its own (127.0.0.0/8): each guess comes from another one, and the server sees
them all. Or all come from one, with forged ones in a header, which the server must not believe.
"""

import statistics
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import requests
from requests.adapters import HTTPAdapter

from counter.actions.signing import STRANGERS
from tests.server import Person, Server

pytestmark = pytest.mark.server
SECONDS, SCRIPTS = 4.0, 4


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    server = Server(tmp_path / "guessing")
    server.prepare()
    server.start()
    yield server
    server.stop()


class From(HTTPAdapter):
    """Asks from one of this machine's own addresses."""

    def __init__(self, address: str) -> None:
        self.address = address
        super().__init__()

    def init_poolmanager(self, *args: Any, **how: Any) -> None:
        super().init_poolmanager(*args, source_address=(self.address, 0), **how)


def forged(script: Person, number: int) -> dict[str, str]:
    """The same address, and a header that says another."""
    return {"X-Forwarded-For": f"10.{number // 250 % 250}.9.{number % 250}"}


def from_another(script: Person, number: int) -> dict[str, str]:
    """Another address each time: a thousand of them, one after the other."""
    script.http.mount(script.server.root, From(f"127.7.{number // 250 % 4}.{number % 250 + 1}"))
    return {}


def quay1(_number: int) -> str:
    """Always the same account."""
    return "quay1"


def anybody(number: int) -> str:
    """Another name each time, so that no account and no address is tried twice soon."""
    return f"quay{number}"


Comes = Callable[[Person, int], dict[str, str]]
Whom = Callable[[int], str]


def guess(server: Server, comes: Comes, whom: Whom, answers: list[int], until: float) -> None:
    """One of the scripts, with a session of its own."""
    script = Person(server)
    script.get("/session")
    while time.monotonic() < until:
        number = len(answers)
        fields = {"csrf_token": script.token, "username": whom(number), "password": f"guess {number}"}
        headers = comes(script, number)
        answer = script.http.post(f"{server.root}/session", data=fields, headers=headers, timeout=30)
        answers.append(answer.status_code)


def desk_times(desk: Person, until: float) -> list[float]:
    """Milliseconds that a clerk's page takes, asked for five times a second."""
    times = []
    while time.monotonic() < until:
        began = time.monotonic()
        assert desk.get("/counters/2").status_code == 200
        times.append(1000 * (time.monotonic() - began))
        time.sleep(0.2)
    return times


def sign_in(server: Server, owner: requests.Session, password: str) -> requests.Response:
    page = Person(server)
    page.http = owner
    page.get("/session?username=quay1")
    return page.post("/session", username="quay1", password=password)


@pytest.mark.parametrize(("comes", "whom"), [(from_another, quay1), (forged, quay1), (from_another, anybody)])
def test_guessing_gets_nowhere_and_nobody_notices(server: Server, comes: Comes, whom: Whom) -> None:
    owner, desk, password = requests.Session(), Person(server), server.accounts["quay1"]
    desk.sign_in("quay2")
    assert sign_in(server, owner, password).status_code == 303
    first = Person(server)
    tried = [first.post("/session", username="quay1", password=f"guess {n}").status_code for n in range(6)]
    assert tried == [401] * 5 + [429]
    quiet = desk_times(desk, time.monotonic() + 1.5)
    answers, until = list[int](), time.monotonic() + SECONDS
    scripts = [threading.Thread(target=guess, args=(server, comes, whom, answers, until)) for _ in range(SCRIPTS)]
    for script in scripts:
        script.start()
    busy = desk_times(desk, until - 0.5)
    began = time.monotonic()
    assert sign_in(server, owner, password).status_code == 303, "the owner, in a browser that is known"
    took = 1000 * (time.monotonic() - began)
    assert sign_in(server, requests.Session(), password).status_code == 429, "a stranger who knows the password"
    for script in scripts:
        script.join()
    rate, looked = len(answers) / SECONDS, answers.count(401)
    before, during = statistics.median(quiet), statistics.median(busy)
    print(f"\n{rate:.0f} guesses a second, {looked} looked at; the owner in {took:.0f} ms; a desk's page: ", end="")
    print(f"{before:.0f} ms before, {during:.0f} ms (worst {max(busy):.0f}) during")
    if whom is quay1:
        assert looked <= 1, "five were tried before, and one comes back every five minutes"
    else:
        assert 0 < looked <= STRANGERS.burst + (SECONDS + 2) / STRANGERS.every.total_seconds(), "of whoever it is"
        assert 429 in answers, "whoever they say they are, and wherever they come from"
