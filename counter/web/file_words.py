"""What is wrong with an office's file, in the reader's language, each with its place in the file."""

from flask_babel import gettext as _

from counter.officefile.mistakes import Mistake


def in_words(mistakes: list[Mistake]) -> list[tuple[str, str]]:
    """Each mistake's place in the file, and its sentence."""
    return [(own.where, _sentence(own)) for own in mistakes]


def _sentence(own: Mistake) -> str:
    sentences = _of_file() | _of_values() | _of_lists()
    return sentences[own.why] % own.figures


def _of_file() -> dict[str, str]:
    return {
        "no_office": _("This is not the file of an office."),
        "too_large": _("The file is too large: at most %(most)s MB.", most="%(most)s"),
        "encoding": _("The file is not UTF-8. Please save it again with that encoding."),
        "json": _("The file is no whole JSON: line %(line)s, column %(column)s.", line="%(line)s", column="%(column)s"),
        "name_twice": _("This name stands there twice. Please leave one."),
        "version": _(
            "The file is of another version; this program knows version %(known)s. Please take the file along again.",
            known="%(known)s",
        ),
    }


def _of_values() -> dict[str, str]:
    return {
        "missing": _("This is missing."),
        "unknown": _("Nobody knows this. Please check how it is written, or take it out."),
        "empty": _("This is empty."),
        "not_text": _("This is to be a text."),
        "too_long": _("Please shorten it: at most %(most)s characters.", most="%(most)s"),
        "not_words": _('This is to be a text in two languages: {"vi": "…", "en": "…"}.'),
        "not_whole": _("Please enter a whole number from %(least)s to %(most)s.", least="%(least)s", most="%(most)s"),
        "not_tick": _("This is to be true or false."),
        "not_one_of": _("This is to be one of: %(options)s.", options="%(options)s"),
        "not_some_of": _("This is to be a list of some of: %(options)s.", options="%(options)s"),
        "not_hour": _("This is to be a time like “07:30”."),
        "not_day": _("This is to be a day like “2026-12-25”."),
        "not_weekdays": _("These are to be days of the week, from 1 for Monday to 7."),
        "not_link": _("This is to be a web address that begins with https:// or http://."),
        "not_zone": _("This is no time zone. Here it is “Asia/Ho_Chi_Minh”."),
        "not_measures": _("These measures do not fit any room. Please check them."),
        "not_letters": _("This is to be a list of letters of services."),
    }


def _of_lists() -> dict[str, str]:
    return {
        "not_list": _("This is to be a list of at most %(most)s entries.", most="%(most)s"),
        "not_entry": _("This is to be an entry with names and values: { … }."),
        "twice": _("“%(value)s” stands there twice.", value="%(value)s"),
        "no_service": _("There is no service “%(value)s” in the file.", value="%(value)s"),
        "not_measured": _("Its measures come to %(people)s people.", people="%(people)s"),
        "only_offers": _("Only an offer belongs to a way."),
        "days": _("The last day is before the first."),
    }
