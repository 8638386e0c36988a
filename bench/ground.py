"""What the measuring programs share: the real server on a fresh folder, percentiles, and the table."""

import re
import resource
import signal
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import psutil

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))  # The programs run as files; the product stands one folder up.

from tests.server import Person, Server  # noqa: E402

OFFICE = "demo"
SERVICES = "ABCDEGHK"


class Figures:
    """Rows of figure, value, goal and whether it is met. A row without a goal is told for its own sake."""

    def __init__(self) -> None:
        self.rows: list[tuple[str, str, str, str]] = []

    def tell(self, figure: str, value: str) -> None:
        self.rows.append((figure, value, "", ""))

    def at_most(self, figure: str, value: float, goal: float, unit: str) -> None:
        self._judge(figure, value, goal, unit, "≤", value <= goal)

    def at_least(self, figure: str, value: float, goal: float, unit: str) -> None:
        self._judge(figure, value, goal, unit, "≥", value >= goal)

    def exactly(self, figure: str, value: str, goal: str, met: bool) -> None:
        self.rows.append((figure, value, goal, "yes" if met else "NO"))

    def heading(self, text: str) -> None:
        self.rows.append((text, "", "", "heading"))

    def show(self) -> None:
        """Print the table, and how many goals are met."""
        widths = [max(len(row[n]) for row in [*self.rows, HEAD] if row[3] != "heading") for n in range(4)]
        _line(HEAD, widths)
        print("  ".join("-" * width for width in widths))
        for row in self.rows:
            print(f"\n{row[0]}") if row[3] == "heading" else _line(row, widths)
        judged = [row[3] for row in self.rows if row[3] in ("yes", "NO")]
        print(f"\ngoals: {judged.count('yes')} of {len(judged)} met")

    def _judge(self, figure: str, value: float, goal: float, unit: str, sign: str, met: bool) -> None:
        self.exactly(figure, f"{plain(value)} {unit}", f"{sign} {plain(goal)} {unit}", met)


HEAD = ("figure", "value", "goal", "met")


def _line(row: Sequence[str], widths: Sequence[int]) -> None:
    print(f"{row[0]:<{widths[0]}}  {row[1]:>{widths[1]}}  {row[2]:<{widths[2]}}  {row[3]}".rstrip())


def plain(value: float) -> str:
    """A figure with as many decimals as say something."""
    if value == int(value) and abs(value) < 100_000:
        return f"{value:.0f}"
    return f"{value:.0f}" if abs(value) >= 100 else f"{value:.1f}" if abs(value) >= 1 else f"{value:.3f}"


def percentile(values: Sequence[float], percent: float) -> float:
    """The nearest rank; of few values the 99th is the largest."""
    ordered = sorted(values)
    return ordered[max(0, -(-len(ordered) * percent // 100).__int__() - 1)]


def make_ready() -> None:
    """A socket is a file: ask for as many as the machine allows. Whoever is told to stop stops the server first."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("stopped"))
    _soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))


@contextmanager
def fresh_folder() -> Iterator[Path]:
    """A data folder that is gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="luot-bench-") as name:
        yield Path(name)


def tree(server: Server) -> list[psutil.Process]:
    """The server's processes."""
    assert server.process is not None
    top = psutil.Process(server.process.pid)
    return [top, *top.children(recursive=True)]


def cpu_seconds(processes: Sequence[psutil.Process]) -> float:
    """Processor time that the processes have used so far."""
    return sum(times.user + times.system for times in (process.cpu_times() for process in processes))


def resident(processes: Sequence[psutil.Process]) -> int:
    """Bytes of memory that the processes hold."""
    return sum(process.memory_info().rss for process in processes)


def service_ids(server: Server) -> dict[str, int]:
    """Letter → id, read from the kiosk as a visitor reads it."""
    text = Person(server).get(f"/offices/{OFFICE}/kiosk").text
    found = re.findall(r'id="service-(\d+)".*?data-letter="(\w)"', text, re.S)
    return {letter: int(own) for own, letter in found}
