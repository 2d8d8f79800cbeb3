"""Answering a query: never stale on one machine, never private, never an error page."""

from __future__ import annotations

from dataclasses import replace

import structlog

from lessons import selectors
from search import cursors, indexing, outbox
from search.engines.contract import (
    EngineAnswer,
    EngineError,
    EngineQuery,
    IndexState,
    RebuildRunningError,
)
from search.engines.registry import get_engine
from search.query import LessonOrder, LessonQuery
from search.resolution import FacetTables, facet_tables, resolve
from search.results import Facet, FacetTerm, LessonHit, LessonResults
from search.synonyms import Synonyms, current_synonyms
from search.understanding import corrected, understand
from search.ways_out import best_way_out, way_out_notice

logger = structlog.get_logger(__name__)

NOTICE_BEHIND = "Enkele lessen zijn net gewijzigd en zijn nog niet in alle antwoorden verwerkt."
NOTICE_BUILDING = "De zoekindex wordt nu opgebouwd. Probeer het over enkele minuten opnieuw."
NOTICE_UNAVAILABLE = "Zoeken lukt op dit moment niet. Probeer het straks opnieuw."

_MOST_LESSONS_TO_INDEX_NOW = 2000
"""Above this number a missing index is not made while a visitor waits."""

LITTLE = 10
"""With fewer lessons than this, those with some of the words are shown as well."""

NO_SYNONYMS = Synonyms()

_WAIT_FOR_WRITER = 0.5
_NOTHING = EngineAnswer(hits=(), total=0, has_next_page=False)


def answer(query: LessonQuery) -> LessonResults:
    """Answer a query; raise ``QueryError`` for one that cannot be answered as it stands.

    Takes one query to the database besides those of ``facet_tables``, and one more for a
    text; unless lessons, terms or synonyms changed a moment ago.
    """
    tables = facet_tables(query)
    asked = resolve(query, tables)
    synonyms = current_synonyms() if asked.text.words else NO_SYNONYMS
    try:
        if get_engine().state() is not IndexState.READY and not _make_index():
            return _results(asked, _NOTHING, tables, (NOTICE_BUILDING,))
        hidden, notices = _catch_up()
        meaning = understand(asked.text, get_engine(), synonyms)
        asked = replace(asked, hidden=hidden, alternatives=meaning.alternatives)
        found = _search(asked)
        way_out = None if found.total else best_way_out(asked, get_engine(), tables)
    except EngineError:
        logger.exception("search_failed")
        return _results(asked, _NOTHING, tables, (NOTICE_UNAVAILABLE,))
    results = _results(asked, found, tables, notices)
    return replace(
        results,
        suggestion=corrected(query.text, meaning.corrections) if meaning.corrections else None,
        way_out=way_out,
        notices=(*notices, way_out_notice(way_out)) if way_out else notices,
    )


def _search(asked: EngineQuery) -> EngineAnswer:
    """Search; when little has enough of the words, let what has some follow behind it."""
    engine = get_engine()
    found = engine.search(asked)
    is_little = found.total < LITTLE and asked.order is LessonOrder.RELEVANCE
    if is_little and len(asked.text.words) > 1:
        return engine.search(replace(asked, takes_some_words=True))
    return found


def _catch_up() -> tuple[frozenset[int], tuple[str, ...]]:
    """Bring the index up to date; return what must stay hidden when that does not succeed."""
    if outbox.is_empty():
        return frozenset(), ()
    indexing.drain(limit=indexing.REQUEST_LIMIT, wait=_WAIT_FOR_WRITER)
    behind = outbox.pending_lessons()
    if not behind:
        return frozenset(), ()
    return behind - selectors.still_public(behind), (NOTICE_BEHIND,)


def _make_index() -> bool:
    """Make a missing index when that takes a moment; return whether there is one now."""
    if len(selectors.public_lesson_pks()) > _MOST_LESSONS_TO_INDEX_NOW:
        logger.error("index_missing", hint="Run: manage.py rebuild_search_index")
        return False
    try:
        indexing.rebuild()
    except RebuildRunningError:
        return False
    return True


def _results(
    asked: EngineQuery, found: EngineAnswer, tables: FacetTables, notices: tuple[str, ...]
) -> LessonResults:
    hits = tuple(
        LessonHit(hit.card, cursors.encode(asked.order, hit.position), hit.highlights)
        for hit in found.hits
    )
    return LessonResults(
        hits=hits,
        total=found.total,
        has_next_page=found.has_next_page,
        end_cursor=hits[-1].cursor if hits else None,
        facets=tuple(_facet(name, found, tables) for name in asked.facets),
        notices=notices,
    )


def _facet(name: str, found: EngineAnswer, tables: FacetTables) -> Facet:
    """Return the counts in the order of the vocabulary; what is not public has no label."""
    counts = found.facet_counts.get(name, {})
    return Facet(
        name,
        tuple(
            FacetTerm(code, label, counts[code])
            for code, label in tables[name].labels.items()
            if counts.get(code)
        ),
    )
