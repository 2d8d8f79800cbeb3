"""From a question to tantivy's query objects. Pure: nothing is read or searched here.

No text goes through a query language: every word becomes a term, whatever it looks like.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from math import ceil

from tantivy import FieldType, Occur, Query, Schema

from search.dutch.stems import stem
from search.engines.contract import EngineQuery
from search.engines.embedded.schema import STEM_FIELDS, facet_field
from search.text_syntax import TextQuery
from search.wording import Alternative

BOOSTS: Mapping[str, float] = {
    "title": 2.5,
    "core": 3.0,
    "labels": 3.0,
    "places": 2.5,
    "advice": 1.2,
    "story": 1.0,
}
PARTS_BOOST = 0.5
EXACT_BOOST = 0.2
PHRASE_BOOST = 3.0
_OTHER_FIELDS_COUNT = 0.3
# Of three words or more this share must occur, so that a whole question finds something.
_SHARE_OF_WORDS = 0.6
_ALL_WORDS_UP_TO = 2
LEAD_OF_ENOUGH = 100.0
"""More than any text scores."""

ALTERNATIVE_PHRASE_BOOST = 2.5
EXACT_TEXT_BOOST = 3.0
PAIR_BOOST = 0.5
_LONGEST_EXACT = 12
_PHRASE_SLOP = 1
_OTHER_WORDS = 0.3


class QueryBuilder:
    """Builds the queries of one question; ``without`` leaves out one facet's filter."""

    def __init__(self, schema: Schema, query: EngineQuery) -> None:
        self._schema = schema
        self._query = query
        self._text = self._text_clauses(query.text)
        self._conditions = [*self._period(), *self._visibility()]

    def query(self, *, without: str | None = None) -> Query:
        """Return the query for hits, total and counts."""
        filters = [
            (Occur.Must, _unscored(Query.term_set_query(self._schema, facet_field(facet), codes)))
            for facet, codes in self._query.filters.items()
            if facet != without
        ]
        clauses = [*self._text, *filters, *self._conditions]
        return Query.boolean_query(clauses)

    def _text_clauses(self, text: TextQuery) -> list[tuple[Occur, Query]]:
        clauses: list[tuple[Occur, Query]] = []
        if text.words:
            clauses.append((Occur.Must, self._enough(text.words)))
            clauses += [(Occur.Should, query) for query in self._together(text)]
        for phrase in text.phrases:
            clauses.append((Occur.Must, Query.boost_query(self._exact(phrase), PHRASE_BOOST)))
        for excluded in text.excluded:
            clauses.append((Occur.MustNot, self._excluded(excluded)))
        return clauses

    def _enough(self, words: Sequence[str]) -> Query:
        """As many of the words as are needed; when some will do, those with enough lead."""
        needed = len(words)
        if needed > _ALL_WORDS_UP_TO:
            needed = ceil(needed * _SHARE_OF_WORDS)
        clauses = [(Occur.Should, self._wanted(word)) for word in words]
        enough = Query.boolean_query(clauses, needed)
        if not self._query.takes_some_words or needed == 1:
            return enough
        lead = Query.const_score_query(enough, LEAD_OF_ENOUGH)
        return Query.boolean_query(
            [(Occur.Must, Query.boolean_query(clauses)), (Occur.Should, lead)]
        )

    def _together(self, text: TextQuery) -> Iterable[Query]:
        """Words that stand beside each other in the text as they were typed count more."""
        if 1 < len(text.typed) <= _LONGEST_EXACT:
            yield Query.boost_query(self._exact(text.typed), EXACT_TEXT_BOOST)
        stems = [stem(word) for word in text.words]
        for pair in pairwise(stems):
            phrase = Query.phrase_query(self._schema, "stems", list(pair), slop=_PHRASE_SLOP)
            yield Query.boost_query(phrase, PAIR_BOOST)

    def _wanted(self, word: str) -> Query:
        """A word, or what may stand in its place; the best of them counts."""
        others = self._query.alternatives.get(word, ())
        own = self._word(word)
        if not others:
            return own
        return Query.disjunction_max_query([own, *map(self._alternative, others)], _OTHER_WORDS)

    def _alternative(self, other: Alternative) -> Query:
        if len(other.words) == 1:
            found = self._word(other.words[0])
        elif other.is_phrase:
            stems: list[str | tuple[int, str]] = [stem(word) for word in other.words]
            phrase = Query.phrase_query(self._schema, "stems", stems, slop=_PHRASE_SLOP)
            found = Query.boost_query(phrase, ALTERNATIVE_PHRASE_BOOST)
        else:
            found = _all_of(map(self._word, other.words))
        return Query.boost_query(found, other.weight)

    def _word(self, word: str) -> Query:
        """A word in any of its forms; the field where it tells most counts."""
        stemmed = stem(word)
        fields = [
            Query.boost_query(self._term(field, stemmed), BOOSTS[field]) for field in STEM_FIELDS
        ]
        fields.append(Query.boost_query(self._term("parts", stemmed), PARTS_BOOST))
        fields.append(Query.boost_query(self._term("words", word), EXACT_BOOST))
        return Query.disjunction_max_query(fields, _OTHER_FIELDS_COUNT)

    def _excluded(self, words: tuple[str, ...]) -> Query:
        if len(words) > 1:
            return self._exact(words)
        forms = [self._term(field, stem(words[0])) for field in STEM_FIELDS]
        forms.append(self._term("words", words[0]))
        return _any_of(forms)

    def _exact(self, words: tuple[str, ...]) -> Query:
        if len(words) == 1:
            return self._term("words", words[0])
        return Query.phrase_query(self._schema, "words", list(words))

    def _term(self, field: str, value: str) -> Query:
        option = "position" if field == "words" else "freq"
        return Query.term_query(self._schema, field, value, option)

    def _period(self) -> Iterable[tuple[Occur, Query]]:
        """The lesson's period overlaps the one asked for; an unknown period never does."""
        if self._query.period_to is not None:
            yield (Occur.Must, self._range("period_from", upper=self._query.period_to))
        if self._query.period_from is not None:
            yield (Occur.Must, self._range("period_to", lower=self._query.period_from))

    def _visibility(self) -> Iterable[tuple[Occur, Query]]:
        now = int(self._query.now.timestamp())
        yield (Occur.Must, self._range("expires", lower=now + 1))
        if self._query.hidden:
            hidden = Query.term_set_query(self._schema, "pk", sorted(self._query.hidden))
            yield (Occur.MustNot, hidden)

    def _range(self, field: str, *, lower: int | None = None, upper: int | None = None) -> Query:
        return _unscored(
            Query.range_query(
                self._schema, field, FieldType.Unsigned, lower_bound=lower, upper_bound=upper
            )
        )


def _all_of(queries: Iterable[Query]) -> Query:
    return Query.boolean_query([(Occur.Must, query) for query in queries])


def _any_of(queries: Iterable[Query]) -> Query:
    return Query.boolean_query([(Occur.Should, query) for query in queries])


def _unscored(query: Query) -> Query:
    return Query.const_score_query(query, 0.0)
