"""One file, whole or not there at all; put back only where nobody serves, and never over what is not kept."""

import errno
import os
import sqlite3
import stat
from pathlib import Path
from types import SimpleNamespace

import pytest
from flask import Flask
from flask_migrate import downgrade
from sqlalchemy import text

from counter import migrating
from counter.actions import settings
from counter.database import db
from counter.keeping import backup, postgres, restore, serving, sqlite, state
from counter.keeping.trouble import DAMAGED, EXISTS, FOLDER, FULL, OTHER, PROGRAM, Trouble
from counter.models.office import Office
from counter.models.ticket import Ticket
from queues.fingerprint import State, differing
from tests.actions.test_issue import take
from tests.cast import Cast, form
from tests.conftest import POSTGRES, close, make_app, on_both
from tests.postgres import Cluster


def now() -> State:
    db.session.rollback()
    seen = state.of_database(db.session.connection())
    db.session.rollback()
    return seen


def put_back(file: Path, data: Path, **how: bool) -> restore.Restored:
    db.session.remove()
    db.engine.dispose()
    return restore.restore(file, data, **how)


@on_both
def test_a_backup_is_one_file_for_its_owner_alone(app: Flask, cast: Cast, tmp_path: Path) -> None:
    folder = tmp_path / "backups"
    folder.mkdir()
    made = backup.make(folder / "copy")
    assert [own.name for own in folder.iterdir()] == ["copy"], "and nothing else is left"
    assert stat.S_IMODE(made.file.stat().st_mode) == 0o600
    assert made.state == now() and made.version == migrating.newest()


@on_both
def test_what_is_there_already_is_kept_unless_it_is_said(app: Flask, cast: Cast, tmp_path: Path) -> None:
    (tmp_path / "copy").write_text("another")
    with pytest.raises(Trouble) as refused:
        backup.make(tmp_path / "copy")
    assert refused.value.kind == EXISTS and (tmp_path / "copy").read_text() == "another"
    backup.make(tmp_path / "copy", force=True)
    assert (tmp_path / "copy").stat().st_size > 1000


@pytest.mark.parametrize("name", ["nowhere/copy", "folder"])
def test_a_place_where_no_file_can_be_is_told(app: Flask, cast: Cast, tmp_path: Path, name: str) -> None:
    (tmp_path / "folder").mkdir()
    with pytest.raises(Trouble) as refused:
        backup.make(tmp_path / name)
    assert refused.value.kind in (FOLDER, EXISTS)


@pytest.mark.parametrize("error", [sqlite3.OperationalError("database or disk is full"), OSError(errno.ENOSPC, "full")])
def test_a_full_disk_is_told_and_nothing_is_left(
    app: Flask, cast: Cast, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    def full(_path: object) -> None:
        raise error

    (tmp_path / "there").mkdir()
    monkeypatch.setattr(sqlite, "time", SimpleNamespace(sleep=full))
    with pytest.raises(Trouble) as refused:
        backup.make(tmp_path / "there" / "copy")
    assert refused.value.kind == FULL and "no space" in refused.value.said
    assert not list((tmp_path / "there").iterdir())


def test_who_writes_meanwhile_does_not_make_the_copy_begin_anew(
    app: Flask, cast: Cast, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    steps: list[int] = []

    def somebody_writes(_seconds: float) -> None:
        assert len(steps) < 100, "it never ends"
        steps.append(take(cast))

    before = now()
    monkeypatch.setattr(sqlite, "PAGES", 4)
    monkeypatch.setattr(sqlite, "time", SimpleNamespace(sleep=somebody_writes))
    made = backup.make(folder / "copy")
    assert len(steps) > 5
    assert made.state == before != now()


def test_a_damaged_database_is_no_backup(app: Flask, cast: Cast, folder: Path) -> None:
    db.session.remove()
    db.engine.dispose()
    with (folder / "luot.sqlite3").open("r+b") as file:
        file.seek(5 * 4096)
        file.write(b"\xff" * 4096 * 3)
    with pytest.raises(Trouble) as refused:
        backup.make(folder / "copy")
    assert refused.value.kind == DAMAGED
    assert not (folder / "copy").exists()


def test_of_a_damaged_backup_it_is_said_that_it_is_the_backup(app: Flask, cast: Cast, folder: Path) -> None:
    kept = backup.make(folder / "copy").file
    with kept.open("r+b") as file:
        file.seek(5 * 4096)
        file.write(b"\xff" * 4096 * 3)
    db.session.remove()
    with pytest.raises(Trouble) as refused:
        restore.restore(kept, folder, replace=True)
    assert refused.value.kind == DAMAGED and str(kept) in refused.value.said


@pytest.mark.parametrize("database_kind", [POSTGRES])
def test_a_machine_without_pg_dump_is_told_what_to_install(
    app: Flask, cast: Cast, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(postgres.shutil, "which", lambda program: None)
    with pytest.raises(Trouble) as refused:
        backup.make(tmp_path / "copy")
    assert refused.value.kind == PROGRAM and "postgresql-client" in refused.value.said


@on_both
def test_what_is_restored_is_what_was_kept_and_what_was_there_stays_beside(
    app: Flask, cast: Cast, tmp_path: Path
) -> None:
    made = backup.make(tmp_path / "copy")
    take(cast)
    later = now()
    with pytest.raises(Trouble) as refused:
        put_back(tmp_path / "copy", tmp_path)
    assert refused.value.kind == EXISTS and now() == later
    done = put_back(tmp_path / "copy", tmp_path, replace=True)
    assert now() == done.state == made.state
    assert done.former is not None
    put_back(done.former, tmp_path, replace=True)
    assert now() == later, "what was there before is whole too"


def test_nothing_is_put_in_the_place_of_what_is_served(app: Flask, cast: Cast, tmp_path: Path) -> None:
    backup.make(tmp_path / "copy")
    take(cast)
    before = now()
    serving.hold(tmp_path)
    try:
        with pytest.raises(Trouble, match="a server is running"):
            put_back(tmp_path / "copy", tmp_path, replace=True)
    finally:
        os.close(serving._held.pop())
    assert now() == before
    put_back(tmp_path / "copy", tmp_path, replace=True)


@pytest.mark.parametrize("database_kind", [POSTGRES])
def test_a_server_on_another_machine_is_seen_by_its_connection(
    app: Flask, cast: Cast, tmp_path: Path, database_address: str
) -> None:
    backup.make(tmp_path / "copy")
    other = make_app(tmp_path / "other", database_address)
    with other.app_context(), db.engine.connect(), app.app_context(), pytest.raises(Trouble, match="luot"):
        put_back(tmp_path / "copy", tmp_path, replace=True)
    close(other)
    put_back(tmp_path / "copy", tmp_path, replace=True)


@on_both
def test_an_older_backup_is_brought_to_the_newest_migration(app: Flask, cast: Cast, tmp_path: Path) -> None:
    ticket = take(cast)
    db.session.remove()
    migrating.make_migratable(app)
    downgrade(revision="0006")
    made = backup.make(tmp_path / "old")
    assert made.version == "0006"
    done = put_back(tmp_path / "old", tmp_path, replace=True)
    assert done.as_kept == made.state != done.state
    assert migrating.is_migrated() and not done.broken
    assert db.session.scalar(text(f"SELECT letter FROM ticket WHERE id = {ticket}")) == "A"


@on_both
def test_a_newer_backup_is_refused_with_a_way_on(app: Flask, cast: Cast, tmp_path: Path) -> None:
    with db.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    backup.make(tmp_path / "new")
    before = now()
    with pytest.raises(Trouble, match="install that version first"):
        put_back(tmp_path / "new", tmp_path, replace=True)
    assert now() == before


@on_both
@pytest.mark.parametrize("what", ["rubbish", "cut", "other", "nothing"])
def test_what_is_no_backup_of_ours_changes_nothing(
    app: Flask, cast: Cast, tmp_path: Path, database_kind: str, what: str
) -> None:
    file = tmp_path / "copy"
    whole = backup.make(file).file.read_bytes()
    other = sqlite.MAGIC if database_kind == POSTGRES else postgres.MAGIC
    cut = whole[: len(whole) // 2]
    file.write_bytes({"rubbish": b"x" * 500, "cut": cut, "other": other * 50, "nothing": b""}[what])
    before = now()
    with pytest.raises(Trouble) as refused:
        put_back(file, tmp_path, replace=True)
    assert refused.value.kind in (DAMAGED, OTHER)
    assert now() == before and not list(tmp_path.glob(".*"))


def test_the_log_of_the_former_file_stays_with_it(app: Flask, cast: Cast, folder: Path) -> None:
    """A log that a killed server has left beside the file must never be read into another."""
    backup.make(folder / "copy")
    db.session.remove()
    db.engine.dispose()
    (folder / "luot.sqlite3-wal").write_bytes(b"of the former")
    done = restore.restore(folder / "copy", folder, replace=True)
    assert done.former is not None and not (folder / "luot.sqlite3-wal").exists()
    assert done.former.with_name(done.former.name + "-wal").read_bytes() == b"of the former"


def test_a_log_that_was_left_without_its_file_is_not_played_into_the_restored_one(
    app: Flask, cast: Cast, folder: Path
) -> None:
    """A keeper has moved the file away by hand, and not the log that a power cut had left beside it."""
    made = backup.make(folder / "copy")
    db.session.execute(text("PRAGMA wal_autocheckpoint=0"))
    take(cast)
    db.session.remove()
    for own in ("luot.sqlite3", "luot.sqlite3-wal"):
        (folder / f"{own}.kept").write_bytes((folder / own).read_bytes())
    db.engine.dispose()
    (folder / "luot.sqlite3-wal.kept").rename(folder / "luot.sqlite3-wal")
    (folder / "luot.sqlite3").unlink()
    done = restore.restore(folder / "copy", folder)
    assert done.former is None and done.state == made.state
    assert now() == made.state and db.session.query(Ticket).count() == 0


@pytest.mark.parametrize("database_kind", [POSTGRES])
def test_what_a_restore_has_left_behind_near_its_end_is_never_put_in_the_place_of_what_is_served(
    app: Flask, cast: Cast, tmp_path: Path, migrated_cluster: Cluster
) -> None:
    """Cut off after the other tables were there: they have been served since."""
    with db.engine.begin() as connection:
        connection.exec_driver_sql(f"CREATE SCHEMA {postgres.FORMER}")
        connection.exec_driver_sql(f"CREATE TABLE {postgres.FORMER}.office (id integer)")
    made = backup.make(tmp_path / "copy")
    with pytest.raises(Trouble) as refused:
        put_back(tmp_path / "copy", tmp_path, replace=True)
    assert refused.value.kind == OTHER and postgres.FORMER in refused.value.said
    assert now() == made.state, "what is served is as it was"
    db.session.remove()
    with db.engine.begin() as connection:
        connection.exec_driver_sql(f"DROP SCHEMA {postgres.FORMER} CASCADE")
    assert put_back(tmp_path / "copy", tmp_path, replace=True).state == made.state, "and the backup is of ours alone"


@pytest.mark.parametrize("database_kind", [POSTGRES])
def test_a_restore_that_fails_after_all_tables_are_there_leaves_what_was(
    app: Flask, cast: Cast, tmp_path: Path, migrated_cluster: Cluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    backup.make(tmp_path / "copy")
    take(cast)
    before = now()

    def fails() -> None:
        db.session.execute(text("SELECT count(*) FROM ticket"))
        raise Trouble(DAMAGED, "half way through")

    with monkeypatch.context() as patched, pytest.raises(Trouble):
        patched.setattr(restore.backup, "check_whole", fails)
        put_back(tmp_path / "copy", tmp_path, replace=True)
    assert now() == before


@pytest.mark.parametrize("database_kind", [POSTGRES])
def test_a_restore_that_was_cut_off_is_taken_back_by_the_next(
    app: Flask, cast: Cast, tmp_path: Path, migrated_cluster: Cluster
) -> None:
    made = backup.make(tmp_path / "copy")
    db.session.remove()
    with db.engine.begin() as connection:
        connection.exec_driver_sql(f"ALTER SCHEMA public RENAME TO {postgres.FORMER}")
        connection.exec_driver_sql("CREATE SCHEMA public")
    with pytest.raises(Trouble) as refused:
        put_back(tmp_path / "copy", tmp_path)
    assert refused.value.kind == EXISTS, "it is still there, and not to be lost"
    assert now() == made.state and db.session.query(Office).count() == 1


def test_the_state_is_the_same_wherever_the_rows_are_kept(
    app: Flask, cast: Cast, tmp_path: Path, migrated_cluster: Cluster
) -> None:
    take(cast)
    settings.set_office(cast.office, {"address": "1 Tràng Tiền"}, form())
    rows = {table: db.session.execute(table.select()).mappings().all() for table in db.metadata.sorted_tables}
    here, address = now(), migrated_cluster.fresh()
    other = make_app(tmp_path / "other", address)
    with other.app_context():
        with db.engine.begin() as connection:
            for table, own in rows.items():
                if own and table.name not in ("catalogue_stamp", "night"):  # Migrations make their rows.
                    connection.execute(table.insert(), [dict(row) for row in own])
        assert differing(now(), here) == []
        assert now().digest == here.digest
    close(other)
    migrated_cluster.drop(address)


@pytest.mark.parametrize("database_kind", [POSTGRES])
def test_whoever_owns_the_database_and_nothing_else_may_restore_it(
    app: Flask, cast: Cast, tmp_path: Path, migrated_cluster: Cluster
) -> None:
    made = backup.make(tmp_path / "copy")
    migrated_cluster.say("CREATE ROLE keeper LOGIN", "CREATE DATABASE kept OWNER keeper")
    other = make_app(tmp_path / "other", migrated_cluster.address("kept").replace("postgres@", "keeper@"))
    with other.app_context():
        for replace in (False, True):
            done = put_back(tmp_path / "copy", tmp_path / "other", replace=replace)
            assert done.state == made.state == backup.make(tmp_path / f"again-{replace}").state
        assert put_back(tmp_path / "again-True", tmp_path / "other", replace=True).state == made.state
    close(other)
