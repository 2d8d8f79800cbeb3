"""What an engine does for Lessenbank; no type of an engine's library appears here.

An engine keeps documents and answers queries over them. It decides nothing about who may
see what: it is given public documents only, and told which to forget. All engines pass
the same tests, ``tests/search/engines/test_contract.py``.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from enum import Enum
from types import MappingProxyType
from typing import Any, Protocol

from lessons.records import LessonCard
from search.documents import LessonDocument
from search.query import LessonOrder
from search.results import Highlight
from search.text_syntax import TextQuery
from search.wording import Alternatives, KnownWords


class EngineError(Exception):
    """The engine cannot do what was asked now; what was asked may be asked again."""


class IndexMissingError(EngineError):
    """There is no index of the present form; a rebuild makes one."""


class RebuildRunningError(EngineError):
    """Another process is rebuilding the index."""


class IndexState(Enum):
    """Whether the index can be searched."""

    READY = "ready"
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class Position:
    """The place of a lesson in an order; every lesson has another one.

    ``value`` is what the order is about: the score, the percentage alike and one, the moment of
    first publication in seconds, or the title as :func:`search.documents.title_key` gives
    it. Equal values are ordered by ``published``, newest first, and then by ``pk``.
    """

    value: float | int | str
    published: int
    pk: int


_LEAD_OF_PINNED = 1_000_000


def pinned_value(place: int) -> float:
    """Return the score of the pinned lesson at this place, the first being 0.

    More than any text scores, and exact in a number of 32 bits, as engines keep a score.
    """
    return float(_LEAD_OF_PINNED - place)


@dataclass(frozen=True, slots=True)
class EngineViewpoint:
    """How alike the places where lessons were learned are to the place that asks.

    A lesson of several places counts by the one most alike. A place that is in no level,
    and a lesson without a place, is not compared: it comes last, and is in no band.
    """

    levels: Mapping[int, tuple[str, ...]]
    """Percentage alike → codes of places, the highest percentage first."""
    bands: Mapping[str, range]
    """Band → the percentages that belong to it, the highest first."""
    only: tuple[str, ...] = ()
    """The bands that a lesson must be in one of; none: it need not."""
    counts_bands: bool = False
    """Whether the answer counts ``BANDS_FACET`` as well, ignoring ``only``."""

    def places(self, band: str) -> tuple[str, ...]:
        """Return the codes of the places in a band."""
        percentages = self.bands[band]
        return tuple(
            code for level, codes in self.levels.items() if level in percentages for code in codes
        )


BANDS_FACET = "comparability"
"""The facet of bands; it depends on who asks, and so is no facet of a lesson."""


@dataclass(frozen=True, slots=True)
class EngineQuery:
    """A question with nothing left to resolve: codes exist, the cursor is a position.

    ``hidden`` holds lessons that stopped being public a moment ago: they are neither
    found nor counted. ``order`` is never relevance without a text that ranks.
    """

    text: TextQuery
    filters: Mapping[str, tuple[str, ...]]
    period_from: int | None
    period_to: int | None
    order: LessonOrder
    first: int
    after: Position | None
    facets: tuple[str, ...]
    with_highlights: bool
    now: datetime.datetime
    hidden: frozenset[int] = frozenset()
    only: frozenset[int] | None = None
    """Find none but these; None: any."""
    alternatives: Alternatives = field(default_factory=lambda: MappingProxyType({}))
    """What may stand in the place of a word of ``text.words``, see ``search.wording``."""
    takes_some_words: bool = False
    """Also find lessons with one of the words, behind those that have enough of them."""
    viewpoint: EngineViewpoint | None = None
    """With one, comparable places are lifted in relevance; ``NEAREST`` needs one."""
    telling: float = 0.0
    """How much the words tell, see ``search.understanding``; the lift is in proportion."""
    without_superseded: bool = False
    """Leave out lessons that another one replaces or contradicts."""
    pinned: tuple[int, ...] = ()
    """Lessons that lead in this order, whatever the text: the text does not decide whether
    they are found, but filters, period and ``hidden`` do. Only with a text that ranks; the
    value of their position is ``pinned_value``."""


@dataclass(frozen=True, slots=True)
class EngineHit:
    """A lesson that was found."""

    card: LessonCard
    position: Position
    highlights: tuple[Highlight, ...] = ()


@dataclass(frozen=True, slots=True)
class EngineAnswer:
    """What was found: a page of hits, and counts over all."""

    hits: tuple[EngineHit, ...]
    total: int
    has_next_page: bool
    facet_counts: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    """Facet → code → lessons, each facet counted without its own filter."""


@dataclass(frozen=True, slots=True)
class WordQuestions:
    """What is asked of the words of an index: see ``KnownWords``."""

    stems: Collection[str]
    words: Collection[str]


@dataclass(frozen=True, slots=True)
class TitleQuery:
    """What somebody typed of a title: plain words, and the beginning of the last one."""

    words: tuple[str, ...]
    beginning: str
    first: int
    now: datetime.datetime
    hidden: frozenset[int] = frozenset()
    """Lessons that must not be shown."""
    is_tolerant: bool = False
    """Also take words that differ as a typing error does; the first letter counts."""


Entry = Any
"""What an engine stores of a lesson: plain values, which may come from another process."""

EntryMaker = Callable[[LessonDocument], Entry]
"""A function of a module, so that another process finds it by its name."""


class Rebuild(Protocol):
    """A new index in the making, beside the one that goes on serving."""

    @property
    def entry(self) -> EntryMaker:
        """What makes entries of documents, for ``add``."""

    def add(self, entries: Sequence[Entry]) -> None:
        """Put in lessons that are not in the index yet."""

    def write(self, documents: Iterable[LessonDocument], removed: Iterable[int] = ()) -> None:
        """Put documents in, in the place of those with the same key; take others out."""

    def publish(self) -> None:
        """Let this index serve from now on, and discard the old one. Hold ``writing``."""


class Engine(Protocol):
    """Keeps documents and answers queries. Safe to use from many threads and processes."""

    def state(self) -> IndexState:
        """Return whether there is an index of the present form."""

    def search(self, query: EngineQuery) -> EngineAnswer:
        """Answer; sees all that any process wrote before. Raises ``EngineError``."""

    def number(self) -> int:
        """Return how many lessons are in the index. Raises ``EngineError``."""

    def frequencies(self, stems: Collection[str]) -> Mapping[str, int]:
        """Return how many lessons hold each of the stems; those in none are left out."""

    def similar(self, word: str) -> Sequence[str]:
        """Return plain words of lessons of which this may be a misspelling, best first.

        See ``search.dutch.spelling`` for how far they may be apart. Raises ``EngineError``.
        """

    def titles(self, query: TitleQuery) -> Sequence[LessonCard]:
        """Return lessons whose title holds what was typed, newest first.

        Raises ``EngineError``.
        """

    def look_up(self, questions: Callable[[], WordQuestions]) -> KnownWords:
        """Return what the index knows of words; an engine that is far away asks all in one go.

        Raises ``EngineError``.
        """

    def writing(self, *, wait: float) -> AbstractContextManager[bool]:
        """Hold the right to write, which one process has at a time.

        Waits at most ``wait`` seconds; the value tells whether it was obtained. It ends
        with the process, however that ends.
        """

    def write(self, documents: Sequence[LessonDocument], removed: Sequence[int]) -> None:
        """Store documents by their key and forget others, all or nothing. Hold ``writing``.

        On return the change survives a crash and is found.
        """

    def rebuilding(self) -> AbstractContextManager[Rebuild]:
        """Begin a new index; leaves nothing behind when not published.

        Raises ``RebuildRunningError``. Leftovers of a rebuild that was killed are removed.
        """

    def is_rebuilding(self) -> bool:
        """Return whether a rebuild runs, in whichever process. Hold ``writing``."""

    def fingerprints(self) -> dict[int, int]:
        """Return key → fingerprint of every document in the index."""
