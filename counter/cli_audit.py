"""What the keeper of the machine types to see whether anybody has altered the audit: `flask --app app audit-check`."""

import click

from counter.models import audit, sealed
from counter.models import office as offices


@click.command("audit-check")
def audit_check() -> None:
    """Read every chain from its first entry to its last; ends with 1 and names the first entry that is not right."""
    slugs = {office.id: office.slug for office in offices.every()} | {audit.INSTALLATION: "installation"}
    broken = 0
    for own in sealed.chains():
        number, length = sealed.first_broken(own), sealed.length_of(own)
        said = "whole" if number is None else f"entry {number} is not what was written, or is missing"
        click.echo(f"{slugs.get(own, own)}: {length} entries, {said}")
        broken += number is not None
    if broken:
        raise SystemExit(1)
    click.echo("The audit is as it was written.")
