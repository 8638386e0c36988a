"""What the keeper types to keep the data, as a tired person does, and what is said."""

import json
import re
import sqlite3
from pathlib import Path

import pytest
import requests
from flask import Flask
from flask_migrate import downgrade

from counter import migrating
from counter.database import db
from tests.actions.test_issue import take
from tests.cast import Cast
from tests.conftest import make_app
from tests.server import Server
from tests.test_keeper import flask, rows

DIGEST = re.compile(r"^state +([0-9a-f]{64}) ", re.MULTILINE)


def state(said: str) -> str:
    return DIGEST.findall(said)[-1]


def typed(app: Flask, *words: str, status: int = 0) -> str:
    """What is said to a command; in this process, which is much sooner."""
    with app.app_context():
        done = app.test_cli_runner().invoke(args=list(words))
        db.session.remove()
        db.engine.dispose()
    assert done.exit_code == status, done.output
    return done.output


@pytest.fixture
def office(app: Flask, cast: Cast, folder: Path) -> Path:
    """A folder with an office that has given a ticket."""
    take(cast)
    db.session.remove()
    db.engine.dispose()
    return folder


@pytest.fixture
def older(app: Flask, office: Path) -> Path:
    """The same, at an older migration."""
    migrating.make_migratable(app)
    downgrade(revision="0006")
    db.session.remove()
    db.engine.dispose()
    return office


def test_check_backup_and_restore_say_the_same_state(
    app: Flask, office: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    file, elsewhere = office / "copy.sqlite3", tmp_path_factory.mktemp("elsewhere")
    checked = typed(app, "check", "--tables")
    assert checked.count(" kept ") == 20 and "BROKEN" not in checked
    made = typed(app, "backup", str(file))
    assert "whole" in made and "secret-key" in made
    other = make_app(elsewhere)
    done = typed(other, "restore", str(file))
    assert state(checked) == state(made) == state(done) == state(typed(other, "check"))
    assert rows(elsewhere, "SELECT letter, number FROM ticket") == [("A", 1)]


def test_what_is_broken_is_named_with_its_place_and_ends_with_one(app: Flask, office: Path) -> None:
    _run(office, "UPDATE ticket SET status = 'done'")
    said = typed(app, "check", status=1)
    assert re.search(r"^I6 +BROKEN", said, re.MULTILINE) and "demo: A001 of 2026-11-23 is done" in said
    assert said.count("BROKEN") == 1
    assert "Warning: I6 is broken in these data" in typed(app, "backup", str(office / "copy")), "and yet it is kept"


def test_a_row_that_refers_to_nothing_is_found(app: Flask, office: Path) -> None:
    _run(office, "UPDATE ticket SET counter_id = 77")
    assert re.search(r"^database +BROKEN", typed(app, "check", status=1), re.MULTILINE)
    assert "Warning: database" in typed(app, "backup", str(office / "copy")), "what is not damaged is kept as it is"


def test_a_file_that_is_there_is_not_written_over(app: Flask, office: Path) -> None:
    (office / "copy").touch()
    said = typed(app, "backup", str(office / "copy"), status=1)
    assert "is there already: choose another name, or say --force" in said
    typed(app, "backup", str(office / "copy"), "--force")
    assert "name a FILE" in typed(app, "backup", status=2)
    assert "nothing to do" in typed(app, "backup", "--nightly")


def test_before_a_migration_what_was_there_is_kept(app: Flask, older: Path) -> None:
    said = typed(app, "prepare", "--no-demo")
    kept = Path(re.findall(r"it is kept: (.+)$", said, re.MULTILINE)[0])
    assert kept.parent == older / "backups" and "was at migration 0006" in said
    assert "it is kept" not in typed(app, "prepare", "--no-demo"), "only where there is something to migrate"
    back = typed(app, "restore", str(kept), "--yes")
    assert "(of the backup)" in back and "It was brought to migration" in back
    assert rows(older, "SELECT letter, number FROM ticket") == [("A", 1)]


def test_without_room_for_the_backup_nothing_is_migrated(app: Flask, older: Path) -> None:
    (older / "backups").write_text("in the way")
    assert "nothing was migrated" in typed(app, "prepare", "--no-demo", status=1)
    assert rows(older, "SELECT version_num FROM alembic_version") == [("0006",)]
    typed(app, "prepare", "--no-demo", "--no-backup")
    assert rows(older, "SELECT version_num FROM alembic_version") == [(migrating.newest(),)]


def test_check_asks_for_a_database_that_is_as_new_as_the_program(tmp_path: Path) -> None:
    app = make_app(tmp_path)
    assert "can't be used" in typed(app, "check", status=1)
    assert "not there" in typed(app, "backup", str(tmp_path / "copy"), status=1)
    assert not list(tmp_path.iterdir()), "and none is made"
    (tmp_path / "luot.sqlite3").touch()
    assert "not made yet" in typed(app, "check", status=1)
    assert "nothing to keep yet" in typed(app, "backup", str(tmp_path / "copy"), status=1)


@pytest.mark.server
def test_while_it_serves_a_backup_is_taken_and_a_restore_is_refused(office: Path) -> None:
    server, file = Server(office), office / "copy.sqlite3"
    server.start()
    try:
        made = flask(office, "backup", str(file))
        assert "stop it first" in flask(office, "restore", str(file), "--yes", status=1)
        server.kill()
        assert state(flask(office, "restore", str(file), "--yes")) == state(made)
        server.start()
    finally:
        server.stop()
    lines = [json.loads(line) for line in server.log().splitlines() if line.startswith("{")]
    assert not [line for line in lines if line["level"] in ("warning", "error")], lines


@pytest.mark.server
def test_the_servers_log_is_json_and_its_figures_are_there(office: Path) -> None:
    server = Server(office)
    server.start()
    try:
        asked = {"X-Request-ID": "req-12345678"}
        answer = requests.get(f"{server.root}/offices/demo/display", headers=asked, timeout=9)
        figures = requests.get(f"{server.root}/metrics", timeout=9).text
    finally:
        server.stop()
    assert answer.headers["X-Request-ID"] == "req-12345678"
    (line,) = [json.loads(line) for line in server.log().splitlines() if "req-12345678" in line]
    assert (line["path"], line["status"], line["office"]) == ("/offices/<slug>/display", 200, "demo")
    assert 'luot_waiting{office="demo"} 1.0' in figures and "luot_database_up 1.0" in figures
    assert "process_resident_memory_bytes" in figures


def _run(folder: Path, sql: str) -> None:
    connection = sqlite3.connect(folder / "luot.sqlite3")
    with connection:
        connection.execute(sql)
    connection.close()
