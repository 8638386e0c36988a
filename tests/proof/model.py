"""The protocol by which places in the room are given, searched through by Spin in every interleaving (admission.pml).

It proves, within the bounds named there, that no order of events breaks the protocol: three doors, a form that comes
twice, answers that are lost and asked for again, a moving cap, the clock, kills in the middle. It says nothing about
the code itself: that the code keeps to the protocol is what the state machine, the storm and the kills are for. A
search that finds nothing proves little unless it can find something: so each rule is broken once, and must be found.

Trials are the searches, operations the states looked at.
"""

import re
import shutil
import subprocess
import tempfile
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
    figures = Figures("model of the room's places")
    for kind in (SAFETY, LIVENESS):
        _holds(figures, FULL if full and kind is SAFETY else SMALL, kind)
    for rule in BROKEN:
        _is_caught(figures, rule)
    return figures


def missing() -> list[str]:
    """Which of the programs that the search needs this machine lacks."""
    return [program for program in NEEDED if shutil.which(program) is None]


def _holds(figures: Figures, bounds: dict[str, int], kind: tuple[str, ...]) -> None:
    errors, said = _search(figures, bounds, kind)
    if errors or "Search not completed" in said:
        figures.violations.append(f"the protocol {bounds} {' '.join(kind)}: {_first_fault(said)}")


def _is_caught(figures: Figures, rule: str) -> None:
    kind = LIVENESS if rule == "FORGET_TO_SETTLE" else SAFETY
    errors, _said = _search(figures, {**SMALL, rule: 1}, kind)
    if not errors:
        figures.violations.append(f"{rule}: the search does not find what this breaks")


def _search(figures: Figures, macros: dict[str, int], kind: tuple[str, ...]) -> tuple[int, str]:
    """Returns how many faults were found (the search stops at the first) and what it said."""
    defined = [f"-D{name}={value}" for name, value in macros.items()]
    how = ["-m200000", *([] if kind is SAFETY else ["-a", "-f"])]
    with tempfile.TemporaryDirectory() as folder:
        _run(folder, "spin", "-a", *defined, str(MODEL))
        _run(folder, "gcc", "-w", "-O1", "-DCOLLAPSE", f"-DMEMLIM={MEMORY}", *kind, "-o", "pan", "pan.c")
        said = _run(folder, "./pan", *how)
    figures.trials += 1
    figures.operations += int(float(_number(r"([\d.e+]+) states, stored", said)))
    return int(_number(r"errors: (\d+)", said)), said


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
