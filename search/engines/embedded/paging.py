"""One page of an order, from the place where the page before ended.

Tantivy gives the best hits of a query, and settles equal ones by where they happen to be
stored. Here equal ones go newest first, and a page goes on behind the lesson that ended
the one before, also when lessons were published or withdrawn in between.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection
from dataclasses import dataclass, replace
from operator import itemgetter

from tantivy import DocAddress, FieldType, Occur, Order, Query, Schema, Searcher

from search.engines.contract import Position
from search.engines.embedded.schema import (
    SUPERSEDED_FIELD,
    age_key,
    split_age_key,
    title_prefix,
    title_sort,
)
from search.engines.ranking import LEAD_OF_CURRENT
from search.query import LessonOrder

_GROWTH = 4
# More than there are jeugdregio's.
_MOST_NUMBERS = 1000


@dataclass(frozen=True, slots=True)
class Place:
    """Where a hit is stored, and its position in the order."""

    address: DocAddress
    position: Position


_Ranked = tuple[float, int, DocAddress]
"""A hit as it is sorted: what it scores and its age key, both the other way round."""


@dataclass(frozen=True, slots=True)
class Lead:
    """What current lessons score more, given to hits: tantivy would look at every lesson for it."""

    pinned: Collection[int] = ()
    """Keys of those that lead already."""


class Pager:
    """Reads pages of one query, whose scores the ``lead`` comes on top of."""

    def __init__(
        self, searcher: Searcher, schema: Schema, query: Query, lead: Lead | None = None
    ) -> None:
        self._searcher = searcher
        self._schema = schema
        self._query = query
        self._lead = lead
        self._all = max(searcher.num_docs, 1)

    def page(self, order: LessonOrder, first: int, after: Position | None) -> list[Place]:
        """Return at most ``first`` hits behind ``after``, in any order but the nearest first."""
        if order is LessonOrder.RELEVANCE:
            return self._by_score(first, after)
        if order is LessonOrder.TITLE:
            return self._by_title(first, after)
        if order is LessonOrder.ADOPTED:
            return self._by_adoptions(first, after)
        return self._by_age(first, after, newest_first=order is LessonOrder.NEWEST)

    def _by_adoptions(self, first: int, after: Position | None) -> list[Place]:
        """Lessons that as many regions apply go newest first, one number after the other."""
        found: list[Place] = []
        for adopted in sorted(self._numbers_of_adoptions(), reverse=True):
            if len(found) == first:
                break
            if after is not None and adopted > int(after.value):
                continue
            same = Query.term_set_query(self._schema, "adopted", [adopted])
            pager = Pager(self._searcher, self._schema, self._narrowed(same))
            begin = after if after is not None and adopted == int(after.value) else None
            found += [
                Place(place.address, replace(place.position, value=adopted))
                for place in pager._by_age(first - len(found), begin, newest_first=True)
            ]
        return found

    def _numbers_of_adoptions(self) -> list[int]:
        counted = {"terms": {"field": "adopted", "size": _MOST_NUMBERS}}
        answer = self._searcher.aggregate(self._query, {"adopted": counted})
        return [int(bucket["key"]) for bucket in answer["adopted"]["buckets"]]

    def _by_age(self, first: int, after: Position | None, *, newest_first: bool) -> list[Place]:
        query = self._query
        if after is not None:
            key = age_key(after.published, after.pk)
            query = self._narrowed(
                Query.range_query(
                    self._schema,
                    "age_key",
                    FieldType.Unsigned,
                    lower_bound=None if newest_first else key,
                    upper_bound=key if newest_first else None,
                    include_lower=newest_first,
                    include_upper=not newest_first,
                )
            )
        hits = self._searcher.search(
            query,
            limit=first,
            count=False,
            order_by_field="age_key",
            order=Order.Desc if newest_first else Order.Asc,
        ).hits
        return [
            Place(address, Position(published, published, pk))
            for key, address in hits
            for published, pk in [split_age_key(key)]
        ]

    def _by_title(self, first: int, after: Position | None) -> list[Place]:
        """Tantivy compares numbers only, so the page is found behind the title's first bytes."""
        query, last = self._query, ""
        if after is not None:
            last = title_sort(str(after.value), after.pk)
            query = self._narrowed(
                Query.range_query(
                    self._schema,
                    "title_prefix",
                    FieldType.Unsigned,
                    lower_bound=title_prefix(str(after.value)),
                )
            )
        limit = first
        while True:
            limit = min(limit, self._all)
            hits = self._searcher.search(
                query, limit=limit, count=False, order_by_field="title_sort", order=Order.Asc
            ).hits
            behind = [hit for hit in hits if hit[0] > last]
            if len(behind) >= first or len(hits) < limit or limit == self._all:
                return self._title_places(behind[:first])
            limit *= _GROWTH

    def _title_places(self, hits: list[tuple[str, DocAddress]]) -> list[Place]:
        keys = self._age_keys([address for _sort, address in hits])
        places = []
        for (sort, address), key in zip(hits, keys, strict=True):
            published, pk = split_age_key(key)
            places.append(Place(address, Position(sort.rpartition("\t")[0], published, pk)))
        return places

    def _by_score(self, first: int, after: Position | None) -> list[Place]:
        limit = first * (2 if after is None else _GROWTH)
        while True:
            limit = min(limit, self._all)
            hits = self._searcher.search(self._query, limit=limit, count=False).hits
            is_all = len(hits) < limit or limit == self._all
            ranked = self._ranked(hits, complete=is_all)
            page = ranked[_start(ranked, after) :][:first]
            if len(page) == first or is_all:
                return [_scored_place(*row) for row in page]
            limit *= _GROWTH

    def _ranked(self, hits: list[tuple[float, DocAddress]], *, complete: bool) -> list[_Ranked]:
        """Return the hits with equal scores newest first.

        The last ones are left out when lessons that score as much may be missing.
        """
        addresses = [address for _score, address in hits]
        keys = self._age_keys(addresses)
        leads = self._leads(addresses, keys)
        scores = (-score - lead for (score, _address), lead in zip(hits, leads, strict=True))
        ages = (-key for key in keys)
        rows = sorted(zip(scores, ages, addresses, strict=True), key=itemgetter(0, 1))
        if not complete:
            # What is missing scores no more than the last hit, with the lead or without it.
            most = -hits[-1][0] - (LEAD_OF_CURRENT if self._lead else 0.0)
            rows = [row for row in rows if row[0] < most]
        return rows

    def _leads(self, addresses: list[DocAddress], keys: list[int]) -> list[float]:
        if self._lead is None:
            return [0.0] * len(addresses)
        superseded = self._searcher.fast_field_values(SUPERSEDED_FIELD, addresses)
        pinned = self._lead.pinned
        return [
            0.0 if is_behind or split_age_key(key)[1] in pinned else LEAD_OF_CURRENT
            for is_behind, key in zip(superseded, keys, strict=True)
        ]

    def _age_keys(self, addresses: list[DocAddress]) -> list[int]:
        return [int(key or 0) for key in self._searcher.fast_field_values("age_key", addresses)]

    def _narrowed(self, condition: Query) -> Query:
        return Query.boolean_query([(Occur.Must, self._query), (Occur.Must, condition)])


def _start(ranked: list[_Ranked], after: Position | None) -> int:
    """Return where the next page begins.

    That is behind the lesson that ended the last one, wherever its score has moved to;
    when it is gone, behind the place that it had.
    """
    if after is None:
        return 0
    for index, (_score, age, _address) in enumerate(ranked):
        if split_age_key(-age)[1] == after.pk:
            return index + 1
    begin = (-float(after.value), -age_key(after.published, after.pk))
    return bisect_right(ranked, begin, key=itemgetter(0, 1))


def _scored_place(score: float, age: int, address: DocAddress) -> Place:
    return Place(address, Position(-score, *split_age_key(-age)))
