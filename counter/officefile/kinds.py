"""What a value of an office's file may be: read with a plain sentence for what is wrong, and brought to the columns of
a row and back. Sizes are those of the pages of settings, so that a file can't set what a page would not."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from counter.officefile.mistakes import Wrong


@dataclass(frozen=True)
class Kind:
    """`read` what stands in a file, or raise Wrong; `out` of a row by the value's name; `into` the columns of a row."""

    read: Callable[[Any], Any]
    out: Callable[[Any, str], Any] = getattr
    into: Callable[[str, Any], dict[str, Any]] = lambda name, value: {name: value}


def text(most: int, *, need: bool = False) -> Kind:
    """A line of at most so many characters."""

    def read(value: Any) -> str:
        line = line_of(value)
        if need and not line:
            raise Wrong("empty")
        if len(line) > most:
            raise Wrong("too_long", most=most)
        return line

    return Kind(read)


def words(most: int, *, need: bool = True) -> Kind:
    """A text in both languages; without English the Vietnamese stands for both. Not needed: None, or empty."""
    line, needed = text(most), text(most, need=True)

    def read(value: Any) -> dict[str, str] | None:
        if value is None and not need:
            return None
        if not isinstance(value, dict) or not set(value) <= {"vi", "en"} or "vi" not in value:
            raise Wrong("not_words")
        vi = (needed if need else line).read(value["vi"])
        return {"vi": vi, "en": line.read(value.get("en", "")) or vi}

    def out(own: Any, name: str) -> dict[str, str] | None:
        vi, en = getattr(own, f"{name}_vi"), getattr(own, f"{name}_en")
        return {"vi": vi, "en": en or vi} if vi or need else None

    def into(name: str, value: dict[str, str] | None) -> dict[str, Any]:
        return {f"{name}_vi": value["vi"] if value else None, f"{name}_en": value["en"] if value else None}

    return Kind(read, out, into)


def also_empty(kind: Kind) -> Kind:
    """Words whose columns hold an empty text where there is none."""

    def into(name: str, value: Any) -> dict[str, Any]:
        return {column: plain or "" for column, plain in kind.into(name, value).items()}

    return Kind(kind.read, kind.out, into)


def whole(least: int, most: int, *, need: bool = True) -> Kind:
    """A whole number; not needed: None means no limit."""

    def read(value: Any) -> int | None:
        if value is None and not need:
            return None
        if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
            raise Wrong("not_whole", least=least, most=most)
        return value

    return Kind(read)


def tick(*, need: bool = True) -> Kind:
    """Yes or no; not needed: None means that it is not known."""

    def read(value: Any) -> bool | None:
        if not isinstance(value, bool) and (need or value is not None):
            raise Wrong("not_tick")
        return value

    return Kind(read)


def one_of(options: Sequence[str], *, need: bool = True) -> Kind:
    """One of a few words."""

    def read(value: Any) -> str | None:
        if value is None and not need:
            return None
        if not isinstance(value, str) or value not in options:
            raise Wrong("not_one_of", options=", ".join(options))
        return value

    return Kind(read)


def places(options: Sequence[str]) -> Kind:
    """Some of a few words, none for all; kept with spaces between."""

    def read(value: Any) -> list[str]:
        if not isinstance(value, list) or not all(isinstance(one, str) and one in options for one in value):
            raise Wrong("not_some_of", options=", ".join(options))
        return [one for one in options if one in value]

    return Kind(read, lambda own, name: getattr(own, name).split(), lambda name, value: {name: " ".join(value)})


def lines(most: int, longest: int) -> Kind:
    """A list of texts."""
    line = text(longest)

    def read(value: Any) -> list[str]:
        if not isinstance(value, list) or len(value) > most:
            raise Wrong("not_list", most=most)
        return [line.read(one) for one in value]

    return Kind(read, lambda own, name: list(getattr(own, name)))


def link(most: int) -> Kind:
    """An address on the web that a browser opens, or nothing: never one that would run something."""

    def read(value: Any) -> str:
        address = line_of(value)
        if len(address) > most:
            raise Wrong("too_long", most=most)
        if address and (not address.lower().startswith(("https://", "http://")) or " " in address):
            raise Wrong("not_link")
        return address

    return Kind(read)


def line_of(value: Any) -> str:
    """A text on one line, without what no database keeps. Raises Wrong."""
    if not isinstance(value, str):
        raise Wrong("not_text")
    try:
        value.encode()
    except UnicodeEncodeError:  # Half a letter.
        raise Wrong("not_text") from None
    return " ".join(value.replace("\0", " ").split())
