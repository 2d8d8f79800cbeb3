"""Counting lessons per code, each facet without its own filter.

All facets that are not filtered on share one pass over the hits; each that is filtered on
needs one of its own. Counts come from columns, so no document is opened.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from tantivy import Query, Searcher

from search.engines.contract import BANDS_FACET, EngineQuery, EngineViewpoint
from search.engines.embedded.querying import QueryBuilder
from search.engines.embedded.schema import PLACES_FIELD, codes_of, counted_field, places_of

# More codes than any facet has; tantivy would leave out what lies beyond.
_MOST_CODES = 10_000
# Sets of places: at most one for each lesson, in a bank of ten times the size foreseen.
_MOST_SETS = 1_000_000


_TOTAL = "total"


@dataclass(frozen=True, slots=True)
class Counted:
    """How many lessons are found, and how many with each code of the facets asked for."""

    total: int
    facets: dict[str, dict[str, int]]


def count(searcher: Searcher, builder: QueryBuilder, query: EngineQuery) -> Counted:
    """Count what a question finds; the total comes with the counts that need no other pass."""
    own = [facet for facet in query.facets if query.filters.get(facet)]
    shared = [facet for facet in query.facets if facet not in own]
    viewpoint = query.viewpoint
    counts_bands = viewpoint is not None and viewpoint.counts_bands
    # Without a filter on bands their count shares the pass as well.
    if viewpoint is not None and counts_bands and not viewpoint.only:
        shared.append(BANDS_FACET)
    if shared:
        counted = _count(searcher, builder.counted(), shared)
    else:
        counted = Counted(count_hits(searcher, builder.counted()), {})
    counts = dict(counted.facets)
    for facet in own:
        counts |= _count(searcher, builder.counted(without=facet), [facet]).facets
    found = {facet: counts[facet] for facet in query.facets}
    if viewpoint is not None and counts_bands:
        if viewpoint.only:
            unfiltered = builder.counted(without=BANDS_FACET)
            counts |= _count(searcher, unfiltered, [BANDS_FACET]).facets
        found[BANDS_FACET] = _bands(viewpoint, counts[BANDS_FACET])
    return Counted(counted.total, found)


def _bands(viewpoint: EngineViewpoint, places: Mapping[str, int]) -> dict[str, int]:
    """Return the number of lessons in each band from those of each set of places."""
    level_of = {code: level for level, codes in viewpoint.levels.items() for code in codes}
    numbers: Counter[int] = Counter()
    for value, number in places.items():
        levels = [level_of[code] for code in places_of(value) if code in level_of]
        if levels:
            numbers[max(levels)] += number
    return {
        band: sum(number for level, number in numbers.items() if level in percentages)
        for band, percentages in viewpoint.bands.items()
    }


def count_hits(searcher: Searcher, query: Query) -> int:
    """Return how many lessons a query finds."""
    found = searcher.search(query, limit=1, count=True)
    return int(found.count)  # type: ignore[attr-defined]  # missing from tantivy's stubs


def _count(searcher: Searcher, query: Query, facets: Iterable[str]) -> Counted:
    names = list(facets)
    wanted: dict[str, dict[str, Any]] = {
        name: {
            "terms": {
                "field": PLACES_FIELD if name == BANDS_FACET else counted_field(name),
                "size": _MOST_SETS if name == BANDS_FACET else _MOST_CODES,
                "segment_size": _MOST_SETS if name == BANDS_FACET else _MOST_CODES,
            }
        }
        for name in names
    }
    # Every lesson has one key.
    answer = searcher.aggregate(query, {**wanted, _TOTAL: {"value_count": {"field": "pk"}}})
    counts = {name: _by_code(name, answer[name]["buckets"]) for name in names}
    return Counted(int(answer[_TOTAL]["value"]), counts)


def _by_code(facet: str, buckets: Iterable[dict[str, Any]]) -> dict[str, int]:
    found: Counter[str] = Counter()
    for bucket in buckets:
        for code in codes_of(facet, bucket["key"]):
            found[code] += bucket["doc_count"]
    return dict(found)
