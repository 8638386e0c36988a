"""The real server as a process of its own, on a file of its own, on 127.0.0.1 only."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

import requests

ROOT = Path(__file__).parent.parent
SLOWEST_START = 30.0


@dataclass
class Server:
    """Starts, stops, kills and starts again; remembers the demo's accounts."""

    folder: Path
    port: int = 0
    process: subprocess.Popen[bytes] | None = None
    accounts: dict[str, str] = field(default_factory=dict)
    database: str = ""
    """What DATABASE_URL says; empty: the one file in the folder."""
    settings: dict[str, str] = field(default_factory=dict)
    """What else its keeper sets in the environment."""

    def __post_init__(self) -> None:
        self.port = self.port or free_port()

    @property
    def root(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def file(self) -> Path:
        return self.folder / "luot.sqlite3"

    def prepare(self) -> None:
        """Make, migrate and fill the database, as `make run` does."""
        self._run("-m", "flask", "--app", "app", "prepare")
        lines = (self.folder / "demo-accounts.txt").read_text().splitlines()
        self.accounts = {username: password for _role, username, password in map(str.split, lines)}

    def first_run(self, *answers: str) -> None:
        """Make the first office and its manager, with nothing of the demo."""
        self.folder.mkdir(parents=True)
        self._run("-m", "flask", "--app", "app", "first-run", *answers)

    def set_cap(self, people: int) -> None:
        self._run("-m", "flask", "--app", "app", "cap", "demo", str(people))

    def start(self) -> None:
        """Start, and wait until it is ready."""
        log = (self.folder / "server.log").open("ab")
        self.process = subprocess.Popen(
            [sys.executable, "-m", "gunicorn", "-c", "gunicorn.conf.py"],
            cwd=ROOT, env=self._environment(), stdout=log, stderr=log, start_new_session=True,
        )  # fmt: skip
        log.close()
        self._wait_until_ready()

    def kill(self) -> None:
        """kill -9, master and worker, as a power cut of the process would."""
        assert self.process is not None
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def stop(self) -> None:
        """Stop politely; kill what does not go."""
        if self.process is None or self.process.poll() is not None:
            return
        self.process.terminate()
        try:
            self.process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            self.kill()

    def log(self) -> str:
        return (self.folder / "server.log").read_text()

    def _run(self, *command: str) -> None:
        subprocess.run([sys.executable, *command], cwd=ROOT, env=self._environment(), check=True, capture_output=True)

    def _environment(self) -> dict[str, str]:
        own = {"DATA_DIR": str(self.folder), "PORT": str(self.port), "BIND": "127.0.0.1", "PUBLIC_URL": ""}
        return {**os.environ, **own, "DATABASE_URL": self.database, **self.settings}

    def _wait_until_ready(self) -> None:
        until = time.monotonic() + SLOWEST_START
        while time.monotonic() < until:
            try:
                if requests.get(f"{self.root}/readyz", timeout=2).status_code == 200:
                    return
            except requests.RequestException:
                time.sleep(0.05)
        raise AssertionError(f"the server did not start:\n{self.log()}")


def free_port() -> int:
    """A port that nobody uses at this moment."""
    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        return int(asked.getsockname()[1])


class Person:
    """Somebody with a browser of their own, without the browser: keeps cookies, sends forms."""

    def __init__(self, server: Server) -> None:
        self.server = server
        self.http = requests.Session()
        self.token = ""

    def get(self, path: str) -> requests.Response:
        answer = self.http.get(self.server.root + path, timeout=30)
        found = re.search(r'name="csrf_token" value="([^"]+)"', answer.text)
        self.token = found[1] if found else self.token
        return answer

    def post(self, path: str, **fields: str) -> requests.Response:
        """Send a form; a lost token is fetched first. The answer's redirect is not followed."""
        if not self.token:
            self.get("/session")
        form = {"csrf_token": self.token, **fields}
        return self.http.post(self.server.root + path, data=form, timeout=30, allow_redirects=False)

    def sign_in(self, username: str) -> None:
        self.get("/session")
        answer = self.post("/session", username=username, password=self.server.accounts[username])
        assert answer.status_code == 303, answer.text[:300]
        self.token = ""
