"""What somebody may be looking for, and which errands answer it best (R5).

A question is read in a few ways: as it was typed, and with common names put into the catalogue's words. Each way is
a row of terms; a term knows which words of the catalogue it may mean. The database brings what has these words, or
most of them (`searches`); `ranked` puts the best first. Words may come in any order.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from math import log

from queues.common_names import BY_WORD, SINGLE, Common
from queues.folding import LONGEST, words
from queues.spelling import Fits, Vocabulary, is_one_away

FILLERS = frozenset(words("làm xin tôi muốn thủ tục giúp đâu thế trong của"))
"""Said around an errand, and in the catalogue around every name. They count little."""
FILLING = 0.1
MOST_TERMS, MOST_READINGS, MOST_MISSING = 6, 4, 3
BY_NAME, BESIDE_NAME = 0.1, -0.08
"""Who says nothing but a common name means it; who says more may mean something else."""
LONG_NAME = 6
"""Letters from which a common name may have one wrong."""


@dataclass(frozen=True)
class Term:
    """A word of a question: the known words that it surely means, those it may mean, and how much it says. `begun`: it
    is not finished, and known words begin so."""

    sure: Fits
    guessed: Fits
    weight: float
    begun: str = ""

    @property
    def sought(self) -> frozenset[str]:
        """What to look for: one look for all words that begin so, where it is not finished."""
        if not self.begun:
            return frozenset(self.sure or self.guessed)
        return frozenset({f"{self.begun}*", *(word for word in self.sure if not word.startswith(self.begun))})


@dataclass(frozen=True)
class Reading:
    """A question as it may be meant. `wanted`: the terms to look for, all where none are named; the others only
    weigh. `ahead`: what speaks for this reading."""

    terms: tuple[Term, ...]
    wanted: tuple[Term, ...] = ()
    ahead: float = 0.0


Search = tuple[tuple[frozenset[str], ...], ...]
"""One or more rows of sets of words: what has a word of each set of any row is worth looking at. A word with a star
stands for all that begin so."""


def readings(typed: str, vocabulary: Vocabulary) -> list[Reading]:
    """The ways in which a question may be meant, those with a common name first. Empty where nothing in it is known."""
    asked = _parted(words(typed[:LONGEST])[: 2 * MOST_TERMS], vocabulary)
    ways = [_as_typed(asked, vocabulary)]
    ways += [_terms(rest, official, vocabulary) for rest, official in dict.fromkeys(_in_official_words(asked))]
    ways = sorted(ways[:MOST_READINGS], key=lambda way: (not way.wanted, -way.ahead))
    return [way for way in ways if any(term.sure or term.guessed for term in way.terms)]


def searches(reading: Reading) -> Iterator[tuple[int, Search]]:
    """What to look for, one after the other until enough is found, and how many words are left out: every word as
    typed, then one of them only as it may be meant, then with one left out, with two, and so on."""
    telling = sorted((term for term in reading.wanted or reading.terms if term.sure or term.guessed), key=_weighs)
    said = [term for term in telling if term.weight > FILLING][:MOST_TERMS] or telling[:1]
    sure = [term.sought for term in said]
    wide = [term.sought.union(term.guessed) for term in said]
    yield 0, (tuple(sure),)
    guessed = tuple((*sure[:n], own, *sure[n + 1 :]) for n, own in enumerate(wide) if own != sure[n])
    if guessed:
        yield 0, guessed
    for missing in range(1, min(len(said), MOST_MISSING)):
        yield missing, tuple(combinations(sure, len(said) - missing))


def _weighs(term: Term) -> float:
    return -term.weight


def _as_typed(asked: Sequence[str], vocabulary: Vocabulary) -> Reading:
    return Reading(tuple(_term(word, vocabulary, last=at == len(asked) - 1) for at, word in enumerate(asked)))


def _terms(rest: Sequence[str], official: Sequence[str], vocabulary: Vocabulary) -> Reading:
    """What was said around a common name, then the catalogue's own words for it, of which none is a guess."""
    around = [_term(word, vocabulary) for word in rest]
    known = [Term({word: 1.0} if word in vocabulary else {}, {}, telling(word, vocabulary)) for word in official]
    is_all = all(term.weight <= FILLING for term in around)
    return Reading((*around, *known), tuple(known), BY_NAME if is_all else BESIDE_NAME)


def _term(word: str, vocabulary: Vocabulary, *, last: bool = False) -> Term:
    sure, guessed = vocabulary.sure(word, last=last), vocabulary.guessed(word)
    meant = word if word in vocabulary else max({**guessed, **sure}, key=vocabulary.counts.__getitem__, default=word)
    return Term(sure, guessed, telling(meant, vocabulary), word if len(sure) > 1 else "")


def telling(word: str, vocabulary: Vocabulary) -> float:
    """How much a word says: rare ones more, words around an errand next to nothing."""
    known = vocabulary.telling.get(word)
    if known is None:
        rare = log(2 + vocabulary.names / (1 + vocabulary.counts.get(word, 0)))
        known = FILLING if word in FILLERS else rare
        if word in vocabulary:  # Nobody fills our memory with words of their own.
            vocabulary.telling[word] = known
    return known


def _parted(asked: Sequence[str], vocabulary: Vocabulary) -> tuple[str, ...]:
    """Part words that were typed as one."""
    whole = [vocabulary.knows(word) or word in BY_WORD for word in asked]
    return tuple(
        part
        for word, is_whole in zip(asked, whole, strict=True)
        for part in ((word,) if is_whole else vocabulary.parted(word))
    )


def _in_official_words(asked: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], tuple[str, ...]]]:
    """The words around each common name in the question, and the catalogue's words for it, the longest name first.

    A name within a longer one is not meant: "đổi sổ đỏ" is no question about "sổ đỏ".
    """
    near: set[Common] = {own for word in asked for own in BY_WORD.get(word, ())}.union(SINGLE)
    said = sorted(((at, own) for own in near for at in _places(own[0], asked)), key=lambda own: (-len(own[1][0]), own))
    for at, (name, official) in said:
        if not any(_is_within((at, name), (start, other[0])) for start, other in said):
            rest = asked[:at] + asked[at + len(name) :]
            yield tuple(word for word in rest if word not in official), official


def _is_within(one: tuple[int, tuple[str, ...]], other: tuple[int, tuple[str, ...]]) -> bool:
    (at, name), (start, longer) = one, other
    return len(longer) > len(name) and start <= at and at + len(name) <= start + len(longer)


def _places(name: tuple[str, ...], asked: tuple[str, ...]) -> Iterator[int]:
    return (at for at in range(len(asked) - len(name) + 1) if _is_said(name, asked[at : at + len(name)]))


def _is_said(name: tuple[str, ...], asked: tuple[str, ...]) -> bool:
    """Whether this is the name, one letter wrong at most."""
    wrong = [(one, other) for one, other in zip(name, asked, strict=True) if one != other]
    if len(wrong) != 1 or sum(map(len, name)) < LONG_NAME:
        return not wrong
    return all(map(str.isalpha, wrong[0])) and is_one_away(*wrong[0])
