"""The sets of lessons in one state of the index: by code, by clause, and all that are public now.

Sets are read from tantivy once and kept: codes come back in every question, and words in others.
When the index was written, only what was written since is read. A lesson that has left the
index may still have its bit in a set that was kept: what is found is therefore always within
``public``, which is read anew.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress

import numpy as np
from numpy.typing import NDArray
from tantivy import FieldType, Occur, Query, Schema, Searcher

from search.engines.analysis import NEVER
from search.engines.embedded.bits import BLOCK_FIELD, Bits, Coded, found, highest, none, of_keys
from search.engines.ranking import Phrase, Word

WRITTEN_FIELD = "written"
"""In which write of the index a lesson was put there, see ``IndexFolder.next_write``."""

_BYTES = 8
_MOST_BYTES = 32_000_000
_MOST_ASKED = 20_000
_MOST_LEARNT = 60_000
"""Lessons that a question looks at for the questions after it: some milliseconds. What is more
is left to ``_BESIDE``."""

_MOST_WAITING = 100
_BESIDE = ThreadPoolExecutor(1, thread_name_prefix="lesson-sets")
"""Reads the sets of frequent words, for which no question has to wait."""

_MOST_WRITES = 1000
"""After so many writes a set is read anew."""

_BLOCK_COST = 50
"""Lessons that are looked at in the time that it takes to hand over a block."""

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
        self._kept: dict[Word | Phrase, tuple[int, Bits]] = {}
        self._asked: set[Word | Phrase] = set()
        if before is not None:
            self._codes |= before._codes
            self._kept |= before._kept
            self._asked = before._asked
        self._waiting: set[Word | Phrase] = set()
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

    def having(self, clause: Word | Phrase, query: Query) -> Bits | None:
        """Return the lessons for which a clause holds when that is known, or else None.

        Some of them may have left the index. ``query`` is that of the clause.
        """
        known = self._kept.get(clause)
        if known is None:
            return None
        written, lessons = known
        if written < self._written:
            lessons = self._renewed(query, written, lessons)
            self._kept[clause] = (self._written, lessons)
        return lessons

    def learn(self, clauses: Mapping[Word | Phrase, Query]) -> None:
        """Read the sets of clauses that were asked for before, and remember the others.

        Reading them one by one takes longer than to seek what a question asks in one go. So
        no question waits for more than a little of it; the rest follows in a thread.
        """
        left = _MOST_LEARNT
        for clause, query in clauses.items():
            if clause not in self._asked:
                self._asked.add(clause)
            elif (cost := self._cost(clause)) <= left:
                left -= cost
                self._read(clause, query)
            elif clause not in self._waiting and len(self._waiting) < _MOST_WAITING:
                self._waiting.add(clause)
                _BESIDE.submit(self._read_beside, clause, query)
        self._forget()

    def _read_beside(self, clause: Word | Phrase, query: Query) -> None:
        """Read a set in the thread; when that fails the next question seeks it all the same."""
        with suppress(ValueError, OSError):
            self._read(clause, query)
        self._waiting.discard(clause)

    def _read(self, clause: Word | Phrase, query: Query) -> None:
        self._kept[clause] = (self._written, self.found(query))

    def _forget(self) -> None:
        if len(self._kept) * self._blocks * _BYTES > _MOST_BYTES:
            self._kept.clear()
        if len(self._asked) > _MOST_ASKED:
            self._asked.clear()

    def _cost(self, clause: Word | Phrase) -> int:
        """Return what it costs to read the set of a clause: that of looking at so many lessons."""
        terms = [clause.term] if isinstance(clause, Word) else clause.terms
        lessons = min(self._searcher.doc_freq(clause.field, term) for term in terms)
        return lessons + _BLOCK_COST * min(lessons, self._blocks)

    def of(self, field: str) -> Coded:
        """Return which lessons have each code of a field; some may have left the index."""
        written, coded = self._codes.get(field, (_UNREAD, None))
        if coded is None or written < self._written:
            coded = self._renewed_codes(field, written, coded)
            self._codes[field] = (self._written, coded)
        return coded

    def _renewed_codes(self, field: str, written: int, before: Coded | None) -> Coded:
        known = None if before is None else dict(zip(before.codes, before.rows, strict=True))
        codes = tuple(code for code, _lessons in self._searcher.terms_with_prefix(field, ""))
        rows = np.zeros((len(codes), self._blocks), np.uint64)
        for row, code in zip(rows, codes, strict=True):
            having = Query.term_query(self._schema, field, code, "basic")
            earlier = None if known is None else known.get(code, none(0))
            row[:] = self._renewed(having, written, earlier)
        return Coded(codes, rows)

    def _renewed(self, query: Query, written: int, before: Bits | None) -> Bits:
        """Return the lessons that a query finds, of which those until ``written`` are known."""
        if before is None:
            return self.found(query)
        if self._written - written > _MOST_WRITES:
            return self.found(query)
        writes = list(range(written + 1, self._written + 1))
        since = Query.term_set_query(self._schema, WRITTEN_FIELD, writes)
        if written not in self._unchanged:
            self._unchanged[written] = ~self.found(since)
        lessons = self.found(Query.boolean_query([(Occur.Must, query), (Occur.Must, since)]))
        # A lesson with a higher key than there were has made the sets longer; when the last
        # ones left, they are shorter.
        shared = before[: self._blocks]
        lessons[: len(shared)] |= shared & self._unchanged[written][: len(shared)]
        return lessons
