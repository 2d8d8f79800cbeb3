"""Titles of lessons while somebody types."""

from __future__ import annotations

from collections.abc import Sequence

from tantivy import FieldType, Occur, Query, Schema, Searcher

from lessons.records import LessonCard
from search.documents import load_card
from search.dutch.spelling import closest, closest_beginnings
from search.engines.analysis import TITLE_WORDS_FIELD
from search.engines.contract import TitleQuery

# Of a beginning that very many words have, the most frequent words stand for all.
_MOST_WORDS = 50
_MOST_MEANT = 5


def find_titles(searcher: Searcher, schema: Schema, query: TitleQuery) -> list[LessonCard]:
    """Return the cards of the lessons whose title holds what was typed, newest first."""
    alternatives = [_words(searcher, query, word) for word in query.words]
    alternatives.append(_endings(searcher, query))
    if not all(alternatives):
        return []
    clauses = [
        (Occur.Must, Query.term_set_query(schema, TITLE_WORDS_FIELD, list(words)))
        for words in alternatives
    ]
    now = int(query.now.timestamp())
    expired = Query.range_query(schema, "expires", FieldType.Unsigned, upper_bound=now)
    clauses.append((Occur.MustNot, expired))
    if query.hidden:
        hidden = Query.term_set_query(schema, "pk", sorted(query.hidden))
        clauses.append((Occur.MustNot, hidden))
    hits = searcher.search(
        Query.boolean_query(clauses), limit=query.first, count=False, order_by_field="age_key"
    ).hits
    cards = (searcher.doc(address).get_first("card") for _key, address in hits)
    return [load_card(bytes(card or b"")) for card in cards]


def _words(searcher: Searcher, query: TitleQuery, word: str) -> Sequence[str]:
    if not query.is_tolerant or searcher.doc_freq(TITLE_WORDS_FIELD, word):
        return [word]
    return closest(word, _beginning(searcher, word[:1]))[:_MOST_MEANT]


def _endings(searcher: Searcher, query: TitleQuery) -> Sequence[str]:
    known = _beginning(searcher, query.beginning, _MOST_WORDS)
    if known or not query.is_tolerant:
        return [word for word, _frequency in known]
    meant = closest_beginnings(query.beginning, _beginning(searcher, query.beginning[:1]))
    return [
        word
        for beginning in meant[:_MOST_MEANT]
        for word, _frequency in _beginning(searcher, beginning, _MOST_WORDS)
    ]


def _beginning(searcher: Searcher, letters: str, most: int | None = None) -> list[tuple[str, int]]:
    return searcher.terms_with_prefix(TITLE_WORDS_FIELD, letters, limit=most)
