"""The protocol by which places in the room are given, searched through by Spin in every interleaving (admission.pml).

It proves, within the bounds named there, that no order of events breaks the protocol: three doors, a form that comes
twice, answers that are lost and asked for again, a moving cap, the clock, kills in the middle. It says nothing about
the code itself: that the code keeps to the protocol is what the state machine, the storm and the kills are for. A
search that finds nothing proves little unless it can find something: so each rule is broken once, and must be found.

Trials are the searches, operations the states looked at.
"""

import os
import re
import shutil
import subprocess
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from tests.proof.figures import Figures, main

MODEL = Path(__file__).with_name("admission.pml")
NEEDED = ("spin", "gcc")
SMALL = {"SCANS": 1, "CAPS": 1, "LOOKS": 0, "KILLS": 1, "LOSSES": 1}
FULL = {"SCANS": 1, "CAPS": 2, "LOOKS": 1, "KILLS": 1, "LOSSES": 1}
BROKEN = (
    "READ_OUTSIDE_LOCK", "LOOK_OUTSIDE_LOCK", "IGNORE_OPERATION_ID", "CAP_OFF_BY_ONE", "HOLD_TWICE", "FORGET_TO_SETTLE",
    "ANSWER_BEFORE_COMMIT", "KEEP_APART", "LOCK_OUTLIVES_KILL",
)  # fmt: skip
"""One rule each that the protocol stands on, not kept."""

SAFETY = ("-DNOCLAIM", "-DSAFETY")
"""Every assertion, and no state in which all wait for ever."""
LIVENESS = ("-DNFAIR=3",)
"""The formula `given`: a free place is given to who is next, sooner or later (weak fairness)."""
MEMORY = 2_000
"""Megabytes; a search that needs more is a failure, not an answer."""


def prove(full: bool) -> Figures:
    """Search the protocol, which must hold, and each broken variant, which must not."""
    with ThreadPoolExecutor(os.cpu_count()) as cores:
        searches = [cores.submit(_holds, FULL if full else SMALL, SAFETY), cores.submit(_holds, SMALL, LIVENESS)]
        searches += [cores.submit(_is_caught, rule) for rule in BROKEN]
    looked = [search.result() for search in searches]
    violations = [violation for _states, violation in looked if violation]
    return Figures("Model of the room's places", len(looked), sum(states for states, _none in looked), violations)


def missing() -> list[str]:
    """Which of the programs that the search needs this machine lacks."""
    return [program for program in NEEDED if shutil.which(program) is None]


def _holds(bounds: dict[str, int], kind: tuple[str, ...]) -> tuple[int, str]:
    """Returns how many states were looked at, and what is wrong, if anything."""
    states, errors, said = _search(bounds, kind)
    wrong = errors or "Search not completed" in said
    return states, f"the protocol {bounds} {' '.join(kind)}: {_first_fault(said)}" if wrong else ""


def _is_caught(rule: str) -> tuple[int, str]:
    kind = LIVENESS if rule == "FORGET_TO_SETTLE" else SAFETY
    states, errors, _said = _search({**SMALL, rule: 1}, kind)
    return states, "" if errors else f"{rule}: the search does not find what this breaks"


def _search(macros: dict[str, int], kind: tuple[str, ...]) -> tuple[int, int, str]:
    """Returns how many states were looked at, how many faults were found (it stops at the first) and what was said."""
    defined = [f"-D{name}={value}" for name, value in macros.items()]
    how = ["-m200000", *([] if kind is SAFETY else ["-a", "-f"])]
    with tempfile.TemporaryDirectory() as folder:
        _run(folder, "spin", "-a", *defined, str(MODEL))
        _run(folder, "gcc", "-w", "-O1", "-DCOLLAPSE", f"-DMEMLIM={MEMORY}", *kind, "-o", "pan", "pan.c")
        said = _run(folder, "./pan", *how)
    states = int(float(_number(r"([\d.e+]+) states, stored", said)))
    return states, int(_number(r"errors: (\d+)", said)), said


def _run(folder: str, *command: str) -> str:
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    if done.returncode and command[0] != "./pan":
        raise RuntimeError(f"{command[0]}: {done.stdout}{done.stderr}")
    return done.stdout


def _number(pattern: str, said: str) -> str:
    found = re.search(pattern, said)
    if found is None:
        raise RuntimeError(f"the search ended without a result:\n{said}")
    return found[1]


def _first_fault(said: str) -> str:
    return next((line for line in said.splitlines() if line.startswith("pan:")), "a fault")


if __name__ == "__main__":
    main(prove)
