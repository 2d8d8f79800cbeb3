"""One page of the order that begins with the most comparable places.

Very many lessons are learned in places that are equally alike. So the places are gone
through from the most alike on, until the page is full, and all others stay unread.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from tantivy import DocAddress, Occur, Query, Schema, Searcher

from search.engines.contract import EngineViewpoint, Position
from search.engines.embedded.paging import Pager, Place
from search.engines.embedded.schema import NOWHERE, PLACE_FIELD, split_age_key
from search.query import LessonOrder

_GROWTH = 4
_MOST_AT_ONCE = 200


@dataclass(frozen=True, slots=True)
class _Level:
    """Places that are as much alike, and the value of a position there."""

    value: float
    codes: tuple[str, ...]


class NearestPager:
    """Reads pages of one query, of which the score does not count."""

    def __init__(
        self, searcher: Searcher, schema: Schema, query: Query, viewpoint: EngineViewpoint
    ) -> None:
        self._searcher = searcher
        self._schema = schema
        self._query = query
        places = searcher.terms_with_prefix(PLACE_FIELD, "")
        self._known = {place for place, _lessons in places if place != NOWHERE}
        self._levels = [
            _Level(level + 1.0, codes)
            for level, places in viewpoint.levels.items()
            if (codes := tuple(self._known.intersection(places)))
        ]

    def page(self, first: int, after: Position | None) -> list[Place]:
        """Return at most ``first`` hits behind ``after``: the most alike first, then the newest."""
        found: list[Place] = []
        index, width = 0, 1
        if after is not None:
            index = sum(level.value > float(after.value) for level in self._levels)
            if index < len(self._levels) and self._levels[index].value == after.value:
                found += self._newest(index, first, after)
                index += 1
        while len(found) < first and index < len(self._levels):
            wanted = first - len(found)
            if width == 1:
                found += self._newest(index, wanted, None)
                index, width = index + 1, _GROWTH
                continue
            some, end = self._some_levels(index, index + width)
            found += some[:wanted]
            # A level with more lessons than are read at once is read by itself.
            width = 1 if end < index + width else width * _GROWTH
            index = end
        if len(found) < first:
            begin = after if after is not None and not after.value else None
            found += self._nowhere(first - len(found), begin)
        return found

    def _newest(self, index: int, first: int, after: Position | None) -> list[Place]:
        """Return the newest lessons of one level."""
        level = self._levels[index]
        query = self._within(level.codes, self._nearer(index))
        return self._by_age(query, level.value, first, after)

    def _nowhere(self, first: int, after: Position | None) -> list[Place]:
        """Return the newest lessons that are not compared."""
        compared = self._nearer(len(self._levels))
        if self._known.issubset(compared):
            condition = (Occur.Must, Query.term_query(self._schema, PLACE_FIELD, NOWHERE))
        else:
            condition = (Occur.MustNot, self._in_places(compared))
        query = Query.boolean_query([(Occur.Must, self._query), condition])
        return self._by_age(query, 0.0, first, after)

    def _some_levels(self, start: int, end: int) -> tuple[list[Place], int]:
        """Return all lessons of some levels in order, and the first level that is not there."""
        levels = self._levels[start:end]
        alike = [
            Query.const_score_query(self._in_places(level.codes), level.value) for level in levels
        ]
        codes = [code for level in levels for code in level.codes]
        selected = Query.const_score_query(self._within(codes, self._nearer(start)), 0.0)
        query = Query.boolean_query(
            [(Occur.Must, selected), (Occur.Should, Query.disjunction_max_query(alike, 0.0))]
        )
        hits = self._searcher.search(query, limit=_MOST_AT_ONCE, count=False).hits
        done = min(end, len(self._levels))
        if len(hits) == _MOST_AT_ONCE:
            last = hits[-1][0]
            hits = [hit for hit in hits if hit[0] > last]
            done = start + sum(level.value > last for level in levels)
        return self._ranked(hits), done

    def _ranked(self, hits: Sequence[tuple[float, DocAddress]]) -> list[Place]:
        addresses = [address for _value, address in hits]
        keys = [int(key or 0) for key in self._searcher.fast_field_values("age_key", addresses)]
        rows = zip(hits, keys, strict=True)
        return [
            Place(address, Position(value, *split_age_key(key)))
            for (value, address), key in sorted(rows, key=lambda row: (-row[0][0], -row[1]))
        ]

    def _by_age(
        self, query: Query, value: float, first: int, after: Position | None
    ) -> list[Place]:
        pager = Pager(self._searcher, self._schema, query)
        return [
            Place(place.address, replace(place.position, value=value))
            for place in pager.page(LessonOrder.NEWEST, first, after)
        ]

    def _nearer(self, index: int) -> list[str]:
        return [code for level in self._levels[:index] for code in level.codes]

    def _within(self, codes: Iterable[str], nearer: Sequence[str]) -> Query:
        """Return what finds lessons in one of the places, and in none that is nearer."""
        clauses = [(Occur.Must, self._query), (Occur.Must, self._in_places(codes))]
        if nearer:
            clauses.append((Occur.MustNot, self._in_places(nearer)))
        return Query.boolean_query(clauses)

    def _in_places(self, codes: Iterable[str]) -> Query:
        return Query.term_set_query(self._schema, PLACE_FIELD, list(codes))
