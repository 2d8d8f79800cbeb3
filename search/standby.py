"""Searching while the engine cannot be reached: with an index of this machine alone.

It is made from the database when it is first needed, follows what waits in the outbox, and
is made again after some minutes. What is shown of a lesson is read from the database at
that moment, through the gate: an index that is a little old may find or order lessons as
they were, and shows nothing that is no longer public.
"""

from __future__ import annotations

import threading
from dataclasses import replace
from pathlib import Path

import structlog
from django.conf import settings
from django.db import connections

from lessons import selectors
from search import indexing, outbox
from search.documents import STORY_TEXTS, LessonDocument, lesson_documents
from search.engines.contract import (
    Engine,
    EngineAnswer,
    EngineHit,
    EngineQuery,
    IndexState,
    RebuildRunningError,
)
from search.engines.embedded.engine import EmbeddedEngine
from search.engines.registry import embedded_in
from search.highlights import Highlighter, shown_texts

logger = structlog.get_logger(__name__)

FRESH_SECONDS = 300
MOST_LESSONS_AT_ONCE = 2000
"""With more lessons than this the index is made while visitors go without."""

_followed: dict[Path, int] = {}
_making = threading.Lock()


def standby_folder() -> Path:
    """Return the folder of the index that stands in."""
    return Path(settings.SEARCH_INDEX_DIR).with_name("search-standby")


def standby_engine() -> Engine | None:
    """Return an engine that can search now, or None when there is no other means."""
    if settings.SEARCH_ENGINE == "embedded":
        return None
    engine = embedded_in(standby_folder())
    age = engine.age()
    if age is None or age > FRESH_SECONDS:
        _renew(engine)
    if engine.state() is not IndexState.READY:
        return None
    _follow(engine)
    return engine


def as_it_is_now(found: EngineAnswer, asked: EngineQuery) -> EngineAnswer:
    """Return what was found with the lessons as they are; those no longer public fall out."""
    documents = {
        document.pk: document
        for document in lesson_documents([hit.position.pk for hit in found.hits])
    }
    highlighter = (
        Highlighter(asked.text, asked.alternatives)
        if asked.with_highlights and asked.text.is_ranking
        else None
    )
    return replace(
        found,
        hits=tuple(
            _hit(hit, documents[hit.position.pk], highlighter)
            for hit in found.hits
            if hit.position.pk in documents
        ),
    )


def _hit(hit: EngineHit, document: LessonDocument, highlighter: Highlighter | None) -> EngineHit:
    highlights = (
        highlighter.highlights(
            shown_texts(document.texts_json), whole=("title", "core"), best_of=STORY_TEXTS
        )
        if highlighter
        else ()
    )
    return EngineHit(document.card, hit.position, highlights)


def _renew(engine: EmbeddedEngine) -> None:
    """Make the index: at once when that takes a moment, otherwise beside the requests."""
    if len(selectors.public_lesson_pks()) <= MOST_LESSONS_AT_ONCE:
        _make(engine)
    elif _making.acquire(blocking=False):
        threading.Thread(target=_make_aside, args=[engine], name="standby", daemon=True).start()


def _make_aside(engine: EmbeddedEngine) -> None:
    try:
        _make(engine)
    except Exception:
        logger.exception("standby_failed")
    finally:
        connections.close_all()
        _making.release()


def _make(engine: EmbeddedEngine) -> None:
    try:
        indexing.make(engine)
    except RebuildRunningError:
        return  # Another process makes it.
    logger.warning("standby_made")


def _follow(engine: EmbeddedEngine) -> None:
    """Take over what changed since the engine was reached last."""
    folder = standby_folder()
    waiting = outbox.waiting_lessons()
    latest = max(waiting, default=0)
    if latest <= _followed.get(folder, 0):
        return
    with engine.writing(wait=0) as held:
        if held:
            pks = sorted(set(waiting.values()))[: indexing.REQUEST_LIMIT]
            documents = lesson_documents(pks)
            public = {document.pk for document in documents}
            engine.write(documents, [pk for pk in pks if pk not in public])
            _followed[folder] = latest
