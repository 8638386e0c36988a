"""A disk that can be filled and made read-only, and the real server on it.

With the right to mount, it is a small file system of its own. Without it, a limit that any user may set on a process
of its own: the server may not write a file beyond a size, and beyond size 0 nothing at all.
"""

import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil
import requests

from tests.server import ROOT, SLOWEST_START, Server

SIZE = 24 * 1024 * 1024
"""Bytes: the log of a busy morning takes a sixth of it."""
UNLIMITED = resource.RLIM_INFINITY


class ServerOnDisk(Server):
    """Keeps its log elsewhere: the disk may be full, or take nothing from the start."""

    def start(self, ready: bool = True) -> None:
        with (Path(tempfile.gettempdir()) / f"luot-disk-{os.getpid()}.log").open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "gunicorn", "-c", "gunicorn.conf.py"],
                cwd=ROOT, env=self._environment(), stdout=log, stderr=log, start_new_session=True,
            )  # fmt: skip
        self.wait_for("/readyz" if ready else "/healthz", 200)

    def wait_for(self, path: str, status: int) -> None:
        """Until an address answers with a status."""
        until, last = time.monotonic() + SLOWEST_START, ""
        while time.monotonic() < until:
            try:
                answer = requests.get(self.root + path, timeout=10)
                if answer.status_code == status:
                    return
                last = f"{answer.status_code} {answer.text[:200]}"
            except requests.ConnectionError as error:
                last = str(error)
            time.sleep(0.1)
        raise AssertionError(f"{path} did not come to {status}: {last}")

    def limit(self, size: int) -> None:
        """How large any file may be that this server writes."""
        assert self.process is not None
        master = psutil.Process(self.process.pid)
        for process in (master, *master.children(recursive=True)):
            _soft, hard = resource.prlimit(process.pid, resource.RLIMIT_FSIZE)
            resource.prlimit(process.pid, resource.RLIMIT_FSIZE, (size, hard))


class Mounted:
    """A file system of its own that is really full."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @property
    def can_be_read_only(self) -> bool:
        return True

    def fill(self, _server: ServerOnDisk) -> None:
        with (self.folder / "filler").open("ab", buffering=0) as filler:
            for block in (1024 * 1024, 4096):
                try:
                    while True:
                        filler.write(bytes(block))
                except OSError:
                    continue

    def free(self, _server: ServerOnDisk) -> None:
        (self.folder / "filler").unlink(missing_ok=True)

    def make_read_only(self) -> None:
        """Only while no file of it is open for writing."""
        subprocess.run(["mount", "-o", "remount,ro", str(self.folder)], check=True)

    def make_writable(self) -> None:
        subprocess.run(["mount", "-o", "remount,rw", str(self.folder)], check=True)


class Limited(Mounted):
    """No file may grow: what a full disk does, without the right to mount one."""

    @property
    def can_be_read_only(self) -> bool:
        """Rights on files mean nothing to root, who may mount instead."""
        return os.geteuid() != 0

    def fill(self, server: ServerOnDisk) -> None:
        server.limit(server.file.stat().st_size)

    def free(self, server: ServerOnDisk) -> None:
        server.limit(UNLIMITED)

    def make_read_only(self) -> None:
        self._let(0o444, 0o555)

    def make_writable(self) -> None:
        self._let(0o644, 0o755)

    def _let(self, file: int, folder: int) -> None:
        for path in self.folder.iterdir():
            path.chmod(file)
        self.folder.chmod(folder)


@contextmanager
def a_disk() -> Iterator[Mounted]:
    """A small disk: a mounted one where that is allowed."""
    with tempfile.TemporaryDirectory(prefix="luot-disk-") as name:
        folder = Path(name)
        if not _mounts(folder):
            yield Limited(folder)
            return
        try:
            yield Mounted(folder)
        finally:
            subprocess.run(["umount", str(folder)], check=True)


@contextmanager
def a_limited_disk() -> Iterator[Limited]:
    """A disk that is full by a limit, also where one could be mounted."""
    with tempfile.TemporaryDirectory(prefix="luot-disk-") as name:
        yield Limited(Path(name))


def _mounts(folder: Path) -> bool:
    if os.geteuid() != 0:
        return False
    command = ["mount", "-t", "tmpfs", "-o", f"size={SIZE}", "luot-disk", str(folder)]
    return subprocess.run(command, capture_output=True).returncode == 0
