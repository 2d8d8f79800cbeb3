"""Which lessons a question finds, as a set: for counting, where no score counts.

Hits come from tantivy, which scores them. Their total and the counts of facets come from here:
the same clauses, laid over each other as bits. When the sets of some are not known yet, tantivy
seeks all that is asked in one pass.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable

import numpy as np
from tantivy import Query

from search.engines.contract import BANDS_FACET, EngineQuery
from search.engines.embedded.bits import Bits, at_least
from search.engines.embedded.querying import QueryBuilder
from search.engines.embedded.schema import PLACE_FIELD, facet_field
from search.engines.embedded.sets import LessonSets
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
    band_clause,
)


class Finder:
    """Finds the lessons of one question."""

    def __init__(
        self,
        sets: LessonSets,
        builder: QueryBuilder,
        query: EngineQuery,
        *,
        without: Collection[str],
    ) -> None:
        """``without`` leaves out the filters of facets."""
        self._sets = sets
        self._builder = builder
        self._query = query
        self._without = without
        self._unknown: dict[Word | Phrase, Query] = {}
        self._by_text = self._lay_over()

    @property
    def takes_long(self) -> bool:
        """Whether tantivy has to seek, as the sets of some words are not known."""
        return bool(self._unknown)

    def lessons(self) -> Bits:
        """Return the lessons found."""
        if self._unknown:
            self._sets.learn(self._unknown)
            return self._sets.found(self._builder.counted(without=self._without))
        return self._filtered(self._by_text)

    def _lay_over(self) -> Bits:
        """Return what the text finds; of no use when a set turns out to be unknown."""
        lessons = self._sets.public(self._query.now)
        asked = self._builder.matching()
        for clause in asked.required:
            lessons = lessons & self._of(clause)
        for clause in asked.excluded:
            lessons = lessons & ~self._of(clause)
        return lessons

    def _filtered(self, lessons: Bits) -> Bits:
        query = self._query
        for facet, codes in query.filters.items():
            if facet not in self._without:
                lessons = lessons & self._sets.of(facet_field(facet)).with_any(codes)
        viewpoint = query.viewpoint
        if viewpoint is not None and viewpoint.only and BANDS_FACET not in self._without:
            lessons = lessons & self._of(band_clause(viewpoint, viewpoint.only))
        for period in self._builder.period():
            lessons = lessons & self._sets.found(period)
        if query.only is not None:
            lessons = lessons & self._sets.of_keys(query.only)
        return lessons & ~self._sets.of_keys(query.hidden) if query.hidden else lessons

    def _of(self, clause: Clause) -> Bits:
        match clause:
            case Boosted(inner, _) | Constant(inner, _):
                return self._of(inner)
            case Word() | Phrase():
                return self._kept(clause)
            case Lessons(pks):
                return self._sets.of_keys(pks)
            case InPlaces(codes):
                return self._sets.of(PLACE_FIELD).with_any(codes)
            case AllOf(clauses):
                return np.bitwise_and.reduce(self._each(clauses))
            case AnyOf(clauses, needed):
                return self._some(clauses, needed)
            case BestOf(clauses):
                return self._some(clauses, 1)
            case TextClauses(required, preferred, excluded):
                return self._within(required, preferred, excluded)

    def _kept(self, clause: Word | Phrase) -> Bits:
        query = self._builder.translated(clause)
        lessons = self._sets.having(clause, query)
        if lessons is None:
            self._unknown[clause] = query
            return self._sets.none()
        return lessons

    def _within(
        self,
        required: tuple[Clause, ...],
        preferred: tuple[Clause, ...],
        excluded: tuple[Clause, ...],
    ) -> Bits:
        lessons = self._of(AllOf(required)) if required else self._some(preferred, 1)
        return lessons & ~self._some(excluded, 1)

    def _some(self, clauses: tuple[Clause, ...], needed: int) -> Bits:
        return at_least(needed, self._each(clauses)) if clauses else self._sets.none()

    def _each(self, clauses: Iterable[Clause]) -> list[Bits]:
        return [*map(self._of, clauses)]
