"""What a proof comes to, and the table that `make prove` prints of them all.

A proof is a module of this folder with `prove(full)`, which returns its `Figures`. It runs by itself
(`python -m tests.proof.power_cut`, full size), all of them by `make prove`, and small by pytest.
"""

import os
import platform
import sys
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field


@dataclass
class Figures:
    """One row: `trials` of the same kind, `operations` in all of them, and every promise that was broken."""

    name: str
    trials: int = 0
    operations: int = 0
    violations: list[str] = field(default_factory=list)
    """In words, with what is needed to see it again."""
    longest_restart: float | None = None
    """Seconds from a kill to the first good answer, where the proof kills."""
    took: float = 0.0


Proof = Callable[[bool], Figures]


def timed(proof: Proof, full: bool) -> Figures:
    """Run a proof and note how long it took."""
    began = time.monotonic()
    figures = proof(full)
    figures.took = time.monotonic() - began
    return figures


def table(all_figures: Iterable[Figures]) -> str:
    """The rows, as they stand in docs/reliability.md."""
    lines = [
        "| Proof | Trials | Operations | Violations | Longest restart | Took |",
        "|---|--:|--:|--:|--:|--:|",
    ]
    for row in all_figures:
        restart = f"{row.longest_restart:.2f} s" if row.longest_restart is not None else "–"
        counts = f"{row.trials:,} | {row.operations:,} | {len(row.violations)}"
        lines.append(f"| {row.name} | {counts} | {restart} | {row.took / 60:.1f} min |")
    return "\n".join(lines)


def machine() -> str:
    """On what it ran, in one line."""
    return f"{platform.system()} {platform.release()}, {os.cpu_count()} cores, Python {platform.python_version()}"


def main(*proofs: Proof) -> None:
    """Run proofs at full size, print their table and every violation; the exit status says whether there was one."""
    rows = [timed(proof, full=True) for proof in proofs]
    print(table(rows))
    broken = [f"{row.name}: {violation}" for row in rows for violation in row.violations]
    print("\n".join(broken) if broken else "no promise was broken")
    sys.exit(1 if broken else 0)
