"""What the keeper of the machine types so that somebody can sign in: the first manager, and a code for who is lost."""

from pathlib import Path

import click
from flask import current_app
from sqlalchemy import exc

from counter import clock, passwords
from counter.actions import first_run as first
from counter.actions.first_run import First
from counter.actions.people import give_code
from counter.actions.perform import Asked
from counter.cli_keeping import keep_before_migrating
from counter.database import create
from counter.migrating import migrate
from counter.models import staff as accounts
from counter.models.staff import ROLES
from counter.officefile.samples import SAMPLES
from counter.passwords import GOOD_FOR, LONGEST, SHORTEST

KEEPER = "command line"
"""Who is written down for what is typed here."""


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
    asked = First(name_vi.strip(), name_en.strip(), slug.strip(), username.strip(), password, begin or "")
    _refuse(first.mistakes(asked), asked)
    migrated()
    _refuse(first.taken(asked), asked)
    first.set_up(asked, KEEPER)
    click.echo(f"{asked.name_vi}: /offices/{asked.slug}/kiosk")


@click.command("one-time-code")
@click.argument("username")
def one_time_code(username: str) -> None:
    """Let USERNAME in with a one-time code in place of a password that was lost; prints it, once."""
    own = accounts.by_username(username)
    if own is None or own.retired:
        raise click.ClickException(f"there is no account {username}")
    code = passwords.one_time_code()
    give_code(own.office_id, own.id, code, clock.now() + GOOD_FOR, Asked(KEEPER), ROLES, sure=True)
    click.echo(f"{own.username}: {code} (good for {GOOD_FOR.days} days, for choosing a password)")


def migrated(kept: bool = True) -> None:
    """Make the database where there is none, and bring it to the newest migration; `kept`: after a backup of it."""
    create(Path(current_app.config["DATA_DIR"]))
    try:
        if kept:
            keep_before_migrating()
        migrate(current_app._get_current_object())  # type: ignore[attr-defined]
    except exc.OperationalError as error:
        raise click.ClickException(f"the database can't be used: {error.orig}") from error


def _refuse(mistakes: dict[str, str], asked: First) -> None:
    """Say the first mistake at its option."""
    for field, why in mistakes.items():
        sentences = {
            "length": f"from 1 to {first.LONGEST.get(field)} characters",
            "letters": "only a-z, 0-9 and -",
            "username": "from 2 to 40 of a-z, 0-9, dot, hyphen",
            "taken": f"there is one called {getattr(asked, field)} already",
            "short": f"from {SHORTEST} to {LONGEST} characters",
            "long": f"from {SHORTEST} to {LONGEST} characters",
            "easy": "easily guessed: use other words, or more",
        }
        raise click.BadParameter(sentences[why], param_hint=f"--{field.replace('_', '-')}")
