"""From a question to tantivy's query objects. Pure: nothing is read or searched here."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from tantivy import FieldType, Occur, Query, Schema

from search.engines.contract import BANDS_FACET, EngineQuery, EngineViewpoint
from search.engines.embedded.schema import facet_field
from search.engines.embedded.translating import Translator
from search.engines.matching import matching
from search.engines.ranking import Clause, TextClauses, band_clause, text_clauses


class QueryBuilder:
    """Builds the queries of one question."""

    def __init__(self, schema: Schema, translator: Translator, query: EngineQuery) -> None:
        self._schema = schema
        self._translator = translator
        self._query = query
        # The lead of current lessons is given to hits only, see ``Pager``.
        self.clauses = text_clauses(query, with_lead=False)
        self._conditions = [*((Occur.Must, each) for each in self.period()), *self._visibility()]

    def ranked(self, clauses: TextClauses) -> Query:
        """Return the query for hits, scored by ``self.clauses`` or by clauses that do the same."""
        return self._query_of(clauses, without=())

    def counted(self, *, without: Collection[str] = ()) -> Query:
        """Return a query that finds the same lessons with less work, and scores nothing.

        ``without`` leaves out the filters of facets.
        """
        return self._query_of(self.matching(), without)

    def matching(self) -> TextClauses:
        """Return what the text asks, its filters apart, as far as it finds lessons."""
        return matching(self.clauses)

    def translated(self, clause: Clause) -> Query:
        """Return the query for one clause."""
        return self._translator.query(clause)

    def period(self) -> Iterable[Query]:
        """Return what must hold: the period overlaps the one asked for; an unknown one does not."""
        if self._query.period_to is not None:
            yield self._range("period_from", upper=self._query.period_to)
        if self._query.period_from is not None:
            yield self._range("period_to", lower=self._query.period_from)

    def _query_of(self, asked: TextClauses, without: Collection[str]) -> Query:
        filters = [
            (Occur.Must, _unscored(Query.term_set_query(self._schema, facet_field(facet), codes)))
            for facet, codes in self._query.filters.items()
            if facet not in without
        ]
        viewpoint = self._query.viewpoint
        if viewpoint is not None and viewpoint.only and BANDS_FACET not in without:
            filters.append((Occur.Must, self._in_bands(viewpoint, viewpoint.only)))
        clauses = [*self._translator.occurring(asked), *filters, *self._conditions]
        if all(occur != Occur.Must for occur, _query in clauses):
            clauses.append((Occur.Must, _unscored(Query.all_query())))
        return Query.boolean_query(clauses)

    def _in_bands(self, viewpoint: EngineViewpoint, bands: Collection[str]) -> Query:
        return _unscored(self._translator.query(band_clause(viewpoint, bands)))

    def _visibility(self) -> Iterable[tuple[Occur, Query]]:
        now = int(self._query.now.timestamp())
        # Few have expired: to pass over those takes less than to look at all others.
        yield (Occur.MustNot, self._range("expires", upper=now))
        if self._query.only is not None:
            yield (Occur.Must, _unscored(self._translator.one_of(sorted(self._query.only))))
        if self._query.hidden:
            yield (Occur.MustNot, self._translator.one_of(sorted(self._query.hidden)))

    def _range(self, field: str, *, lower: int | None = None, upper: int | None = None) -> Query:
        return _unscored(
            Query.range_query(
                self._schema, field, FieldType.Unsigned, lower_bound=lower, upper_bound=upper
            )
        )


def _unscored(query: Query) -> Query:
    return Query.const_score_query(query, 0.0)
