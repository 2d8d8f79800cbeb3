"""The form of the index in Elasticsearch, and how a document fits into it.

Texts come here as words and stems, made by ``search.engines.analysis``; the server only
splits them at spaces. What is shown of a hit travels as it is, in ``card`` and ``texts``.
"""

# No postponed annotations here: the class below reads its own to make the mapping.

import json
from typing import Any

from elasticsearch.dsl import Document, Keyword, Long, MetaField, Object, Text, mapped_field

from lessons.selectors import FACETS
from search.documents import LessonDocument, title_key
from search.engines.analysis import NEVER, analysed, index_form

_JSON = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode

SHOWN = ("card", "texts")
"""What the server gives back of a lesson; of the rest it keeps only what it searches."""


def _counted() -> Text:
    return Text(analyzer="whitespace", index_options="freqs", multi=True)


def _placed() -> Text:
    return Text(analyzer="whitespace", multi=True)


def _kept() -> Keyword:
    return Keyword(index=False, doc_values=False)


class LessonEntry(Document):
    """A lesson in the index."""

    words: list[str] = mapped_field(_placed())
    stems: list[str] = mapped_field(_placed())
    parts: list[str] = mapped_field(_counted())
    facets: Any = mapped_field(
        Object(properties={facet: Keyword(multi=True) for facet in FACETS}, dynamic="strict")
    )
    title_words: list[str] = mapped_field(_counted())
    standing: list[str] = mapped_field(_counted())
    adopted: int = mapped_field(Long())
    place: list[str] = mapped_field(Keyword(multi=True))
    pk: int = mapped_field(Long())
    published: int = mapped_field(Long())
    expires: int = mapped_field(Long())
    period_from: int | None = mapped_field(Long())
    period_to: int | None = mapped_field(Long())
    fingerprint: int = mapped_field(Long(index=False))
    title_key: str = mapped_field(Keyword())
    card: str = mapped_field(_kept())
    texts: str = mapped_field(_kept())

    class Meta:
        dynamic = MetaField("strict")

    class Index:
        name = "lessons"
        settings = {
            # One shard: a score and a count of words then mean the same for every lesson.
            # It holds millions of lessons; more nodes hold copies, and share the searching.
            "number_of_shards": 1,
            "auto_expand_replicas": "0-1",
            # Every write asks to be found at once; a rebuild need not be found before its end.
            "refresh_interval": "30s",
            # How long a removal is remembered, so that a write that was under way for so
            # long cannot bring the lesson back.
            "gc_deletes": "1h",
        }


def source_form() -> dict[str, Any]:
    """Return what the mapping says of the source, which no field of a class can say."""
    return {"_source": {"includes": list(SHOWN)}}


def form_name() -> str:
    """Return a name that changes with anything in the form of the index."""
    return index_form(LessonEntry._index.to_dict(), source_form())


def facet_field(facet: str) -> str:
    """Return the field that holds the codes of a facet."""
    return f"facets.{facet}"


def to_entry(lesson: LessonDocument) -> dict[str, Any]:
    """Return the document as the server takes it, its fields those of ``LessonEntry``.

    Made without an instance of it, which would take longer than all the rest.
    """
    return dict(
        **analysed(lesson),
        facets={facet: list(codes) for facet, codes in lesson.facets.items()},
        place=list(lesson.place_codes),
        pk=lesson.pk,
        published=lesson.published,
        adopted=lesson.adopted,
        expires=NEVER if lesson.expires is None else lesson.expires,
        period_from=lesson.period_from,
        period_to=lesson.period_to,
        fingerprint=lesson.fingerprint,
        title_key=title_key(lesson.card.title),
        card=lesson.card_json.decode(),
        texts=lesson.texts_json.decode(),
    )


def to_source(lesson: LessonDocument) -> tuple[int, bytes]:
    """Return the key of the document, and what the server takes as it is sent."""
    return lesson.pk, _JSON(to_entry(lesson)).encode("utf-8", "surrogatepass")
