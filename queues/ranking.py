"""Which errand answers a question best (R5)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from queues.finding import Reading, telling
from queues.spelling import Vocabulary

COVERED, TOGETHER, FILLED = 0.62, 0.2, 0.18
"""How much of the question is in the name; whether it stands together there; how much of the name was asked for."""
LONE, NEAR = 0.6, 2
"""Most words have two syllables: one that stands alone in a name says less. So many syllables apart is near."""
IN_FIELD = 0.3
"""A word that stands in the field's name only."""
ENOUGH, FAIRLY, WELL = 6, 0.65, 0.88
"""So many errands that answer fairly are enough to choose from; or one that answers well. The most is 1."""


@dataclass(frozen=True)
class Entry:
    """An errand as the search sees it. `titles`: its names, folded. `ahead`: what speaks for it whatever was asked."""

    id: int
    titles: tuple[tuple[str, ...], ...]
    field: frozenset[str]
    ahead: float = 0.0


class Question:
    """One reading of a question, with the errands that have been looked at for it."""

    def __init__(self, reading: Reading, vocabulary: Vocabulary) -> None:
        self.reading, self._vocabulary = reading, vocabulary
        self.scores: dict[int, tuple[float, int]] = {}
        self._weights = [term.weight for term in reading.terms]
        self._whole = sum(self._weights)
        self._fields: dict[frozenset[str], list[float]] = {}
        self._best, self._fair = 0.0, 0
        self._fits: dict[str, list[tuple[int, float]]] = {}
        for n, term in enumerate(reading.terms):
            for word, fit in {**term.guessed, **term.sure}.items():
                self._fits.setdefault(word, []).append((n, fit))

    @property
    def is_answered(self) -> bool:
        """Whether there is no need to look for more: whatever has all the words of a common name is what it names."""
        return bool(self.reading.wanted and self.scores) or self._fair >= ENOUGH or self._best >= WELL

    @property
    def is_answered_fairly(self) -> bool:
        """Whether an errand answers so that leaving out more words would bring nothing better."""
        return self._best >= FAIRLY

    @property
    def is_answered_by_name(self) -> bool:
        """Whether nothing but a common name was said, and an errand answers to it."""
        return self.reading.ahead > 0 and self._best >= FAIRLY

    def look_at(self, entries: Iterable[Entry]) -> None:
        """Weigh some more errands. Of two that answer alike the one with the shorter name is the better one."""
        for entry in entries:
            score, short = max((self._answered_by(title, entry.field), -len(title)) for title in entry.titles)
            self._best, self._fair = max(self._best, score), self._fair + (score >= FAIRLY)
            self.scores[entry.id] = (score + entry.ahead + self.reading.ahead, short)

    def _answered_by(self, title: Sequence[str], field: frozenset[str]) -> float:
        """How well a name answers, from 0 to 1."""
        if self._fits.keys().isdisjoint(title):
            return 0.0
        places: list[dict[int, float]] = [{} for _weight in self._weights]
        for at, word in enumerate(title):
            for n, fit in self._fits.get(word, ()):
                places[n][at] = fit
        asked_for = {max(own, key=own.__getitem__) for own in places if own}  # A word of the question fills one place.
        says = [telling(word, self._vocabulary) for word in title]
        hit, name = sum(says[at] for at in asked_for), sum(says)
        covered = sum(self._covered(n, places, field) for n in range(len(places))) / self._whole
        return COVERED * covered + TOGETHER * self._together(places) + FILLED * hit / (name or 1)

    def _covered(self, n: int, places: Sequence[dict[int, float]], field: frozenset[str]) -> float:
        if own := places[n]:
            return self._weights[n] * max(own.values()) * (1.0 if _in_company(n, places) else LONE)
        return self._weights[n] * IN_FIELD * self._in_field(field)[n]

    def _in_field(self, field: frozenset[str]) -> list[float]:
        """How well each term fits the field's name. Few fields, many errands."""
        if field not in self._fields:
            best = self._fields[field] = [0.0] * len(self._weights)
            for n, fit in (own for word in field for own in self._fits.get(word, ())):
                best[n] = max(best[n], fit)
        return self._fields[field]

    def _together(self, places: Sequence[dict[int, float]]) -> float:
        """How many of the words that follow each other in the question do so in the name, too."""
        if len(places) == 1:
            return max(places[0].values(), default=0.0)
        near = whole = 0.0
        for n, (one, other) in enumerate(pairwise(places)):
            weight = min(self._weights[n], self._weights[n + 1])
            whole += weight
            near += weight * max((one[at] * other[at + 1] for at in one if at + 1 in other), default=0.0)
        return near / (whole or 1)


def ranked(questions: Iterable[Question], most: int) -> list[int]:
    """The ids of the errands that answer best, in whichever way the question was meant; best first."""
    best: dict[int, tuple[float, int]] = {}
    for question in questions:
        for own, score in question.scores.items():
            best[own] = max(best.get(own, score), score)
    return sorted(best, key=lambda own: (*(-part for part in best[own]), own))[:most]


def _in_company(n: int, places: Sequence[dict[int, float]]) -> bool:
    """Whether the word before or after it in the question is near it in the name, too."""
    if len(places) == 1:
        return True
    beside = (places[m] for m in (n - 1, n + 1) if 0 <= m < len(places))
    return any(at + step in other for other in beside if other for at in places[n] for step in _STEPS)


_STEPS = tuple(step for step in range(-NEAR, NEAR + 1) if step)
