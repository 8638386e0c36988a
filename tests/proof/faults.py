"""Planted faults: what a tired programmer might have done, one at a time, and whether the suite sees it.

Each `faults/<name>.patch` begins with what was done (`Fault:`) and the promise that this breaks (`Breaks:`), and is
applied to a copy of the tree in which the tests are run: the same for every fault, quick ones first, until the first
that fails. Before that the tests must pass in a copy without any fault, or nothing would be shown.

`python -m tests.proof.faults [name…]` plants all or the named ones, prints a table, and ends with 1 if one was missed.
"""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
PATCHES = Path(__file__).with_suffix("")
LEFT_OUT = shutil.ignore_patterns(".*", "var", "__pycache__", "pictures", "browser")
"""What the tests below don't need is not copied."""

QUICK = ("tests/rules", "tests/actions", "tests/test_database.py", "tests/test_live.py")
PAGES = ("tests/web/test_trust.py", "tests/web/test_door.py", "tests/web/test_office.py")
MACHINE = ("tests/proof/test_machine.py",)
SUITE = (
    (*QUICK, "-k", "not postgres"),
    ("tests/test_postgres.py",),
    (*PAGES, *MACHINE, "-k", "not postgres"),
    (*QUICK, *MACHINE, "-k", "postgres"),
)
"""What is run on every fault, one after the other: first on the file, then on PostgreSQL."""
LONGEST = 1800
"""Seconds after which one part of the suite is taken to stand still."""


@dataclass(frozen=True)
class Fault:
    """One planted fault."""

    name: str
    said: str
    promise: str
    patch: Path


@dataclass(frozen=True)
class Seen:
    """What the suite said: the first test that failed, or what else went wrong; neither: everything passed."""

    by: str = ""
    trouble: str = ""
    seconds: float = 0.0


def planted() -> list[Fault]:
    """All faults, by name. Raises KeyError where a patch doesn't say what it is."""
    return [_fault(patch) for patch in sorted(PATCHES.glob("*.patch"))]


def refusal(fault: Fault, tree: Path, *, only_asked: bool = False) -> str:
    """Apply a patch to a tree, or only ask whether it would apply; returns why it does not, or nothing."""
    command = ["git", "apply", *(["--check"] if only_asked else []), str(fault.patch)]
    around = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    inside = {**around, "GIT_CEILING_DIRECTORIES": str(tree.parent)}  # A copy belongs to no repository around it.
    done = subprocess.run(command, cwd=tree, env=inside, capture_output=True, text=True, check=False)
    return done.stderr.strip()


def look(fault: Fault | None, sound: Path = ROOT) -> Seen:
    """Run the suite in a copy of the sound tree with this fault, or with none."""
    began = time.monotonic()
    with _copy(sound) as tree:
        said = refusal(fault, tree) if fault else ""
        by, trouble = ("", f"does not apply: {said}") if said else _first_failure(tree)
    return Seen(by, trouble, time.monotonic() - began)


def prove(names: list[str]) -> int:
    """Plant the named faults (nothing named: all) and print the table; returns the exit status."""
    faults = [fault for fault in planted() if not names or fault.name in names]
    if unknown := set(names) - {fault.name for fault in faults}:
        print(f"no such fault: {', '.join(sorted(unknown))}")
        return 2
    with _copy(ROOT) as sound:  # What is edited meanwhile changes nothing.
        seen = look(None, sound)
        if seen.by or seen.trouble:
            print(f"without any fault: {seen.by or seen.trouble}")
            return 1
        print(f"without any fault everything passes ({seen.seconds:.0f} s)\n", flush=True)
        print("| Fault | Breaks | Caught by | Seconds |\n|---|---|---|--:|", flush=True)
        caught = sum([_show(fault, look(fault, sound)) for fault in faults])
    print(f"\ncaught: {caught} of {len(faults)}")
    return 0 if caught == len(faults) else 1


def _fault(patch: Path) -> Fault:
    head = dict(line.split(": ", 1) for line in patch.read_text().split("\n--- ")[0].splitlines())
    return Fault(patch.stem, head["Fault"], head["Breaks"], patch)


def _show(fault: Fault, seen: Seen) -> bool:
    by = seen.by or f"**MISSED** {seen.trouble}".strip()
    print(f"| {fault.name}: {fault.said} | {fault.promise} | {by} | {seen.seconds:.0f} |", flush=True)
    return bool(seen.by)


@contextmanager
def _copy(tree: Path) -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="luot-fault-") as folder:
        yield Path(shutil.copytree(tree, Path(folder) / "luot", ignore=LEFT_OUT))


def _first_failure(tree: Path) -> tuple[str, str]:
    """(the first test that failed, what else went wrong)."""
    for part in SUITE:
        status, said = _pytest(tree, part)
        failed = [line for line in said.splitlines() if line.startswith("FAILED ")]
        if failed:
            return failed[0].removeprefix("FAILED ").split(" - ")[0], ""
        if status != 0:  # A test that can't even begin shows a broken tree, not that a promise is held.
            return "", f"ended with {status}: …{' '.join(said.split())[-300:]}"
    return "", ""


def _pytest(tree: Path, part: tuple[str, ...]) -> tuple[int, str]:
    command = [sys.executable, "-m", "pytest", "-n0", "-x", "--tb=no", "-rf", *part]
    env = {**os.environ, "DATA_DIR": str(tree / "var")}
    output = {"stdin": subprocess.DEVNULL, "stdout": subprocess.PIPE, "stderr": subprocess.STDOUT}
    running = subprocess.Popen(command, cwd=tree, env=env, text=True, **output)
    try:
        said, _ = running.communicate(timeout=LONGEST)
    except subprocess.TimeoutExpired:
        running.send_signal(signal.SIGINT)  # Politely: it has a PostgreSQL to stop.
        running.communicate()
        return -1, f"stood still for {LONGEST} s"
    return running.returncode, said


if __name__ == "__main__":
    sys.exit(prove(sys.argv[1:]))
