"""What can be wrong with an office's file, as keys and figures; the words for people are chosen where people are."""

from dataclasses import dataclass, field

MOST_TOLD = 40
"""Mistakes that are told at once."""


class Wrong(Exception):
    """A value is not what it should be: `why` is a key, `figures` what its sentence names."""

    def __init__(self, why: str, **figures: object) -> None:
        super().__init__(why)
        self.why, self.figures = why, figures


@dataclass(frozen=True)
class Mistake:
    """`where` in the file ("services › 2 › letter", entries counted from 1; empty: the file itself), and `why`: a key
    whose sentence names the `figures`."""

    where: str
    why: str
    figures: dict[str, object] = field(default_factory=dict)


class BadFile(Exception):
    """The file can't be taken in. Nothing has been changed."""

    def __init__(self, mistakes: list[Mistake]) -> None:
        super().__init__("; ".join(f"{own.where} {own.why}".strip() for own in mistakes))
        self.mistakes = mistakes
