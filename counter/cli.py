"""What the keeper of the machine types."""

import os
from pathlib import Path

import click
from flask import Flask, current_app

from counter import clock, demo
from counter.actions.clockwork import close_day as close
from counter.actions.perform import Asked
from counter.actions.room import set_cap
from counter.cli_audit import audit_check
from counter.cli_catalogue import import_procedures
from counter.cli_clean_up import clean_up
from counter.cli_keeping import backup, check, restore
from counter.cli_offices import administrator, export_office, import_office
from counter.cli_people import KEEPER, first_run, migrated, one_time_code
from counter.cli_texts import notice_for_all
from counter.database import db, save
from counter.migrating import make_migratable
from counter.models import audited
from counter.models import counter as counters
from counter.models import office as offices
from counter.models.office import Office
from counter.models.sensor import Sensor
from queues.errors import NotFound

LONGEST_NAME = 60


def init_app(app: Flask) -> None:
    """Add the commands to `flask --app app`, and on the command line what `flask db …` needs."""
    if click.get_current_context(silent=True):
        make_migratable(app)
    for command in (prepare, first_run, one_time_code, administrator, cap, close_day, sensor, notice_for_all):
        app.cli.add_command(command)
    for command in (import_procedures, export_office, import_office, audit_check, clean_up, backup, restore, check):
        app.cli.add_command(command)


@click.command()
@click.option("--demo/--no-demo", "with_demo", default=True, help="Load the demo office into an empty database.")
@click.option("--backup/--no-backup", "kept", default=True, help="Keep a backup of what is about to be migrated.")
def prepare(with_demo: bool, kept: bool) -> None:
    """Make and migrate the database, load the demo if it is a new one, and print every screen's address."""
    migrated(kept)
    if not with_demo:
        demo.keep_out(Path(current_app.config["DATA_DIR"]))
    elif demo.is_wanted(Path(current_app.config["DATA_DIR"])):
        _load_demo()
    _print_addresses()


@click.command()
@click.argument("slug")
@click.argument("people", type=click.IntRange(min=0))
def cap(slug: str, people: int) -> None:
    """Set how many PEOPLE the room of office SLUG may hold; 0 means no cap."""
    set_cap(_office(slug).id, people or None, Asked(KEEPER))
    click.echo(f"{slug}: {people or 'no cap'}")


@click.command("close-day")
@click.argument("slug")
def close_day(slug: str) -> None:
    """End all that is open in an office; its numbers begin again with 001 on the next day."""
    answer = close(_office(slug).id, Asked(KEEPER))
    click.echo(f"{slug}: {answer['day']}")


@click.command()
@click.argument("slug")
@click.argument("name")
@click.option("--area", type=int, help="The waiting area at whose door it hangs; without it, the room.")
def sensor(slug: str, name: str, area: int | None) -> None:
    """Let a people counter NAME tell office SLUG what it sees; prints its token, once."""
    office = _office(slug)
    new = Sensor(office_id=office.id, area_id=area, name=name[:LONGEST_NAME])
    token = new.new_token()
    with audited.by(KEEPER, clock.now()):
        save(lambda: db.session.add(new))
    click.echo(f"POST /offices/{slug}/door/counts\nAuthorization: Bearer {token}")


def _office(slug: str) -> Office:
    try:
        return offices.by_slug(slug)
    except NotFound as error:
        raise click.ClickException(f"there is no office {slug}") from error


def _load_demo() -> None:
    """Tell the passwords once, and keep them where only the owner of the machine reads."""
    accounts = demo.load()
    file = Path(current_app.config["DATA_DIR"]) / "demo-accounts.txt"
    descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w") as written:
        written.writelines(f"{role} {username} {password}\n" for role, username, password in accounts)
    click.echo("Demo accounts / Tài khoản dùng thử:")
    for role, username, password in accounts:
        click.echo(f"  {role:13} {username:10} {password}")
    click.echo(f"  ({file})\n")


def _print_addresses() -> None:
    root = (
        current_app.config["PUBLIC_URL"]
        or f"http://{os.environ.get('BIND', '127.0.0.1')}:{os.environ.get('PORT', '8000')}"
    )
    click.echo(f"home     {root}/")
    for office in offices.every():
        for place in ("kiosk", "display", "door", "door/sign", "settings/room", "settings/catalogue", "settings/texts"):
            click.echo(f"{place.split('/')[-1]:8} {root}/offices/{office.slug}/{place}")
        click.echo(f"phone    {root}/offices/{office.slug}/tickets")
        for counter in counters.of_office(office.id):
            click.echo(f"desk {counter.number:<3} {root}/counters/{counter.id}")
    click.echo(f"sign in  {root}/session\n")
