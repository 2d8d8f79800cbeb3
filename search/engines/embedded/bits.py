"""Sets of lessons as bits: a row of numbers of 64 bits, in which a lesson has one bit by its key.

How many lessons two sets share is then counted in microseconds, and for hundreds of codes
together in less than a tenth of the time of counting them hit by hit.

Tantivy adds up and counts, but hands over no bits. So each lesson holds the block of
``BLOCK_SIZE`` keys that its own is in, and its bit within that as a number: the sum of those
of the hits in a block is the part of the block that was found.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray
from tantivy import Query, Searcher

BLOCK_FIELD, BIT_FIELD = "block", "bit"
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

_FULL = 0.5
"""A row of which a greater share is filled is counted as a whole."""

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


def keys(lessons: Bits) -> tuple[int, ...]:
    """Return the keys of the lessons in a set; meant for small ones."""
    return tuple(
        int(block) * BLOCK_SIZE + bit
        for block in np.flatnonzero(lessons)
        for bit in range(BLOCK_SIZE)
        if int(lessons[block]) >> bit & 1
    )


def none(blocks: int) -> Bits:
    """Return a set without lessons."""
    return np.zeros(blocks, np.uint64)


def of_keys(pks: Iterable[int], blocks: int) -> Bits:
    """Return the set of the lessons with these keys, as far as it has their blocks."""
    lessons = none(blocks)
    for pk in pks:
        block, bit = divmod(pk, BLOCK_SIZE)
        if block < blocks:
            lessons[block] |= np.uint64(1 << bit)
    return lessons


def found(searcher: Searcher, query: Query, blocks: int) -> Bits:
    """Return the lessons that a query finds, in an index of that many blocks."""
    lessons = none(blocks)
    parts = searcher.aggregate(query, _IN_BLOCKS)["blocks"]["buckets"]
    lessons[[int(part["key"]) for part in parts]] = [int(part["bits"]["value"]) for part in parts]
    return lessons


def at_least(needed: int, sets: Sequence[Bits]) -> Bits:
    """Return the lessons that are in so many of the sets; there is one set at least."""
    if needed == 1:
        return np.bitwise_or.reduce(sets)
    # After each set: what was in one at least of those before, in two, and so on.
    counted = [np.zeros_like(sets[0]) for _number in range(needed)]
    for each in sets:
        for number in range(needed - 1, 0, -1):
            counted[number] |= counted[number - 1] & each
        counted[0] |= each
    return counted[-1]


class Coded:
    """Which lessons have each of some codes: a set of lessons in a row for each of the codes."""

    def __init__(self, codes: Sequence[str], rows: NDArray[np.uint64]) -> None:
        self.codes = tuple(codes)
        self.rows = rows
        # Most codes are rare, and their rows empty for the greater part. Of those the blocks
        # are counted that are not, of all rows one behind the other.
        filled = np.count_nonzero(rows, axis=1)
        self._full = np.flatnonzero(filled > rows.shape[1] * _FULL)
        self._full_rows = rows[self._full]
        self._rare = np.flatnonzero((filled > 0) & (filled <= rows.shape[1] * _FULL))
        rare_rows = rows[self._rare]
        row_of, self._blocks = np.nonzero(rare_rows)
        self._filled = rare_rows[row_of, self._blocks]
        self._starts = np.flatnonzero(np.diff(row_of, prepend=-1))

    def with_any(self, wanted: Iterable[str]) -> Bits:
        """Return the lessons that have one of the codes; codes that none has do not matter."""
        wanted = frozenset(wanted)
        chosen = [index for index, code in enumerate(self.codes) if code in wanted]
        return np.bitwise_or.reduce(self.rows[chosen], axis=0)

    def counts(self, lessons: Bits) -> dict[str, int]:
        """Return how many of the lessons have each code; codes that none has are left out."""
        numbers = np.zeros(len(self.codes), np.uint32)
        numbers[self._full] = np.bitwise_count(self._full_rows & lessons).sum(axis=1)
        if len(self._rare):
            found = np.bitwise_count(self._filled & lessons[self._blocks])
            numbers[self._rare] = np.add.reduceat(found, self._starts, dtype=np.uint32)
        told = zip(self.codes, numbers.tolist(), strict=True)
        return {code: number for code, number in told if number}
