"""What others do meanwhile, by plain HTTP, and what the file says about it afterwards."""

import itertools
import json
import re
import sqlite3
from dataclasses import dataclass

from tests.server import Person, Server

COUNTER_OF = {"A": 1, "B": 2, "C": 3, "D": 5, "E": 4, "G": 6, "H": 5, "K": 6}
"""A counter of the demo that takes this service."""

_ids = itertools.count()


@dataclass(frozen=True)
class Ticket:
    """A ticket taken elsewhere."""

    id: int
    number: str
    path: str


def take(server: Server, letter: str = "A", **choices: str) -> Ticket:
    """Somebody takes a ticket on a phone of their own."""
    answer = Person(server).post("/offices/demo/tickets", service=service(server, letter), operation=form(), **choices)
    assert answer.status_code == 303, answer.text[:400]
    return ticket_at(server, answer.headers["Location"])


def ticket_at(server: Server, path: str) -> Ticket:
    """The ticket that a phone shows at this address."""
    token = re.sub(r".*/t/", "", path)
    found = rows(server, "SELECT id, letter, number FROM ticket WHERE token = ?", token)
    ((id, letter, number),) = found
    return Ticket(id, f"{letter}{number:03}", f"/t/{token}")


def status(server: Server, ticket: Ticket) -> str:
    return str(rows(server, "SELECT status FROM ticket WHERE id = ?", ticket.id)[0][0])


def at_counter(server: Server, counter: int) -> list[int]:
    """The ticket that a counter has called, if it has called one."""
    found = rows(server, "SELECT id FROM ticket WHERE counter_id = ? AND status = 'called'", counter)
    return [row[0] for row in found]


def give_up(server: Server, ticket: Ticket) -> None:
    """The visitor gives the ticket up."""
    assert Person(server).post(ticket.path, operation=form(), _method="DELETE").status_code == 303


def service(server: Server, letter: str) -> str:
    return str(rows(server, "SELECT id FROM service WHERE letter = ?", letter)[0][0])


def form() -> str:
    """An operation id as no form has had it before."""
    return f"elsewhere-{next(_ids)}"


def rows(server: Server, sql: str, *values: object) -> list[tuple]:
    """What the file says, read from outside."""
    connection = sqlite3.connect(server.file, timeout=10)
    try:
        return connection.execute(sql, values).fetchall()
    finally:
        connection.close()


def write(server: Server, sql: str, *values: object) -> int:
    """Change the database beside the running server; returns the id of what was added."""
    connection = sqlite3.connect(server.file, timeout=10)
    with connection:
        made = connection.execute(sql, values).lastrowid
    connection.close()
    return made or 0


def an_errand(server: Server, code: str, name: str, papers: list[str] | None = None, **known: object) -> int:
    """An errand of the demo office's catalogue; returns its id. `known`: other columns."""
    own = {column: "" for column in ("also", "field", "level", "authority", "fee", "days", "url")}
    own |= {"office_id": 1, "code": code, "name_vi": name, "papers": json.dumps(papers or [])}
    own |= {"pinned": 0, "retired": 0, "by_hand": "[]", **known}
    return write(
        server, f"INSERT INTO procedure ({', '.join(own)}) VALUES ({', '.join('?' * len(own))})", *own.values()
    )


def moves(server: Server, move: str) -> list[int]:
    """The tickets that have made this move, in order; twice the ones that made it twice."""
    return [row[0] for row in rows(server, "SELECT ticket_id FROM history WHERE move = ? ORDER BY seq", move)]


class Staff:
    """The office's staff at other screens."""

    def __init__(self, server: Server) -> None:
        self.server = server
        self._people: dict[str, Person] = {}

    def person(self, username: str) -> Person:
        if username not in self._people:
            self._people[username] = Person(self.server)
            self._people[username].sign_in(username)
        return self._people[username]

    def call(self, counter: int) -> int:
        """Call the next visitor to a counter; returns the ticket's id."""
        self._post(f"quay{counter}", f"/counters/{counter}/calls")
        (ticket,) = at_counter(self.server, counter)
        return ticket

    def begin(self, counter: int, ticket: int) -> None:
        self._post(f"quay{counter}", f"/tickets/{ticket}/service")

    def finish(self, counter: int, ticket: int) -> None:
        self._post(f"quay{counter}", f"/tickets/{ticket}/service", _method="DELETE")

    def miss(self, counter: int, ticket: int) -> None:
        self._post(f"quay{counter}", f"/tickets/{ticket}/absence")

    def let_in(self, ticket: Ticket) -> None:
        self._post("huongdan", "/offices/demo/door/entries", code=ticket.number)

    def serve(self, counter: int) -> int:
        """Call, begin and finish."""
        ticket = self.call(counter)
        self.begin(counter, ticket)
        self.finish(counter, ticket)
        return ticket

    def cookie(self, username: str) -> str:
        """The session of somebody who has signed in."""
        return str(self.person(username).http.cookies["luot"])

    def _post(self, username: str, path: str, **fields: str) -> None:
        answer = self.person(username).post(path, operation=form(), **fields)
        assert answer.status_code == 303, answer.text[:400]
