"""Does the search find what people mean, and how fast: `make bench-search`.

The real catalogue (tests/data/procedures.csv) and what people type (tests/data/typed.csv: each with the codes that are
right), on both databases: what the product's own function finds, and its time with 2,954 errands and with 5,000, where
made-up ones stand among the real ones. Every fifth way of typing was kept back while the rules were made.
"""

import csv
import random
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from ground import ROOT, Figures, make_ready, percentile

from counter.database import db
from counter.models import finding
from counter.models.procedure import Procedure
from tests import postgres
from tests.cast import an_office
from tests.conftest import close, file_in, make_app, migrate

DATA = ROOT / "tests" / "data"
MANY, FIRST, ROUNDS = 5_000, 5, 2
RECALL_GOAL, P99_GOAL = 95, 50
LETTER_BY_LETTER = ("dang ky khai sinh", "lam so do", "cap lai the can cuoc", "giay phep xay dung nha o")


def main() -> None:
    """Measure on SQLite, then on PostgreSQL where this machine has one."""
    make_ready()
    figures = Figures()
    for kind in ("SQLite", "PostgreSQL"):
        if kind == "SQLite" or postgres.programs() is not None:
            with database(kind) as office_id:
                measure(kind, office_id, figures)
    figures.show()


@contextmanager
def database(kind: str) -> Iterator[int]:
    """A fresh database with an office, inside the app's context; gives the office's id."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="luot-bench-")))
        address = file_in(folder)
        if kind == "PostgreSQL":
            cluster = stack.enter_context(postgres.cluster())
            address = cluster.fresh("template1")
        else:
            (folder / "luot.sqlite3").touch()
        migrate(make_app(folder, address))
        app = make_app(folder, address)
        stack.callback(close, app)
        stack.enter_context(app.app_context())
        yield an_office().office


def measure(kind: str, office_id: int, figures: Figures) -> None:
    """The real catalogue, then with made-up errands among it."""
    rows = list(csv.DictReader((DATA / "procedures.csv").open(encoding="utf-8", newline="")))
    asked = list(csv.DictReader((DATA / "typed.csv").open(encoding="utf-8", newline="")))
    figures.heading(f"{kind}: {len(rows)} real errands, {len(asked)} ways of typing")
    _fill(office_id, rows)
    tell_recall(office_id, asked, figures)
    tell_times(f"{len(rows)} errands", office_id, asked, figures)
    _fill(office_id, _made_up(rows))
    figures.heading(f"{kind}: {MANY} errands")
    tell_recall(office_id, asked, figures)
    tell_times(f"{MANY} errands", office_id, asked, figures)


def tell_recall(office_id: int, asked: list[dict[str, str]], figures: Figures) -> None:
    """How often a right errand is among the first five, of all and by the way of typing."""
    found: dict[str, list[bool]] = defaultdict(list)
    for row in asked:
        hits = {errand.code for errand in finding.find(office_id, row["typed"])[:FIRST]}
        is_found = bool(hits & set(row["codes"].split()))
        for group in ("all", row["kind"], "kept back" if row["kept"] else "seen"):
            found[group].append(is_found)
    figures.at_least(f"right one in the first {FIRST}", _percent(found.pop("all")), RECALL_GOAL, "%")
    figures.at_least("of those kept back", _percent(found.pop("kept back")), RECALL_GOAL, "%")
    for group, own in found.items():
        figures.tell(f"  {group} ({len(own)})", f"{_percent(own):.1f} %")


def tell_times(what: str, office_id: int, asked: list[dict[str, str]], figures: Figures) -> None:
    """Milliseconds of a search, the database's time included; and of one that somebody types letter by letter."""
    finding.vocabulary_of(office_id)
    took = [_took(office_id, row["typed"]) for _round in range(ROUNDS) for row in asked]
    begun = [text[:end] for text in LETTER_BY_LETTER for end in range(1, len(text) + 1)]
    letters = [_took(office_id, text) for _round in range(ROUNDS) for text in begun]
    figures.tell(f"a search, {what}, p50", f"{percentile(took, 50):.1f} ms")
    figures.at_most(f"a search, {what}, p99", percentile(took, 99), P99_GOAL, "ms")
    figures.at_most("letter by letter, p99", percentile(letters, 99), P99_GOAL, "ms")
    figures.tell("the slowest", f"{max(took + letters):.1f} ms")
    finding.forget()
    begun_at = time.perf_counter()
    finding.vocabulary_of(office_id)
    figures.tell("once after a change of the catalogue", f"{1000 * (time.perf_counter() - begun_at):.0f} ms")


def _took(office_id: int, typed: str) -> float:
    db.session.rollback()
    db.session.expire_all()
    begun = time.perf_counter()
    finding.find(office_id, typed)
    return 1000 * (time.perf_counter() - begun)


def _fill(office_id: int, rows: list[dict[str, str]]) -> None:
    for row in rows:
        db.session.add(
            Procedure(
                office_id=office_id, code=row["code"], name_vi=row["name"], field=row["field"], level=row["level"],
                authority=row["authority"], fee=row["fee"], days=row["days"], papers=row["papers"].split("; "),
                url=row["url"],
            )
        )  # fmt: skip
    db.session.commit()


def _made_up(rows: list[dict[str, str]]) -> list[dict[str, str]]:
    """Errands that look like real ones: the first half of one name and the second half of another of its field."""
    chance = random.Random(14)
    fields: dict[str, list[dict[str, str]]] = defaultdict(list)
    for row in rows:
        fields[row["field"]].append(row)
    made = []
    for n in range(MANY - len(rows)):
        one = chance.choice(rows)
        head, tail = one["name"].split(), chance.choice(fields[one["field"]])["name"].split()
        name = " ".join([*head[: -(-len(head) // 2)], *tail[len(tail) // 2 :], f"(mẫu {n})"])
        made.append({**one, "code": f"9.{900_000 + n}", "name": name})
    return made


def _percent(found: list[bool]) -> float:
    return 100 * sum(found) / len(found)


if __name__ == "__main__":
    main()
