"""The form of the embedded index, and how a document fits into it.

Text is cut and stemmed by ``search.dutch`` before it comes here; tantivy only splits it
at spaces. So a text, a question and a highlight can never be analysed differently.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable

from tantivy import Document, Schema, SchemaBuilder

from lessons.selectors import FACETS
from search.documents import STORY_TEXTS, LessonDocument, card_form, dump_card, title_key
from search.dutch.compounds import parts
from search.dutch.stems import stem
from search.dutch.stop_words import STOP_WORDS
from search.dutch.tokens import plain_words

FORM_VERSION = 2
"""Raise this when what is put into the index changes, so that it is rebuilt."""

STEM_FIELDS = ("title", "core", "labels", "places", "advice", "story")
"""Stems without stop words: ``advice`` holds conditions and recommendations."""

# Beside these: "stems", the same from all fields and with their positions; "words", the
# plain words of all fields; "parts", the stems of the parts of compounds.
ADVICE_TEXTS = ("conditions", "recommendations")
NEVER = 2**40
"""The second at which a lesson without an end expires."""

_PK_BITS = 30
_PREFIX_BYTES = 7


def facet_field(facet: str) -> str:
    """Return the field that holds the codes of a facet."""
    return f"facet_{facet}"


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
    for name in (*STEM_FIELDS, "parts"):
        builder.add_text_field(name, tokenizer_name="whitespace", index_option="freq")
    for name in ("words", "stems"):
        builder.add_text_field(name, tokenizer_name="whitespace", index_option="position")
    for facet in FACETS:
        builder.add_text_field(
            facet_field(facet), fast=True, tokenizer_name="raw", index_option="basic"
        )
    builder.add_unsigned_field("pk", indexed=True, fast=True)
    builder.add_unsigned_field("age_key", fast=True)
    builder.add_text_field("title_sort", fast=True, tokenizer_name="raw", index_option="basic")
    builder.add_unsigned_field("title_prefix", fast=True)
    for name in ("period_from", "period_to", "expires", "fingerprint"):
        builder.add_unsigned_field(name, fast=True)
    builder.add_bytes_field("card", stored=True)
    builder.add_bytes_field("texts", stored=True)
    return builder.build()


def index_form() -> str:
    """Return a name that changes with the schema, the card or the version of the form."""
    form = json.dumps([FORM_VERSION, STEM_FIELDS, FACETS, card_form()])
    return hashlib.blake2b(form.encode(), digest_size=4).hexdigest()


def to_tantivy(lesson: LessonDocument) -> Document:
    """Return the document as tantivy takes it."""
    texts = _texts_by_field(lesson)
    document = Document()
    telling_words: set[str] = set()
    for field, values in texts.items():
        for value in values:
            found = plain_words(value)
            telling = [word for word in found if word not in STOP_WORDS]
            stems = " ".join(map(stem, telling))
            document.add_text(field, stems)
            document.add_text("stems", stems)
            document.add_text("words", " ".join(found))
            telling_words.update(telling)
    part_stems = set().union(*map(parts, telling_words))
    document.add_text("parts", " ".join(sorted(part_stems)))
    for facet, codes in lesson.facets.items():
        for code in codes:
            document.add_text(facet_field(facet), code)
    _add_numbers(document, lesson)
    document.add_bytes("card", dump_card(lesson.card))
    document.add_bytes("texts", json.dumps(dict(lesson.texts), ensure_ascii=False).encode())
    return document


def _texts_by_field(lesson: LessonDocument) -> dict[str, Iterable[str]]:
    texts = lesson.texts
    return {
        "title": [texts.get("title", "")],
        "core": [texts.get("core", "")],
        "labels": lesson.labels,
        "places": lesson.places,
        "advice": [texts[name] for name in ADVICE_TEXTS if name in texts],
        "story": [
            texts[name] for name in STORY_TEXTS if name in texts and name not in ADVICE_TEXTS
        ],
    }


def _add_numbers(document: Document, lesson: LessonDocument) -> None:
    title = title_key(lesson.card.title)
    document.add_unsigned("pk", lesson.pk)
    document.add_unsigned("age_key", age_key(lesson.published, lesson.pk))
    document.add_text("title_sort", title_sort(title, lesson.pk))
    document.add_unsigned("title_prefix", title_prefix(title))
    document.add_unsigned("expires", NEVER if lesson.expires is None else lesson.expires)
    document.add_unsigned("fingerprint", lesson.fingerprint)
    if lesson.period_from is not None:
        document.add_unsigned("period_from", lesson.period_from)
    if lesson.period_to is not None:
        document.add_unsigned("period_to", lesson.period_to)
