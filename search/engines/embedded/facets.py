"""Counting lessons per code, each facet without its own filter.

All facets that are not filtered on share one pass over the hits; each that is filtered on
needs one of its own. Counts come from columns, so no document is opened.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tantivy import Query, Searcher

from search.engines.contract import BANDS_FACET, EngineQuery, EngineViewpoint
from search.engines.embedded.querying import QueryBuilder
from search.engines.embedded.schema import (
    PLACES_FIELD,
    SPREAD_FACETS,
    facet_field,
    spread_fields,
)

# More codes than any facet has; tantivy would leave out what lies beyond.
_MOST_CODES = 10_000
_TOTAL = "total"
_LONG_FACETS = frozenset({"gemeente"})
_MANY_LESSONS = 20_000
"""From about here on a facet of hundreds of codes is counted faster in several fields too.

Below, it takes most of the time to hand over that many codes for each field.
"""

Wanted = dict[str, dict[str, Any]]
"""Name → how tantivy is to count it."""


@dataclass(frozen=True, slots=True)
class Counted:
    """How many lessons are found, and how many with each code of the facets asked for."""

    total: int
    facets: dict[str, dict[str, int]]


def count(searcher: Searcher, builder: QueryBuilder, query: EngineQuery) -> Counted:
    """Count what a question finds; the total comes with the counts that need no other pass."""
    own = [facet for facet in query.facets if query.filters.get(facet)]
    fields = {facet: _fields(facet, searcher.num_docs) for facet in query.facets}
    shared = _terms(field for facet in query.facets if facet not in own for field in fields[facet])
    viewpoint = query.viewpoint
    bands: Wanted = {}
    if viewpoint is not None and viewpoint.counts_bands:
        bands = _bands(searcher, viewpoint)
    # Without a filter on bands their count shares the pass as well.
    is_shared = viewpoint is not None and not viewpoint.only
    if shared or (bands and is_shared):
        # Every lesson has one key.
        total = {_TOTAL: {"value_count": {"field": "pk"}}}
        wanted = {**shared, **(bands if is_shared else {}), **total}
        answer = dict(searcher.aggregate(builder.counted(), wanted))
        number = int(answer[_TOTAL]["value"])
    else:
        answer = {}
        number = count_hits(searcher, builder.counted())
    for facet in own:
        answer |= searcher.aggregate(builder.counted(without=facet), _terms(fields[facet]))
    if bands and not is_shared:
        answer |= searcher.aggregate(builder.counted(without=BANDS_FACET), bands)
    counts: dict[str, dict[str, int]] = {
        facet: _by_code([answer[field]["buckets"] for field in fields[facet]])
        for facet in query.facets
    }
    if viewpoint is not None and viewpoint.counts_bands:
        counts[BANDS_FACET] = _in_bands(viewpoint, answer)
    return Counted(number, counts)


def _bands(searcher: Searcher, viewpoint: EngineViewpoint) -> Wanted:
    """Return what counts for each band the lessons in it or in a nearer one.

    Tantivy keeps the lessons of such a filter as bits, so it costs next to nothing for each
    lesson found. Only codes are in these texts, and only such as the index holds.
    """
    known = {place for place, _lessons in searcher.terms_with_prefix("place", "")}
    nearer: set[str] = set()
    wanted: Wanted = {}
    for band in viewpoint.bands:
        nearer |= known.intersection(viewpoint.places(band))
        places = " ".join(f'"{place}"' for place in sorted(nearer))
        if nearer == known:
            wanted[band] = {"filter": f'* -{PLACES_FIELD}:""'}
        elif nearer:
            wanted[band] = {"filter": f"place:({places})"}
    return wanted


def _in_bands(viewpoint: EngineViewpoint, answer: Mapping[str, Any]) -> dict[str, int]:
    """Return the number of lessons in each band itself, from those in it or in a nearer one."""
    numbers = {}
    nearer = 0
    for band in viewpoint.bands:
        number = int(answer[band]["doc_count"]) if band in answer else nearer
        numbers[band] = number - nearer
        nearer = number
    return numbers


def count_hits(searcher: Searcher, query: Query) -> int:
    """Return how many lessons a query finds."""
    found = searcher.search(query, limit=1, count=True)
    return int(found.count)  # type: ignore[attr-defined]  # missing from tantivy's stubs


def _fields(facet: str, lessons: int) -> tuple[str, ...]:
    """Return the fields that are counted fastest with this number of lessons in the index."""
    if facet in SPREAD_FACETS and (facet not in _LONG_FACETS or lessons > _MANY_LESSONS):
        return spread_fields(facet)
    return (facet_field(facet),)


def _terms(fields: Iterable[str]) -> Wanted:
    return {
        field: {"terms": {"field": field, "size": _MOST_CODES, "segment_size": _MOST_CODES}}
        for field in fields
    }


def _by_code(counted: Sequence[Sequence[dict[str, Any]]]) -> dict[str, int]:
    """Return what was counted in the fields of a facet together."""
    first, *others = ({bucket["key"]: bucket["doc_count"] for bucket in each} for each in counted)
    for other in others:
        for code, number in other.items():
            first[code] = first.get(code, 0) + number
    # What lessons with fewer codes have in the place of one.
    first.pop("", None)
    return first
