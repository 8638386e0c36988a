"""What is said of a file, its columns and its lines, in the person's language."""

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from flask_babel import gettext as _

MOST_SAMPLES = 5


class Said(NamedTuple):
    """A sentence, the lines it is about, and what stood there."""

    sentence: str
    lines: str
    samples: str


def of_columns() -> dict[str, str]:
    """What a column may be, in the order of the form."""
    return {
        "code": _("Code"), "name": _("Name"), "name_en": _("Name in English"), "also": _("Other names people use"),
        "field": _("Field"), "level": _("Level of government"), "authority": _("Issued by"),
        "online": _("Online level"), "online_payment": _("Online payment"), "post_in": _("Hand in by post"),
        "post_out": _("Result by post"), "post_both": _("Hand in and result by post"), "fee": _("Fee"),
        "days": _("Time it takes"), "papers": _("Papers needed"), "url": _("Address on the portal"),
        "service": _("Service of this office"), "pinned": _("Among the frequent errands"),
    }  # fmt: skip


def of_file(why: str) -> str:
    """Why a file can't be taken in, and what to do."""
    sentences = {
        "too_large": _("The file is larger than 8 MB. A list of 5,000 procedures has about 5 MB: please check it."),
        "old_book": _(
            "This is an old Excel file (.xls), or one with a password. "
            "Please save it as .xlsx without a password, or as CSV."
        ),
        "bomb": _("The file would unpack to far more than any catalogue. It has not been opened."),
        "damaged": _("The file is damaged, or not a spreadsheet. Please save it again as .xlsx or CSV."),
        "encoding": _("The letters of the file can’t be read. Please save it as CSV UTF-8, or as .xlsx."),
        "empty": _("There is nothing in the file."),
        "too_many_rows": _("The file has more than 20,000 rows. Please check it."),
    }
    return sentences.get(why, sentences["damaged"])


def of_refused(line: Sequence[Any]) -> str:
    """Why a row stays out: [line, code as sent, why, what is needed to say it …]."""
    one, two, three = ([str(part) for part in line[3:]] + ["", "", ""])[:3]
    columns = of_columns()
    return {
        **_of_cells(one, two, columns.get(three, "")),
        "repeats": _("The same as line %(line)s.", line=one),
        "conflicts": _(
            "Line %(line)s has the same code but says otherwise: %(columns)s.",
            line=one, columns=", ".join(columns.get(str(name), str(name)) for name in line[4:]),
        ),
        "replaced": _("Letters were lost when the file was saved: “%(sent)s”.", sent=one),
        "mojibake": _(
            "The letters were read in a wrong encoding before: “%(sent)s”. Please save it as UTF-8.", sent=one
        ),
        "old_font": _("Written in an old font (TCVN3 or VNI): “%(sent)s”. Please turn it into Unicode.", sent=one),
    }.get(str(line[2]), str(line[2]))  # fmt: skip


def _of_cells(one: str, two: str, column: str) -> dict[str, str]:
    return {
        "no_code": _("It has no code."),
        "not_a_code": _("“%(sent)s” is not a procedure’s code like 1.001193.", sent=one),
        "total": _("A total, not a procedure."),
        "code_lost": _(
            "A spreadsheet took the code for a number and cut figures off: %(sent)s. "
            "Please format the column as text and enter it again.", sent=one,
        ),
        "no_name": _("It has no name."),
        "too_long": _("%(column)s: %(letters)s letters, at most %(most)s.", column=column, letters=one, most=two),
        "too_few": _(
            "%(cells)s cells, the head has %(head)s: something is missing, or the line was cut.", cells=one, head=two
        ),
        "too_many": _(
            "%(cells)s cells, the head has %(head)s: a separator stands in a text without quotes.", cells=one, head=two
        ),
        "quote": _("A quote is opened and never closed."),
    }  # fmt: skip


def of_notes(notes: Iterable[Sequence[Any]]) -> list[Said]:
    """What was mended or left unknown, each kind once with its lines."""
    kinds: dict[str, list[Sequence[Any]]] = {}
    for note in notes:
        kinds.setdefault(str(note[2]), []).append(note)
    return [Said(_note(why), _lines(told), _samples(told)) for why, told in kinds.items()]


def _note(why: str) -> str:
    return {**_mended(), **_unknown()}.get(why, why)


def _mended() -> dict[str, str]:
    return {
        "composed": _("Letters and their marks had come apart and were put together."),
        "invisible": _("Invisible signs were taken out."),
        "spaces": _("Spaces too many were taken out."),
        "line_break": _("A line break within a cell became a space."),
        "eth": _("The letter ð became đ."),
        "apostrophe": _("An apostrophe before the code was taken off."),
        "loose": _("Quotes that belong to the text were kept."),
        "comma": _("A comma in the code became a point."),
        "dot_dropped": _("The missing point was put into the code."),
        "scientific": _("A code in scientific notation was written out; no figure was missing."),
    }


def _unknown() -> dict[str, str]:
    return {
        "formula": _("Begins like a formula; kept as a text."),
        "error_value": _("An error of the spreadsheet; left empty."),
        "old_level": _("The levels 1 to 4 are no longer used and say nothing about today: online level unknown."),
        "online_unknown": _("The online level was not understood: unknown."),
        "read_as": _("The online level was understood from these words."),
        "yes_or_no": _("Neither yes nor no: unknown."),
        "free": _("A fee of nought was written as free of charge."),
        "zeros": _("Noughts before a number of days were left out."),
        "date": _("A spreadsheet made a date of it; left empty."),
        "url": _("Not an address that a browser opens; left empty."),
        "no_service": _("No service of this office has that letter or name."),
        "empty": _("Empty lines were passed over."),
        "head_again": _("The names of the columns stood there once more."),
    }


def _lines(told: Iterable[Sequence[Any]]) -> str:
    """1–3, 7: neighbours stand together."""
    runs: list[list[int]] = []
    for number in sorted({int(note[0]) for note in told}):
        if runs and runs[-1][1] == number - 1:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    return ", ".join(str(first) if first == last else f"{first}–{last}" for first, last in runs)


def _samples(told: Iterable[Sequence[Any]]) -> str:
    found = dict.fromkeys(str(note[3]) for note in told if len(note) > 3 and note[3])
    return ", ".join(f"“{sample}”" for sample in list(found)[:MOST_SAMPLES])
