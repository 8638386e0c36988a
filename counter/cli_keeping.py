"""What the keeper of the machine types to keep the data: backup, restore, check."""

from collections.abc import Iterable
from pathlib import Path
from typing import NoReturn

import click
from flask import current_app

from counter import migrating
from counter.database import db
from counter.keeping import backup as backups
from counter.keeping import look, nightly, state
from counter.keeping import restore as restoring
from counter.keeping.look import MOST, Looked
from counter.keeping.trouble import Trouble
from queues.fingerprint import State

FILE = click.Path(path_type=Path)


@click.command()
@click.argument("file", type=FILE, required=False)
@click.option("--force", is_flag=True, help="Write over a file that is there already.")
@click.option("--nightly", "by_night", is_flag=True, help="The one of this night, into BACKUP_DIR, if it is not there.")
def backup(file: Path | None, force: bool, by_night: bool) -> None:
    """Write a backup of all data into FILE, while people work."""
    if bool(file) == by_night:
        raise click.UsageError("name a FILE, or say --nightly")
    try:
        made = backups.make(file, force=force) if file else nightly.make(current_app.config)
    except Trouble as error:
        _no(error)
    if made is None:
        click.echo("There is nothing to do: this night's backup is there, or is being made.")
        return
    click.echo(f"{made.file}: whole, {_size(made.file)}, migration {made.version}")
    _say_state(made.state)
    _warn(made.broken)
    click.echo(f"Keep the key beside it: {Path(current_app.config['DATA_DIR']) / 'secret-key'} (or SECRET_KEY)")


@click.command()
@click.argument("file", type=FILE)
@click.option("--yes", is_flag=True, help="There is a database already: put it aside (it is kept) and take this one.")
def restore(file: Path, yes: bool) -> None:
    """Serve from the backup in FILE from now on. All servers must be stopped."""
    try:
        done = restoring.restore(file, Path(current_app.config["DATA_DIR"]), replace=yes)
    except Trouble as error:
        _no(error)
    click.echo(f"{file}: restored, migration {done.version}")
    if done.as_kept != done.state:
        click.echo(f"state  {done.as_kept.digest} (of the backup)")
        click.echo(f"It was brought to migration {migrating.newest()}.")
    _say_state(done.state)
    _warn(done.broken)
    if done.former:
        click.echo(f"What was there before is kept: {done.former}")
    click.echo("Now start the server.")


@click.command()
@click.option("--tables", is_flag=True, help="Print the state of each table, to find what differs.")
def check(tables: bool) -> None:
    """Look up every promise in the database, while people work; ends with 1 if one is broken."""
    try:
        with backups.in_words(Path(current_app.config["DATA_DIR"])):
            broken = _check(tables)
    except Trouble as error:
        _no(error)
    if broken:
        raise SystemExit(1)


def keep_before_migrating() -> None:
    """Make a backup of a database that is not at the newest migration, before it is brought there, and say where it is.

    An empty one needs none. Without the backup nothing is migrated.
    """
    version = migrating.version()
    if version in (None, migrating.newest()):
        return
    data, chosen = Path(current_app.config["DATA_DIR"]), current_app.config["BACKUP_DIR"]
    try:
        folder = chosen if chosen and chosen.is_dir() else restoring.folder(data)
        name = f"before-{migrating.newest()}-{restoring.stamp()}{backups.suffix()}"
        made = backups.make(folder / name)
    except Trouble as error:
        said = f"{error.said}; nothing was migrated (--no-backup migrates without one)"
        raise click.ClickException(said) from error
    click.echo(f"The database was at migration {version}. As it was, it is kept: {made.file}")


def _check(tables: bool) -> bool:
    """Print what there is; returns whether a promise is broken."""
    version = migrating.version()
    if version != migrating.newest():
        at = f"at migration {version}" if version else "not made yet"
        raise click.ClickException(f"the database is {at}, this program brings {migrating.newest()}: run prepare first")
    look.in_one_moment()
    looked = look.at_all()
    for own in looked:
        click.echo(f"{own.promise:<9}{'BROKEN' if own.broken else 'kept':<7} {own.sentence}")
        _say_where(own)
    now = state.of_database(db.session.connection())
    db.session.rollback()
    for table in now.tables if tables else ():
        click.echo(f"{table.digest[:16]} {table.rows:>9} {table.name}")
    _say_state(now)
    return any(own.broken for own in looked)


def _say_where(own: Looked) -> None:
    for where in own.broken[:MOST]:
        click.echo(f"           {where}")
    if len(own.broken) > MOST:
        click.echo(f"           and {len(own.broken) - MOST} more")


def _say_state(now: State) -> None:
    click.echo(f"state  {now.digest} ({now.rows} rows in {len(now.tables)} tables)")


def _warn(broken: Iterable[Looked]) -> None:
    for own in broken:
        click.echo(f"Warning: {own.promise} is broken in these data: {own.broken[0]}", err=True)


def _size(file: Path) -> str:
    return f"{file.stat().st_size / 1024 / 1024:.1f} MB"


def _no(error: Trouble) -> NoReturn:
    raise click.ClickException(error.said) from error
