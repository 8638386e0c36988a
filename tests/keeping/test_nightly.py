"""Each night one backup, by one process; the oldest are thrown away, and a night that failed is tried again."""

import json
from collections.abc import Iterator
from datetime import datetime, time, timedelta
from pathlib import Path

import pytest
from flask import Flask

from counter import clock
from counter.actions.settings import set_office
from counter.database import db
from counter.keeping import nightly, serving
from counter.keeping.trouble import FOLDER, OTHER, Trouble
from counter.settings import BadSetting, from_environment
from counter.web.night import standing
from tests.cast import MORNING, Cast, form
from tests.pages import PageClient

SETTINGS = "/offices/demo/settings"


@pytest.fixture
def folder_of_backups(app: Flask, cast: Cast, tmp_path: Path) -> Iterator[Path]:
    folder = tmp_path / "backups"
    folder.mkdir()
    app.config.update(BACKUP_DIR=folder, BACKUP_AT=time(2, 30), BACKUP_KEEP=3)
    yield folder


def names(folder: Path) -> list[str]:
    return sorted(file.name for file in folder.iterdir())


def night(app: Flask, moment: datetime) -> None:
    with clock.at(moment):
        nightly.make(app.config)


def test_without_a_folder_none_is_made(app: Flask, cast: Cast) -> None:
    assert not app.config["BACKUP_DIR"] and not nightly.is_due(app.config)


def test_it_is_made_once_a_night_by_the_clocks_of_the_office(app: Flask, folder_of_backups: Path) -> None:
    assert nightly.is_due(app.config), "there is none at all"
    nightly.make(app.config)
    assert not nightly.is_due(app.config)
    half_past_two = MORNING.replace(hour=19, minute=30)  # In UTC, and 02:30 on the next day in Hà Nội.
    with clock.at(half_past_two - timedelta(minutes=1)):
        assert not nightly.is_due(app.config)
    with clock.at(half_past_two):
        assert nightly.is_due(app.config)
    assert names(folder_of_backups) == ["luot-20261123-0141.sqlite3"]


def test_a_clock_that_was_ahead_for_once_does_not_keep_the_next_backups_away(
    app: Flask, folder_of_backups: Path
) -> None:
    night(app, MORNING + timedelta(days=3650))
    assert nightly.is_due(app.config)
    with app.test_request_context():
        assert standing("Asia/Ho_Chi_Minh").wrong, "the manager sees that something is not as it should be"
    nightly.make(app.config)
    assert not nightly.is_due(app.config) and shown(app) == "Last backup: 08:41 on 23/11/2026."


def test_a_night_that_was_slept_through_is_made_up_for(app: Flask, folder_of_backups: Path) -> None:
    nightly.make(app.config)
    with clock.at(MORNING + timedelta(days=3)):
        assert nightly.is_due(app.config)


def test_the_oldest_are_thrown_away_and_nothing_else(app: Flask, folder_of_backups: Path) -> None:
    for other in ("luot.sqlite3", "before-0008-20200101-000000.sqlite3", "luot-20200101-0000.sqlite3.copy"):
        (folder_of_backups / other).touch()
    (folder_of_backups / ".luot-20261101-1930.sqlite3.77.part-wal").touch()
    for days in range(5):
        night(app, MORNING + timedelta(days=days))
    kept = ["luot-20261125-0141.sqlite3", "luot-20261126-0141.sqlite3", "luot-20261127-0141.sqlite3"]
    assert [name for name in names(folder_of_backups) if name.startswith("luot-2026")] == kept
    assert len(names(folder_of_backups)) == 6


def test_a_night_that_fails_is_told_tried_again_and_costs_no_older_one(app: Flask, folder_of_backups: Path) -> None:
    nightly.make(app.config)
    away, later = folder_of_backups.with_name("away"), MORNING + timedelta(days=1)
    folder_of_backups.rename(away)
    with pytest.raises(Trouble):
        night(app, later)
    kept = nightly.last(app.config["DATA_DIR"])
    assert kept is not None and (kept.trouble, kept.good_at) == (FOLDER, MORNING)
    assert not folder_of_backups.exists(), "the disk may not be there: nothing is written beside it"
    away.rename(folder_of_backups)
    with clock.at(later + timedelta(minutes=5)):
        assert not nightly.is_due(app.config)
    with clock.at(later + nightly.AGAIN_AFTER):
        assert nightly.is_due(app.config)
        nightly.make(app.config)
    healed = nightly.last(app.config["DATA_DIR"])
    assert healed is not None and not healed.trouble and len(names(folder_of_backups)) == 2


def test_an_audit_that_somebody_has_damaged_is_told_with_the_backup(
    app: Flask, cast: Cast, folder_of_backups: Path
) -> None:
    set_office(cast.office, {"ratio": 7}, form())
    db.session.execute(db.text("UPDATE audit SET after = 'x'"))
    db.session.commit()
    made, kept = nightly.make(app.config), nightly.last(app.config["DATA_DIR"])
    assert made is not None and [own.promise for own in made.broken] == ["audit"]
    assert kept is not None and kept.trouble == nightly.BROKEN


def test_whatever_goes_wrong_is_told_and_not_tried_at_once_again(
    app: Flask, folder_of_backups: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_more: object, **_most: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(nightly.backup, "make", fails)
    with pytest.raises(ZeroDivisionError):
        nightly.make(app.config)
    kept = nightly.last(app.config["DATA_DIR"])
    assert kept is not None and kept.trouble == OTHER and not nightly.is_due(app.config)


def test_the_one_just_made_is_never_thrown_away_for_one_of_a_clock_that_was_ahead(
    app: Flask, folder_of_backups: Path
) -> None:
    for year in (2036, 2037, 2038):
        (folder_of_backups / f"luot-{year}0101-0000.sqlite3").touch()
    app.config["BACKUP_KEEP"] = 2
    made = [nightly.make(app.config)]
    with clock.at(MORNING + timedelta(days=1)):
        made.append(nightly.make(app.config))
    assert names(folder_of_backups) == [one.file.name for one in made if one]


def test_two_servers_make_one(app: Flask, folder_of_backups: Path) -> None:
    with serving.one_at_a_time(app.config["DATA_DIR"] / "nightly") as alone:
        assert alone and nightly.make(app.config) is None
    assert nightly.make(app.config) is not None
    assert nightly.make(app.config) is None, "the second finds that it is done"


def test_the_server_has_it_made_by_a_process_of_its_own(app: Flask, folder_of_backups: Path) -> None:
    db.session.remove()
    assert nightly.begin(app.config) == ""
    assert len(names(folder_of_backups)) == 1
    kept = nightly.last(app.config["DATA_DIR"])
    assert kept is not None and kept.file == names(folder_of_backups)[0]


def test_what_the_process_says_when_it_fails_is_handed_on(app: Flask, folder_of_backups: Path) -> None:
    folder_of_backups.rmdir()
    assert "there is no folder" in nightly.begin(app.config)


@pytest.mark.parametrize("kept", ["", "{", "[]", '{"tried": 1}', "null"])
def test_what_was_kept_and_can_not_be_read_is_no_trouble(app: Flask, folder_of_backups: Path, kept: str) -> None:
    (app.config["DATA_DIR"] / "nightly.json").write_text(kept)
    assert nightly.last(app.config["DATA_DIR"]) is None and nightly.is_due(app.config)


def test_a_promise_that_is_broken_is_told_with_the_backup(app: Flask, cast: Cast, folder_of_backups: Path) -> None:
    db.session.execute(db.text("UPDATE office SET issued = 5"))
    db.session.commit()
    made = nightly.make(app.config)
    kept = nightly.last(app.config["DATA_DIR"])
    assert made is not None and [own.promise for own in made.broken] == ["I11"]
    assert kept is not None and (kept.trouble, kept.good_at) == (nightly.BROKEN, MORNING)


def shown(app: Flask) -> str:
    client = PageClient(app)
    client.sign_in("quanly")
    client.get("/session?lang=en")
    page = client.get(SETTINGS)
    (line,) = page.all('//p[contains(@class, "settings-night")]')
    return " ".join("".join(line.itertext()).split())


def test_the_manager_sees_the_last_one(app: Flask, folder_of_backups: Path) -> None:
    assert shown(app) == "The first backup will be made within a minute or two."
    nightly.make(app.config)
    assert shown(app) == "Last backup: 08:41 on 23/11/2026."


def test_the_manager_sees_that_none_is_made(app: Flask, cast: Cast) -> None:
    assert "has not been set up" in shown(app)


def test_the_manager_sees_what_is_wrong_and_what_to_do(app: Flask, folder_of_backups: Path) -> None:
    nightly.make(app.config)
    file = app.config["DATA_DIR"] / "nightly.json"
    file.write_text(json.dumps(json.loads(file.read_text()) | {"trouble": "full", "said": "x"}))
    assert shown(app).startswith("The nightly backup fails: no space is left")
    assert shown(app).endswith("Last backup: 08:41 on 23/11/2026. Please tell whoever looks after the machine.")
    with clock.at(MORNING + timedelta(hours=40)):
        assert "Please tell" in shown(app)


@pytest.mark.parametrize(("name", "value"), [("BACKUP_AT", "half past"), ("BACKUP_KEEP", "all"), ("BACKUP_KEEP", "0")])
def test_a_setting_that_means_nothing_is_told(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(BadSetting, match=name):
        from_environment()
