"""Lessons that are about the same: they share terms, and words that few others have."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import structlog

from lessons import selectors
from lessons.records import LessonCard
from search import outbox
from search.dutch.stems import stem
from search.dutch.stop_words import STOP_WORDS
from search.dutch.tokens import plain_words
from search.engines.contract import Engine, EngineError
from search.engines.registry import get_engine
from search.query import LessonOrder, LessonQuery
from search.resolution import resolve
from search.text_syntax import TextQuery

logger = structlog.get_logger(__name__)

DEFAULT_RELATED = 4
MAX_RELATED = 10

_TELLING_WORDS = 10
_MIN_LETTERS = 4


def related(card: LessonCard, first: int = DEFAULT_RELATED) -> tuple[LessonCard, ...]:
    """Return public lessons like this one, the most alike first.

    Never itself, nor a lesson that another one replaces or contradicts. Trouble with the
    index gives none.
    """
    try:
        return _like(get_engine(), card, min(first, MAX_RELATED))
    except EngineError as error:
        logger.warning("no_related_lessons", error=str(error))
        return ()


def _like(engine: Engine, card: LessonCard, first: int) -> tuple[LessonCard, ...]:
    words = _telling(engine, card)
    if not words:
        return ()
    behind = frozenset() if outbox.is_empty() else outbox.pending_lessons()
    asked = replace(
        # One more than is shown: the lesson itself is what is most like it.
        resolve(LessonQuery(first=first + 1), {}),
        text=TextQuery(words=words),
        order=LessonOrder.RELEVANCE,
        takes_some_words=True,
        without_superseded=True,
        hidden=behind - selectors.still_public(behind) if behind else behind,
    )
    found = (hit.card for hit in engine.search(asked).hits)
    return tuple(other for other in found if other.uuid != card.uuid)[:first]


def _telling(engine: Engine, card: LessonCard) -> tuple[str, ...]:
    """Return the words of title, core and terms that fewest other lessons have."""
    terms = (card.ontwikkelpunt, *card.family_forms, *card.situations)
    texts = (card.title, card.core, *(term.label for term in terms))
    words = [word for word in dict.fromkeys(_words(texts)) if len(word) >= _MIN_LETTERS]
    frequencies = engine.frequencies({stem(word) for word in words})
    # What no other lesson has cannot lead to one.
    shared = [word for word in words if frequencies.get(stem(word), 0) > 1]
    return tuple(sorted(shared, key=lambda word: frequencies[stem(word)])[:_TELLING_WORDS])


def _words(texts: Iterable[str]) -> Iterable[str]:
    return (word for text in texts for word in plain_words(text) if word not in STOP_WORDS)
