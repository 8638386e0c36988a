"""All proofs, or the named ones: `python -m tests.proof [names…] [--small]`.

Each runs in a process of its own, so that one that falls over does not stop the others, and as many at a time as the
machine has cores; one that measures how soon a server is back, or shuts somebody out, has the machine for itself. Its
row is printed when it is done, and the whole table at the end, with the command, the date and the machine.
"""

import json
import os
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict
from datetime import UTC, datetime
from functools import partial
from importlib import import_module
from pathlib import Path

from tests.proof.figures import Figures, Proof, machine, table, timed

PROOFS = {
    "machine-postgres": ("machine", "postgres"),
    "machine-sqlite": ("machine", "sqlite"),
    "clock_jumps": ("clock_jumps", None),
    "storm-postgres": ("storm", "postgres"),
    "storm-sqlite": ("storm", "sqlite"),
    "power_cut": ("power_cut", None),
    "disk": ("disk", None),
    "model": ("model", None),
    "attack": ("attack", None),
    "kill": ("kill", None),
}
"""Name → its module in this folder, and the database for those that are run on each; the longest first."""
ALONE = ("attack", "kill")
USAGE = f"python -m tests.proof [--small] [{'|'.join(PROOFS)} …]"


def run_all(words: list[str]) -> int:
    """Run what is named (nothing named: all) and print the table; returns the exit status."""
    names = [word for word in words if word != "--small"] or list(PROOFS)
    if not set(names) <= PROOFS.keys():
        print(USAGE)
        return 2
    began, small = datetime.now(UTC), "--small" in words
    with ThreadPoolExecutor(os.cpu_count()) as cores:
        rows = list(cores.map(partial(told, small=small), [name for name in names if name not in ALONE]))
    rows += [told(name, small=small) for name in names if name in ALONE]
    print(f"\npython -m tests.proof {' '.join(words)}".rstrip(), f"· {began:%Y-%m-%d %H:%M} UTC · {machine()}\n")
    print(table(rows))
    broken = [f"{row.name}: {violation}" for row in rows for violation in row.violations]
    print("\n" + ("\n".join(broken) or "no promise was broken"))
    return 1 if broken else 0


def told(name: str, *, small: bool) -> Figures:
    """Run one, and print its row as soon as it is done."""
    row = in_own_process(name, small=small)
    print(table([row]).splitlines()[-1], flush=True)
    return row


def in_own_process(name: str, *, small: bool) -> Figures:
    """Run one proof; a process that dies without its figures is a violation by itself."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "figures.json"
        command = [sys.executable, "-m", "tests.proof", "--into", str(file), name, *(["--small"] if small else [])]
        done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False)
        if file.exists():
            return Figures(**json.loads(file.read_text()))
        return Figures(name, violations=[f"ended with {done.returncode} and no figures: …{done.stdout[-1500:]}"])


def run_into(file: str, name: str, *small: str) -> None:
    """In the process of its own: run the proof and leave its figures in a file."""
    figures = timed(proof_named(name), full=not small)
    Path(file).write_text(json.dumps(asdict(figures)))


def proof_named(name: str) -> Proof:
    """The proof itself; its module is only imported here, in its own process."""
    module, database = PROOFS[name]
    own = import_module(f"tests.proof.{module}")
    return partial(own.prove_on, database) if database else own.prove  # type: ignore[no-any-return]


if __name__ == "__main__":
    if sys.argv[1:2] == ["--into"]:
        run_into(*sys.argv[2:])
    else:
        sys.exit(run_all(sys.argv[1:]))
