"""The door of the search package: the only module that other packages import."""

from __future__ import annotations

from lessons.records import LessonCard, PlaceRef
from search import (
    answering,
    checking,
    indexing,
    outbox,
    query_log,
    relating,
    suggesting,
    viewpoints,
)
from search.changes import recording
from search.changes.reading import (
    DEFAULT_CHANGES,
    MAX_CHANGES,
    ChangePage,
    LessonChange,
    changes_since,
)
from search.checking import Difference
from search.engines.contract import BANDS_FACET, EngineError, IndexState, RebuildRunningError
from search.engines.registry import get_engine
from search.feeds.making import MAX_MADE, InvalidFeedError, NewFeed, make_feed
from search.feeds.reading import (
    DEFAULT_ITEMS,
    LEFT,
    MAX_ITEMS,
    FeedRecord,
    feed_changes,
    feed_page,
    feed_record,
    feed_records,
)
from search.following import LessonEvent, events_after, register_position, seen_now
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
    "DEFAULT_CHANGES",
    "DEFAULT_ITEMS",
    "DEFAULT_PAGE_SIZE",
    "DEFAULT_RELATED",
    "DEFAULT_SUGGESTIONS",
    "LEFT",
    "LESSON",
    "MAX_CHANGES",
    "MAX_ITEMS",
    "MAX_MADE",
    "MAX_PAGE_SIZE",
    "MAX_RELATED",
    "MAX_SUGGESTIONS",
    "MAX_TEXT_LENGTH",
    "ChangePage",
    "Difference",
    "EngineError",
    "Facet",
    "FacetTerm",
    "FeedRecord",
    "Highlight",
    "HitComparison",
    "InvalidFeedError",
    "LessonCard",
    "LessonChange",
    "LessonEvent",
    "LessonHit",
    "LessonOrder",
    "LessonQuery",
    "LessonResults",
    "NewFeed",
    "QueryError",
    "RebuildRunningError",
    "Suggestion",
    "Viewpoint",
    "WayOut",
    "changes",
    "check",
    "compare",
    "drain",
    "events_after",
    "feed",
    "feed_changes",
    "feed_page",
    "feeds",
    "from_parameters",
    "make_feed",
    "mend",
    "mend_changes",
    "needs_rebuild",
    "pending",
    "rebuild",
    "register_position",
    "related",
    "search",
    "seen_now",
    "suggest",
    "to_parameters",
]

_CATCH_UP_WAIT = 0.5


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


def compare(card: LessonCard, viewpoint: Viewpoint) -> tuple[PlaceRef, HitComparison | None]:
    """Return from where is looked, and how the place of one lesson compares to it.

    The comparison is None for a lesson without a place that can be compared. Raises
    ``QueryError`` for a place that does not exist; five queries at most.
    """
    seen = viewpoints.view(viewpoint)
    return seen.place, viewpoints.compared(seen, card)


def related(card: LessonCard, first: int = DEFAULT_RELATED) -> tuple[LessonCard, ...]:
    """Return public lessons that are about the same as this one, the most alike first."""
    return relating.related(card, first)


def changes(since: str | None = None, first: int = DEFAULT_CHANGES) -> ChangePage:
    """Return what changed for the public after a cursor, or all from the beginning.

    In one order, deletions included: whoever keeps asking with the cursor of the answer
    before misses nothing. Raises ``QueryError``.
    """
    _catch_up()
    return changes_since(since, first)


def mend_changes(*, anew: bool = False) -> int:
    """Bring the register of changes in step with the database; return how many differed.

    ``anew`` begins another register, in which every cursor is refused that was given
    before: needed once the database was put back from a backup.
    """
    return recording.renew() if anew else recording.mend()


def feed(slug: str) -> FeedRecord | None:
    """Return a feed that is or was in use, up to date; one query when nothing waits."""
    found = feed_record(slug)
    if found is None or not found.is_behind:
        return found
    _catch_up()
    return feed_record(slug)


def feeds(*, of_partners: bool = False) -> tuple[FeedRecord, ...]:
    """Return the feeds of editors that are in use, by title, or those of partners as well.

    What partners make is for who knows its name: no editor has read its title.
    """
    return feed_records(of_partners=of_partners)


def _catch_up() -> None:
    if not outbox.is_empty():
        indexing.drain(limit=indexing.REQUEST_LIMIT, wait=_CATCH_UP_WAIT)


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
