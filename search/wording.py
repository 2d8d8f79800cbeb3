"""Other words for what was typed, as an engine gets them, and what an index knows of words."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Alternative:
    """Plain words that may stand in a lesson instead of a word that was typed.

    A lesson that holds them counts as one that holds the word, ``weight`` times as much.
    Several words stand together, in their order, when ``is_phrase``; otherwise all of
    them occur, wherever.
    """

    words: tuple[str, ...]
    weight: float
    is_phrase: bool = True


Alternatives = Mapping[str, tuple[Alternative, ...]]
"""Typed word → what may stand in its place, beside its own forms."""


class KnownWords(Protocol):
    """What the index knows of words; every engine does."""

    def number(self) -> int:
        """Return how many lessons there are."""

    def frequencies(self, stems: Collection[str]) -> Mapping[str, int]:
        """Return how many lessons hold each of the stems; those in none are left out."""

    def similar(self, word: str) -> Sequence[str]:
        """Return words of lessons that may have been meant by a plain word, best first."""
