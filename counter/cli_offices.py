"""What the keeper of the machine types about many offices: one taken along as a file, made from one; who sets all."""

from pathlib import Path

import click

from counter import clock
from counter.actions.offices import make_office
from counter.actions.perform import Asked
from counter.database import save
from counter.models import audited
from counter.models import office as offices
from counter.models import staff as accounts
from counter.models.office import SLUG
from counter.models.office_file import plain_of
from counter.models.staff import ADMINISTRATOR
from counter.models.words import Words
from counter.officefile.mistakes import BadFile
from counter.officefile.reading import read, written
from queues.errors import NotFound, Taken

KEEPER = "command line"


@click.command("export-office")
@click.argument("slug")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--catalogue/--no-catalogue", default=True, help="With its catalogue of procedures.")
def export_office(slug: str, file: Path, catalogue: bool) -> None:
    """Write the settings of office SLUG into FILE: no people, no secrets, no tickets."""
    try:
        file.write_bytes(written(plain_of(offices.by_slug(slug).id, catalogue=catalogue)))
    except NotFound as error:
        raise click.ClickException(f"there is no office {slug}") from error
    click.echo(f"{slug}: {file}")


@click.command("import-office")
@click.argument("slug")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def import_office(slug: str, file: Path) -> None:
    """Make a new office SLUG from FILE."""
    if not SLUG.fullmatch(slug):
        raise click.BadParameter("from 1 to 40 of a-z, 0-9 and -", param_hint="SLUG")
    try:
        plain = read(file.read_bytes())
        make_office(slug, Words(**plain["office"]["name"]), Asked(KEEPER), plain)
    except BadFile as error:
        told = [f"{own.where or file.name}: {own.why} {own.figures or ''}".rstrip() for own in error.mistakes]
        raise click.ClickException("\n".join(told)) from error
    except Taken as error:
        raise click.ClickException(f"there is an office {slug} already") from error
    click.echo(f"{slug}: /offices/{slug}/kiosk")


@click.command()
@click.argument("username")
def administrator(username: str) -> None:
    """Make the account USERNAME an administrator of all offices: where there is none yet, or none who can sign in."""

    def work() -> None:
        own = accounts.by_username(username)
        if own is None or own.retired:
            raise click.ClickException(f"there is no account {username}")
        own.role, own.counter_id = ADMINISTRATOR, None
        own.sign_out_everywhere()

    with audited.by(KEEPER, clock.now()):
        save(work)
    click.echo(f"{username}: administrator of all offices")
