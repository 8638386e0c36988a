"""What must fit together in an office's file: letters, numbers and days once, and names of what is there."""

from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Any

from counter.officefile.fields import REFERS
from counter.officefile.kinds import text
from counter.officefile.mistakes import Mistake, Wrong
from queues.errors import SpaceNotUnderstood
from queues.space import Space, cap_of, figure_of

ONCE = {"services": "letter", "counters": "number", "holidays": "day", "catalogue": "code"}
"""Of these no two entries have the same."""
DECIMALS, PEOPLE = ("usable", "share", "distance"), ("seats", "preset", "staff")
LARGEST_FIGURE = 100_000


def read_references(part: str, measured: bool) -> dict[str, Callable[[Any], Any]]:
    """How an entry's values are read that name others, or say where a cap comes from."""
    found = {name: _READS[what] for name, what in REFERS.get(part, {}).items()}
    return found | ({"measured": _measured} if measured else {})


def space_of(measured: dict[str, Any]) -> Space:
    """What was measured, as the rules take it. Raises what Decimal and the rules raise."""
    figures: dict[str, Any] = {name: Decimal(measured[name]) for name in DECIMALS if measured.get(name) is not None}
    return Space(**figures, **{name: measured[name] for name in PEOPLE if measured.get(name) is not None})


def check_together(plain: dict[str, Any]) -> list[Mistake]:
    """Everything that does not fit together, each with its place in the file."""
    checks = (_twice, _letters, _caps, _texts)
    return [Mistake(where, why, figures) for check in checks for where, why, figures in check(plain)]


Found = Iterator[tuple[str, str, dict[str, object]]]


def _twice(plain: dict[str, Any]) -> Found:
    for part, name in ONCE.items():
        seen: set[Any] = set()
        for at, own in enumerate(plain[part], start=1):
            if own[name] in seen:
                yield f"{part} › {at} › {name}", "twice", {"value": own[name]}
            seen.add(own[name])


def _letters(plain: dict[str, Any]) -> Found:
    known = {own["letter"] for own in plain["services"]}
    for at, own in enumerate(plain["counters"], start=1):
        for letter in own["services"]:
            if letter not in known:
                yield f"counters › {at} › services", "no_service", {"value": letter}
    for at, own in enumerate(plain["catalogue"], start=1):
        if own["service"] is not None and own["service"] not in known:
            yield f"catalogue › {at} › service", "no_service", {"value": own["service"]}


def _caps(plain: dict[str, Any]) -> Found:
    """A cap that was worked out is what its measures come to."""
    zones = [("room", plain["room"])] + [(f"areas › {at}", own) for at, own in enumerate(plain["areas"], start=1)]
    for where, own in zones:
        if own["measured"] is not None and (people := cap_of(space_of(own["measured"]))) != own["cap"]:
            yield f"{where} › cap", "not_measured", {"people": people}


def _texts(plain: dict[str, Any]) -> Found:
    for at, own in enumerate(plain["texts"], start=1):
        if own["way"] is not None and own["kind"] != "offer":
            yield f"texts › {at} › way", "only_offers", {}
        if own["from_day"] and own["to_day"] and own["to_day"] < own["from_day"]:
            yield f"texts › {at} › to_day", "days", {}


def _measured(value: Any) -> dict[str, Any] | None:
    """The measures of a space, decimals as text; None where the number was set as it is."""
    if value is None:
        return None
    if not isinstance(value, dict) or not set(value) <= {*DECIMALS, *PEOPLE}:
        raise Wrong("not_measures")
    measured: dict[str, Any] = {name: _decimal(value.get(name)) for name in DECIMALS}
    measured |= {name: _people(value.get(name)) for name in PEOPLE}
    try:
        cap_of(space_of(measured))
    except (SpaceNotUnderstood, ArithmeticError, ValueError):
        raise Wrong("not_measures") from None
    return measured


def _decimal(value: Any) -> str | None:
    """As text, so that 0.1 stays 0.1."""
    if value is None:
        return None
    own = figure_of(value) if isinstance(value, str) else None
    if own is None or own > LARGEST_FIGURE:
        raise Wrong("not_measures")
    return str(own)


def _people(value: Any) -> int | None:
    if value is not None and (type(value) is not int or not 0 <= value <= 9999):
        raise Wrong("not_measures")
    return value


def _letters_of(value: Any) -> list[str]:
    value = [] if value is None else value
    if not isinstance(value, list) or len(value) > 26 or not all(isinstance(one, str) for one in value):
        raise Wrong("not_letters")
    return sorted(set(value))


def _letter_of(value: Any) -> str | None:
    return None if value is None else str(text(1, need=True).read(value))


def _slug_of(value: Any) -> str | None:
    return None if value is None else str(text(40, need=True).read(value))


_READS: dict[str, Callable[[Any], Any]] = {"letters": _letters_of, "letter": _letter_of, "slug": _slug_of}
