"""The door of the search package: the only module that other packages import."""

from __future__ import annotations

from lessons.records import LessonCard
from search import answering, checking, indexing, outbox, query_log, relating, suggesting
from search.checking import Difference
from search.engines.contract import BANDS_FACET, EngineError, IndexState, RebuildRunningError
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
    Viewpoint,
)
from search.relating import DEFAULT_RELATED, MAX_RELATED
from search.results import (
    Facet,
    FacetTerm,
    Highlight,
    HitComparison,
    LessonHit,
    LessonResults,
    Suggestion,
    WayOut,
)
from search.suggesting import DEFAULT_SUGGESTIONS, LESSON, MAX_SUGGESTIONS
from search.viewpoints import BAND_LABELS, BANDS

__all__ = [
    "BANDS",
    "BANDS_FACET",
    "BAND_LABELS",
    "DEFAULT_PAGE_SIZE",
    "DEFAULT_RELATED",
    "DEFAULT_SUGGESTIONS",
    "LESSON",
    "MAX_PAGE_SIZE",
    "MAX_RELATED",
    "MAX_SUGGESTIONS",
    "MAX_TEXT_LENGTH",
    "Difference",
    "EngineError",
    "Facet",
    "FacetTerm",
    "Highlight",
    "HitComparison",
    "LessonCard",
    "LessonHit",
    "LessonOrder",
    "LessonQuery",
    "LessonResults",
    "QueryError",
    "RebuildRunningError",
    "Suggestion",
    "Viewpoint",
    "WayOut",
    "check",
    "drain",
    "from_parameters",
    "mend",
    "needs_rebuild",
    "pending",
    "rebuild",
    "related",
    "search",
    "suggest",
    "to_parameters",
]


def search(query: LessonQuery, *, counted: bool = False) -> LessonResults:
    """Answer a query; raise ``QueryError`` for one that cannot be answered as it stands.

    The answer holds what is public at this moment. Trouble with the index never raises:
    the answer then says so in its notices. A caller that passes on what somebody typed
    says ``counted``: editors then see what is asked, never by whom.
    """
    results = answering.answer(query)
    if counted:
        query_log.note(query, results)
    return results


def suggest(text: str, first: int = DEFAULT_SUGGESTIONS) -> tuple[Suggestion, ...]:
    """Return what somebody may mean who typed this so far: terms, places, pilots, titles.

    Only what is public at this moment. Raises ``QueryError`` as ``search`` does; trouble
    with the index leaves out titles.
    """
    return suggesting.suggest(text, first)


def related(card: LessonCard, first: int = DEFAULT_RELATED) -> tuple[LessonCard, ...]:
    """Return public lessons that are about the same as this one, the most alike first."""
    return relating.related(card, first)


def rebuild(progress: Progress | None = None) -> int:
    """Make the index anew from the database, beside the one that serves; return the number.

    ``progress`` is called with lessons done and lessons in all. Raises ``EngineError``.
    """
    return indexing.rebuild(progress)


def needs_rebuild() -> bool:
    """Return whether there is no index that this version of the program can search.

    Raises ``EngineError`` when the engine cannot be asked.
    """
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
