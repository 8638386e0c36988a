"""The shape of the house (docs/architecture.md). To change the shape, change this file in the same commit."""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
CODE = sorted([ROOT / "app.py", *(ROOT / "queues").glob("*.py"), *(ROOT / "counter").rglob("*.py")])

MAP = {
    "queues": {"queues"},
    "clock": {"clock"},
    "settings": {"settings"},
    "engine": {"engine"},
    "database": {"database", "engine"},
    "logs": {"logs"},
    "metrics": {"metrics", "database", "queues"},
    "migrating": {"migrating", "database"},
    "officefile": {"officefile", "queues"},
    "models": {"models", "officefile", "database", "queues"},
    "catalogue": {"catalogue", "queues"},
    "keeping": {"keeping", "engine", "database", "migrating", "models", "clock", "queues"},
    "actions": {
        "actions", "catalogue", "officefile", "models", "database", "sessions", "passwords", "scrypt", "metrics",
        "clock", "queues",
    },
    "sessions": {"sessions", "models", "clock", "queues"},
    "screens": {"screens", "models"},
    "machine": {"machine"},
    "access": {"access", "machine", "screens", "sessions", "models", "queues"},
    "errors": {"errors", "access", "database", "queues"},
    "passwords": {"passwords"},
    "pins": {"pins"},
    "scrypt": {"scrypt", "models"},
    "serving": {"serving"},
    "voice": {"voice", "models"},
    "qr": {"qr"},
    "version": {"version"},
    "sheets": {"sheets", "queues"},
    "paper": {"paper", "models", "qr"},
    "panels": {"panels", "models", "access", "clock", "queues"},
    "web": {
        "web", "panels", "actions", "catalogue", "officefile", "models", "access", "errors", "database", "keeping",
        "machine", "metrics", "migrating", "clock", "qr", "paper", "passwords", "pins", "screens", "scrypt", "sessions",
        "sheets", "version", "queues",
    },
    "descriptors": set(),
    "live": {
        "live", "panels", "models", "access", "clock", "errors", "database", "screens", "sessions", "version", "voice",
        "queues", "logs"},
    "demo": {"demo", "catalogue", "models", "database", "clock", "queues"},
    "cli_audit": {"cli_audit", "models"},
    "cli_catalogue": {"cli_catalogue", "catalogue", "actions", "models", "queues"},
    "cli_clean_up": {"cli_clean_up", "actions"},
    "cli_keeping": {"cli_keeping", "keeping", "migrating", "database", "queues"},
    "cli_offices": {"cli_offices", "actions", "officefile", "models", "database", "clock", "queues"},
    "cli_people": {
        "cli_people", "cli_keeping", "actions", "migrating", "officefile", "models", "database", "passwords", "clock",
        "queues",
    },
    "cli_texts": {"cli_texts", "actions", "models", "queues"},
    "cli": {
        "cli", "cli_audit", "cli_catalogue", "cli_clean_up", "cli_keeping", "cli_offices", "cli_people", "cli_texts",
        "demo", "migrating", "actions", "models", "database", "clock", "queues",
    },
    "app": {"cli", "database", "live", "models", "settings", "web", "actions", "errors", "keeping", "metrics"},
}  # fmt: skip
"""Which room may know which. Rules know nobody; actions know no screen; web and live never meet."""

WEB_FRAMEWORKS = {"flask", "flask_babel", "flask_socketio", "htmx_flask", "flask_wtf", "werkzeug"}
LONGEST_FUNCTION, LONGEST_FILE = 25, 200


def room(module: str) -> str:
    """The room that a module stands in: counter.actions.issue → actions."""
    parts = module.split(".")
    return parts[1] if parts[0] == "counter" and len(parts) > 1 else parts[0]


def name_of(file: Path) -> str:
    return ".".join(file.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


def imports(file: Path) -> Iterator[str]:
    """Every module that a file imports; `from counter import clock` imports counter.clock."""
    for node in ast.walk(ast.parse(file.read_text())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            if node.module == "counter":
                yield from (f"counter.{alias.name}" for alias in node.names)


@pytest.mark.parametrize("file", CODE, ids=name_of)
def test_imports_go_one_way(file: Path) -> None:
    own = room(name_of(file))
    if own == "counter":
        return
    known = {room(module) for module in imports(file) if module.split(".")[0] in ("queues", "counter")}
    assert known - {"counter"} <= MAP[own], f"{name_of(file)} knows {sorted(known - MAP[own])}"


@pytest.mark.parametrize("file", [f for f in CODE if f.parts[-2] == "queues"], ids=name_of)
def test_rules_know_only_python(file: Path) -> None:
    foreign = {module.split(".")[0] for module in imports(file)} - {"queues"}
    assert foreign <= sys.stdlib_module_names
    assert not any(f"{clock}(" in file.read_text() for clock in ("datetime.now", "date.today", "time.time"))


def test_actions_know_no_web() -> None:
    for file in (f for f in CODE if room(name_of(f)) == "actions"):
        assert not {module.split(".")[0] for module in imports(file)} & WEB_FRAMEWORKS, file


def test_only_the_database_commits() -> None:
    for file in (f for f in CODE if name_of(f) != "counter.database"):
        assert ".commit(" not in file.read_text(), file


def test_a_ticket_moves_in_one_place() -> None:
    for file in (f for f in CODE if name_of(f) not in ("counter.actions.change", "queues.errors")):
        tree = list(ast.walk(ast.parse(file.read_text())))
        stored = [
            n for n in tree if isinstance(n, ast.Attribute) and n.attr == "status" and isinstance(n.ctx, ast.Store)
        ]
        updates = [n for n in tree if isinstance(n, ast.Call) and "update(Ticket" in ast.unparse(n)]
        assert not stored and not updates, file


def test_there_is_no_circle_of_imports() -> None:
    graph = {name_of(file): set(imports(file)) for file in CODE}
    graph = {name: {other for other in known if other in graph and other != name} for name, known in graph.items()}
    while free := {name for name, known in graph.items() if not known & graph.keys()}:
        graph = {name: known for name, known in graph.items() if name not in free}
    assert not graph, f"a circle among {sorted(graph)}"


def test_no_top_level_name_hides_the_standard_library() -> None:
    names = {path.stem for path in ROOT.iterdir() if path.suffix == ".py" or path.is_dir()}
    assert not names & set(sys.stdlib_module_names)


def test_every_place_has_a_page_and_every_panel_a_partial_of_its_name() -> None:
    from counter.panels import PANELS

    for panel in PANELS:
        folder, partial = panel.template.split("/")
        assert partial == f"_{panel.name}.html"
        assert (ROOT / "templates" / folder / partial).exists()
        assert (ROOT / "templates" / folder / "show.html").exists()


def test_templates_name_no_macro_file_as_a_page() -> None:
    for template in (ROOT / "templates").rglob("_*.html"):
        assert "<html" not in template.read_text(), template


@pytest.mark.parametrize("file", CODE, ids=name_of)
def test_functions_and_files_are_small(file: Path) -> None:
    assert len(file.read_text().splitlines()) <= LONGEST_FILE
    for node in ast.walk(ast.parse(file.read_text())):
        if isinstance(node, ast.FunctionDef):
            assert (node.end_lineno or 0) - node.lineno + 1 <= LONGEST_FUNCTION, f"{file}:{node.lineno} {node.name}"


def test_public_functions_say_what_they_mean() -> None:
    silent = [
        f"{name_of(file)}.{node.name}"
        for file in CODE
        for node in ast.parse(file.read_text()).body
        if isinstance(node, ast.FunctionDef | ast.ClassDef)
        and not node.name.startswith("_")
        and not ast.get_docstring(node)
    ]
    assert not silent
