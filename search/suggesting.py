"""What somebody may mean who is still typing: terms, places, pilots and titles of lessons.

Nothing comes from a lesson that is not public at this moment, and nothing is counted or
kept of what was typed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import structlog
from django.utils import timezone

from lessons import selectors
from search import outbox
from search.dutch.tokens import plain_words
from search.engines.contract import Engine, EngineError, TitleQuery
from search.engines.registry import get_engine
from search.names import NameBook, pilot_names
from search.query import MAX_TEXT_LENGTH, QueryError
from search.results import Suggestion
from search.word_lists import current_word_lists

logger = structlog.get_logger(__name__)

LESSON = "lesson"
"""The kind of a title; every other kind is a facet."""

DEFAULT_SUGGESTIONS = 8
MAX_SUGGESTIONS = 20
MIN_LETTERS = 2

_MOST_WORDS = 8
# Titles get at least this share of the places when there are enough of them.
_TITLES_OF_FOUR = 2


def suggest(text: str, first: int = DEFAULT_SUGGESTIONS) -> tuple[Suggestion, ...]:
    """Return suggestions, the best first; names before titles.

    Takes four queries to the database, and two more when lessons changed a moment ago.
    Raises ``QueryError`` for a number or a text out of bounds; trouble with the index
    leaves out titles.
    """
    if not 1 <= first <= MAX_SUGGESTIONS:
        raise QueryError(
            f"Vraag 1 tot en met {MAX_SUGGESTIONS} suggesties, geen {first}.",
            code="PAGE_SIZE",
            place="first",
        )
    if len(text) > MAX_TEXT_LENGTH:
        raise QueryError(
            f"De tekst telt {len(text)} tekens; er mogen er {MAX_TEXT_LENGTH} zijn.",
            code="TEXT_TOO_LONG",
            place="text",
        )
    typed = plain_words(text)[:_MOST_WORDS]
    if sum(map(len, typed)) < MIN_LETTERS:
        return ()
    names = _names(typed)
    titles = _titles(typed, first)
    room_for_names = first - min(len(titles), first * _TITLES_OF_FOUR // 4)
    shown = names[:room_for_names]
    return (*shown, *titles[: first - len(shown)])


def _names(typed: Sequence[str]) -> list[Suggestion]:
    book = current_word_lists().names
    pilots = NameBook(pilot_names(selectors.facet_tables(["pilot"])["pilot"]))
    found = [*book.beginning(typed), *pilots.beginning(typed)]
    if found:
        return found
    meant = [word if book.has(word) else book.meant(word) or word for word in typed]
    return [] if meant == [*typed] else book.beginning(meant)


def _titles(typed: Sequence[str], first: int) -> list[Suggestion]:
    try:
        return _found_titles(get_engine(), typed, first)
    except EngineError as error:
        logger.warning("titles_not_suggested", error=str(error))
        return []


def _found_titles(engine: Engine, typed: Sequence[str], first: int) -> list[Suggestion]:
    behind = frozenset() if outbox.is_empty() else outbox.pending_lessons()
    hidden = behind - selectors.still_public(behind) if behind else behind
    query = TitleQuery(
        words=tuple(typed[:-1]),
        beginning=typed[-1],
        first=first,
        now=timezone.now(),
        hidden=hidden,
    )
    cards = engine.titles(query) or engine.titles(replace(query, is_tolerant=True))
    return [Suggestion(LESSON, card.uuid, card.title, url=card.url) for card in cards]
