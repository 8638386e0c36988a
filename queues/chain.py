"""A chain of entries of which none can be changed, taken out or put in unseen: each is sealed over the one before.

Where a chain ends is kept apart from it, so that its end can't be cut off unseen either. Who can write both can write
a new chain: what was taken along (an export, a backup) shows that.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

FIRST = "0" * 64
"""What the first entry of a chain is sealed over."""


@dataclass(frozen=True)
class Link:
    """One entry as it stands: its number in the chain, from 1 on, what it says, and its seal."""

    number: int
    said: Mapping[str, Any]
    seal: str


def seal(before: str, said: Mapping[str, Any]) -> str:
    """Return the seal (SHA-256, hex) of an entry that follows the one sealed `before`; plain JSON values only."""
    text = json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)
    return hashlib.sha256(f"{before}\n{text}".encode()).hexdigest()


def hidden(salt: str, own: str) -> str:
    """What is sealed in place of a value that is to be forgotten some day: SHA-256, hex, empty for nothing. Together
    with the value its salt is forgotten; then nobody can try all values there are."""
    return hashlib.sha256(f"{salt}\n{own}".encode()).hexdigest() if own else ""


def first_broken(links: Iterable[Link], length: int, last: str) -> int | None:
    """The number of the first entry that is not what was written there, or is missing; None for a whole chain.

    `length` and `last` are how many entries there should be and the seal of the last one.
    """
    before, number = FIRST, 0
    for number, link in enumerate(links, start=1):
        if link.number != number or not _is_sealed(link, before):
            return number
        before = link.seal
    return None if (number, before) == (length, last) else min(number, length) + 1


def _is_sealed(link: Link, before: str) -> bool:
    """Whether the seal is the one of what it says. What can't be sealed at all never was."""
    try:
        return link.seal == seal(before, link.said)
    except (ValueError, TypeError):
        return False
