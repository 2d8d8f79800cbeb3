"""Counting lessons per code, each facet without its own filter.

All facets that are not filtered on share one pass over the hits; each that is filtered on
needs one of its own. Counts come from columns, so no document is opened.
"""

from __future__ import annotations

from collections.abc import Iterable

from tantivy import Query, Searcher

from search.engines.contract import EngineQuery
from search.engines.embedded.querying import QueryBuilder
from search.engines.embedded.schema import facet_field

# More codes than any facet has; tantivy would leave out what lies beyond.
_MOST_CODES = 10_000


def count_facets(
    searcher: Searcher, builder: QueryBuilder, query: EngineQuery
) -> dict[str, dict[str, int]]:
    """Return facet → code → number of lessons, for the facets that were asked for."""
    own = [facet for facet in query.facets if query.filters.get(facet)]
    shared = [facet for facet in query.facets if facet not in own]
    counts = _count(searcher, builder.query(), shared) if shared else {}
    for facet in own:
        counts |= _count(searcher, builder.query(without=facet), [facet])
    return {facet: counts[facet] for facet in query.facets}


def _count(searcher: Searcher, query: Query, facets: Iterable[str]) -> dict[str, dict[str, int]]:
    names = list(facets)
    answer = searcher.aggregate(
        query,
        {
            name: {
                "terms": {
                    "field": facet_field(name),
                    "size": _MOST_CODES,
                    "segment_size": _MOST_CODES,
                }
            }
            for name in names
        },
    )
    return {
        name: {bucket["key"]: bucket["doc_count"] for bucket in answer[name]["buckets"]}
        for name in names
    }
