"""Sets of lessons as bits: a row of numbers of 64 bits, in which a lesson has one bit by its key.

What a question finds becomes one such row, by one pass over its hits. How many of those have a
code is then the number of bits that the row shares with the row of that code: for hundreds of
codes together that takes less than a tenth of counting them hit by hit.

Tantivy adds up and counts, but hands over no bits. So each lesson holds the block of
``BLOCK_SIZE`` keys that its own is in, and its bit within that as a number: the sum of those
of the hits in a block is the part of the block that was found.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from tantivy import FieldType, Occur, Query, Schema, Searcher

BLOCK_FIELD, BIT_FIELD = "block", "bit"
WRITTEN_FIELD = "written"
"""Counts up with each time that lessons were written; none is higher in an index yet."""

BLOCK_SIZE = 53
"""As many bits as a sum of tantivy, a number of 64 bits with a point, holds exactly."""

# Tantivy gives up above this number, which is that of three million keys.
_MOST_BLOCKS = 65_000
_IN_BLOCKS = {
    "blocks": {
        "terms": {"field": BLOCK_FIELD, "size": _MOST_BLOCKS, "segment_size": _MOST_BLOCKS},
        "aggs": {"bits": {"sum": {"field": BIT_FIELD}}},
    }
}
_NEVER = -1

Bits = NDArray[np.uint64]
"""A set of lessons: a number for each block."""


def place_of(pk: int) -> dict[str, int]:
    """Return what a lesson holds to be found as a bit: field → number."""
    block, bit = divmod(pk, BLOCK_SIZE)
    return {BLOCK_FIELD: block, BIT_FIELD: 1 << bit}


def size(lessons: Bits) -> int:
    """Return how many lessons are in a set."""
    return int(np.bitwise_count(lessons).sum())


def highest(searcher: Searcher, field: str) -> int:
    """Return the highest number in a field, or 0."""
    hits = searcher.search(Query.all_query(), limit=1, count=False, order_by_field=field).hits
    return int(hits[0][0]) if hits else 0


@dataclass(frozen=True, slots=True)
class Coded:
    """Which lessons have each of some codes."""

    codes: tuple[str, ...]
    rows: NDArray[np.uint64]
    """A set of lessons for each of the codes."""

    def with_any(self, wanted: Iterable[str]) -> Bits:
        """Return the lessons that have one of the codes; codes that none has do not matter."""
        wanted = frozenset(wanted)
        chosen = [index for index, code in enumerate(self.codes) if code in wanted]
        return np.bitwise_or.reduce(self.rows[chosen], axis=0)

    def counts(self, lessons: Bits) -> dict[str, int]:
        """Return how many of the lessons have each code; codes that none has are left out."""
        numbers = np.bitwise_count(self.rows & lessons).sum(axis=1, dtype=np.int64).tolist()
        return {code: number for code, number in zip(self.codes, numbers, strict=True) if number}


class CodeBits:
    """Which lessons have each code of a field, in the state of the index that a searcher sees.

    Read when a field is first asked for, and from then on only what was written since. A
    lesson that has left the index may still have its bit: whatever finds it no more does
    not count it either.
    """

    def __init__(self, searcher: Searcher, schema: Schema, before: CodeBits | None = None) -> None:
        """``before`` knows an earlier state of the same index."""
        self._searcher = searcher
        self._schema = schema
        self._written = highest(searcher, WRITTEN_FIELD)
        self._blocks = highest(searcher, BLOCK_FIELD) + 1
        self._known: dict[str, tuple[int, Coded]] = {}
        if before is not None:
            self._known |= before._known

    def found(self, query: Query) -> Bits:
        """Return the lessons that a query finds."""
        lessons = np.zeros(self._blocks, np.uint64)
        found = self._searcher.aggregate(query, _IN_BLOCKS)["blocks"]["buckets"]
        blocks = [int(block["key"]) for block in found]
        lessons[blocks] = [int(block["bits"]["value"]) for block in found]
        return lessons

    def of(self, field: str) -> Coded:
        """Return which lessons have each code of a field."""
        written, coded = self._known.get(field, (_NEVER, None))
        if coded is None or written < self._written:
            coded = self._all(field) if coded is None else self._renewed(field, written, coded)
            self._known[field] = (self._written, coded)
        return coded

    def _all(self, field: str) -> Coded:
        codes = self._codes(field)
        return Coded(codes, self._rows([self.found(self._having(field, code)) for code in codes]))

    def _renewed(self, field: str, written: int, before: Coded) -> Coded:
        since = Query.range_query(
            self._schema, WRITTEN_FIELD, FieldType.Unsigned, lower_bound=written + 1
        )
        unchanged = ~self.found(since)
        known = dict(zip(before.codes, before.rows, strict=True))
        codes = self._codes(field)
        rows = []
        for code in codes:
            having = [(Occur.Must, self._having(field, code)), (Occur.Must, since)]
            row = self.found(Query.boolean_query(having))
            if code in known:
                # A lesson with a higher key than there were has made the rows longer; when
                # the last ones left, they are shorter.
                shared = known[code][: self._blocks]
                row[: len(shared)] |= shared & unchanged[: len(shared)]
            rows.append(row)
        return Coded(codes, self._rows(rows))

    def _codes(self, field: str) -> tuple[str, ...]:
        return tuple(code for code, _lessons in self._searcher.terms_with_prefix(field, ""))

    def _having(self, field: str, code: str) -> Query:
        return Query.term_query(self._schema, field, code, "basic")

    def _rows(self, sets: Sequence[Bits]) -> NDArray[np.uint64]:
        return np.stack(sets) if sets else np.zeros((0, self._blocks), np.uint64)
