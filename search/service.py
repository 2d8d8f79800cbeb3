"""The door of the search package: the only module that other packages import."""

from __future__ import annotations

from lessons.records import LessonCard
from search import answering, checking, indexing, outbox
from search.checking import Difference
from search.engines.contract import EngineError, IndexState, RebuildRunningError
from search.engines.registry import get_engine
from search.indexing import Progress
from search.parameters import from_parameters, to_parameters
from search.query import (
    DEFAULT_PAGE_SIZE,
    MAX_PAGE_SIZE,
    MAX_TEXT_LENGTH,
    LessonOrder,
    LessonQuery,
    QueryError,
)
from search.results import Facet, FacetTerm, Highlight, LessonHit, LessonResults, WayOut

__all__ = [
    "DEFAULT_PAGE_SIZE",
    "MAX_PAGE_SIZE",
    "MAX_TEXT_LENGTH",
    "Difference",
    "EngineError",
    "Facet",
    "FacetTerm",
    "Highlight",
    "LessonCard",
    "LessonHit",
    "LessonOrder",
    "LessonQuery",
    "LessonResults",
    "QueryError",
    "RebuildRunningError",
    "WayOut",
    "check",
    "drain",
    "from_parameters",
    "mend",
    "needs_rebuild",
    "pending",
    "rebuild",
    "search",
    "to_parameters",
]


def search(query: LessonQuery) -> LessonResults:
    """Answer a query; raise ``QueryError`` for one that cannot be answered as it stands.

    The answer holds what is public at this moment. Trouble with the index never raises:
    the answer then says so in its notices.
    """
    return answering.answer(query)


def rebuild(progress: Progress | None = None) -> int:
    """Make the index anew from the database, beside the one that serves; return the number.

    ``progress`` is called with lessons done and lessons in all. Raises ``EngineError``.
    """
    return indexing.rebuild(progress)


def needs_rebuild() -> bool:
    """Return whether there is no index that this version of the program can search."""
    return get_engine().state() is not IndexState.READY


def pending() -> int:
    """Return how many changes wait for the index."""
    return outbox.pending()


def drain() -> int:
    """Carry out the changes that wait; return how many were. Raises nothing."""
    return indexing.drain()


def check() -> Difference:
    """Compare the index with the database, lesson by lesson. Raises ``EngineError``."""
    return checking.check()


def mend(difference: Difference) -> int:
    """Bring the lessons that differ into agreement; return how many were."""
    return checking.mend(difference)
