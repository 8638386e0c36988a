"""A page of another site, and somebody who has copied the cookie of a device: both stay outside.

A device is paired through the real pages. A thief takes its cookie and watches beside it. When the manager takes the
device back, both are refused at once and both lines are closed; the seconds from the press to that are counted.
"""

import re
import threading
import time

from websocket import WebSocket, WebSocketBadStatusException, WebSocketConnectionClosedException, WebSocketException

from tests.proof.attack_socket import DOOR, cookies_of, open_line
from tests.server import Person, Server

DEVICES = "/offices/demo/settings/devices"
AT_MOST = 1.0
"""Seconds in which who has been taken back is out."""
PATIENCE = 10.0


def wrong_origins(server: Server) -> list[str]:
    """Which handshakes are answered as they must not be. A program says nothing of where it comes from, and may come:
    browsers always say it, and only they carry somebody's cookies."""
    own = {"own": f"http://127.0.0.1:{server.port}", "none": None}
    foreign = (
        "http://evil.example",
        "null",
        f"http://127.0.0.1:{server.port + 1}",
        f"https://127.0.0.1:{server.port}",
        "x",
    )
    wrong = [f"a line from {name} is refused" for name, origin in own.items() if not _comes_in(server, origin)]
    return wrong + [f"a line from {origin} comes in" for origin in foreign if _comes_in(server, origin)]


def pair(manager: Person, kind: str, name: str) -> tuple[Person, str]:
    """A device that is let in by the code it shows: (the device, its page of settings)."""
    device, known = Person(manager.server), set(_devices(manager))
    code = re.search(r'class="pairing-code"[^>]*>([^<]+)<', device.get("/device").text)
    assert code, "a new device shows no code"
    answer = manager.post(DEVICES, code=code[1].strip(), name=name, kind=kind, operation=f"pair-{name}")
    assert answer.status_code == 303, answer.text[:300]
    device.get("/device")
    (own,) = set(_devices(manager)) - known
    return device, own


def stolen(manager: Person, n: int) -> tuple[float, list[str]]:
    """Pair, steal, take back: the seconds until device and thief are out, and what went wrong."""
    device, own = pair(manager, "door", f"Cửa {n}")
    thief = Person(manager.server)
    thief.http.cookies.update(device.http.cookies)
    lines = [_watches(device), _watches(thief)]
    if None in lines or not (_may(device) and _may(thief)):
        return 0.0, ["a paired device, or who has its cookie, does not get in: nothing is shown"]
    ends = [_Ends(line) for line in lines if line]
    began = time.monotonic()
    manager.post(own, _method="DELETE", operation=f"back-{n}")
    refused = not (_may(thief) or _may(device))
    took = max(end.after(began) for end in ends)
    wrong = [] if refused else ["who was taken back is let in"]
    return took, wrong + [
        f"{who} still watches" for who, line in (("device", device), ("thief", thief)) if _watches(line)
    ]


class _Ends(threading.Thread):
    """Listens until a line is closed."""

    def __init__(self, line: WebSocket) -> None:
        super().__init__(daemon=True)
        self.line, self.at = line, float("inf")
        self.start()

    def run(self) -> None:
        try:
            while self.line.recv():
                pass
        except (WebSocketConnectionClosedException, OSError):
            pass
        self.at = time.monotonic()
        self.line.shutdown()

    def after(self, began: float) -> float:
        """Seconds until it was closed; for ever, where it still is open after long."""
        self.join(PATIENCE)
        return self.at - began


def _watches(person: Person) -> WebSocket | None:
    """A line that watches the door; None where that is refused."""
    line = open_line(person.server, *cookies_of(person))
    line.send("40")
    line.send(f'421["watch",["{DOOR}/state"]]')
    while not (said := str(line.recv())).startswith("431"):
        pass
    if '"refused":[]' in said:
        return line
    return line.shutdown()


def _may(person: Person) -> bool:
    return person.http.get(f"{person.server.root}{DOOR}/state", timeout=20, allow_redirects=False).status_code == 200


def _comes_in(server: Server, origin: str | None) -> bool:
    try:
        line = open_line(server, origin=origin) if origin else open_line(server, suppress_origin=True)
    except WebSocketBadStatusException:
        return False
    except WebSocketException:
        return False
    line.shutdown()
    return True


def _devices(manager: Person) -> list[str]:
    return re.findall(rf'action="({DEVICES}/\d+)"', manager.get(DEVICES).text)
