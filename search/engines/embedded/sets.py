"""The sets of lessons in one state of the index: by code, by clause, and all that are public now.

A set is read from tantivy when it is first asked for, and kept: words come back in other
questions, and codes in every one. When the index was written, only what was written since is
read. A lesson that has left the index may still have its bit in a set that was kept: what is
found is therefore always within ``public``, which is read anew.
"""

from __future__ import annotations

import datetime
from collections.abc import Hashable, Iterable

import numpy as np
from numpy.typing import NDArray
from tantivy import FieldType, Occur, Query, Schema, Searcher

from search.engines.analysis import NEVER
from search.engines.embedded.bits import BLOCK_FIELD, Bits, Coded, found, highest, none, of_keys

WRITTEN_FIELD = "written"
"""Counts up with each time that lessons were written; none is higher in an index yet."""

_MOST_KEPT = 1000
_UNREAD = -1

_Numbers = NDArray[np.int64]


class LessonSets:
    """The sets of lessons in the state of the index that a searcher sees."""

    def __init__(
        self, searcher: Searcher, schema: Schema, before: LessonSets | None = None
    ) -> None:
        """``before`` holds those of an earlier state of the same index."""
        self._searcher = searcher
        self._schema = schema
        self._written = highest(searcher, WRITTEN_FIELD)
        self._blocks = highest(searcher, BLOCK_FIELD) + 1
        self._codes: dict[str, tuple[int, Coded]] = {}
        self._kept: dict[Hashable, tuple[int, Bits]] = {}
        if before is not None:
            self._codes |= before._codes
            self._kept |= before._kept
        self._unchanged: dict[int, Bits] = {}
        self._all: Bits | None = None
        self._expiries: tuple[_Numbers, _Numbers] | None = None

    def public(self, now: datetime.datetime) -> Bits:
        """Return all lessons that have not expired."""
        if self._all is None or self._expiries is None:
            self._all = self.found(Query.all_query())
            self._expiries = self._read_expiries()
        moments, pks = self._expiries
        expired = int(np.searchsorted(moments, int(now.timestamp()), side="right"))
        return self._all & ~of_keys(pks[:expired].tolist(), self._blocks) if expired else self._all

    def _read_expiries(self) -> tuple[_Numbers, _Numbers]:
        """Return the moments at which lessons expire, in order, and the keys of those lessons."""
        ever = Query.range_query(self._schema, "expires", FieldType.Unsigned, upper_bound=NEVER - 1)
        hits = self._searcher.search(
            ever, limit=max(self._searcher.num_docs, 1), count=False, order_by_field="expires"
        ).hits[::-1]
        pks = self._searcher.fast_field_values("pk", [address for _moment, address in hits])
        return np.array([moment for moment, _address in hits], np.int64), np.array(pks, np.int64)

    def found(self, query: Query) -> Bits:
        """Return the lessons that a query finds."""
        return found(self._searcher, query, self._blocks)

    def of_keys(self, pks: Iterable[int]) -> Bits:
        """Return the lessons with these keys."""
        return of_keys(pks, self._blocks)

    def none(self) -> Bits:
        """Return a set without lessons."""
        return none(self._blocks)

    def having(self, key: Hashable, query: Query) -> Bits:
        """Return the lessons that a query finds, kept by its key; some may have left the index."""
        written, lessons = self._kept.get(key, (_UNREAD, None))
        if lessons is None or written < self._written:
            lessons = self._renewed(query, written, lessons)
            if len(self._kept) >= _MOST_KEPT:
                self._kept.clear()
            self._kept[key] = (self._written, lessons)
        return lessons

    def of(self, field: str) -> Coded:
        """Return which lessons have each code of a field; some may have left the index."""
        written, coded = self._codes.get(field, (_UNREAD, None))
        if coded is None or written < self._written:
            coded = self._renewed_codes(field, written, coded)
            self._codes[field] = (self._written, coded)
        return coded

    def _renewed_codes(self, field: str, written: int, before: Coded | None) -> Coded:
        known = {} if before is None else dict(zip(before.codes, before.rows, strict=True))
        codes = tuple(code for code, _lessons in self._searcher.terms_with_prefix(field, ""))
        rows = np.zeros((len(codes), self._blocks), np.uint64)
        for row, code in zip(rows, codes, strict=True):
            having = Query.term_query(self._schema, field, code, "basic")
            row[:] = self._renewed(having, written, known.get(code, none(0)) if known else None)
        return Coded(codes, rows)

    def _renewed(self, query: Query, written: int, before: Bits | None) -> Bits:
        """Return the lessons that a query finds, of which those until ``written`` are known."""
        if before is None:
            return self.found(query)
        since = Query.range_query(
            self._schema, WRITTEN_FIELD, FieldType.Unsigned, lower_bound=written + 1
        )
        if written not in self._unchanged:
            self._unchanged[written] = ~self.found(since)
        lessons = self.found(Query.boolean_query([(Occur.Must, query), (Occur.Must, since)]))
        # A lesson with a higher key than there were has made the sets longer; when the last
        # ones left, they are shorter.
        shared = before[: self._blocks]
        lessons[: len(shared)] |= shared & self._unchanged[written][: len(shared)]
        return lessons
