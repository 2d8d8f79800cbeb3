"""Counting lessons per code, each facet without its own filter.

What the question finds is sought once, without the filters of the facets that are counted;
those filters and the codes are laid over it as bits. No document is opened, and no lesson is
looked at by itself.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from tantivy import Query, Searcher

from search.engines.contract import BANDS_FACET, EngineQuery, EngineViewpoint
from search.engines.embedded.bits import Bits, Coded, size
from search.engines.embedded.finding import Finder
from search.engines.embedded.querying import QueryBuilder
from search.engines.embedded.schema import PLACE_FIELD, facet_field
from search.engines.embedded.sets import LessonSets


@dataclass(frozen=True, slots=True)
class Counted:
    """How many lessons are found, and how many with each code of the facets asked for."""

    total: int
    facets: dict[str, dict[str, int]]


class Counting:
    """Counts what a question finds, and the codes of it."""

    def __init__(
        self, searcher: Searcher, lessons: LessonSets, builder: QueryBuilder, query: EngineQuery
    ) -> None:
        self._searcher = searcher
        self._builder = builder
        self._sets = {facet: lessons.of(facet_field(facet)) for facet in query.facets}
        chosen = {facet: query.filters.get(facet, ()) for facet in query.facets}
        viewpoint = query.viewpoint
        if viewpoint is not None and viewpoint.counts_bands:
            self._sets[BANDS_FACET] = _in_bands(viewpoint, lessons.of(PLACE_FIELD))
            chosen[BANDS_FACET] = viewpoint.only
        self._masks = {
            facet: self._sets[facet].with_any(codes) for facet, codes in chosen.items() if codes
        }
        self._finder = Finder(lessons, builder, query, without=self._masks)

    @property
    def takes_long(self) -> bool:
        """Whether tantivy has to seek for it."""
        return self._finder.takes_long

    def counted(self) -> Counted:
        """Count."""
        if self.takes_long and not self._sets:
            # Only how many there are: tantivy tells that without handing them over.
            return Counted(count_hits(self._searcher, self._builder.counted()), {})
        found = self._finder.lessons()
        return Counted(
            total=size(_within(found, self._masks)),
            facets={
                facet: each.counts(_within(found, self._masks, but=facet))
                for facet, each in self._sets.items()
            },
        )


def _in_bands(viewpoint: EngineViewpoint, places: Coded) -> Coded:
    """Return the lessons of each band: a lesson is in its best one only."""
    nearer = places.with_any(())
    rows = []
    for band in viewpoint.bands:
        within = places.with_any(viewpoint.places(band))
        rows.append(within & ~nearer)
        nearer = nearer | within
    return Coded(tuple(viewpoint.bands), np.stack(rows))


def _within(found: Bits, masks: Mapping[str, Bits], but: str = "") -> Bits:
    """Return what is left of the lessons by all masks but that of one facet."""
    for facet, mask in masks.items():
        if facet != but:
            found = found & mask
    return found


def count_hits(searcher: Searcher, query: Query) -> int:
    """Return how many lessons a query finds."""
    found = searcher.search(query, limit=1, count=True)
    return int(found.count)  # type: ignore[attr-defined]  # missing from tantivy's stubs
