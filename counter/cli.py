"""What the keeper of the machine types."""

import os
from pathlib import Path

import click
from flask import Flask, current_app
from sqlalchemy import exc

from counter import clock, demo
from counter.actions.clockwork import close_day as close
from counter.actions.offices import new_office
from counter.actions.perform import Asked
from counter.actions.room import set_cap
from counter.cli_audit import audit_check
from counter.cli_catalogue import import_procedures
from counter.cli_offices import administrator, export_office, import_office
from counter.cli_texts import notice_for_all
from counter.database import create, db, save
from counter.migrating import make_migratable, migrate
from counter.models import audited
from counter.models import counter as counters
from counter.models import office as offices
from counter.models import staff as accounts
from counter.models.office import Office
from counter.models.sensor import Sensor
from counter.models.staff import ADMINISTRATOR, Staff
from counter.models.words import Words
from counter.officefile.samples import SAMPLES, sample
from counter.passwords import LONGEST, SHORTEST, weakness
from queues.errors import NotFound

LONGEST_NAME = 60
KEEPER = "command line"
"""Who is written down for what is typed here."""


def init_app(app: Flask) -> None:
    """Add the commands to `flask --app app`, and on the command line what `flask db …` needs."""
    if click.get_current_context(silent=True):
        make_migratable(app)
    for command in (
        prepare, first_run, cap, close_day, sensor, notice_for_all, import_procedures, audit_check, export_office,
        import_office, administrator,
    ):  # fmt: skip
        app.cli.add_command(command)


@click.command()
@click.option("--demo/--no-demo", "with_demo", default=True, help="Load the demo office into an empty database.")
def prepare(with_demo: bool) -> None:
    """Make and migrate the database, load the demo if it is empty, and print every screen's address."""
    _migrated()
    if with_demo and demo.is_empty():
        _load_demo()
    _print_addresses()


@click.command("first-run")
@click.option("--name-vi", prompt="Office name in Vietnamese / Tên cơ quan")
@click.option("--name-en", prompt="Office name in English / Tên tiếng Anh")
@click.option("--slug", prompt="Short name for addresses (a-z, 0-9, -)")
@click.option("--username", prompt="Administrator's user name / Tên đăng nhập của quản trị")
@click.password_option()
@click.option("--sample", "begin", type=click.Choice(SAMPLES), help="Begin with a sample's services, counters, texts.")
def first_run(name_vi: str, name_en: str, slug: str, username: str, password: str, begin: str | None) -> None:
    """Make the first office and its administrator, with nothing of the demo. The administrator sets the office like a
    manager, and may make more offices."""
    _check_names(name_vi, name_en, slug)
    _check(slug, username, password)
    _migrated()
    _check_new(slug, username)
    with audited.by(KEEPER, clock.now()):
        save(lambda: _first_office(Words(name_vi, name_en), slug, (username.strip(), password.strip()), begin))
    click.echo(f"{name_vi}: /offices/{slug}/kiosk")


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


def _migrated() -> None:
    create(Path(current_app.config["DATA_DIR"]))
    try:
        migrate(current_app._get_current_object())  # type: ignore[attr-defined]
    except exc.OperationalError as error:
        raise click.ClickException(f"the database can't be used: {error.orig}") from error


def _check_names(name_vi: str, name_en: str, slug: str) -> None:
    for hint, name, longest in (("--name-vi", name_vi, 120), ("--name-en", name_en, 120), ("--slug", slug, 40)):
        if not 1 <= len(name.strip()) <= longest:
            raise click.BadParameter(f"from 1 to {longest} characters", param_hint=hint)


def _check(slug: str, username: str, password: str) -> None:
    if not slug.replace("-", "").isalnum() or not slug.isascii() or slug != slug.lower():
        raise click.BadParameter("only a-z, 0-9 and -", param_hint="--slug")
    if why := weakness(password.strip(), username, slug):
        wanted = (
            f"from {SHORTEST} to {LONGEST} characters" if why != "easy" else "easily guessed: use other words, or more"
        )
        raise click.BadParameter(wanted, param_hint="--password")
    if not 1 <= len(username.strip()) <= LONGEST_NAME:
        raise click.BadParameter(f"from 1 to {LONGEST_NAME} characters", param_hint="--username")


def _check_new(slug: str, username: str) -> None:
    if any(office.slug == slug for office in offices.every()):
        raise click.BadParameter(f"there is an office {slug} already", param_hint="--slug")
    if accounts.by_username(username):
        raise click.BadParameter(f"there is an account {username} already", param_hint="--username")


def _first_office(name: Words, slug: str, account: tuple[str, str], begin: str | None) -> None:
    office = new_office(slug, name, KEEPER, sample(begin) if begin else {})
    username, password = account
    own = Staff(office_id=office.id, role=ADMINISTRATOR, username=username.lower(), name=username)
    own.set_password(password)
    db.session.add(own)


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
