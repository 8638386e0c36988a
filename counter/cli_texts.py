"""What the keeper of the machine types to tell something at every office: `flask --app app notice-for-all TEXT …`."""

from datetime import datetime

import click

from counter.actions.perform import Asked
from counter.actions.texts import tell_all, tell_all_no_longer
from counter.models.notice import KINDS, NOTICE, OFFER, OFFER_WAYS, PLACES
from counter.models.words import Words
from queues.errors import NotFound
from queues.window import Days


@click.command("notice-for-all")
@click.argument("text_vi")
@click.option("--text-en", default="", help="The same in English; without it the Vietnamese stands for both.")
@click.option("--from", "first", type=click.DateTime(["%Y-%m-%d"]), help="First day; without it, at once.")
@click.option("--to", "last", type=click.DateTime(["%Y-%m-%d"]), help="Last day, included.")
@click.option("--place", "places", multiple=True, type=click.Choice(PLACES), help="Where; without it, everywhere.")
@click.option("--kind", type=click.Choice(KINDS), default=NOTICE, help="What it is; without it, a notice.")
@click.option("--way", type=click.Choice(OFFER_WAYS), help="The way that an offer makes cheaper.")
@click.option("--remove", is_flag=True, help="Take it away: TEXT_VI is then its number.")
def notice_for_all(
    text_vi: str, text_en: str, first: datetime | None, last: datetime | None, places: tuple[str, ...], kind: str,
    way: str | None, remove: bool,
) -> None:  # fmt: skip
    """Show a notice, an offer, a house rule or a contact at every office of this installation; prints its number."""
    if remove:
        _no_longer(text_vi)
    elif way and kind != OFFER:
        raise click.BadParameter("only an offer belongs to a way", param_hint="--way")
    elif first and last and last < first:
        raise click.BadParameter("before the first day", param_hint="--to")
    else:
        days = Days(first.date() if first else None, last.date() if last else None)
        number = tell_all(kind, Words(text_vi, text_en), days, places, Asked("command line"), way)
        click.echo(f"{number}: {text_vi}")


def _no_longer(number: str) -> None:
    try:
        tell_all_no_longer(int(number), Asked("command line"))
    except (ValueError, NotFound) as error:
        raise click.ClickException(f"there is no notice {number} for all offices") from error
