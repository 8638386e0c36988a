"""What the keeper of the machine types about many offices: export-office, import-office, administrator, first-run."""

import json
from pathlib import Path

import pytest
from flask import Flask

from counter import scrypt
from counter.database import db
from counter.models.audit import Audit
from counter.models.office import Office
from counter.models.staff import Staff
from tests.cast import Cast

FIRST = [
    "first-run", "--name-vi", "Một cửa xã Tân Hòa", "--name-en", "Tan Hoa", "--slug", "tan-hoa", "--username", "Lan",
    "--password", "bốn con trâu vàng",
]  # fmt: skip


def say(app: Flask, *words: str, status: int = 0) -> str:
    done = app.test_cli_runner().invoke(args=words)
    assert done.exit_code == status, done.output
    db.session.rollback()
    return str(done.output)


def letters(slug: str) -> str:
    office = db.session.query(Office).filter_by(slug=slug).one()
    return "".join(service.letter for service in office.services)


def test_an_office_is_taken_along_and_made_again(app: Flask, cast: Cast, tmp_path: Path) -> None:
    file = str(tmp_path / "demo.json")
    say(app, "export-office", "demo", file)
    say(app, "import-office", "xa", file)
    assert letters("xa") == "ABC"
    assert "already" in say(app, "import-office", "xa", file, status=1)
    assert "no office" in say(app, "export-office", "huyen", file, status=1)


def test_what_is_wrong_with_a_file_is_told_with_its_place(app: Flask, cast: Cast, tmp_path: Path) -> None:
    file = tmp_path / "bad.json"
    sent = {"luot": "office", "version": 1, "office": {"name": {"vi": "X"}, "ratio": 0}, "service": []}
    file.write_text(json.dumps(sent))
    said = say(app, "import-office", "xa", str(file), status=1)
    assert "office › ratio: not_whole" in said and "service: unknown" in said


@pytest.mark.parametrize("slug", ["Xã", "-x", "x" * 41, ""])
def test_a_short_name_is_one_that_an_address_takes(app: Flask, cast: Cast, tmp_path: Path, slug: str) -> None:
    file = tmp_path / "demo.json"
    say(app, "export-office", "demo", str(file))
    say(app, "import-office", "--", slug, str(file), status=2)
    assert db.session.query(Office).count() == 1


def test_the_keeper_makes_an_administrator_and_that_is_in_the_audit(app: Flask, cast: Cast) -> None:
    epoch = db.session.query(Staff).filter_by(username="quanly").one().epoch
    say(app, "administrator", "quanly")
    own = db.session.query(Staff).filter_by(username="quanly").one()
    assert (own.role, own.epoch) == ("administrator", epoch + 1)
    assert db.session.query(Audit).filter_by(what="staff", which=own.id, who="command line").count() == 1
    assert "no account" in say(app, "administrator", "nobody", status=1)


def test_the_keeper_lets_the_only_administrator_in_again(app: Flask) -> None:
    say(app, *FIRST)
    code = say(app, "one-time-code", "lan").split()[1]
    assert scrypt.is_it(db.session.query(Staff).one().password_hash, code)


def test_the_first_office_may_begin_as_a_sample_with_an_administrator(app: Flask, now: None) -> None:
    say(app, *FIRST, "--sample", "commune")
    assert letters("tan-hoa") == "ABCDEGLHK"
    assert [(own.username, own.role) for own in db.session.query(Staff)] == [("lan", "administrator")]


def test_the_administrators_password_is_kept_exactly_as_it_was_typed(app: Flask) -> None:
    say(app, *FIRST[:-1], " bốn con trâu vàng ")
    own = db.session.query(Staff).one()
    kept = own.password_hash
    assert scrypt.is_it(kept, " bốn con trâu vàng ") and not scrypt.is_it(kept, "bốn con trâu vàng")
