"""What the embedded index knows of words."""

from __future__ import annotations

from collections.abc import Callable, Collection
from contextlib import AbstractContextManager

from tantivy import Searcher

from search.dutch.spelling import closest
from search.engines.analysis import STEMS_FIELD, WORDS_FIELD


class IndexWords:
    """The words of the lessons that a searcher sees; ``guard`` is entered around each look."""

    def __init__(
        self, searcher: Searcher, guard: Callable[[], AbstractContextManager[None]]
    ) -> None:
        self._searcher = searcher
        self._guard = guard

    def number(self) -> int:
        """Return how many lessons there are."""
        return self._searcher.num_docs

    def frequencies(self, stems: Collection[str]) -> dict[str, int]:
        """Return how many lessons hold each of the stems; those in none are left out."""
        with self._guard():
            counts = ((each, self._searcher.doc_freq(STEMS_FIELD, each)) for each in stems)
            return {each: count for each, count in counts if count}

    def similar(self, word: str) -> list[str]:
        """Return words of lessons of which this may be a misspelling; the first letter counts."""
        with self._guard():
            return closest(word, self._searcher.terms_with_prefix(WORDS_FIELD, word[:1]))
