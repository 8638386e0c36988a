"""What the keeper of the machine types to drop what is no longer needed: `flask --app app clean-up`."""

import click

from counter.actions import clean_up as cleaning
from counter.actions.clean_up import ADDRESSES_KEPT, ANSWERS_KEPT, COUNTS_KEPT, LINKS_KEPT


@click.command("clean-up")
def clean_up() -> None:
    """Drop what is no longer needed, as is done every night; prints how much has gone. May be done at any time."""
    gone = cleaning.clean_up()
    click.echo(f"kept answers older than {ANSWERS_KEPT.days} days: {gone.answers}")
    click.echo(f"counts of tickets by phone older than {COUNTS_KEPT.days} days: {gone.counts}")
    click.echo(f"links to tickets that ended more than {LINKS_KEPT.days} days ago: {gone.links}")
    click.echo(f"sign-ins older than {ADDRESSES_KEPT.days} days: {gone.sign_ins}")
    click.echo(f"addresses in the audit older than {ADDRESSES_KEPT.days} days: {gone.addresses}")
