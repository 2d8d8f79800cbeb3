"""Answering a query: never stale on one machine, never private, never an error page."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from itertools import compress

import structlog
from django.utils import timezone

from lessons import selectors
from search import cursors, indexing, outbox
from search.engines.contract import (
    Engine,
    EngineAnswer,
    EngineError,
    EngineQuery,
    IndexMissingError,
    IndexState,
    RebuildRunningError,
)
from search.engines.registry import get_engine
from search.query import LessonOrder, LessonQuery
from search.resolution import FacetTables, facet_tables, kept_facet_tables, resolve
from search.results import Facet, FacetTerm, LessonHit, LessonResults, WayOut
from search.standby import as_it_is_now, standby_engine
from search.text_syntax import TextQuery, parse
from search.understanding import Understanding, corrected, questions, understand
from search.viewpoints import bands_facet, view, with_comparisons
from search.ways_out import best_way_out, way_out_notice
from search.word_lists import Present, WordLists, current_word_lists

logger = structlog.get_logger(__name__)

NOTICE_BEHIND = "Enkele lessen zijn net gewijzigd en zijn nog niet in alle antwoorden verwerkt."
NOTICE_BUILDING = "De zoekindex wordt nu opgebouwd. Probeer het over enkele minuten opnieuw."
NOTICE_STANDBY = (
    "De zoekmachine is even niet bereikbaar. Lessenbank zoekt nu zelf; dat kan langer duren."
)
NOTICE_UNAVAILABLE = "Zoeken lukt op dit moment niet. Probeer het straks opnieuw."

_MOST_LESSONS_TO_INDEX_NOW = 2000
"""Above this number a missing index is not made while a visitor waits."""

LITTLE = 10
"""With fewer lessons than this, those with some of the words are shown as well."""

NO_WORD_LISTS = WordLists()

_WAIT_FOR_WRITER = 0.5
# What FacetTerm._make does, without a step of Python for each term: there are hundreds.
_FACET_TERM = partial(tuple.__new__, FacetTerm)

_UP_TO_DATE: tuple[frozenset[int], tuple[str, ...]] = (frozenset(), ())
_NOTHING = EngineAnswer(hits=(), total=0, has_next_page=False)


def answer(query: LessonQuery, word_lists: WordLists | None = None) -> LessonResults:
    """Answer a query; raise ``QueryError`` for one that cannot be answered as it stands.

    ``word_lists`` stand in the place of the current ones, to see what others would do.

    Takes one query to the database, unless lessons, terms or synonyms changed a moment ago.
    Pilots among the facets may take more, and a viewpoint takes five at most.
    """
    if query.viewpoint is None:
        return _answer(query, None, word_lists)
    seen = view(query.viewpoint)
    return with_comparisons(_answer(query, seen, word_lists), seen)


def _answer(
    query: LessonQuery, seen: selectors.Viewpoint | None, word_lists: WordLists | None
) -> LessonResults:
    present = Present()
    tables = facet_tables(query, kept_facet_tables, present.word_lists)
    asked = resolve(query, tables, seen)
    if word_lists is None:
        word_lists = present.word_lists() if asked.text.is_ranking else NO_WORD_LISTS
    try:
        if get_engine().state() is not IndexState.READY and not _make_index():
            return _results(asked, _NOTHING, tables, (NOTICE_BUILDING,))
        hidden, notices = _catch_up() if present.is_behind else _UP_TO_DATE
        asked = replace(asked, hidden=hidden)
        try:
            found = _ask(get_engine(), asked, word_lists, tables)
        except IndexMissingError:
            # It was there a moment ago and turned out to be damaged.
            if not _make_index():
                return _results(asked, _NOTHING, tables, (NOTICE_BUILDING,))
            found = _ask(get_engine(), asked, word_lists, tables)
    except EngineError as error:
        return _answer_by_other_means(query, asked, word_lists, tables, error)
    return _told(found, query.text, tables, notices)


def answer_with(engine: Engine, query: LessonQuery) -> LessonResults:
    """Answer with an engine that is up to date, whichever the settings name.

    Raises ``EngineError`` as well.
    """
    tables = facet_tables(query)
    found = _ask(engine, resolve(query, tables), current_word_lists(), tables)
    return _told(found, query.text, tables, ())


def _answer_by_other_means(
    query: LessonQuery,
    asked: EngineQuery,
    word_lists: WordLists,
    tables: FacetTables,
    cause: EngineError,
) -> LessonResults:
    """Answer without the engine, and say so."""
    try:
        engine = standby_engine()
        if engine is None:
            raise cause
        behind = outbox.pending_lessons()
        hidden = behind - selectors.still_public(behind)
        found = _ask(engine, replace(asked, hidden=hidden), word_lists, tables)
    except EngineError:
        logger.exception("search_failed")
        return _results(asked, _NOTHING, tables, (NOTICE_UNAVAILABLE,))
    logger.warning("engine_unavailable", error=str(cause))
    shown = replace(found, answer=as_it_is_now(found.answer, found.asked))
    return _told(shown, query.text, tables, (NOTICE_STANDBY,))


@dataclass(frozen=True, slots=True)
class _Found:
    """What an engine answered, and what was made of the question for it."""

    asked: EngineQuery
    meaning: Understanding
    answer: EngineAnswer
    way_out: WayOut | None


def understood(engine: Engine, text: TextQuery, word_lists: WordLists) -> Understanding:
    """Return what a text means to an engine with these word lists."""
    known = engine.look_up(partial(questions, text))
    return understand(text, known, word_lists.synonyms)


def _ask(engine: Engine, asked: EngineQuery, word_lists: WordLists, tables: FacetTables) -> _Found:
    meaning = understood(engine, asked.text, word_lists)
    asked = replace(
        asked,
        alternatives=meaning.alternatives,
        telling=meaning.telling,
        pinned=_pinned(asked, meaning, word_lists),
    )
    answer = _search(engine, asked)
    way_out = None if answer.total else best_way_out(asked, engine, tables)
    return _Found(asked, meaning, answer, way_out)


def _told(found: _Found, text: str, tables: FacetTables, notices: tuple[str, ...]) -> LessonResults:
    corrections, way_out = found.meaning.corrections, found.way_out
    return replace(
        _results(found.asked, found.answer, tables, notices),
        suggestion=corrected(text, corrections) if corrections else None,
        way_out=way_out,
        notices=(*notices, way_out_notice(way_out)) if way_out else notices,
    )


def _pinned(asked: EngineQuery, meaning: Understanding, word_lists: WordLists) -> tuple[int, ...]:
    """Return what leads the answer to this wording, or to the one that was meant."""
    if asked.order is not LessonOrder.RELEVANCE:
        return ()
    today = timezone.localdate(asked.now)
    wording = asked.text.wording
    leading = word_lists.pins.leading(wording, today)
    if leading or not meaning.corrections:
        return leading
    meant = parse(corrected(wording, meaning.corrections)).wording
    return word_lists.pins.leading(meant, today)


def _search(engine: Engine, asked: EngineQuery) -> EngineAnswer:
    """Search; when little has enough of the words, let what has some follow behind it."""
    found = engine.search(asked)
    is_little = found.total < LITTLE and asked.order is LessonOrder.RELEVANCE
    if is_little and len(asked.text.words) > 1:
        return engine.search(replace(asked, takes_some_words=True))
    return found


def _catch_up() -> tuple[frozenset[int], tuple[str, ...]]:
    """Bring the index up to date; return what must stay hidden when that does not succeed."""
    indexing.drain(limit=indexing.REQUEST_LIMIT, wait=_WAIT_FOR_WRITER)
    behind = outbox.pending_lessons()
    if not behind:
        return _UP_TO_DATE
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
        LessonHit(
            hit.card,
            cursors.encode(asked.order, hit.position),
            hit.highlights,
            pinned=hit.position.pk in asked.pinned,
        )
        for hit in found.hits
    )
    return LessonResults(
        hits=hits,
        total=found.total,
        has_next_page=found.has_next_page,
        end_cursor=hits[-1].cursor if hits else None,
        facets=(
            *(_facet(name, found, tables) for name in asked.facets),
            *bands_facet(asked, found),
        ),
        notices=notices,
    )


def _facet(name: str, found: EngineAnswer, tables: FacetTables) -> Facet:
    """Return the counts in the order of the vocabulary; what is not public has no label."""
    counts = found.facet_counts.get(name, {})
    labels = tables[name].labels
    numbers = [*map(counts.get, labels)]
    shown = compress(zip(labels, labels.values(), numbers, strict=True), numbers)
    return Facet(name, tuple(map(_FACET_TERM, shown)))
