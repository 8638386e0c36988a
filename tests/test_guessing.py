"""A script guesses passwords at a real server as fast as it can: it gets nowhere, and nobody at the office notices.

Its addresses are forged, since all that a test has is this machine's own: the server must not believe them.
"""

import statistics
import threading
import time
from collections.abc import Iterator

import pytest
import requests

from tests.server import Person, Server

pytestmark = pytest.mark.server
SECONDS, SCRIPTS = 4.0, 4


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    server = Server(tmp_path_factory.mktemp("guessing"))
    server.prepare()
    server.start()
    yield server
    server.stop()


def guess(server: Server, answers: list[int], until: float) -> None:
    """One of the scripts, with a session of its own and a new forged address each time."""
    script = Person(server)
    script.get("/session")
    while time.monotonic() < until:
        number = len(answers)
        fields = {"csrf_token": script.token, "username": "quay1", "password": f"guess {number}"}
        forged = {"X-Forwarded-For": f"10.{number // 250 % 250}.9.{number % 250}"}
        answer = script.http.post(f"{server.root}/session", data=fields, headers=forged, timeout=30)
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


def test_guessing_gets_nowhere_and_nobody_notices(server: Server) -> None:
    owner, desk, password = requests.Session(), Person(server), server.accounts["quay1"]
    desk.sign_in("quay2")
    assert sign_in(server, owner, password).status_code == 303
    first = Person(server)
    tried = [first.post("/session", username="quay1", password=f"guess {n}").status_code for n in range(6)]
    assert tried == [401] * 5 + [429]
    quiet = desk_times(desk, time.monotonic() + 1.5)
    answers, until = list[int](), time.monotonic() + SECONDS
    scripts = [threading.Thread(target=guess, args=(server, answers, until)) for _ in range(SCRIPTS)]
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
    assert looked <= 1, "five were tried before, and one comes back every five minutes"
