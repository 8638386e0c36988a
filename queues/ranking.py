"""Which errand answers a question best (R5)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from queues.finding import Reading, telling
from queues.spelling import Vocabulary

COVERED, TOGETHER, FILLED = 0.62, 0.2, 0.18
"""How much of the question is in the name; whether it stands together there; how much of the name was asked for."""
LONE, NEAR = 0.6, 2
"""Most words have two syllables: one that stands alone in a name says less. So many syllables apart is near."""
IN_FIELD = 0.3
"""A word that stands in the field's name only."""


@dataclass(frozen=True)
class Entry:
    """An errand as the search sees it. `titles`: its names, folded. `ahead`: what speaks for it whatever was asked."""

    id: int
    titles: tuple[tuple[str, ...], ...]
    field: frozenset[str]
    ahead: float = 0.0


def ranked(found: Sequence[tuple[Reading, Iterable[Entry]]], vocabulary: Vocabulary, most: int) -> list[int]:
    """The ids of the errands that answer best, best first, from what was found for each reading of the question."""
    best: dict[int, tuple[float, int]] = {}
    for reading, entries in found:
        question = _Question(reading, vocabulary)
        for entry in entries:
            score = max(question.answered_by(title, entry.field) for title in entry.titles) + entry.ahead + reading.ahead
            shortest = min(map(len, entry.titles))
            best[entry.id] = max(best.get(entry.id, (0.0, 0)), (score, -shortest))
    return sorted(best, key=lambda own: (*(-part for part in best[own]), own))[:most]


class _Question:
    """A reading, turned round: for each known word which terms it fits, and how well."""

    def __init__(self, reading: Reading, vocabulary: Vocabulary) -> None:
        self.weights = [term.weight for term in reading.terms]
        self.vocabulary = vocabulary
        self.says: dict[str, float] = {}
        self.fits: dict[str, list[tuple[int, float]]] = {}
        for n, term in enumerate(reading.terms):
            for word, fit in {**term.guessed, **term.sure}.items():
                self.fits.setdefault(word, []).append((n, fit))

    def answered_by(self, title: Sequence[str], field: frozenset[str]) -> float:
        """How well a name answers, from 0 to 1."""
        places: list[dict[int, float]] = [{} for _weight in self.weights]
        hit = name = 0.0
        for at, word in enumerate(title):
            says = self._says(word)
            name += says
            fits = self.fits.get(word, ())
            hit += says if fits else 0.0
            for n, fit in fits:
                places[n][at] = fit
        covered = sum(self._covered(n, places, field) for n in range(len(places))) / self.whole
        return COVERED * covered + TOGETHER * self._together(places) + FILLED * hit / (name or 1)

    @cached_property
    def whole(self) -> float:
        """All that the question says."""
        return sum(self.weights)

    def _covered(self, n: int, places: Sequence[dict[int, float]], field: frozenset[str]) -> float:
        if own := places[n]:
            return self.weights[n] * max(own.values()) * (1.0 if self._in_company(n, places) else LONE)
        in_field = (fit for word in field for m, fit in self.fits.get(word, ()) if m == n)
        return self.weights[n] * IN_FIELD * max(in_field, default=0.0)

    def _in_company(self, n: int, places: Sequence[dict[int, float]]) -> bool:
        """Whether the word before or after it in the question is near it in the name, too."""
        beside = [other for m in (n - 1, n + 1) if 0 <= m < len(places) for other in places[m]]
        return len(places) == 1 or any(0 < abs(at - other) <= NEAR for at in places[n] for other in beside)

    def _together(self, places: Sequence[dict[int, float]]) -> float:
        """How many of the words that follow each other in the question do so in the name, too."""
        if len(places) == 1:
            return max(places[0].values(), default=0.0)
        near = whole = 0.0
        for n, (one, other) in enumerate(zip(places, places[1:], strict=False)):
            weight = min(self.weights[n], self.weights[n + 1])
            whole += weight
            near += weight * max((one[at] * other[at + 1] for at in one if at + 1 in other), default=0.0)
        return near / (whole or 1)

    def _says(self, word: str) -> float:
        if word not in self.says:
            self.says[word] = telling(word, self.vocabulary)
        return self.says[word]
