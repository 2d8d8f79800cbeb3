"""The form of the embedded index, and how a document fits into it."""

from __future__ import annotations

from typing import Any

from tantivy import Schema, SchemaBuilder

from lessons.selectors import FACETS
from search.documents import LessonDocument, title_key
from search.engines.analysis import (
    NEVER,
    PARTS_FIELD,
    POSITION_FIELDS,
    STANDING_FIELD,
    TITLE_WORDS_FIELD,
    analysed,
)
from search.engines.embedded.bits import BIT_FIELD, BLOCK_FIELD, place_of
from search.engines.embedded.sets import WRITTEN_FIELD

_PK_BITS = 30
_PREFIX_BYTES = 7


def facet_field(facet: str) -> str:
    """Return the field that holds the codes of a facet."""
    return f"facet_{facet}"


PLACE_FIELD = "place"
"""The codes of the places by which a lesson is compared, or ``NOWHERE``."""

NOWHERE = "-"

SUPERSEDED_FIELD = "superseded"
"""Whether another lesson replaces or contradicts this one, as 0 or 1, to be looked up."""


def age_key(published: int, pk: int) -> int:
    """Return a number that orders lessons by first publication, no two alike."""
    if not 0 <= pk < 2**_PK_BITS:
        raise ValueError(f"The key {pk} does not fit in {_PK_BITS} bits.")
    return max(published, 0) << _PK_BITS | pk


def split_age_key(key: int) -> tuple[int, int]:
    """Return the moment of publication and the key of the lesson."""
    return key >> _PK_BITS, key & (2**_PK_BITS - 1)


def title_sort(title: str, pk: int) -> str:
    """Return a text that orders lessons by title, no two alike."""
    return f"{title}\t{pk:010d}"


def title_prefix(title: str) -> int:
    """Return the beginning of a title key as a number of the same order."""
    return int.from_bytes(title.encode()[:_PREFIX_BYTES].ljust(_PREFIX_BYTES, b"\0"), "big")


def build_schema() -> Schema:
    """Return the schema of the index."""
    builder = SchemaBuilder()
    for name in (PARTS_FIELD, TITLE_WORDS_FIELD, STANDING_FIELD):
        builder.add_text_field(name, tokenizer_name="whitespace", index_option="freq")
    for name in POSITION_FIELDS:
        builder.add_text_field(name, tokenizer_name="whitespace", index_option="position")
    for facet in FACETS:
        builder.add_text_field(facet_field(facet), tokenizer_name="raw", index_option="basic")
    builder.add_text_field(PLACE_FIELD, tokenizer_name="raw", index_option="basic")
    builder.add_unsigned_field("pk", indexed=True, fast=True)
    builder.add_unsigned_field("age_key", fast=True)
    builder.add_unsigned_field("adopted", indexed=True, fast=True)
    builder.add_text_field("title_sort", fast=True, tokenizer_name="raw", index_option="basic")
    builder.add_unsigned_field("title_prefix", fast=True)
    for name in (
        *("period_from", "period_to", "expires", "fingerprint"),
        *(BLOCK_FIELD, BIT_FIELD, SUPERSEDED_FIELD),
    ):
        builder.add_unsigned_field(name, fast=True)
    builder.add_unsigned_field(WRITTEN_FIELD, indexed=True, fast=True)
    builder.add_bytes_field("card", stored=True)
    builder.add_bytes_field("texts", stored=True)
    return builder.build()


def to_values(lesson: LessonDocument, written: int = 0) -> dict[str, Any]:
    """Return what the index holds of the lesson: field → value or values.

    ``written`` is for ``WRITTEN_FIELD``.
    """
    title = title_key(lesson.card.title)
    numbers = {
        "pk": lesson.pk,
        "age_key": age_key(lesson.published, lesson.pk),
        "title_prefix": title_prefix(title),
        "expires": NEVER if lesson.expires is None else lesson.expires,
        "fingerprint": lesson.fingerprint,
        "adopted": lesson.adopted,
        "period_from": lesson.period_from,
        "period_to": lesson.period_to,
    }
    return {
        **analysed(lesson),
        **{facet_field(facet): list(codes) for facet, codes in lesson.facets.items()},
        **{name: number for name, number in numbers.items() if number is not None},
        **place_of(lesson.pk),
        WRITTEN_FIELD: written,
        SUPERSEDED_FIELD: int(lesson.is_superseded),
        PLACE_FIELD: list(lesson.place_codes) or [NOWHERE],
        "title_sort": title_sort(title, lesson.pk),
        "card": lesson.card_json,
        "texts": lesson.texts_json,
    }
