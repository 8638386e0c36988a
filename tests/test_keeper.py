"""What the keeper of the machine types: prepare, first-run, cap, close-day."""

import os
import re
import sqlite3
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from tests.postgres import Cluster

ROOT = Path(__file__).parent.parent


def flask(folder: Path, *words: str, status: int = 0, database: str = "") -> str:
    own = {"DATA_DIR": str(folder), "PORT": "8123", "DATABASE_URL": database}
    command = [sys.executable, "-m", "flask", "--app", "app", *words]
    done = subprocess.run(command, cwd=ROOT, env={**os.environ, **own}, capture_output=True, text=True)
    assert done.returncode == status, done.stdout + done.stderr
    return done.stdout + done.stderr


def rows(folder: Path, sql: str) -> list[tuple[object, ...]]:
    connection = sqlite3.connect(folder / "luot.sqlite3")
    try:
        return connection.execute(sql).fetchall()
    finally:
        connection.close()


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("demo")
    (folder / "said").write_text(flask(folder, "prepare"))
    return folder


def test_the_demo_is_a_real_desk_in_miniature(demo: Path) -> None:
    assert rows(demo, "SELECT slug, cap FROM office") == [("demo", 20)]
    assert rows(demo, "SELECT count(*) FROM service") == [(8,)]
    assert rows(demo, "SELECT count(DISTINCT counter_id) FROM counter_service") == [(6,)]
    assert rows(demo, "SELECT count(*) FROM service WHERE id NOT IN (SELECT service_id FROM counter_service)") == [(0,)]


def test_passwords_are_told_once_and_kept_for_the_owner_alone(demo: Path) -> None:
    file = demo / "demo-accounts.txt"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    accounts = [line.split(" ") for line in file.read_text().splitlines()]
    assert sorted(role for role, _name, _password in accounts) == [
        "administrator", *["clerk"] * 6, "coordinator", "guide", "manager",
    ]  # fmt: skip
    assert len({password for _role, _name, password in accounts}) == 10
    assert all(password in (demo / "said").read_text() for _role, _name, password in accounts)
    again = flask(demo, "prepare")
    assert not any(password in again for _role, _name, password in accounts)


def test_every_screen_has_its_address_printed(demo: Path) -> None:
    said = flask(demo, "prepare")
    for screen in ("/offices/demo/kiosk", "/offices/demo/display", "/offices/demo/door", "/counters/1", "/session"):
        assert f"http://127.0.0.1:8123{screen}" in said


def test_an_office_of_ones_own_starts_empty(tmp_path: Path) -> None:
    answers = ["--name-vi", "Một cửa xã Tân Hòa", "--name-en", "Tan Hoa", "--slug", "tan-hoa", "--username", "Lan"]
    flask(tmp_path, "first-run", *answers, "--password", "mot-mat-khau-dai")
    assert rows(tmp_path, "SELECT slug, cap FROM office") == [("tan-hoa", None)]
    assert rows(tmp_path, "SELECT username, role FROM staff") == [("lan", "administrator")]
    assert rows(tmp_path, "SELECT count(*) FROM service") == [(0,)]
    flask(tmp_path, "prepare")
    assert rows(tmp_path, "SELECT slug FROM office") == [("tan-hoa",)], "the demo stays out of an office of one's own"
    flask(tmp_path, "cap", "tan-hoa", "12")
    assert rows(tmp_path, "SELECT cap FROM office") == [(12,)]
    flask(tmp_path, "cap", "tan-hoa", "0")
    assert rows(tmp_path, "SELECT cap FROM office") == [(None,)]
    assert "tan-hoa: 20" in flask(tmp_path, "close-day", "tan-hoa")


def test_an_office_of_ones_own_on_postgresql_as_the_page_on_installing_says(
    tmp_path: Path, migrated_cluster: Cluster
) -> None:
    migrated_cluster.say("CREATE ROLE luot LOGIN", "CREATE DATABASE own OWNER luot")
    database = migrated_cluster.address("own").replace("postgres@", "luot@")
    answers = ["--name-vi", "Một cửa xã Tân Hòa", "--name-en", "Tan Hoa", "--slug", "tan-hoa", "--username", "Lan"]
    flask(tmp_path, "first-run", *answers, "--password", "mot-mat-khau-dai", database=database)
    assert "tan-hoa: 12" in flask(tmp_path, "cap", "tan-hoa", "12", database=database)
    assert "tan-hoa: 20" in flask(tmp_path, "close-day", "tan-hoa", database=database)
    said = flask(tmp_path, "prepare", database=database)
    assert "/offices/tan-hoa/kiosk" in said and "quanly" not in said
    assert not list(tmp_path.glob("*.sqlite3*"))


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("postgresql://nobody@127.0.0.1:1/nothing", "the database can't be used"),
        ("mysql://localhost/luot", "DATABASE_URL must begin with postgresql://"),
    ],
)
def test_a_database_that_cannot_be_used_is_told(tmp_path: Path, address: str, told: str) -> None:
    assert told in flask(tmp_path, "prepare", database=address, status=1)


@pytest.mark.parametrize(
    ("slug", "password"),
    [("Tân Hòa", "mot-mat-khau-dai"), ("a/b", "mot-mat-khau-dai"), ("a" * 41, "mot-mat-khau-dai"), ("ok", "short")],
)
def test_a_bad_answer_is_told_and_nothing_is_made(tmp_path: Path, slug: str, password: str) -> None:
    answers = ["--name-vi", "x", "--name-en", "x", "--slug", slug, "--username", "lan", "--password", password]
    flask(tmp_path, "first-run", *answers, status=2)
    assert not (tmp_path / "luot.sqlite3").exists()


def test_an_office_that_does_not_exist_is_told(demo: Path) -> None:
    assert "there is no office nowhere" in flask(demo, "close-day", "nowhere", status=1)


def test_a_notice_for_all_offices_is_shown_and_taken_away(demo: Path) -> None:
    told = ["Nghỉ Tết", "--text-en", "Holiday", "--from", "2027-02-05", "--place", "kiosk"]
    said = flask(demo, "notice-for-all", *told, "--kind", "offer", "--way", "post_out")
    number = said.split(":")[0]
    kept = rows(demo, "SELECT kind, way, text_vi, text_en, places, from_day FROM notice WHERE office_id IS NULL")
    assert kept == [("offer", "post_out", "Nghỉ Tết", "Holiday", "kiosk", "2027-02-05")]
    flask(demo, "notice-for-all", "--remove", number)
    assert not rows(demo, "SELECT id FROM notice WHERE office_id IS NULL")
    assert "there is no notice" in flask(demo, "notice-for-all", "--remove", number, status=1)


def test_who_has_lost_the_password_gets_a_code_from_the_machines_keeper(demo: Path) -> None:
    said = flask(demo, "one-time-code", "Quanly")
    assert re.match(r"quanly: ([a-z2-9]{4}-){2}[a-z2-9]{4} ", said)
    assert rows(demo, "SELECT count(*) FROM staff WHERE one_time_until IS NOT NULL") == [(1,)]
    assert "there is no account nobody" in flask(demo, "one-time-code", "nobody", status=1)


def test_where_the_demo_was_kept_out_it_never_comes(tmp_path: Path) -> None:
    flask(tmp_path, "prepare", "--no-demo")
    flask(tmp_path, "prepare")
    assert rows(tmp_path, "SELECT count(*) FROM staff") == [(0,)]
