"""What the index holds of a lesson, the same for every engine.

The one place where search reads lessons. A document is made of public records only, so
an index can hold nothing else.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields
from functools import cached_property
from typing import Any

from pydantic import TypeAdapter

from lessons import selectors
from lessons.records import IndexableLesson, LessonCard
from search.dutch.tokens import plain_words

TITLE_KEY_LENGTH = 120
STORY_TEXTS = (
    "context",
    "trigger",
    "approach",
    "result",
    "explanation",
    "conditions",
    "recommendations",
)
"""The keys of ``IndexableLesson.texts`` beside title and core, in reading order."""

_CARDS: TypeAdapter[LessonCard] = TypeAdapter(LessonCard)
_JSON = json.JSONEncoder(ensure_ascii=False).encode
_ORDERED_JSON = json.JSONEncoder(ensure_ascii=False, sort_keys=True).encode


@dataclass(frozen=True)
class LessonDocument:
    """A lesson as an engine stores it."""

    pk: int
    card: LessonCard
    texts: Mapping[str, str]
    """Title, core and the story texts that have words."""
    labels: tuple[str, ...]
    """Names and other names of its terms, and of what they are narrower than."""
    places: tuple[str, ...]
    """Names and codes of its gemeenten and jeugdregio."""
    place_codes: tuple[str, ...]
    """Where it was learned: codes of its gemeenten, or else of its jeugdregio."""
    facets: Mapping[str, tuple[str, ...]]
    period_from: int | None
    period_to: int | None
    published: int
    """Moment of first publication, in whole seconds since 1970."""
    expires: int | None
    """Second from which the lesson is no longer public."""
    adopted: int = 0
    """How many jeugdregio's apply it."""
    is_superseded: bool = False
    """Whether another lesson replaces or contradicts it."""
    made: dict[str, Any] = field(default_factory=dict, init=False, compare=False, repr=False)
    """What others made of the document and keep with it, by name; no part of it."""

    @cached_property
    def fingerprint(self) -> int:
        """A number of 63 bits that changes with anything in the document."""
        rest = _ORDERED_JSON([getattr(self, name) for name in _PLAIN_FIELDS])
        digest = hashlib.blake2b(digest_size=8)
        for part in (self.card_json, self.texts_json, rest.encode("utf-8", "replace")):
            digest.update(part)
        return int.from_bytes(digest.digest(), "big") >> 1

    @cached_property
    def card_json(self) -> bytes:
        """The card as an index stores it; ``load_card`` reads it."""
        return _CARDS.dump_json(self.card)

    @cached_property
    def texts_json(self) -> bytes:
        """The texts as an index stores them, to show where words were found."""
        return _JSON(dict(self.texts)).encode("utf-8", "replace")


_PLAIN_FIELDS = tuple(
    each.name for each in fields(LessonDocument) if each.name not in {"card", "texts", "made"}
)


def dump_card(card: LessonCard) -> bytes:
    """Return the card as JSON, to be stored in an index."""
    return _CARDS.dump_json(card)


def load_card(data: bytes) -> LessonCard:
    """Return the card that was stored."""
    return _CARDS.validate_json(data)


def card_form() -> str:
    """Return a short name of the card's shape; it changes when a field comes or goes."""
    schema = json.dumps(_CARDS.json_schema(), sort_keys=True)
    return hashlib.blake2b(schema.encode(), digest_size=4).hexdigest()


def title_key(title: str) -> str:
    """Return what titles are ordered by: their words, without capitals or signs."""
    return " ".join(plain_words(title))[:TITLE_KEY_LENGTH]


def place_codes(card: LessonCard) -> tuple[str, ...]:
    """Return the codes of the places by which a lesson is compared; none for a national one."""
    if card.gemeenten:
        return tuple(gemeente.code for gemeente in card.gemeenten)
    return (card.jeugdregio.code,) if card.jeugdregio else ()


def lesson_documents(pks: Sequence[int]) -> list[LessonDocument]:
    """Return documents of those of the lessons that are public now.

    Reads with a fixed number of queries, whatever the number of lessons.
    """
    return [_document(lesson) for lesson in selectors.indexable_lessons(pks)]


def _document(lesson: IndexableLesson) -> LessonDocument:
    card = lesson.card
    regions = (card.jeugdregio,) if card.jeugdregio else ()
    places = [text for place in (*card.gemeenten, *regions) for text in (place.name, place.code)]
    shown = [card.kind_label, card.scope_label, card.owner, card.attribution]
    if card.pilot:
        shown.append(card.pilot.title)
    return LessonDocument(
        pk=lesson.pk,
        card=card,
        texts={
            name: text
            for name in ("title", "core", *STORY_TEXTS)
            if (text := lesson.texts.get(name, ""))
        },
        labels=(*lesson.texts.get("labels", "").splitlines(), *shown),
        places=tuple(places),
        place_codes=place_codes(card),
        facets=lesson.facets,
        period_from=lesson.period_from,
        period_to=lesson.period_to,
        published=int(card.first_published_at.timestamp()),
        expires=int(lesson.expires_at.timestamp()) if lesson.expires_at else None,
        adopted=lesson.adopted,
        is_superseded=lesson.is_superseded,
    )
