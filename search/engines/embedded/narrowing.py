"""Seeking phrases only where they are known to be, with the same scores.

Whether words stand beside each other tantivy finds out from all their places, in every lesson
that has both; with very many lessons that takes longer than all the rest. Most phrases stand in
few lessons or in none, and their sets are kept as those of words are.
"""

from __future__ import annotations

from dataclasses import replace

from tantivy import Query

from search.engines.embedded.bits import keys, size
from search.engines.embedded.sets import LessonSets
from search.engines.embedded.translating import Translator
from search.engines.ranking import (
    AllOf,
    AnyOf,
    BestOf,
    Boosted,
    Clause,
    Constant,
    InPlaces,
    Lessons,
    Phrase,
    TextClauses,
    Word,
)

_MOST_KEYS = 300
"""To seek more lessons by their keys takes as long as to seek the phrase."""


def narrowed(asked: TextClauses, sets: LessonSets, translator: Translator) -> TextClauses:
    """Return clauses that find and score the same; phrases with unknown sets stay as they are."""
    narrowing = _Narrowing(sets, translator)
    found = narrowing.all_of(asked)
    sets.learn(narrowing.unknown)
    return found


class _Narrowing:
    def __init__(self, sets: LessonSets, translator: Translator) -> None:
        self._sets = sets
        self._translator = translator
        self.unknown: dict[Word | Phrase, Query] = {}

    def all_of(self, asked: TextClauses) -> TextClauses:
        return TextClauses(
            self._each(asked.required), self._each(asked.preferred), self._each(asked.excluded)
        )

    def _each(self, clauses: tuple[Clause, ...]) -> tuple[Clause, ...]:
        return tuple(map(self._narrow, clauses))

    def _narrow(self, clause: Clause) -> Clause:
        match clause:
            case Phrase():
                return self._known(clause)
            case Boosted(inner, _) | Constant(inner, _):
                return replace(clause, clause=self._narrow(inner))
            case AllOf(clauses) | AnyOf(clauses) | BestOf(clauses):
                return replace(clause, clauses=self._each(clauses))
            case TextClauses():
                return self.all_of(clause)
            case Word() | Lessons() | InPlaces():
                return clause

    def _known(self, phrase: Phrase) -> Clause:
        query = self._translator.query(phrase)
        lessons = self._sets.having(phrase, query)
        if lessons is None:
            self.unknown[phrase] = query
            return phrase
        number = size(lessons)
        if number > _MOST_KEYS:
            return phrase
        there = Lessons(keys(lessons))
        return AllOf((Constant(there, 0.0), phrase)) if number else there
