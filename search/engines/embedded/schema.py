"""The form of the embedded index, and how a document fits into it."""

from __future__ import annotations

from itertools import chain, zip_longest
from types import MappingProxyType
from typing import Any

from tantivy import Schema, SchemaBuilder

from lessons.selectors import FACETS
from search.documents import LessonDocument, title_key
from search.engines.analysis import (
    NEVER,
    PARTS_FIELD,
    POSITION_FIELDS,
    STANDING_FIELD,
    STEM_FIELDS,
    TITLE_WORDS_FIELD,
    analysed,
)

_PK_BITS = 30
_PREFIX_BYTES = 7
_BETWEEN_CODES = " "


def facet_field(facet: str) -> str:
    """Return the field that holds the codes of a facet."""
    return f"facet_{facet}"


PLACES_FIELD = "set_place"
"""All places of a lesson as one value; empty without a place."""


SPREAD_FACETS = MappingProxyType(
    {
        "ontwikkelpunt": 3,
        "phase": 3,
        "partner": 3,
        "familyForm": 5,
        "situation": 2,
        "audience": 3,
        "jeugdregio": 2,
        "gemeente": 4,
    }
)
"""Facets of which a lesson often has several codes, with how many most lessons have.

Beside the codes together each of those has a field of its own. A field with one value for each
lesson is counted in a twentieth of the time of a field with several.
"""


def spread_fields(facet: str) -> tuple[str, ...]:
    """Return the fields of the first, the second code and so on; the last has all others."""
    return (*(f"{facet}_{place}" for place in range(SPREAD_FACETS[facet])), f"{facet}_others")


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
    for name in (*STEM_FIELDS, PARTS_FIELD, TITLE_WORDS_FIELD, STANDING_FIELD):
        builder.add_text_field(name, tokenizer_name="whitespace", index_option="freq")
    for name in POSITION_FIELDS:
        builder.add_text_field(name, tokenizer_name="whitespace", index_option="position")
    for facet in FACETS:
        builder.add_text_field(
            facet_field(facet), fast=True, tokenizer_name="raw", index_option="basic"
        )
    for name in chain(*map(spread_fields, SPREAD_FACETS)):
        builder.add_text_field(name, fast=True, tokenizer_name="raw", index_option="basic")
    builder.add_text_field("place", tokenizer_name="raw", index_option="basic")
    builder.add_text_field(PLACES_FIELD, fast=True, tokenizer_name="raw", index_option="basic")
    builder.add_unsigned_field("pk", indexed=True, fast=True)
    builder.add_unsigned_field("age_key", fast=True)
    builder.add_unsigned_field("adopted", indexed=True, fast=True)
    builder.add_text_field("title_sort", fast=True, tokenizer_name="raw", index_option="basic")
    builder.add_unsigned_field("title_prefix", fast=True)
    for name in ("period_from", "period_to", "expires", "fingerprint"):
        builder.add_unsigned_field(name, fast=True)
    builder.add_bytes_field("card", stored=True)
    builder.add_bytes_field("texts", stored=True)
    return builder.build()


def to_values(lesson: LessonDocument) -> dict[str, Any]:
    """Return what the index holds of the lesson: field → value or values."""
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
        **_spread(lesson),
        "place": list(lesson.place_codes),
        PLACES_FIELD: _BETWEEN_CODES.join(lesson.place_codes),
        "title_sort": title_sort(title, lesson.pk),
        "card": lesson.card_json,
        "texts": lesson.texts_json,
    }


def _spread(lesson: LessonDocument) -> dict[str, str | list[str]]:
    values: dict[str, str | list[str]] = {}
    for facet, number in SPREAD_FACETS.items():
        codes = lesson.facets.get(facet, ())
        *single, others = spread_fields(facet)
        # Every lesson has a value: that makes the field as fast as it can be.
        values |= zip_longest(single, codes[:number], fillvalue="")
        values[others] = list(codes[number:])
    return values
