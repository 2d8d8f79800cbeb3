"""From a question to tantivy's query objects. Pure: nothing is read or searched here."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from tantivy import FieldType, Occur, Query, Schema

from search.engines.analysis import CURRENT, STANDING_FIELD, SUPERSEDED
from search.engines.contract import BANDS_FACET, EngineQuery, EngineViewpoint
from search.engines.embedded.schema import facet_field
from search.engines.matching import matching
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
    text_clauses,
)


class QueryBuilder:
    """Builds the queries of one question."""

    def __init__(self, schema: Schema, query: EngineQuery) -> None:
        self._schema = schema
        self._query = query
        self._clauses = text_clauses(query)
        self._conditions = [*self._period(), *self._visibility()]

    def ranked(self) -> Query:
        """Return the query for hits, which scores them."""
        return self._query_of(self._clauses, without=None)

    def counted(self, *, without: str | None = None) -> Query:
        """Return the query for total and counts; ``without`` leaves out one filter."""
        return self._query_of(matching(self._clauses), without)

    def _query_of(self, asked: TextClauses, without: str | None) -> Query:
        filters = [
            (Occur.Must, _unscored(Query.term_set_query(self._schema, facet_field(facet), codes)))
            for facet, codes in self._query.filters.items()
            if facet != without
        ]
        viewpoint = self._query.viewpoint
        if viewpoint is not None and viewpoint.only and without != BANDS_FACET:
            filters.append((Occur.Must, self._in_bands(viewpoint, viewpoint.only)))
        clauses = [*self._occurring(asked), *filters, *self._conditions]
        return Query.boolean_query(clauses)

    def _in_bands(self, viewpoint: EngineViewpoint, bands: Collection[str]) -> Query:
        return _unscored(self._translated(band_clause(viewpoint, bands)))

    def _occurring(self, asked: TextClauses) -> list[tuple[Occur, Query]]:
        return [
            *((Occur.Must, query) for query in self._each(asked.required)),
            *((Occur.Should, query) for query in self._each(asked.preferred)),
            *((Occur.MustNot, query) for query in self._each(asked.excluded)),
        ]

    def _translated(self, clause: Clause) -> Query:
        match clause:
            case Boosted(inner, boost):
                return Query.boost_query(self._translated(inner), boost)
            case Constant(inner, score):
                return Query.const_score_query(self._translated(inner), score)
            case Word() | Phrase() | Lesson() | InPlaces():
                return self._leaf(clause)
            case AllOf() | AnyOf() | BestOf() | TextClauses():
                return self._combined(clause)

    def _leaf(self, clause: Word | Phrase | Lesson | InPlaces) -> Query:
        match clause:
            case Word(field, term) if (field, term) == (STANDING_FIELD, CURRENT):
                # Nearly every lesson: to pass over the few others takes less than to find these.
                superseded = self._leaf(Word(STANDING_FIELD, SUPERSEDED))
                each = [(Occur.Must, Query.all_query()), (Occur.MustNot, superseded)]
                return Query.boolean_query(each)
            case Word(field, term):
                option = "position" if field == "words" else "freq"
                return Query.term_query(self._schema, field, term, option)
            case Phrase(field, terms, slop):
                words: list[str | tuple[int, str]] = [*terms]
                return Query.phrase_query(self._schema, field, words, slop=slop)
            case Lesson(pk):
                return self._one_of([pk])
            case InPlaces(codes):
                return Query.term_set_query(self._schema, "place", list(codes))

    def _combined(self, clause: AllOf | AnyOf | BestOf | TextClauses) -> Query:
        match clause:
            case AllOf(clauses):
                return Query.boolean_query([(Occur.Must, query) for query in self._each(clauses)])
            case AnyOf(clauses, needed):
                some = [(Occur.Should, query) for query in self._each(clauses)]
                return Query.boolean_query(some, needed)
            case BestOf(clauses, share):
                return Query.disjunction_max_query([*self._each(clauses)], share)
            case TextClauses():
                return Query.boolean_query(self._occurring(clause))

    def _each(self, clauses: tuple[Clause, ...]) -> Iterable[Query]:
        return map(self._translated, clauses)

    def _period(self) -> Iterable[tuple[Occur, Query]]:
        """The lesson's period overlaps the one asked for; an unknown period never does."""
        if self._query.period_to is not None:
            yield (Occur.Must, self._range("period_from", upper=self._query.period_to))
        if self._query.period_from is not None:
            yield (Occur.Must, self._range("period_to", lower=self._query.period_from))

    def _visibility(self) -> Iterable[tuple[Occur, Query]]:
        now = int(self._query.now.timestamp())
        yield (Occur.Must, self._range("expires", lower=now + 1))
        if self._query.only is not None:
            yield (Occur.Must, _unscored(self._one_of(sorted(self._query.only))))
        if self._query.hidden:
            yield (Occur.MustNot, self._one_of(sorted(self._query.hidden)))

    def _one_of(self, pks: Sequence[int]) -> Query:
        return Query.term_set_query(self._schema, "pk", list(pks))

    def _range(self, field: str, *, lower: int | None = None, upper: int | None = None) -> Query:
        return _unscored(
            Query.range_query(
                self._schema, field, FieldType.Unsigned, lower_bound=lower, upper_bound=upper
            )
        )


def _unscored(query: Query) -> Query:
    return Query.const_score_query(query, 0.0)
