"""An office's file read: every mistake with its place in the file, in plain values where there is none."""

import json
from collections.abc import Callable, Iterator
from typing import Any

from counter.officefile.fields import CAP, LISTS, NEEDED, OFFICE, Shape
from counter.officefile.mistakes import MOST_TOLD, BadFile, Mistake, Wrong
from counter.officefile.together import check_together, read_references

Plain = dict[str, Any]
"""An office as plain values: exactly what its file says, with everything that it left unsaid."""

VERSION = 1
LARGEST = 8 * 1024 * 1024
"""Bytes of a file; the whole national catalogue of 2,954 errands is 4 MB."""
HEAD = {"luot": "office", "version": VERSION}
PARTS = (*HEAD, "office", "room", *LISTS)


def read(body: bytes) -> Plain:
    """Return the office that a file describes. Raises BadFile with all that is wrong."""
    sent = _parsed(body)
    if not isinstance(sent, dict) or sent.get("luot") != HEAD["luot"]:
        raise BadFile([Mistake("", "no_office")])
    if sent.get("version") != VERSION or isinstance(sent["version"], bool):
        raise BadFile([Mistake("version", "version", {"known": VERSION})])
    reader = _Reader()
    plain = reader.office(sent)
    reader.mistakes += check_together(plain) if not reader.mistakes else []
    if reader.mistakes:
        raise BadFile(reader.mistakes[:MOST_TOLD])
    return plain


def written(plain: Plain) -> bytes:
    """The file of an office, as people read it."""
    return json.dumps(HEAD | plain, ensure_ascii=False, indent=1).encode() + b"\n"


class _Reader:
    """Reads on after a mistake, so that all are told at once."""

    def __init__(self) -> None:
        self.mistakes: list[Mistake] = []

    def office(self, sent: dict[str, Any]) -> Plain:
        self.refuse_unknown("", sent, PARTS)
        plain: Plain = {"office": self.entry("office", OFFICE, sent.get("office", NEEDED))}
        plain["room"] = self.entry("room", {"cap": CAP}, sent.get("room", {}))
        for name, (shape, most) in LISTS.items():
            plain[name] = list(self.entries(name, shape, sent.get(name, []), most))
        return plain

    def entries(self, name: str, shape: Shape, sent: Any, most: int) -> Iterator[Plain]:
        if not isinstance(sent, list) or len(sent) > most:
            self.mistakes.append(Mistake(name, "not_list", {"most": most}))
            return
        for at, one in enumerate(sent, start=1):
            yield self.entry(f"{name} › {at}", shape, one, part=name)

    def entry(self, where: str, shape: Shape, sent: Any, part: str = "") -> Plain:
        measured = ("measured",) if where == "room" or part == "areas" else ()
        if not isinstance(sent, dict):
            self.mistakes.append(Mistake(where, "missing" if sent is NEEDED else "not_entry"))
            return {}
        references = read_references(part, bool(measured))
        self.refuse_unknown(where, sent, (*shape, *references))
        reads = {name: own.kind.read for name, own in shape.items()} | references
        defaults = {name: own.default for name, own in shape.items()}
        return {name: self.value(f"{where} › {name}", name, read, sent, defaults) for name, read in reads.items()}

    def value(self, where: str, name: str, read: Callable[[Any], Any], sent: Any, defaults: Plain) -> Any:
        given = sent.get(name, defaults.get(name))
        if given is NEEDED:
            self.mistakes.append(Mistake(where, "missing"))
            return None
        try:
            return read(given)
        except Wrong as error:
            self.mistakes.append(Mistake(where, error.why, error.figures))
            return None

    def refuse_unknown(self, where: str, sent: dict[str, Any], known: tuple[str, ...]) -> None:
        """What nobody reads may be a setting that somebody believes is set."""
        for name in sent:
            if len(self.mistakes) > MOST_TOLD:  # As many as are told, and one more: that there are more.
                return
            if name not in known:
                place = f"{where} › {name[:40]}".removeprefix(" › ")
                self.mistakes.append(Mistake(_sayable(place), "unknown"))


def _parsed(body: bytes) -> Any:
    if len(body) > LARGEST:
        raise BadFile([Mistake("", "too_large", {"most": LARGEST // 1024 // 1024})])
    try:
        return json.loads(body.decode("utf-8-sig"), object_pairs_hook=_once, parse_constant=_no_number)
    except UnicodeDecodeError:
        raise BadFile([Mistake("", "encoding")]) from None
    except json.JSONDecodeError as error:
        raise BadFile([Mistake("", "json", {"line": error.lineno, "column": error.colno})]) from None
    except (ValueError, RecursionError):  # A number of 5,000 figures, NaN, lists in lists in lists.
        raise BadFile([Mistake("", "no_office")]) from None


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Of two values with one name nobody knows which is meant."""
    found = dict(pairs)
    if len(found) < len(pairs):
        seen: set[str] = set()
        twice = next(name for name, _value in pairs if name in seen or seen.add(name))  # type: ignore[func-returns-value]
        raise BadFile([Mistake(_sayable(twice[:40]), "name_twice")])
    return found


def _no_number(_name: str) -> Any:
    raise ValueError


def _sayable(text: str) -> str:
    """A name that came from a file, as a page and a log can show it."""
    return text.encode(errors="replace").decode().replace("\0", " ")
