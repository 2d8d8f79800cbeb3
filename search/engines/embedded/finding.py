"""Which lessons a question finds, as a set: for counting, where no score counts.

Hits come from tantivy, which scores them. Their total and the counts of facets come from here:
the same clauses, laid over each other as bits.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable

import numpy as np

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
    Lesson,
    Phrase,
    TextClauses,
    Word,
    band_clause,
)


class Finder:
    """Finds the lessons of one question."""

    def __init__(self, sets: LessonSets, builder: QueryBuilder, query: EngineQuery) -> None:
        self._sets = sets
        self._builder = builder
        self._query = query

    def lessons(self, *, without: Collection[str]) -> Bits:
        """Return the lessons found; ``without`` leaves out the filters of facets."""
        query = self._query
        lessons = self._sets.public(query.now)
        asked = self._builder.matching()
        for clause in asked.required:
            lessons = lessons & self._of(clause)
        for clause in asked.excluded:
            lessons = lessons & ~self._of(clause)
        for facet, codes in query.filters.items():
            if facet not in without:
                lessons = lessons & self._sets.of(facet_field(facet)).with_any(codes)
        viewpoint = query.viewpoint
        if viewpoint is not None and viewpoint.only and BANDS_FACET not in without:
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
                return self._sets.having(clause, self._builder.translated(clause))
            case Lesson(pk):
                return self._sets.of_keys([pk])
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
