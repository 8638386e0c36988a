"""Which known words somebody may have meant: as typed, not finished yet, by its sound, or one letter away."""

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property

AS_TYPED, BEGUN, SOUNDS, SLIPPED = 1.0, 0.9, 0.8, 0.7
"""How well a known word fits: typed like this; typed so far; sounds alike; a letter is wrong, missing, doubled or
swapped."""
OTHER_WORD = 0.6
"""Of that, where what was typed is a known word itself."""
MOST_BEGUN, MOST_SLIPPED = 40, 12
LEAST_PART = 2
SHORT = 2
"""Letters of a word that is taken as it is if it is known: nearly everything is one letter away from it."""

Fits = Mapping[str, float]

_ALIKE = (
    ("ngh", "ng"),
    ("gh", "g"),
    ("tr", "ch"),
    ("gi", "d"),
    ("r", "d"),
    ("x", "s"),
    ("k", "c"),
    ("q", "c"),
    ("l", "n"),
)
"""Beginnings that are spoken alike, in one part of the country or another."""


class Vocabulary:
    """The words of a catalogue, folded, how often each stands there, and how many `names` there are."""

    def __init__(self, counts: Mapping[str, int], names: int) -> None:
        self.counts, self.names = counts, names
        self.telling: dict[str, float] = {}
        """How much a word says, as far as it has been worked out."""

    def __contains__(self, word: object) -> bool:
        return word in self.counts

    def sure(self, word: str, *, last: bool = False) -> Fits:
        """What was typed, or what it may become while the `last` word is not finished; nothing is guessed."""
        begun = dict.fromkeys(self._begun(word), BEGUN) if last else {}
        return {**begun, word: AS_TYPED} if word in self or word.isdigit() else begun

    def guessed(self, word: str) -> Fits:
        """Known words that sound alike or are one letter away. Figures are never guessed."""
        if not word.isalpha() or len(word) < LEAST_PART:
            return {}
        share = OTHER_WORD if word in self else 1.0
        alike = dict.fromkeys(self._by_sound.get(sound(word), ()), SOUNDS * share)
        near = self._one_away(word) if word not in self or len(word) > SHORT else ()
        slipped = dict.fromkeys(self._frequent(near)[:MOST_SLIPPED], SLIPPED * share)
        return {known: fit for known, fit in {**slipped, **alike}.items() if known != word}

    def knows(self, word: str) -> bool:
        """Whether it, or something near it, stands in the catalogue. A figure is what it is."""
        return word in self or word.isdigit() or bool(self.guessed(word))

    def parted(self, word: str) -> tuple[str, ...]:
        """Two known words that were typed as one, the most frequent pair; or the word as it is."""
        pairs = [
            (word[:at], word[at:])
            for at in range(LEAST_PART, len(word) - LEAST_PART + 1)
            if word[:at] in self and word[at:] in self
        ]
        return max(pairs, key=lambda pair: min(self.counts[own] for own in pair), default=(word,))

    @cached_property
    def _shortened(self) -> Mapping[str, list[str]]:
        """Every known word by what is left of it without one of its letters, and by itself."""
        return _by({word: {word, *_without_one(word)} for word in self.counts if word.isalpha()})

    @cached_property
    def _by_sound(self) -> Mapping[str, list[str]]:
        return _by({word: {sound(word)} for word in self.counts if word.isalpha()})

    def _one_away(self, word: str) -> set[str]:
        near = {known for short in {word, *_without_one(word)} for known in self._shortened.get(short, ())}
        return {known for known in near if known != word and is_one_away(word, known)}

    def _begun(self, word: str) -> list[str]:
        return self._frequent(known for known in self.counts if known.startswith(word) and known != word)[:MOST_BEGUN]

    def _frequent(self, found: Iterable[str]) -> list[str]:
        return sorted(found, key=lambda word: (-self.counts[word], word))


def sound(word: str) -> str:
    """A word as it is spoken, roughly: "tranh" and "chanh", "ký" and "kí", "sanh" and "xanh" are the same."""
    for written, spoken in _ALIKE:
        if word.startswith(written):
            word = spoken + word[len(written) :]
            break
    return word[:-1] + "i" if word.endswith("y") else word


def is_one_away(one: str, other: str) -> bool:
    """Whether a single wrong, missing, doubled or swapped letter makes one word of the other."""
    if len(one) > len(other):
        one, other = other, one
    if len(other) - len(one) > 1:
        return False
    at = next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), len(one))
    if len(one) < len(other):
        return one[at:] == other[at + 1 :]
    swapped = one[at : at + 2] == other[at : at + 2][::-1] and one[at + 2 :] == other[at + 2 :]
    return one[at + 1 :] == other[at + 1 :] or swapped


def _without_one(word: str) -> Iterator[str]:
    return (word[:at] + word[at + 1 :] for at in range(len(word)))


def _by(keys: Mapping[str, set[str]]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for word, own in keys.items():
        for key in own:
            found.setdefault(key, []).append(word)
    return found
