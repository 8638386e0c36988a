"""`flask --app app import-procedures FILE --office SLUG`."""

from pathlib import Path

import pytest
from click.testing import Result
from flask import Flask

from counter import demo
from counter.database import db
from counter.models.procedure import Procedure
from counter.models.service import COLLECT, ORIGINAL, Service
from tests.cast import Cast
from tests.data import DIRTY, SEMICOLON


def bring(app: Flask, file: Path, *more: str) -> Result:
    return app.test_cli_runner().invoke(args=["import-procedures", str(file), "--office", "demo", *more])


def test_a_sound_file_goes_in_with_its_columns_and_counts_told(app: Flask, cast: Cast) -> None:
    done = bring(app, SEMICOLON)
    assert done.exit_code == 0, done.output
    assert "added 60" in done.output and "60 / 60" in done.output
    assert "nothing changed" in bring(app, SEMICOLON).output


def test_refused_rows_are_told_by_line_and_the_command_ends_with_1(app: Flask, cast: Cast) -> None:
    done = bring(app, DIRTY)
    assert done.exit_code == 1
    assert "added 40" in done.output and "refused 17" in done.output
    assert any(line.startswith("33: 1.00002") for line in done.output.splitlines())


@pytest.mark.parametrize("body", [b"", b"PK\x03\x04", b"x" * 9_000_000, b"a;b\n1;2\n"])
def test_what_is_no_catalogue_is_refused_with_a_sentence(app: Flask, cast: Cast, tmp_path: Path, body: bytes) -> None:
    file = tmp_path / "list.csv"
    file.write_bytes(body)
    done = bring(app, file)
    assert done.exit_code == 1 and "Error:" in done.output


def test_more_than_half_is_retired_only_when_it_is_said(app: Flask, cast: Cast, tmp_path: Path) -> None:
    bring(app, SEMICOLON)
    file = tmp_path / "list.csv"
    file.write_text("code,name\n1.999999,Một\n")
    assert "--sure" in bring(app, file).output
    assert "added 1" in bring(app, file, "--part").output
    assert "gone 60" in bring(app, file, "--sure").output


def test_an_office_that_is_not_there(app: Flask, cast: Cast) -> None:
    done = app.test_cli_runner().invoke(args=["import-procedures", str(SEMICOLON), "--office", "nowhere"])
    assert done.exit_code == 1 and "nowhere" in done.output


def test_the_demo_has_a_real_part_of_the_catalogue_and_claims_only_what_it_says(app: Flask) -> None:
    demo.load()
    whole = db.session.query(Procedure).all()
    assert len(whole) == 158
    assert all(own.service_id and own.field and own.url for own in whole if own.papers)
    assert {own.code for own in whole if own.online in ("full", "partial")} == set(demo.SET_BY_HAND)
    assert all(own.by_hand == ["online"] for own in whole if own.code in demo.SET_BY_HAND)
    assert sum(own.pinned for own in whole) == 14
    kinds = {own.letter: own.kind for own in db.session.query(Service)}
    assert (kinds["H"], kinds["K"], kinds["A"]) == (COLLECT, ORIGINAL, "intake")
