"""What the keeper of the machine types to bring in a catalogue: `flask --app app import-procedures FILE …`."""

from pathlib import Path

import click
from flask_babel import force_locale

from counter.actions import catalogue as importing
from counter.actions.catalogue import How
from counter.actions.perform import Asked
from counter.catalogue import words
from counter.catalogue.files import LARGEST, table
from counter.models import catalogue_import as imports
from counter.models import office as offices
from counter.models.catalogue_import import DONE, CatalogueImport
from queues.columns import NEEDED
from queues.errors import NotFound, Unreadable

WHO = Asked("command line")


@click.command("import-procedures")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--office", "slug", required=True, help="The office whose catalogue it is.")
@click.option("--part", is_flag=True, help="The file is not the whole catalogue: nothing is retired.")
@click.option("--sure", is_flag=True, help="Also where more than half of the catalogue would be retired.")
@click.option("--lang", type=click.Choice(["vi", "en"]), default="en", help="The language of the report.")
def import_procedures(file: Path, slug: str, part: bool, sure: bool, lang: str) -> None:
    """Bring a catalogue FILE (CSV or XLSX) into an office. Ends with 1 where rows were refused; good ones go in."""
    with force_locale(lang):
        office_id = _office_id(slug)
        import_id = _start(office_id, file, How({}, whole=not part, sure=sure))
        importing.run(office_id, import_id, WHO, _progress)
        own = imports.in_office(import_id, office_id)
        if own.status != DONE:
            why_not = _why_not(own)
            importing.drop(office_id, import_id, WHO)
            raise click.ClickException(why_not)
        _print(own)
        if own.report["refused"]:
            raise SystemExit(1)


def _office_id(slug: str) -> int:
    try:
        return offices.by_slug(slug).id
    except NotFound as error:
        raise click.ClickException(f"there is no office {slug}") from error


def _start(office_id: int, file: Path, how: How) -> int:
    """Upload and start; the columns are as they were understood, and are told."""
    if file.stat().st_size > LARGEST:
        raise click.ClickException(words.of_file("too_large"))
    try:
        body = file.read_bytes()
        found = table(body)
        import_id = int(importing.upload(office_id, file.name, body, WHO)["import"])
    except Unreadable as error:
        raise click.ClickException(words.of_file(error.why)) from error
    if not set(NEEDED) <= set(found.columns):
        importing.drop(office_id, import_id, WHO)
        raise click.ClickException(f"no column for {' and '.join(sorted(set(NEEDED) - set(found.columns)))}")
    names = words.of_columns()
    for name, at in found.columns.items():
        click.echo(f"  {found.head[at]} = {names[name]}")
    importing.start(office_id, import_id, How(found.columns, how.whole, how.sure), WHO)
    return import_id


def _progress(written: int, total: int) -> None:
    click.echo(f"\r{written} / {total}", nl=written >= total, err=True)


def _why_not(own: CatalogueImport) -> str:
    if "ask" in own.report:
        return (
            f"{own.report['ask']} of {own.report['of']} procedures are not in this file and would be retired: "
            "add --sure if it is the whole catalogue, or --part if it is not"
        )
    return words.of_file(str(own.report.get("why", "damaged")))


def _print(own: CatalogueImport) -> None:
    report = own.report
    for line in report["lines"]:
        click.echo(f"{line[0]}: {line[1]}: {words.of_refused(line)}")
    for note in words.of_notes(report["notes"]):
        click.echo(f"({note.lines}: {note.sentence} {note.samples})".replace(" )", ")"))
    if not any(report[kind] for kind in ("added", "changed", "gone", "back")):
        click.echo("nothing changed")
    kinds = ("added", "changed", "unchanged", "gone", "back", "refused")
    click.echo(", ".join(f"{kind} {report[kind]}" for kind in kinds))
